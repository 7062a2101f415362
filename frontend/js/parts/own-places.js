/* Where one is signed in: devices and sessions, and ending them. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { confirmDialog } from './dialog.js';
import { problem } from './notice.js';

/** « Firefox sous Windows », as far as it is known. */
export function placeName({ browser, system }, t) {
  if (browser === null && system === null)
    return t('place_unknown');
  return browser === null || system === null ? browser ?? system
    : t('place_on', { browser, system });
}

export function mount(element, context) {
  const { api, t, announce, formatDate } = context;
  let devices = [];
  let sessions = [];
  let error = null;

  async function read() {
    [devices, sessions] = await Promise.all(['/devices', '/sessions'].map(
      async path => (await api.get(path)).data.items));
    update();
  }

  async function end(path, words) {
    error = null;
    try {
      await api.send('DELETE', path);
      announce(t(words));
      await read();
    } catch (refusal) {
      error = refusal;
      update();
    }
  }

  async function forget(device) {
    if (await confirmDialog(t, { title: t('device_forget_title', {
      name: placeName(device, t) }), text: t('device_forget_text'),
    agree: t('device_forget'), kind: 'danger' }))
      await end(`/devices/${encodeURIComponent(device.id)}`, 'device_gone');
  }

  const line = (place, when, action) => html`<li class="row spread">
    <div><b>${placeName(place, t)}</b> ${place.current ? html`<span
      class="tag success">${t('place_this')}</span>` : nothing}
      <br><span class="small soft">${when}</span></div>
    ${place.current ? nothing : action}</li>`;

  const device = one => line(one, t('device_seen', {
    first: formatDate(one.first_seen_at),
    last: formatDate(one.last_seen_at, 'instant') }), html`<button
    type="button" class="btn" @click=${() => forget(one)}>
    ${t('device_forget')}<span class="sr-only">,
    ${placeName(one, t)}</span></button>`);

  const session = one => line(one, t('session_seen', {
    first: formatDate(one.created_at, 'instant'),
    last: formatDate(one.seen_at, 'instant') }), html`<button type="button"
    class="btn" @click=${() =>
      end(`/sessions/${encodeURIComponent(one.id)}`, 'session_ended')}>
    ${t('session_end')}<span class="sr-only">, ${placeName(one, t)}</span>
    </button>`);

  // Safe to call at any time.
  function update() {
    render(html`<section class="panel stack" aria-labelledby="own-places">
      <h2 id="own-places">${t('places_title')}</h2>
      <p class="small soft">${t('places_text')}</p>
      ${error === null ? nothing : problem(error, t)}
      <ul class="plain-row stack">${devices.map(device)}</ul>
      <details><summary>${t('sessions_title', { n: sessions.length })}
        </summary><ul class="plain-row stack">${sessions.map(session)}</ul>
      </details>
      ${sessions.length < 2 ? nothing : html`<div class="row"><button
        type="button" class="btn danger" @click=${() =>
          end('/sessions', 'sessions_ended')}>${t('sessions_end')}</button>
        </div>`}</section>`, element);
  }

  return { show: read };
}
