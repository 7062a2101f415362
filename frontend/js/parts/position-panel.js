/* The panel in which a position is chosen; loaded when it is first opened. */
import { html, nothing } from '../../vendor/lit-html.js';
import { LEVELS, NE, OBJECTIVES, same } from '../logic/positions.js';
import { openDialog } from './dialog.js';
import { position } from './position.js';

/**
 * The panel of M-213.  Resolves with { value } (null takes the position off),
 * or null when it is closed without a choice.  `about` is shown under the
 * title: earlier positions, results.
 *
 * Keys 1 to 4: terminal objective; with Shift: intermediate; N: NE.
 */
export function positionPanel({ t }, { competency, value, words, about }) {
  const keys = close => event => {
    if (event.ctrlKey || event.altKey || event.metaKey)
      return;

    const level = Number(/^(?:Digit|Numpad)([1-4])$/.exec(event.code)?.[1]);

    if (level)
      close({ value: { level,
        objective: event.shiftKey ? 'intermediate' : 'terminal' } });
    else if (event.key.toLowerCase() === 'n')
      close({ value: NE });
    else
      return;
    event.preventDefault();
  };
  const choice = (wanted, close) => html`<button type="button"
    class="pos-choice" aria-pressed=${same(value, wanted)}
    @click=${() => close({ value: wanted })}>
    ${position(wanted, words, t)}</button>`;

  return openDialog({
    title: `${competency.code} — ${competency.title}`,
    body: close => html`<div class="stack" @keydown=${keys(close)}>
      ${about ?? nothing}
      <table class="pos-panel">
        <caption class="sr-only">${t('pos_choose')}</caption>
        <thead><tr><th scope="col">${t('pos_level')}</th>
          ${OBJECTIVES.map(code => html`<th scope="col">
            ${words.objectives.get(code)}</th>`)}</tr></thead>
        <tbody>${[...LEVELS].reverse().map(level => html`<tr>
          <th scope="row">${words.levels.get(level).title}
            <kbd>${level}</kbd></th>
          ${OBJECTIVES.map(objective => html`<td>
            ${choice({ level, objective }, close)}</td>`)}</tr>`)}
          <tr><th scope="row">${words.levels.get(null).title}
            <kbd>N</kbd></th>
            <td colspan="2">${choice(NE, close)}</td></tr></tbody>
      </table>
      <p class="small soft keyboard-only">${t('pos_keys')}</p>
      <footer>
        ${value ? html`<button type="button" class="btn danger"
          @click=${() => close({ value: null })}>${t('pos_clear')}</button>`
          : nothing}
        <button type="button" class="btn" @click=${() => close(null)}>
          ${t('close')}</button></footer></div>`,
  });
}
