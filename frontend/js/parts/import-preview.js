/*
 * Preview and report of an import, drawn: what each line of the files becomes,
 * with line numbers, and the questions the commit waits for.
 *
 * A part is given `p`: { preview, answers, context, change() }; `answers` is
 * { ticked: Set, mefs: Map, people: Map, fate }.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { FATES, KINDS, linesOf, totals } from '../logic/imports.js';
import { notice } from './notice.js';

const tones = { refused: 'error', conflict: 'error', probable: 'warn',
  leaving: 'warn', created: 'success', returning: 'success' };

/** What each file was recognised as, by what it holds. */
export function filesTable({ preview, context: { t, formatDate } }) {
  return html`<section class="panel flush"><header><h2>${t('files')}</h2>
    </header><div class="scroll" tabindex="0" role="region"
    aria-label=${t('files')}><table class="table"><thead><tr>
      <th scope="col">${t('file')}</th>
      <th scope="col">${t('file_read_as')}</th>
      <th scope="col">${t('file_stamp')}</th></tr></thead>
    <tbody>${preview.files.map(({ kind, name, stamp }) => html`<tr>
      <th scope="row">${name}</th><td>${kind === null ? '—' : t(`part_${kind}`)}</td>
      <td>${stamp === null ? '—' : `${formatDate(stamp.slice(0, 10))} ${
        stamp.slice(11, 16)}`}</td></tr>`)}</tbody></table></div></section>`;
}

/** How many of each fate, by kind. */
export function countsTable(counts, { t }) {
  const fates = ['same', ...FATES].filter(fate =>
    totals(counts)[fate] > 0);

  return html`<div class="scroll" tabindex="0" role="region"
    aria-label=${t('import_counts')}><table class="table">
    <caption class="sr-only">${t('import_counts')}</caption>
    <thead><tr><th scope="col">${t('import_kind')}</th>
      ${fates.map(fate => html`<th scope="col" class="num">
        ${t(`fate_${fate}`)}</th>`)}</tr></thead>
    <tbody>${KINDS.map(kind => html`<tr><th scope="row">
      ${t(`kind_${kind}`)}</th>${fates.map(fate => html`<td class="num">
        ${counts[kind][fate] === 0 ? html`<span class="soft">0</span>`
          : html`<b>${counts[kind][fate]}</b>`}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** Warnings that stop the commit until they are ticked. */
export function warnings({ preview, answers, context: { t }, change }) {
  return preview.to_confirm.length === 0 ? nothing : notice('warn', html`
    <p><b>${t('import_warnings')}</b></p>
    ${preview.to_confirm.map(code => html`<label class="check">
      <input type="checkbox" ?checked=${answers.ticked.has(code)}
        @change=${event => {
          if (event.target.checked)
            answers.ticked.add(code);
          else
            answers.ticked.delete(code);
          change();
        }}><span>${t(`warning_${code}`)}</span></label>`)}`);
}

/** Which diploma and level each MEF is; suggestions wait to be taken. */
export function mefTable(p, frameworks) {
  const { preview, answers, context: { t } } = p;

  if (preview.mefs.length === 0)
    return nothing;
  return html`<section class="panel flush"><header><h2>${t('import_mefs')}</h2>
    <p class="small soft">${t('import_mefs_text')}</p></header>
    <div class="scroll" tabindex="0" role="region"
      aria-label=${t('import_mefs')}><table class="table"><thead><tr>
      <th scope="col">${t('mef')}</th><th scope="col">${t('classes')}</th>
      <th scope="col">${t('diploma')}</th>
      <th scope="col">${t('class_level')}</th></tr></thead>
    <tbody>${preview.mefs.map(mef => mefRow(p, mef, frameworks))}</tbody>
    </table></div></section>`;
}

function mefRow({ preview, answers, context: { t }, change }, mef, frameworks) {
  const choice = answers.mefs.get(mef.mef);
  const framework = frameworks.get(choice.framework_id);
  const fixed = preview.state !== 'previewed';
  const set = (name, value) => {
    choice[name] = value;
    if (name === 'framework_id')
      choice.class_level = '';
    change();
  };

  return html`<tr><th scope="row">${mef.mef}<br>
      <span class="small soft">${mef.label ?? ''}</span></th>
    <td>${mef.class_codes.join(', ')}</td>
    <td><select class="select" aria-label="${t('diploma')}, ${mef.mef}"
      ?disabled=${fixed} @change=${event =>
        set('framework_id', event.target.value)}>
      <option value="">${t('import_later')}</option>
      ${[...frameworks.values()].map(one => html`<option value=${one.id}
        ?selected=${one.id === choice.framework_id}>${one.short_title}
        </option>`)}</select>
      ${mef.framework_id === null && mef.suggested_framework_id !== null
        ? html`<span class="small soft">${t('import_suggested')}</span>`
        : nothing}</td>
    <td><select class="select" aria-label="${t('class_level')}, ${mef.mef}"
      ?disabled=${fixed || framework === undefined} @change=${event =>
        set('class_level', event.target.value)}><option value="">–</option>
      ${(framework?.class_levels ?? []).map(level => html`<option
        value=${level.code} ?selected=${level.code === choice.class_level}>
        ${level.title}</option>`)}</select></td></tr>`;
}

/** Same names and birth date, no number in common: who is it? */
export function probables({ preview, answers, context, change }) {
  const { t, formatDate } = context;
  const option = (key, value) => html`<label class="check"><input type="radio"
    name="who-${key}" ?checked=${answers.people.get(key) === value}
    @change=${() => {
      answers.people.set(key, value);
      change();
    }}><span>${t(`who_${value}`)}</span></label>`;

  return preview.probable.length === 0 ? nothing : html`<section class="panel">
    <h2>${t('import_probable', { n: preview.probable.length })}</h2>
    <p class="small soft">${t('import_probable_text')}</p>
    ${preview.probable.map(({ key, kind, first_name: first, last_name: last,
      birth_date: born, known }) => html`<fieldset class="who-is">
      <legend>${last} ${first} (${t(`kind_${kind}`)}${born === null ? ''
        : `, ${formatDate(born)}`}) — ${t('who_is', {
        name: `${known.last_name} ${known.first_name}` })}</legend>
      <div class="row">${['same', 'other', 'later'].map(
        value => option(key, value))}</div></fieldset>`)}</section>`;
}

/** What is wrong in the files, with the line to look at. */
export function anomalies({ preview, context: { t, language } }) {
  const { anomalies: list, anomalies_total: total } = preview;

  return list.length === 0 ? nothing : html`<section class="panel flush">
    <header><h2>${t('import_anomalies', { n: total })}</h2></header>
    <div class="scroll tall" tabindex="0" role="region"
      aria-label=${t('import_anomalies', { n: total })}>
      <table class="table"><thead><tr>
      <th scope="col">${t('import_kind')}</th>
      <th scope="col" class="num">${t('line')}</th>
      <th scope="col">${t('who')}</th><th scope="col">${t('what')}</th></tr>
      </thead><tbody>${list.map(one => html`<tr>
        <td>${t(`kind_${one.kind}`)}</td>
        <td class="num">${one.line || '–'}</td>
        <td>${one.who}</td><td>${one.refused ? html`<span class="tag error">
          ${t('fate_refused')}</span> ` : nothing}${language === 'en' ? one.what_en ?? one.what
          : one.what}</td></tr>`)}
    </tbody></table></div>${more(list.length, total, t)}</section>`;
}

function more(shown, total, t) {
  return shown >= total ? nothing : html`<p class="small soft pad">
    ${t('import_more', { n: total - shown })}</p>`;
}

function changes(line, { t }) {
  if (line.fate === 'created' && line.login !== null)
    return html`${t('login')} <code>${line.login}</code>`;
  if (line.why !== null)
    return t(`why_${line.why}`);
  return line.changes.map(({ field, from, to }, i) => html`${i > 0 ? ', '
    : ''}${field} : ${from ?? '–'} → <b>${to ?? '–'}</b>`);
}

/** Every line but the unchanged ones, one fate at a time. */
export function lines({ preview, answers, context, change }) {
  const { t } = context;
  const known = FATES.filter(
    fate => linesOf(preview.lines, fate).length > 0);
  const fate = known.includes(answers.fate) ? answers.fate : known[0];

  if (fate === undefined)
    return notice('success', html`<p>${t('import_same')}</p>`);
  return html`<section class="panel flush"><header><h2>${t('import_lines')}
    </h2><div class="row" role="group" aria-label=${t('import_lines')}>
    ${known.map(one => html`<button type="button" class="chip"
      aria-pressed=${one === fate} @click=${() => {
        answers.fate = one;
        change();
      }}>${t(`fate_${one}`)} <span class="n">
      ${linesOf(preview.lines, one).length}</span></button>`)}</div></header>
    <div class="scroll tall" tabindex="0" role="region"
      aria-label=${t('import_lines')}><table class="table"><thead><tr>
      <th scope="col">${t('import_kind')}</th>
      <th scope="col" class="num">${t('line')}</th>
      <th scope="col">${t('who')}</th>
      <th scope="col">${t('fate')}</th><th scope="col">${t('what')}</th></tr>
      </thead><tbody>${linesOf(preview.lines, fate).map(line => html`<tr>
        <td>${t(`kind_${line.kind}`)}</td>
        <td class="num">${line.line || '–'}</td>
        <th scope="row">${line.name}</th>
        <td><span class="tag ${tones[line.fate] ?? ''}">
          ${t(`fate_${line.fate}`)}</span></td>
        <td>${changes(line, context)}</td></tr>`)}</tbody></table></div>
    ${more(preview.lines.length, preview.lines_total, t)}</section>`;
}
