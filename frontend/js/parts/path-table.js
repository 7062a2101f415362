/* The path of a learner, one column per evaluation (M-196). */
import { html, nothing } from '../../vendor/lit-html.js';
import { bands } from '../logic/dashboard.js';
import { nameOf } from './learner-head.js';
import { heading, markClass, rowId, said } from './path.js';

/* Copied for each of thousands of cells: cheaper than writing one. */
const emptyCell = document.createElement('td');
const markCell = document.createElement('td');

markCell.append(document.createElement('span'));
markCell.firstChild.setAttribute('role', 'img');

function tableCell(column, code, p, bar) {
  const mark = code === null ? null : p.marks.get(code);
  const td = (mark === null ? emptyCell : markCell).cloneNode(true);

  if (bar !== '')
    td.className = bar;
  if (mark !== null) {
    const sign = td.firstChild;

    sign.className = markClass(column, mark);
    sign.ariaLabel = said(column, mark, p);
    sign.textContent = mark.sign;
  }
  return td;
}

function cellsOf(marks, p) {
  const cells = document.createDocumentFragment();

  p.shown.forEach((column, i) =>
    cells.append(tableCell(column, marks[column.index], p, barAt(i, p))));
  return cells;
}

/*
 * Cells that are in the page.  As long as what they are drawn from is the
 * same, lit-html is given the same fragment and leaves them alone: a unit
 * filter only hides bodies.
 */
export class Drawn {
  #from = [];
  #cells = new Map();
  #shown = false;

  /**
   * Forgets the cells when one of `from` differs from the last time; the
   * first of them is the dashboard itself.
   */
  keep(from) {
    if (from.some((value, i) => value !== this.#from[i]))
      this.#cells = new Map();
    if (from[0] !== this.#from[0])
      this.#shown = false;
    this.#from = from;
  }

  /**
   * Scrolls to the newest evaluations: what is new is what is read.  Once
   * for each dashboard, since asking for the width lays the table out.
   */
  showNewest(scroll) {
    if (!this.#shown)
      scroll.scrollLeft = scroll.scrollWidth;
    this.#shown = true;
  }

  cells(key, marks, p) {
    if (!this.#cells.has(key))
      this.#cells.set(key, cellsOf(marks, p));
    return this.#cells.get(key);
  }
}

const barAt = (i, p) => (i === p.bar - 1 ? 'bar' : '');

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

function block(competency, p) {
  return html`<tbody ?hidden=${!p.competencies.includes(competency)}>
    <tr class="band">
      <th scope="row" id=${rowId(competency)} tabindex="-1">
        ${heading(competency, p, nothing)}</th>
      ${p.drawn.cells(competency, competency.whole_marks, p)}
      <td class="end">${p.boxes(competency)}</td></tr>
    ${competency.criteria.map((criterion, n) => html`<tr>
      <th scope="row">${p.titles ? criterion.title : html`<span
        aria-hidden="true" data-tip=${criterion.title}>${n + 1}</span>
        <span class="sr-only">${criterion.title}</span>`}</th>
      ${p.drawn.cells(criterion, criterion.marks, p)}
      <td class="end"></td></tr>`)}</tbody>`;
}

export function draw(p) {
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
      ${p.all.map(competency => block(competency, p))}
    </table></div>`;
}
