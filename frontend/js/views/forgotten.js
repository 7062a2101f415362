/*
 * A password that was forgotten, and what the links of mails open: a new
 * password (#/reset/…), an address to confirm (#/email/…).  A link works once;
 * it is taken out of the history.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icons.js';
import { notice, problem } from '../parts/notice.js';

export function mount(element, context) {
  const { api, t } = context;
  let what = 'forgotten';
  let token = null;
  let error = null;
  let busy = false;
  let done = false;
  let shown = false;

  const wrong = name => (error?.errors ?? []).find(
    ({ pointer }) => pointer === `/${name}`)?.message ?? null;

  const words = key => t(what === 'email' ? `link_email_${key}`
    : `${what}_${key}`);

  async function send(path, body) {
    busy = true;
    error = null;
    update();
    try {
      await api.send('POST', path, body);
      done = true;
    } catch (refusal) {
      error = refusal;
    }
    busy = false;
    update();
    if (done)
      element.querySelector('h1').focus();
  }

  function submit(event) {
    event.preventDefault();

    const values = new FormData(event.target);

    if (what === 'forgotten')
      send('/session/forgotten', { login: values.get('login').trim() });
    else if (what === 'reset')
      send('/session/reset', { token, new_password: values.get('password') });
    else
      send('/session/email/confirm', { token });
  }

  const ask = {
    forgotten: () => html`<div class="field"><label for="login">${t('login')}
      </label><input class="input" id="login" name="login" required
      maxlength="64" autocomplete="username" autocapitalize="none"
      spellcheck="false"></div>`,
    reset: () => html`<div class="field"><label for="password">
      ${t('reset_password')}</label><div class="password"><input class="input"
      id="password" name="password" required minlength="8" maxlength="128"
      type=${shown ? 'text' : 'password'} autocomplete="new-password"
      aria-invalid=${wrong('new_password') !== null}
      aria-describedby="password-hint"><button type="button"
      class="btn quiet icon-only" aria-pressed=${shown}
      aria-label=${t('password_show')} @click=${() => {
        shown = !shown;
        update();
      }}>${icon(shown ? 'hidden' : 'eye')}</button></div>
      <p id="password-hint" class=${wrong('new_password') === null ? 'hint'
        : 'wrong'}>${wrong('new_password') ?? t('reset_hint')}</p></div>`,
    email: () => nothing,
  };

  const form = () => html`<form class="panel stack" @submit=${submit}>
    ${error === null || (error.errors ?? []).length > 0 ? nothing
      : problem(error, t)}
    ${ask[what]()}
    <div class="row"><button class="btn primary" ?disabled=${busy}>
      ${words('go')}</button>
      <a class="btn quiet" href="#/sign-in">${t('sign_in')}</a></div></form>`;

  // Safe to call at any time.
  function update() {
    render(html`<div class="narrow stack"><header class="page-head">
      <div class="titles"><h1 tabindex="-1">${words('title')}</h1>
      <p class="meta">${words('text')}</p></div></header>
      ${done ? notice('success', html`<p>${words('done')}</p>`,
        html`<a class="btn primary" href="#/sign-in">${t('sign_in')}</a>`)
        : form()}</div>`, element);
  }

  return {
    show({ params }) {
      const [, path] = location.hash.split('/');

      what = path in ask ? path : 'forgotten';
      if (params.token !== undefined) {
        token = params.token;
        done = false;
        error = null;
        history.replaceState(null, '', `#/${what}`);
      } else if (what !== 'forgotten' && token === null) {
        what = 'forgotten';
      }
      update();
      element.querySelector('input')?.focus();
    },
    close() {},
  };
}
