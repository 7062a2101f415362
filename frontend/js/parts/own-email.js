/* One's own e-mail address: changed by a link that goes to the new one. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { notice, problem } from './notice.js';

export function mount(element, context) {
  const { api, t, announce } = context;
  let own = null;
  let error = null;
  let busy = false;
  let sent = false;

  const wrong = name => (error?.errors ?? []).find(
    ({ pointer }) => pointer === `/${name}`)?.message ?? null;

  async function submit(event) {
    event.preventDefault();

    const form = event.target;
    const values = new FormData(form);
    const email = values.get('email').trim();

    busy = true;
    sent = false;
    error = null;
    update();
    try {
      own = (await api.send('PUT', '/session/email', {
        email: email === '' ? null : email,
        password: values.get('email_password') })).data;
      sent = own.pending_email !== null;
      form.elements.email_password.value = '';
      announce(t(sent ? 'email_sent' : 'email_none'));
    } catch (refusal) {
      error = refusal;
    }
    busy = false;
    update();
  }

  const field = (name, label, input) => {
    const message = wrong(label);

    return html`<div class="field"><label for=${name}>${t(name)}</label>
      ${input(message !== null)}<p id="${name}-hint"
      class=${message === null ? 'hint' : 'wrong'}>${message ?? ''}</p></div>`;
  };

  function state() {
    if (own.pending_email !== null)
      return notice(sent ? 'success' : 'info', html`<p>${t('email_pending',
        { email: own.pending_email })}</p>`);
    if (own.email === null)
      return html`<p class="soft">${own.school_email === null
        ? t('email_none') : t('email_school', { email: own.school_email })}
        </p>`;
    return html`<p>${t('email_own')} <b>${own.email}</b></p>`;
  }

  // Safe to call at any time.
  function update() {
    render(html`<section class="panel stack" aria-labelledby="own-email">
      <h2 id="own-email">${t('email_title')}</h2>
      <p class="small soft">${t('email_text')}</p>
      ${own === null ? nothing : state()}
      ${error === null || (error.errors ?? []).length > 0 ? nothing
        : problem(error, t)}
      <form class="stack" @submit=${submit}>
        ${field('email', 'email', bad => html`<input class="input" id="email"
          name="email" type="email" maxlength="254" autocomplete="email"
          .value=${own?.email ?? ''} aria-invalid=${bad}
          aria-describedby="email-hint">`)}
        ${field('email_password', 'password', bad => html`<input class="input"
          id="email_password" name="email_password" type="password" required
          maxlength="128" autocomplete="current-password" aria-invalid=${bad}
          aria-describedby="email_password-hint">`)}
        <div class="row"><button class="btn" ?disabled=${busy}>
          ${t('email_change')}</button></div></form></section>`, element);
  }

  return {
    async show() {
      update();
      own = (await api.get('/session/email')).data;
      update();
    },
  };
}
