/*
 * What path-table.js and path-blocks.js share: both draw `p`, made by look()
 * of the dashboard.  A column has its `date` in words already: formatting one
 * per cell costs more than the cell.
 */
import { html } from '../../vendor/lit-html.js';
import { shape } from '../logic/dashboard.js';

export const rowId = ({ id }) => `row-${id}`;

/** Scrolls to a competency and puts the focus on it (M-206). */
export function jump(element, id) {
  const target = element.querySelector(`[id="row-${id}"]`);

  target?.scrollIntoView({ block: 'start', inline: 'nearest' });
  target?.focus({ preventScroll: true });
}

export function said({ evaluation, code, date }, mark, { context: { t } }) {
  return t('dash_result', { mark: mark.title, title: evaluation.title,
    code: code ?? '', date });
}

/* Rectangle at school, capsule in a company (M-200). */
export const markClass = (column, mark) =>
  `lv ${mark.css} ${shape(column.evaluation)}`;

export function heading(competency, p, level) {
  return html`<span class="code">${competency.code}</span> <span
    class=${p.titles ? 'title' : 'sr-only'}>${competency.title}</span>${
    level}`;
}
