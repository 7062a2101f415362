/* What became of what was typed: in words, always in the same place. */
import { html, nothing } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { icon } from './icons.js';
import { sentenceOf } from './notice.js';

await loadWords('positioning');

const icons = { saved: 'check', pending: 'cloud', saving: 'cloud',
  waiting: 'offline', failed: 'warn' };

/** Of a Draft: state, error, flush(). */
export function draftState(draft, { t, formatDate }) {
  const { state, data } = draft;
  const at = data?.modified_at ?? null;

  return html`<p class="save-state ${state}" role="status">
    ${icon(icons[state])}
    <span>${state === 'saved' && at !== null
      ? t('kept_saved_at', { at: formatDate(at, 'time') })
      : t(`kept_${state}`)}</span>
    ${state === 'failed' ? html`<span>${sentenceOf(draft.error, t)}</span>
      <button type="button" class="btn" @click=${() => draft.flush()}>
      ${t('try_again')}</button>` : nothing}</p>`;
}
