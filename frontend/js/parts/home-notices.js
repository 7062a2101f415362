/* What one should know before anything else: a new device, mail that waits. */
import { html, nothing } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { icon } from './icons.js';
import { notice } from './notice.js';
import { placeName } from './own-places.js';

await loadWords('account');

const device = ({ t, formatDate }, one, mine) => notice('warn', html`
  <p><b>${t('notice_new_device', { name: placeName(one, t),
    date: formatDate(one.first_seen_at, 'instant') })}</b></p>
  <p>${t('notice_new_device_text')}</p>`, html`<button type="button"
    class="btn" @click=${() => mine(one)}>${icon('check')}
    ${t('notice_mine')}</button><a class="btn danger" href="#/account">
    ${t('notice_not_mine')}</a>`);

/** `gone(notice)` is called once somebody said that it was she. */
export function draw(context, notices, gone) {
  const { api, t, announce } = context;

  async function mine(found) {
    try {
      await api.send('POST',
        `/devices/${encodeURIComponent(found.device.id)}/notice`, {});
      gone(found);
    } catch {
      announce(t('error_network'));
    }
  }

  return notices.length === 0 ? nothing : html`<div class="stack">
    ${notices.map(one => one.kind === 'new_device'
      ? device(context, one.device, () => mine(one))
      : notice(one.kind === 'mail_failed' ? 'error' : 'warn',
        html`<p>${t(`notice_${one.kind}`, { n: one.count })}</p>`))}</div>`;
}
