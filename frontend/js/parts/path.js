/*
 * The path of a learner, drawn: one column per evaluation, or results side by
 * side. What is shown is decided in logic/dashboard.js; here it gets a shape.
 *
 * A part is given `p`: { framework, marks, words, shown, bar, competencies,
 * titles, boxes(competency), head, context }.
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

function said({ evaluation, code }, mark, { context: { t, formatDate } }) {
  return t('dash_result', { mark: mark.title, title: evaluation.title,
    code: code ?? '', date: formatDate(evaluation.assessed_on) });
}

/** One result: rectangle at school, capsule in a company (M-200). */
function cell(column, code, p, inside = false) {
  const mark = p.marks.get(code);
  const text = said(column, mark, p);

  return html`<span class="lv ${mark.css} ${shape(column.evaluation)}"
    role="img" aria-label=${text} data-tip=${text}>${inside
      ? html`<small>${column.code ?? ''}</small>` : nothing}${mark.sign}</span>`;
}

function heading(competency, p, level) {
  return html`<span class="code">${competency.code}</span> <span
    class=${p.titles ? 'title' : 'sr-only'}>${competency.title}</span>${
    level}`;
}

const barAt = (i, p) => (i === p.bar - 1 ? 'bar' : '');

/* One column per evaluation, oldest to newest (M-196). */

function columnHead(column, i, p) {
  const { evaluation, code } = column;
  const { t, formatDate } = p.context;
  const text = t('dash_evaluation', { title: evaluation.title,
    date: formatDate(evaluation.assessed_on), author: nameOf(evaluation.author),
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
  return p.shown.map((column, i) => {
    const code = marks[column.index];

    return html`<td class=${barAt(i, p)}>${code === null ? nothing
      : cell(column, code, p)}</td>`;
  });
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
  const items = cells.map(({ column, mark }) =>
    html`<li>${cell(column, mark, p, true)}</li>`);

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
