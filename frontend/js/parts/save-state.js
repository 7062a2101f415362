/* The state of saving, in words (ux.md 5). */
import { html } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { icon } from './icons.js';

await loadWords('saving');

const looks = {
  changed: ['soft', 'edit'], held: ['warn', 'edit'], sending: ['soft', 'sync'],
  merging: ['soft', 'sync', 'sending'], waiting: ['warn', 'sync'],
  conflict: ['error', 'warn'], locked: ['error', 'lock'],
  refused: ['error', 'warn'], offline: ['warn', 'offline'],
  saved: ['success', 'check'], none: ['soft', 'cloud'],
};

/** Of a Saver or an Autosave: phase, count, offline, savedAt. */
export function saveState(saver, { t, formatDate }) {
  const { phase, count: n, offline, savedAt } = saver;
  const name = offline && phase !== 'conflict' ? 'offline'
    : phase === 'saved' && savedAt === null ? 'none' : phase;
  const [kind, sign, word = name] = looks[name];
  const at = savedAt === null ? '' : formatDate(savedAt, 'time');

  return html`<p class="save-state ${kind}">${icon(sign)}
    <span role="status">${t(`save_${word}`, { n, at })}</span></p>`;
}
