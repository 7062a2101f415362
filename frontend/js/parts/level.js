/* Levels on screen: the sign in its colour, the words for who cannot see. */
import { html } from '../../vendor/lit-html.js';

/** A mark of logic/levels.js, or undefined for an empty cell. */
export function level(mark, t) {
  return mark === undefined
    ? html`<span class="lv"><span class="sr-only">${t('empty_cell')}</span>
      </span>`
    : html`<span class="lv ${mark.css}" title=${mark.title}><span
      aria-hidden="true">${mark.sign}</span><span class="sr-only">
      ${mark.title}</span></span>`;
}

/** The legend of signs, always on the page. */
export function legend(marks, t) {
  return html`<ul class="legend" aria-label=${t('legend')}>
    ${marks.map(m => html`<li><span class="lv ${m.css}">${m.sign}</span>
      ${m.title}</li>`)}</ul>`;
}
