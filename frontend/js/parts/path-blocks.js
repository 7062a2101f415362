/* The path of a learner, competency by competency: results side by side. */
import { html, nothing } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { condense } from '../logic/dashboard.js';
import { heading, markClass, rowId, said } from './path.js';

await loadWords('blocks');

function inlineCell(column, code, p) {
  const mark = p.marks.get(code);

  return html`<li><span class=${markClass(column, mark)} role="img"
    aria-label=${said(column, mark, p)}><small>${column.code ?? ''}</small>${
    mark.sign}</span></li>`;
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

export function draw(p, compact) {
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
