/*
 * Positions on screen: half a rectangle for an intermediate objective, a whole
 * one for a terminal objective (M-214).
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { objectiveTable, positionTable } from '../logic/levels.js';

await loadWords('positions');

/** What a framework calls levels and objectives, read once per screen. */
export function positionWords(framework) {
  return { levels: positionTable(framework),
    objectives: objectiveTable(framework) };
}

/** In full, for who cannot see the rectangle: level, then objective. */
export function positionText(value, words, t) {
  if (value === null || value === undefined)
    return t('pos_none');

  const { title } = words.levels.get(value.level);

  return value.level === null ? title
    : `${title}, ${words.objectives.get(value.objective)}`;
}

/** The rectangle alone; `after` is said after it (a date, a name). */
export function position(value, words, t, after = '') {
  if (value === null || value === undefined)
    return html`<span class="pos none"><span aria-hidden="true">·</span><span
      class="sr-only">${t('pos_none')}</span></span>`;

  const { sign, css } = words.levels.get(value.level);
  const text = positionText(value, words, t) + after;

  return html`<span class="pos ${value.objective ?? ''}"
    ><b class=${css} aria-hidden="true">${sign}</b
    >${value.objective === 'intermediate'
      ? html`<i aria-hidden="true">i</i>` : nothing}<span class="sr-only"
    >${text}</span></span>`;
}

/** Signs of positions, always on the page. */
export function positionLegend(words, t) {
  return html`<ul class="legend" aria-label=${t('pos_legend')}>
    ${[...words.levels].map(([, level]) => html`<li><span
      class="lv ${level.css}">${level.sign}</span> ${level.title}</li>`)}
    <li><span class="pos intermediate" aria-hidden="true"><b class="lv3">
      ${words.levels.get(3).sign}</b><i>i</i></span>
      ${words.objectives.get('intermediate')}</li>
    <li><span class="pos terminal" aria-hidden="true"><b class="lv3">
      ${words.levels.get(3).sign}</b></span>
      ${words.objectives.get('terminal')}</li>
  </ul>`;
}
