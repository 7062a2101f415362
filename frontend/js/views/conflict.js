/*
 * The same cell, two people: both values side by side.  Resolves with the
 * keys whose value is mine, or null when the person decides later.
 */
import { html } from '../../vendor/lit-html.js';
import { splitKey } from '../logic/cells.js';
import { openDialog } from '../parts/dialog.js';
import { level } from '../parts/level.js';
import { nameOf } from './sheet.js';

export async function askConflicts(sheet, conflicts, context) {
  const { t } = context;
  const mine = new Set(conflicts.map(c => c.key));
  const learners = new Map(sheet.learners.map(l => [l.id, l]));
  const items = new Map(sheet.items.map(i => [i.id, i]));

  const shown = (key, value) => splitKey(key).item === null
    ? html`<span class="quote">${value || t('empty_cell')}</span>`
    : level(sheet.table.get(value), t);

  const line = (conflict, update) => {
    const { learner, item } = splitKey(conflict.key);
    const name = nameOf(learners.get(learner));
    const what = item === null ? t('comment') : items.get(item).title;
    const pick = (own, value) => html`<td><label class="check">
      <input type="radio" name=${conflict.key}
        .checked=${mine.has(conflict.key) === own}
        aria-label="${name}, ${what} : ${t(own ? 'conflict_mine'
          : 'conflict_theirs')}"
        @change=${() => {
          mine[own ? 'add' : 'delete'](conflict.key);
          update();
        }}>${shown(conflict.key, value)}</label></td>`;

    return html`<tr><th scope="row">${name}<br><span class="small soft">
      ${what}</span></th>${pick(true, conflict.mine)}
      ${pick(false, conflict.theirs)}</tr>`;
  };

  const answer = await openDialog({
    title: t('conflict_title', { n: conflicts.length }), wide: true,
    body: (close, update) => html`<p>${t('conflict_text')}</p>
      <div class="row">
        <button type="button" class="btn" @click=${() => {
          conflicts.forEach(c => mine.add(c.key));
          close('apply');
        }}>${t('conflict_keep_mine')}</button>
        <button type="button" class="btn" @click=${() => {
          mine.clear();
          close('apply');
        }}>${t('conflict_keep_theirs')}</button></div>
      <div class="scroll"><table class="table"><thead><tr>
        <th scope="col">${t('conflict_cell')}</th>
        <th scope="col">${t('conflict_mine')}</th>
        <th scope="col">${t('conflict_theirs')}</th></tr></thead>
      <tbody>${conflicts.map(c => line(c, update))}</tbody></table></div>`,
    actions: [
      { label: t('conflict_later'), value: null },
      { label: t('conflict_apply'), value: 'apply', kind: 'primary' },
    ],
  });

  return answer === 'apply' ? mine : null;
}
