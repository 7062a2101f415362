/*
 * Unlocking, by who may (M-227, G-10), and asking for it, by who may not.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { newKey } from '../api.js';
import { openDialog } from './dialog.js';
import { icon } from './icons.js';
import { problem } from './notice.js';

const dayMs = 86400000;
const longestDays = 92;

const inDays = n => new Date(Date.now() + n * dayMs).toISOString().slice(0, 10);

/** Resolves with the answer of `send({ reason, expires_at }, key)`, or null. */
export function askUnlock({ t }, { title, send }) {
  const key = newKey();
  const values = { reason: '', expires_at: inDays(7) };
  let error = null;
  let busy = false;

  async function go(close, update) {
    busy = true;
    error = null;
    update();
    try {
      close(await send(values, key));
    } catch (refusal) {
      error = refusal;
    }
    busy = false;
    update();
  }

  return openDialog({
    title,
    body: (close, update) => html`<form class="stack" @submit=${event => {
      event.preventDefault();
      go(close, update);
    }}>
      <p>${t('unlock_text')}</p>
      <div class="field"><label for="reason">${t('unlock_reason')}</label>
        <textarea class="area" id="reason" required maxlength="1000" autofocus
          @input=${event => {
            values.reason = event.target.value;
            update();
          }}></textarea></div>
      <div class="field"><label for="until">${t('unlock_until')}</label>
        <input class="input" id="until" type="date" required
          min=${inDays(1)} max=${inDays(longestDays)} value=${inDays(7)}
          aria-describedby="until-hint" @change=${event => {
            values.expires_at = event.target.value;
          }}>
        <p class="hint" id="until-hint">${t('unlock_until_hint')}</p></div>
      ${error === null ? nothing : problem(error, t)}
      <footer><button type="button" class="btn" @click=${() => close(null)}>
        ${t('cancel')}</button><button type="submit" class="btn primary"
          ?disabled=${busy || values.reason.trim() === ''}>${icon('unlock')}
          ${t('unlock')}</button></footer></form>`,
  });
}

/** The message to send to the DDFPT, ready to be copied. */
export function showUnlockRequest({ t, announce }, text) {
  return openDialog({
    title: t('unlock_ask'),
    body: () => html`<div class="stack"><p>${t('unlock_ask_text')}</p>
      <textarea class="area" readonly rows="5" aria-label=${t('unlock_ask')}
        .value=${text}></textarea>
      <button type="button" class="btn primary" @click=${async event => {
        const area = event.target.closest('.stack').querySelector('textarea');

        area.select();
        await navigator.clipboard?.writeText(text);
        announce(t('copied'));
        event.target.textContent = t('copied');
      }}>${t('copy_text')}</button></div>`,
    actions: [{ label: t('close'), value: null }],
  });
}
