/*
 * What an interim assessment shows, in preparation or archived: table of
 * positions by date, the same by unit, radar, texts.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { byUnit, change, TEXT_MAX, textLength } from '../logic/positions.js';
import { icon } from './icons.js';
import { position, positionText } from './position.js';

/*
 * Rows are { competency, cells: [position or null] }; dates are { label, href,
 * current }. `choose(competency)` makes the last column a choice.
 */
export function positionTable({ rows, dates, words, t, choose }) {
  const last = dates.length - 1;
  const cell = (value, i, competency) => html`<td
    class=${dates[i].current ? 'current' : ''}>${i === last && choose
      ? html`<button type="button" class="pos-box ${value ? '' : 'todo'}"
        id="box-${competency.id}" aria-haspopup="dialog"
        aria-label=${t('pos_box', { code: competency.code,
          position: positionText(value, words, t) })}
        @click=${() => choose(competency)}>${value
          ? position(value, words, t) : '?'}</button>`
      : position(value, words, t)}</td>`;

  return html`<div class="scroll" tabindex="0" role="region"
    aria-label=${t('positions_title')}><table class="table positions">
    <thead><tr><th scope="col">${t('competency')}</th>
      ${dates.map(({ label, href, current }) => html`<th scope="col"
        class=${current ? 'current' : ''}>${href
          ? html`<a href=${href}>${label}</a>` : label}</th>`)}</tr></thead>
    <tbody>${rows.map(({ competency, cells }) => html`<tr>
      <th scope="row"><b class="code">${competency.code}</b>
        ${competency.title}</th>
      ${cells.map((value, i) => cell(value, i, competency))}</tr>`)}</tbody>
  </table></div>`;
}

/** The same positions grouped by certification unit (M-220). */
export function unitTable({ competencies, map, framework, words, t }) {
  return html`<div class="unit-list">${byUnit(competencies, framework.units)
    .map(({ unit, competencies: members }) => html`<section>
      <h3>${unit === null ? t('no_unit') : html`<b>${unit.code}</b>
        ${unit.title}`}</h3>
      <ul>${members.map(({ id, code, title }) => html`<li>
        ${position(map.get(id), words, t)} <span><b>${code}</b> ${title}</span>
        </li>`)}</ul></section>`)}</div>`;
}

/*
 * The radar and the table of the same values, which says in words what the
 * picture shows (F-11). `src` is a data: address or one of our own.
 */
export function radarFigure({ src, competencies, before, after, words, t }) {
  const row = ({ id, code, title }) => {
    const moved = change(before?.get(id), after.get(id));

    return html`<tr><th scope="row"><b>${code}</b> ${title}</th>
      ${before === null ? nothing : html`<td>
        ${position(before.get(id), words, t)}</td>`}
      <td>${position(after.get(id), words, t)}</td>
      ${before === null ? nothing : html`<td>${t(`change_${moved}`)}</td>`}
      </tr>`;
  };
  const count = name => competencies.filter(({ id }) =>
    change(before?.get(id), after.get(id)) === name).length;
  const sentence = before === null ? t('radar_first')
    : t('radar_sentence', { gain: count('gain'), loss: count('loss'),
      same: count('same'), fresh: count('new') });

  return html`<figure class="radar">
    <img src=${src} alt=${sentence} width="560" height="560">
    <figcaption class="small">${sentence}</figcaption>
    <details><summary>${t('radar_table')}</summary>
      <div class="scroll" tabindex="0" role="region"
        aria-label=${t('radar_table')}><table class="table"><thead><tr>
        <th scope="col">${t('competency')}</th>
        ${before === null ? nothing : html`<th scope="col">
          ${t('radar_before')}</th>`}
        <th scope="col">${t('radar_after')}</th>
        ${before === null ? nothing : html`<th scope="col">
          ${t('radar_change')}</th>`}</tr></thead>
        <tbody>${competencies.map(row)}</tbody></table></div></details>
  </figure>`;
}

/** Findings and advice as they are read (M-232). */
export function texts({ findings, advice }, t) {
  const one = (name, text) => html`<section class="panel text">
    <h2>${t(`interim_${name}`)}</h2>
    ${text === '' ? html`<p class="soft">${t('nothing_written')}</p>`
      : html`<p class="prose">${text}</p>`}</section>`;

  return html`<div class="columns">${one('findings', findings)}
    ${one('advice', advice)}</div>`;
}

/** Findings and advice as they are typed, with counters (M-219). */
export function textFields(values, { t }, write) {
  const one = name => {
    const size = textLength(values[name]);
    const over = size > TEXT_MAX;

    return html`<div class="field panel">
      <label for="text-${name}">${t(`interim_${name}`)}</label>
      <p class="hint" id="hint-${name}">${t(`interim_${name}_hint`)}</p>
      <textarea class="area" id="text-${name}" rows="6" .value=${values[name]}
        aria-describedby="hint-${name} count-${name}" aria-invalid=${over}
        @input=${event => write(name, event.target.value)}></textarea>
      <p class="counter ${over ? 'over' : ''}" id="count-${name}">
        ${t(over ? 'text_over' : 'text_count', { size, max: TEXT_MAX })}</p>
    </div>`;
  };

  return html`<div class="columns">${one('findings')} ${one('advice')}</div>`;
}

/** What a confirmed assessment is held by, and who can unlock it. */
export function lockLine({ author, date }, t) {
  return html`<p class="lock-line">${icon('lock')}
    <span>${t('lock_line', { author, date })}</span></p>`;
}
