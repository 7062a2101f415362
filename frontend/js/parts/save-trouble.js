/* Why saving stopped, and what can be done about it (ux.md 5). */
import { html, nothing } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { icon } from './icons.js';
import { sentenceOf } from './notice.js';

await loadWords('unsaved');

/**
 * Of a Saver or an Autosave; nothing while all is well.  `locked` is the word
 * that says what was locked, with {why} and {n}.
 */
export function saveTrouble(saver, { t }, { exportNow, drop,
  again = () => saver.save(), locked = 'save_locked_text' }) {
  const { phase, problem, gone, count } = saver;
  const buttons = html`
    <button type="button" class="btn" @click=${exportNow}>${icon('export')}
      ${t('save_export')}</button>
    ${phase === 'refused' ? html`<button type="button" class="btn"
      @click=${again}>${icon('sync')} ${t('try_again')}</button>` : nothing}
    <button type="button" class="btn danger" @click=${drop}>
      ${t('save_drop', { n: count })}</button>`;
  const box = (text, kind = 'error') => html`<div class="notice ${kind}"
    role="alert">${icon(phase === 'locked' ? 'lock' : 'warn')}<div>
    <p>${text}</p><div class="row">${buttons}</div></div></div>`;

  if (phase === 'locked')
    return box(t(locked, { n: count, why: sentenceOf(problem, t) }));
  if (phase === 'refused')
    return box(t('save_refused_text', { n: count,
      why: sentenceOf(problem, t) }));
  if (gone.length > 0)
    return box(t('save_gone_text', { n: gone.length }), 'warn');
  if (saver.unwritten && count > 0)
    return box(t('save_unwritten_text'), 'warn');
  return nothing;
}
