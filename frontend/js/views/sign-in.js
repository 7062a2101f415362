/* Sign-in.  Paste and password managers work; nothing is asked twice. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { markTable } from '../logic/levels.js';
import { icon } from '../parts/icons.js';
import { notice, sentenceOf } from '../parts/notice.js';

/* The four signs as every diploma shows them. */
const sample = {
  levels: [
    { code: '1', title: '', value: 1 }, { code: '2', title: '', value: 2 },
    { code: '3', title: '', value: 3 }, { code: '4', title: '', value: 4 },
  ],
};

/** The form alone, also used by the dialog that signs in again. */
export function signInForm(element, context, done) {
  const { t, session } = context;
  let error = null;
  let busy = false;
  let shown = false;
  let school = false;
  let step = 'password';
  let schools = [];      /* of this login and password, when several */

  async function submit(event) {
    event.preventDefault();

    const form = new FormData(event.target);
    const credentials = {
      login: form.get('login').trim(), password: form.get('password'),
    };

    if (form.get('school'))
      credentials.school = form.get('school').trim().toUpperCase();
    busy = true;
    error = null;
    update();
    try {
      if (await session.signIn(credentials)) {
        done();
        return;
      }
      step = 'code';
      busy = false;
      update();
      element.querySelector('#code').focus();
    } catch (refusal) {
      schools = refusal.problem?.schools ?? [];
      error = schools.length === 0 ? refusal : null;
      busy = false;
      update();
      if (schools.length > 0) {
        element.querySelector('#school').focus();
        return;
      }
      element.querySelector(refusal.status === 401 ? '[name=password]'
        : '[name=login]')?.focus();
    }
  }

  async function answer(event) {
    event.preventDefault();
    busy = true;
    error = null;
    update();
    try {
      await session.answer(new FormData(event.target).get('code')
        .replace(/\s/g, ''));
      done();
    } catch (refusal) {
      error = refusal;
      busy = false;
      // The first step is over: it begins again.
      if (refusal.status === 401)
        step = 'password';
      update();
      element.querySelector(step === 'code' ? '#code' : '#login').focus();
    }
  }

  const codeForm = () => html`<form @submit=${answer}>
    ${error === null ? nothing : html`<div id="sign-in-wrong">
      ${notice('error', error.errors?.[0]?.message ?? sentenceOf(error, t))}
      </div>`}
    <div class="field"><label for="code">${t('sign_in_code_of')}</label>
      <input class="input" id="code" name="code" required maxlength="32"
        autocomplete="one-time-code" autocapitalize="none" spellcheck="false"
        aria-describedby="code-hint">
      <p class="hint" id="code-hint">${t('sign_in_code_hint')}</p></div>
    <button class="btn primary" ?disabled=${busy}>
      ${t(busy ? 'sign_in_busy' : 'sign_in')}</button>
    <button type="button" class="btn quiet" @click=${() => {
      step = 'password';
      error = null;
      update();
    }}>${t('sign_in_other')}</button></form>`;

  // Safe to call at any time.
  function update() {
    if (step === 'code') {
      render(codeForm(), element);
      return;
    }
    render(html`<form @submit=${submit}>
      ${error === null ? nothing : html`<div id="sign-in-wrong">
        ${notice('error', error.status === 401 ? t('sign_in_wrong')
          : sentenceOf(error, t))}</div>`}
      <div class="field"><label for="login">${t('login')}</label>
        <input class="input" id="login" name="login" required maxlength="64"
          autocomplete="username" autocapitalize="none" spellcheck="false"
          @input=${() => {
            schools = [];
            update();
          }} aria-describedby=${error === null ? nothing : 'sign-in-wrong'}></div>
      <div class="field"><label for="password">${t('password')}</label>
        <div class="password"><input class="input" id="password"
          name="password" required maxlength="128"
          type=${shown ? 'text' : 'password'}
          autocomplete="current-password"
          aria-describedby=${error === null ? nothing : 'sign-in-wrong'}>
        <button type="button" class="btn quiet icon-only"
          aria-pressed=${shown} aria-label=${t('password_show')}
          @click=${() => {
            shown = !shown;
            update();
          }}>${icon(shown ? 'hidden' : 'eye')}</button></div></div>
      ${schools.length > 0 ? html`<div class="field">
        <label for="school">${t('school_which')}</label>
        <select class="select" id="school" name="school">
        ${schools.map(({ uai, name }) => html`<option value=${uai}>${name}
          (${uai})</option>`)}</select></div>`
        : school ? html`<div class="field">
        <label for="school">${t('school_uai')}</label>
        <input class="input" id="school" name="school" maxlength="8"
          pattern="[0-9]{7}[A-Za-z]" autocomplete="organization"
          aria-describedby="school-hint">
        <p class="hint" id="school-hint">${t('school_uai_hint')}</p></div>`
        : nothing}
      <button class="btn primary" ?disabled=${busy}>
        ${t(busy ? 'sign_in_busy' : 'sign_in')}</button>
      ${school || schools.length > 0 ? nothing : html`<button type="button"
        class="btn quiet"
        @click=${() => {
          school = true;
          update();
          element.querySelector('#school').focus();
        }}>${t('school_several')}</button>`}
    </form>`, element);
  }

  update();
}

export function mount(element, context) {
  const { t, navigate } = context;
  const signs = [...markTable(sample).values()];

  function update() {
    render(html`<div class="sign-in">
      <div class="pitch"><img src="/icons/acquis.svg" alt="">
        <h1 tabindex="-1">${t('sign_in_title')}</h1>
        <p class="soft">${t('sign_in_text')}</p>
        <p class="row legend" aria-hidden="true">${signs.map(m =>
          html`<span class="lv ${m.css}">${m.sign}</span>`)}</p></div>
      <section class="panel" aria-labelledby="sign-in-h"><h2 id="sign-in-h">
        ${t('sign_in')}</h2><div class="form"></div>
        <p><a href="#/activation">${t('sign_in_code')}</a></p>
        <p><a href="#/forgotten">${t('sign_in_forgotten')}</a></p></section>
    </div>`, element);
  }

  return {
    show() {
      update();
      signInForm(element.querySelector('.form'), context,
        () => navigate('#/home', { replace: true }));
      element.querySelector('#login').focus();
    },
    close() {},
  };
}
