/*
 * Positions on screen: half a rectangle for an intermediate objective, a whole
 * one for a terminal objective (M-214), and the panel in which one is chosen.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { LEVELS, NE, OBJECTIVES, objectiveTable, positionTable, same }
  from '../logic/positions.js';
import { openDialog } from './dialog.js';

await loadWords('positions');

/** What a framework calls levels and objectives, read once per screen. */
export function positionWords(framework) {
  return { levels: positionTable(framework),
    objectives: objectiveTable(framework) };
}

/** In full, for who cannot see the rectangle: level, then objective. */
export function positionText(value, words, t) {
  if (value === null || value === undefined)
    return t('pos_none');

  const { title } = words.levels.get(value.level);

  return value.level === null ? title
    : `${title}, ${words.objectives.get(value.objective)}`;
}

/** The rectangle alone; `after` is said after it (a date, a name). */
export function position(value, words, t, after = '') {
  if (value === null || value === undefined)
    return html`<span class="pos none"><span aria-hidden="true">·</span><span
      class="sr-only">${t('pos_none')}</span></span>`;

  const { sign, css } = words.levels.get(value.level);
  const text = positionText(value, words, t) + after;

  return html`<span class="pos ${value.objective ?? ''}"
    ><b class=${css} aria-hidden="true">${sign}</b
    >${value.objective === 'intermediate'
      ? html`<i aria-hidden="true">i</i>` : nothing}<span class="sr-only"
    >${text}</span></span>`;
}

/** Signs of positions, always on the page. */
export function positionLegend(words, t) {
  return html`<ul class="legend" aria-label=${t('pos_legend')}>
    ${[...words.levels].map(([, level]) => html`<li><span
      class="lv ${level.css}">${level.sign}</span> ${level.title}</li>`)}
    <li><span class="pos intermediate" aria-hidden="true"><b class="lv3">
      ${words.levels.get(3).sign}</b><i>i</i></span>
      ${words.objectives.get('intermediate')}</li>
    <li><span class="pos terminal" aria-hidden="true"><b class="lv3">
      ${words.levels.get(3).sign}</b></span>
      ${words.objectives.get('terminal')}</li>
  </ul>`;
}

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
