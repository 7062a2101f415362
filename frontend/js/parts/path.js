/*
 * The path of a learner, drawn: one column per evaluation, or results side by
 * side. What is shown is decided in logic/dashboard.js; here it gets a shape.
 *
 * A part is given `p`: { framework, marks, words, shown, bar, competencies,
 * titles, boxes(competency), head, context }; a column of `shown` has its
 * `date` in words already, since formatting one per cell costs more than the
 * cell.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { bands, condense, shape } from '../logic/dashboard.js';
import { nameOf } from './learner-head.js';

const rowId = ({ id }) => `row-${id}`;

/** Scrolls to a competency and puts the focus on it (M-206). */
export function jump(element, id) {
  const target = element.querySelector(`[id="row-${id}"]`);

  target?.scrollIntoView({ block: 'start', inline: 'nearest' });
  target?.focus({ preventScroll: true });
}

function said({ evaluation, code, date }, mark, { context: { t } }) {
  return t('dash_result', { mark: mark.title, title: evaluation.title,
    code: code ?? '', date });
}

/*
 * One result: rectangle at school, capsule in a company (M-200). Its name is
 * its tooltip. In a table it comes with its cell: one template for the two,
 * as there are thousands of them.
 */
const markClass = (column, mark) =>
  `lv ${mark.css} ${shape(column.evaluation)}`;

function tableCell(column, code, p, bar) {
  if (code === null)
    return html`<td class=${bar}></td>`;

  const mark = p.marks.get(code);

  return html`<td class=${bar}><span class=${markClass(column, mark)}
    role="img" aria-label=${said(column, mark, p)}>${mark.sign}</span></td>`;
}

function inlineCell(column, code, p) {
  const mark = p.marks.get(code);

  return html`<li><span class=${markClass(column, mark)} role="img"
    aria-label=${said(column, mark, p)}><small>${column.code ?? ''}</small>${
    mark.sign}</span></li>`;
}

function heading(competency, p, level) {
  return html`<span class="code">${competency.code}</span> <span
    class=${p.titles ? 'title' : 'sr-only'}>${competency.title}</span>${
    level}`;
}

const barAt = (i, p) => (i === p.bar - 1 ? 'bar' : '');

/* One column per evaluation, oldest to newest (M-196). */

/**
 * Says how many columns there are to the style sheet: with widths known
 * before the cells, thousands of them are laid out in one pass.
 */
export function fitColumns(element, p) {
  element.querySelector('.path-table')?.style.setProperty('--columns',
    p.shown.length);
}

function columnHead(column, i, p) {
  const { evaluation, code, date } = column;
  const { t, formatDate } = p.context;
  const text = t('dash_evaluation', { title: evaluation.title,
    date, author: nameOf(evaluation.author),
    filled: evaluation.filled, expected: evaluation.expected });

  return html`<th scope="col" class="head ${evaluation.context} ${barAt(i, p)}">
    <a href="#/evaluations/${evaluation.id}" data-tip=${text}
      aria-label="${code ?? ''} ${text}"><b>${code ?? '–'}</b>
      <span>${formatDate(evaluation.assessed_on, 'short')}</span></a></th>`;
}

function bandRow(p) {
  let end = 0;

  return bands(p.shown, p.bar === 0 ? 0 : p.shown[p.bar - 1].index + 1,
    p.framework).map(band => {
    end += band.span;
    return html`<th scope="colgroup" colspan=${band.span}
      class="band-level ${end === p.bar ? 'bar' : ''}">${band.title}</th>`;
  });
}

function marksRow(marks, p) {
  return p.shown.map((column, i) =>
    tableCell(column, marks[column.index], p, barAt(i, p)));
}

function block(competency, p) {
  return html`<tbody>
    <tr class="band">
      <th scope="row" id=${rowId(competency)} tabindex="-1">
        ${heading(competency, p, nothing)}</th>
      ${marksRow(competency.whole_marks, p)}
      <td class="end">${p.boxes(competency)}</td></tr>
    ${competency.criteria.map((criterion, n) => html`<tr>
      <th scope="row">${p.titles ? criterion.title : html`<span
        aria-hidden="true" data-tip=${criterion.title}>${n + 1}</span>
        <span class="sr-only">${criterion.title}</span>`}</th>
      ${marksRow(criterion.marks, p)}<td class="end"></td></tr>`)}</tbody>`;
}

export function chronological(p) {
  const { t } = p.context;

  return html`<div class="scroll path" tabindex="0" role="region"
    aria-label=${t('dash_table')}>
    <table class="path-table ${p.titles ? '' : 'no-titles'}">
      <caption class="sr-only">${t('dash_table')}</caption>
      <colgroup><col class="first"><col span=${p.shown.length}><col
        class="last"></colgroup>
      <thead><tr>
        <th scope="col" rowspan="2" class="corner">${t('dash_corner')}</th>
        ${bandRow(p)}
        <th scope="col" rowspan="2" class="end">${p.head}</th></tr>
        <tr>${p.shown.map((column, i) => columnHead(column, i, p))}</tr></thead>
      ${p.competencies.map(competency => block(competency, p))}
    </table></div>`;
}

/* Results side by side, no empty cell (M-202), or none at all (M-203). */

function line(marks, p) {
  const cells = condense(marks, p.shown);
  const limit = p.bar === 0 ? 0 : p.shown[p.bar - 1].index + 1;
  const taken = cells.filter(({ column }) => column.index < limit);
  const items = cells.map(({ column, mark }) => inlineCell(column, mark, p));

  if (taken.length > 0)
    items.splice(taken.length, 0, html`<li class="bar-mark"><span
      class="sr-only">${p.context.t('dash_bar')}</span></li>`);
  return html`<ol class="line">${items}</ol>`;
}

function results(competency, p) {
  const { t } = p.context;
  const rows = competency.criteria.filter(
    criterion => condense(criterion.marks, p.shown).length > 0);
  const whole = condense(competency.whole_marks, p.shown).length > 0;

  if (rows.length === 0 && !whole)
    return html`<p class="small soft none">${t('dash_no_result')}</p>`;
  return html`<ul class="lines">
    ${whole ? html`<li><span>${t('dash_whole')}</span>
      ${line(competency.whole_marks, p)}</li>` : nothing}
    ${rows.map(criterion => html`<li>
      <span class=${p.titles ? '' : 'sr-only'}>${criterion.title}</span>
      ${line(criterion.marks, p)}</li>`)}</ul>`;
}

export function blocks(p, compact) {
  return html`<div class="blocks ${compact ? 'compact' : ''}
    ${p.titles ? '' : 'no-titles'}">
    <div class="blocks-head"><span class="soft">${p.context.t('dash_positions')}
      </span>${p.head}</div>
    ${p.competencies.map(competency => html`<section>
      <header class="band"><h2 id=${rowId(competency)} tabindex="-1">
        ${heading(competency, p, nothing)}</h2>
        ${p.boxes(competency)}</header>
      ${compact ? nothing : results(competency, p)}</section>`)}</div>`;
}
