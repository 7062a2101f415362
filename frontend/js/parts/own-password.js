/* One's own password: the first time it must be changed before all else. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { notice, problem } from './notice.js';

const shortest = 8;

export function mount(element, context) {
  const { api, session, t, navigate, announce } = context;
  let error = null;
  let busy = false;
  let done = false;
  let differ = false;

  const wrong = name => (error?.errors ?? []).find(
    ({ pointer }) => pointer === `/${name}`)?.message ?? null;

  async function submit(event) {
    event.preventDefault();

    const form = event.target;
    const values = new FormData(form);

    differ = values.get('new_password') !== values.get('again');
    error = null;
    done = false;
    if (differ) {
      update();
      form.elements.again.focus();
      return;
    }
    busy = true;
    update();
    try {
      const first = session.data.password_change_required;
      const { data } = await api.send('PUT', '/session/password', {
        current_password: values.get('current_password'),
        new_password: values.get('new_password') });

      session.renew(data);
      form.reset();
      done = true;
      announce(t('password_changed'));
      if (first)
        navigate('#/home');
    } catch (refusal) {
      error = refusal;
    }
    busy = false;
    update();
  }

  const field = (name, autocomplete, message, hint) => html`<div class="field">
    <label for=${name}>${t(name)}</label>
    <input class="input" id=${name} name=${name} type="password" required
      maxlength="128" minlength=${name === 'current_password' ? nothing
        : shortest} autocomplete=${autocomplete}
      aria-invalid=${message !== null} aria-describedby="${name}-hint">
    <p id="${name}-hint" class=${message === null ? 'hint' : 'wrong'}>
      ${message ?? hint ?? ''}</p></div>`;

  // Safe to call at any time.
  function update() {
    render(html`<section class="panel stack" aria-labelledby="own-password">
      <h2 id="own-password">${t('own_password')}</h2>
      ${session.data.password_change_required
        ? notice('info', html`<p>${t('password_first')}</p>`) : nothing}
      ${done ? notice('success', html`<p>${t('password_changed')}</p>`)
        : nothing}
      ${error !== null && wrong('current_password') === null
        && wrong('new_password') === null ? problem(error, t) : nothing}
      <form class="stack" @submit=${submit}>
        ${field('current_password', 'current-password',
          wrong('current_password'))}
        ${field('new_password', 'new-password', wrong('new_password'),
          t('password_hint'))}
        ${field('again', 'new-password', differ ? t('password_differ') : null)}
        <div class="row"><button class="btn primary" ?disabled=${busy}>
          ${t('password_change')}</button></div>
      </form></section>`, element);
  }

  return { show: update };
}
