/* One's own second factor: a telephone, recovery codes, removal. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { openDialog } from './dialog.js';
import { icon } from './icons.js';
import { notice, problem } from './notice.js';
import { qr } from './qr.js';

export function mount(element, context) {
  const { api, session, t, announce, navigate, formatDate } = context;
  let own = null;
  let secret = null;     /* while a telephone is being enrolled */
  let codes = null;      /* shown once */
  let error = null;
  let busy = false;

  const wrong = name => (error?.errors ?? []).find(
    ({ pointer }) => pointer === `/${name}`)?.message ?? null;

  async function act(work) {
    busy = true;
    error = null;
    update();
    try {
      await work();
    } catch (refusal) {
      error = refusal;
    }
    busy = false;
    update();
  }

  async function read() {
    own = (await api.get('/second-factor')).data;
    update();
  }

  const begin = () => act(async () => {
    secret = (await api.send('POST', '/second-factor')).data;
  });

  const confirm = event => {
    event.preventDefault();

    const code = new FormData(event.target).get('code').replace(/\s/g, '');

    return act(async () => {
      codes = (await api.send('POST', '/second-factor/confirm',
        { code })).data.recovery_codes;
      secret = null;
      announce(t('factor_is_on'));
      await read();
    });
  };

  /* Resolves with the password, or null. */
  const password = (title, text) => openDialog({
    title,
    body: close => html`<form class="stack" @submit=${event => {
      event.preventDefault();
      close(new FormData(event.target).get('password'));
    }}><p>${text}</p><div class="field"><label for="factor-password">
      ${t('current_password')}</label><input class="input"
      id="factor-password" name="password" type="password" required
      maxlength="128" autocomplete="current-password" autofocus></div>
      <footer><button type="button" class="btn" @click=${() => close(null)}>
      ${t('cancel')}</button><button class="btn primary">${title}</button>
      </footer></form>`,
  });

  async function renew() {
    const given = await password(t('factor_renew'), t('factor_renew_text'));

    if (given !== null)
      await act(async () => {
        codes = (await api.send('POST', '/second-factor/recovery-codes',
          { password: given })).data.recovery_codes;
        await read();
      });
  }

  async function remove() {
    const given = await password(t('factor_remove'), t('factor_remove_text'));

    if (given !== null)
      await act(async () => {
        await api.send('POST', '/second-factor/removal', { password: given });
        codes = null;
        announce(t('factor_is_off'));
        await session.load();
        await read();
      });
  }

  /* Who had to enrol goes on to what she came for. */
  async function kept() {
    codes = null;
    if (!session.data.enrolment_required) {
      update();
      return;
    }
    await act(() => session.load());
    navigate('#/home');
  }

  const enrol = () => html`<form class="stack" @submit=${confirm}>
    <ol class="plain stack"><li>${t('factor_step_app')}</li>
    <li>${t('factor_step_scan')}<div>${qr(secret.qr, t('factor_qr'))}</div>
      <details><summary>${t('factor_no_camera')}</summary>
      <p><code class="secret-text">${secret.secret.match(/.{4}/g).join(' ')}
      </code></p></details></li>
    <li><div class="field"><label for="factor-code">${t('factor_code')}
      </label><input class="input" id="factor-code" name="code" required
      inputmode="numeric" autocomplete="one-time-code" maxlength="12"
      aria-invalid=${wrong('code') !== null} aria-describedby="factor-hint">
      <p id="factor-hint" class=${wrong('code') === null ? 'hint' : 'wrong'}>
      ${wrong('code') ?? t('factor_code_hint')}</p></div></li></ol>
    <div class="row"><button class="btn primary" ?disabled=${busy}>
      ${t('factor_confirm')}</button></div></form>`;

  const shown = () => html`${notice('success', html`
    <p><b>${t('factor_codes_once')}</b></p><p>${t('factor_codes_text')}</p>`)}
    <ul class="codes">${codes.map(code => html`<li><code>${code}</code></li>`)}
    </ul><div class="row"><button type="button" class="btn"
      @click=${() => print()}>${icon('print')} ${t('print')}</button>
    <button type="button" class="btn primary" @click=${kept}>
      ${t('factor_kept')}</button></div>`;

  const state = () => own.state === 'on' ? html`
    <p><span class="tag success">${t('factor_on')}</span>
      ${t('factor_since', { date: formatDate(own.confirmed_at) })}<br>
      <span class="small soft">${t('factor_left',
        { n: own.recovery_codes_left })}</span></p>
    <div class="row"><button type="button" class="btn" ?disabled=${busy}
      @click=${renew}>${t('factor_renew')}</button>
    <button type="button" class="btn danger" ?disabled=${busy}
      @click=${remove}>${t('factor_remove')}</button></div>` : html`
    ${own.required ? notice('info', html`<p>${t('factor_needed')}</p>`)
      : nothing}
    <div class="row"><button type="button" class="btn primary"
      ?disabled=${busy} @click=${begin}>${t('factor_begin')}</button></div>`;

  // Safe to call at any time.
  function update() {
    render(html`<section class="panel stack" aria-labelledby="own-factor">
      <h2 id="own-factor">${t('factor_title')}</h2>
      <p class="small soft">${t('factor_text')}</p>
      ${error === null || wrong('code') !== null ? nothing
        : problem(error, t)}
      ${codes !== null ? shown() : secret !== null ? enrol()
        : own === null ? nothing : state()}</section>`, element);
  }

  return {
    async show() {
      update();
      await read();
    },
  };
}
