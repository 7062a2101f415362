/*
 * First password: with the code of a slip or of a message.  What the address
 * says is typed already, and taken out of the history.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icons.js';
import { notice, problem } from '../parts/notice.js';

export function mount(element, context) {
  const { api, session, t, navigate, announce } = context;
  let given = { school: '', login: '', code: '' };
  let error = null;
  let busy = false;
  let shown = false;

  const wrong = name => (error?.errors ?? []).find(
    ({ pointer }) => pointer === `/${name}`)?.message ?? null;

  function read(query) {
    for (const name of Object.keys(given))
      given[name] = query.get(name) ?? given[name];
    if ([...query].length > 0)
      history.replaceState(null, '', '#/activation');
  }

  async function submit(event) {
    event.preventDefault();

    const values = new FormData(event.target);

    given = { ...given, login: values.get('login').trim(),
      code: values.get('code').trim() };
    busy = true;
    error = null;
    update();
    try {
      const { data } = await api.send('POST', '/session/activation', {
        ...given.school ? { school: given.school } : {}, login: given.login,
        code: given.code, password: values.get('password') });

      session.renew(data);
      announce(t('activation_done'));
      navigate('#/home', { replace: true });
      return;
    } catch (refusal) {
      error = refusal;
    }
    busy = false;
    update();
    element.querySelector('[aria-invalid=true]')?.focus();
  }

  const field = (name, attributes, hint) => {
    const message = wrong(name);

    return html`<div class="field"><label for=${name}>${t(
      `activation_${name}`)}</label>${attributes(message !== null)}
      <p id="${name}-hint" class=${message === null ? 'hint' : 'wrong'}>
      ${message ?? hint ?? ''}</p></div>`;
  };

  const form = () => html`<form class="panel stack" @submit=${submit}>
    ${error === null || (error.errors ?? []).length > 0 ? nothing
      : problem(error, t)}
    ${field('login', bad => html`<input class="input" id="login" name="login"
      required maxlength="64" autocomplete="username" autocapitalize="none"
      spellcheck="false" .value=${given.login} aria-invalid=${bad}
      aria-describedby="login-hint">`)}
    ${field('code', bad => html`<input class="input code" id="code"
      name="code" required maxlength="64" autocomplete="one-time-code"
      autocapitalize="characters" spellcheck="false" .value=${given.code}
      aria-invalid=${bad} aria-describedby="code-hint">`,
    t('activation_code_hint'))}
    ${field('password', bad => html`<div class="password"><input class="input"
      id="password" name="password" required minlength="8" maxlength="128"
      type=${shown ? 'text' : 'password'} autocomplete="new-password"
      aria-invalid=${bad} aria-describedby="password-hint">
      <button type="button" class="btn quiet icon-only" aria-pressed=${shown}
        aria-label=${t('password_show')} @click=${() => {
          shown = !shown;
          update();
        }}>${icon(shown ? 'hidden' : 'eye')}</button></div>`,
    t('activation_password_hint'))}
    <div class="row"><button class="btn primary" ?disabled=${busy}>
      ${t('activation_go')}</button>
      <a class="btn quiet" href="#/sign-in">${t('activation_known')}</a></div>
    </form>`;

  /* A shared tablet: whoever is signed in leaves by the usual way. */
  const other = () => notice('warn', html`<p>${t('activation_other', {
    name: `${session.person.first_name} ${session.person.last_name}` })}</p>`,
  html`<button type="button" class="btn primary" @click=${() =>
    document.getElementById('top').dispatchEvent(
      new CustomEvent('sign-out'))}>${icon('out')} ${t('sign_out')}</button>`);

  // Safe to call at any time.
  function update() {
    render(html`<div class="narrow stack"><header class="page-head">
      <div class="titles"><h1 tabindex="-1">${t('activation_title')}</h1>
      <p class="meta">${t('activation_text')}</p></div></header>
      ${session.data === null ? form() : other()}</div>`, element);
  }

  return {
    show({ query }) {
      read(query);
      update();
      element.querySelector(given.code === '' ? '#login' : '#password')
        ?.focus();
    },
    close() {},
  };
}
