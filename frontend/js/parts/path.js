/*
 * The path of a learner, drawn: what path-table.js (one column per evaluation)
 * and path-blocks.js (results side by side) share. What is shown is decided in logic/dashboard.js; here it gets a shape.
 *
 * A part is given `p`: { framework, marks, words, shown, bar, all,
 * competencies, titles, boxes(competency), head, drawn, context }; a column of `shown` has its
 * `date` in words already, since formatting one per cell costs more than the
 * cell.
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

/*
 * One result: rectangle at school, capsule in a company (M-200). Its name is
 * its tooltip.
 */
export const markClass = (column, mark) =>
  `lv ${mark.css} ${shape(column.evaluation)}`;

export function heading(competency, p, level) {
  return html`<span class="code">${competency.code}</span> <span
    class=${p.titles ? 'title' : 'sr-only'}>${competency.title}</span>${
    level}`;
}
