/*
 * An evaluation as its learner reads it: own line only, in words.  No label
 * of alarm, and an empty cell is neutral (ux.md 1).
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { markKey } from '../logic/cells.js';
import { level, legend } from '../parts/level.js';
import { nameOf } from './sheet.js';

export function showOwn(element, sheet, context) {
  const { t, session } = context;

  const line = (learner, item) => {
    const mark = sheet.table.get(
      sheet.saver.value(markKey(learner.id, item.id)));

    return html`<li class="own-line">${level(mark, t)}<span>${item.title}
      ${mark === undefined ? nothing : html`<br><span class="small soft">
      ${mark.title}</span>`}</span></li>`;
  };

  const learnerPart = learner => html`
    ${session.is('guardian') ? html`<h2>${nameOf(learner)}</h2>` : nothing}
    ${sheet.groups().map(group => html`<section class="panel">
      <h2>${group.code}</h2><ul class="own-lines">
      ${group.items.map(item => line(learner, item))}</ul></section>`)}
    ${sheet.comment(learner) === '' ? nothing : html`<section class="panel">
      <h2>${t('own_comment')}</h2><p class="comment-text">
      ${sheet.comment(learner)}</p></section>`}`;

  render(html`<div class="stack narrow-left">${legend(sheet.marks, t)}
    ${sheet.learners.map(learnerPart)}</div>`, element);
}
