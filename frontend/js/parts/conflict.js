/*
 * The same value, two people: both side by side, and the choice of one.
 */
import { html } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { openDialog } from './dialog.js';

await loadWords('unsaved');

/**
 * lines: [{ key, name, what, mine, theirs }], all but the key to be shown.
 * Resolves with the keys whose value is mine, or null when the person decides
 * later.
 */
export async function chooseValues({ t }, lines) {
  const mine = new Set(lines.map(({ key }) => key));

  const pick = ({ key, name, what }, own, value, update) => html`<td>
    <label class="check"><input type="radio" name=${key}
      .checked=${mine.has(key) === own}
      aria-label="${[name, what].filter(Boolean).join(', ')} : ${t(own
        ? 'conflict_mine' : 'conflict_theirs')}"
      @change=${() => {
        mine[own ? 'add' : 'delete'](key);
        update();
      }}>${value}</label></td>`;

  const row = (line, update) => html`<tr><th scope="row">${line.name}<br>
    <span class="small soft">${line.what}</span></th>
    ${pick(line, true, line.mine, update)}
    ${pick(line, false, line.theirs, update)}</tr>`;

  const answer = await openDialog({
    title: t('conflict_title', { n: lines.length }), wide: true,
    body: (close, update) => html`<p>${t('conflict_text')}</p>
      <div class="row">
        <button type="button" class="btn" @click=${() => {
          lines.forEach(({ key }) => mine.add(key));
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
      <tbody>${lines.map(line => row(line, update))}</tbody></table></div>`,
    actions: [
      { label: t('conflict_later'), value: null },
      { label: t('conflict_apply'), value: 'apply', kind: 'primary' },
    ],
  });

  return answer === 'apply' ? mine : null;
}

export const quoted = (value, t) =>
  html`<span class="quote">${value || t('empty_cell')}</span>`;
