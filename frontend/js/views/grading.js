/*
 * Grading window of a class (M-239 to M-251): the learners at the left, the
 * weights of one of them at the right. The grade appears at exactly 100 %.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { parsePercent, remainder, sharing, showDecimal, showPercent, standing }
  from '../logic/weights.js';
import { confirmDialog } from '../parts/dialog.js';
import { askCopy, showExplanation } from '../parts/grade-dialogs.js';
import { otherName } from '../parts/class-name.js';
import { icon } from '../parts/icons.js';
import { nameOf } from '../parts/learner-head.js';
import { notice, problem } from '../parts/notice.js';
import { position, positionWords } from '../parts/position.js';
import { saveState } from '../parts/save-state.js';
import * as unsaved from '../parts/unsaved.js';
import { Grading } from '../store/grading.js';
import * as selector from './selector.js';

export function mount(element, context) {
  const { api, session, t, navigate, announce, formatDate } = context;
  const writes = session.is('teacher');
  const choice = document.createElement('div');
  const body = document.createElement('div');
  const chooser = selector.mount(choice, context);
  const grading = new Grading(context);
  let words = null;
  let chosen = null;      /* id of the learner shown */
  let undo = null;        /* { text, act } */
  let trouble = null;

  element.className = 'grading';
  element.append(choice, body);
  choice.addEventListener('choose', ({ detail }) =>
    navigate(`#/grading/${encodeURIComponent(detail.class_id)}`));
  grading.addEventListener('change', update);

  const show = bp => showPercent(bp, context.language);
  const classPath = suffix =>
    `/classes/${encodeURIComponent(grading.data.class.id)}/${suffix}`;

  /* Acts */

  function choose(id) {
    grading.find(chosen)?.saver?.flush();
    chosen = id;
    undo = null;
    trouble = null;
    update();
    body.querySelector('.weights-panel h2')?.focus();
  }

  /* What could not be saved of a line that was looked at. */
  function restOf(entry) {
    entry.rest ??= unsaved.mount(entry.saver, context, {
      locked: 'save_locked_weights',
      label: key => grading.data.competencies.find(
        one => one.id === key)?.code ?? key,
      text: (key, value) => typeof value === 'number' ? `${show(value)} %`
        : value ?? '',
    });
    return entry.rest;
  }

  function step(by) {
    const { learners } = grading.data;
    const at = learners.findIndex(({ learner }) => learner.id === chosen);

    choose(learners[at + by].learner.id);
  }

  async function replace(entry, act, text) {
    const back = await act();

    if (back === null)
      return;
    undo = { text, act: back };
    announce(text);
    update();
  }

  async function takeBack() {
    const { act } = undo;

    undo = null;
    if (await act())
      announce(t('weights_undone'));
  }

  async function clear(entry) {
    if (await confirmDialog(t, { title: t('clear_title'),
      text: t('clear_text'), agree: t('clear'), kind: 'danger' }))
      await replace(entry, () => grading.clear(entry), t('cleared'));
  }

  async function copy(entry) {
    const wanted = await askCopy(context,
      { entry, learners: grading.data.learners });

    if (wanted === null)
      return;
    try {
      const results = await grading.copy(entry, wanted.ids, wanted.overwrite);
      const refused = results.filter(({ copied }) => !copied);

      undo = null;
      trouble = refused.length === 0 ? null : { refused };
      announce(t('copied_to', { n: results.length - refused.length }));
    } catch (error) {
      trouble = { error };
    }
    update();
  }

  async function saveGrade(entry) {
    if (await grading.save(entry))
      announce(t('grade_saved', { name: nameOf(entry.learner),
        grade: showDecimal(entry.weighting.saved_grade.value,
          context.language) }));
  }

  async function saveAll() {
    let all = true;

    for (const entry of proposed())
      all = await grading.save(entry) && all;
    if (all)
      announce(t('grades_saved'));
  }

  async function explain(entry) {
    try {
      await showExplanation(context,
        { entry, words, data: await grading.explain(entry) });
    } catch (error) {
      trouble = { error };
      update();
    }
  }

  const proposed = () => grading.data.learners.filter(
    entry => standing(entry) === 'proposed' && grading.current(entry));

  /* Enter and arrows go from weight to weight, as in a spreadsheet. */
  function keys(event) {
    const by = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];

    if (by === undefined)
      return;

    const inputs = [...body.querySelectorAll('.weights input')];
    const next = inputs[inputs.indexOf(event.target) + by];

    event.preventDefault();
    next?.focus();
    next?.select();
  }

  /* Left: the whole class */

  function leftShort(map) {
    return html`<span class="soft small">${sharing(map) === 'over'
      ? t('over_short') : t('left_short', { left: showPercent(remainder(map),
        context.language, true) })}</span>`;
  }

  function standingOf(entry) {
    const state = standing(entry);
    const { weighting } = entry;

    if (weighting !== null && !grading.current(entry))
      return leftShort(entry.saver.percents);
    if (state === 'saved')
      return html`<b class="number">${showDecimal(weighting.saved_grade.value,
        context.language)}</b> <span class="tag success">
        ${t('state_saved')}</span>`;
    if (state === 'proposed')
      return html`<b class="number">${showDecimal(weighting.grade.value,
        context.language)}</b> <span class="tag warn">
        ${t('state_proposed')}</span>`;
    if (state === 'incomplete')
      return leftShort(entry.saver.percents);
    return html`<span class="tag ${state === 'stale' || state === 'open'
      ? 'warn' : ''}">${t(`state_${state}`)}</span>`;
  }

  const list = () => html`<nav class="panel flush class-list"
    aria-label=${t('learners')}><ul>
    ${grading.data.learners.map(entry => html`<li><button type="button"
      aria-current=${entry.learner.id === chosen ? 'true' : nothing}
      @click=${() => choose(entry.learner.id)}>
      <span>${entry.learner.last_name} ${entry.learner.first_name}</span>
      <span>${standingOf(entry)}</span></button></li>`)}</ul></nav>`;

  /* Right: the weights of one learner */

  function weightRow(entry, competency, i) {
    const value = entry.positions[i];
    const { saver } = entry;
    const rated = saver.cells.has(competency.id);
    const model = grading.data.model?.weights.find(
      one => one.competency_id === competency.id);
    const bad = saver.wrong.includes(competency.id);

    return html`<tr class=${rated ? '' : 'off'}>
      <th scope="row"><b>${competency.code}</b> ${competency.title}</th>
      <td>${position(value, words, t)}</td>
      ${grading.data.model === null ? nothing : html`<td class="num soft">
        ${model ? show(parsePercent(model.percent)) : '–'}</td>`}
      <td class="weights">${rated ? html`<label><span class="sr-only">
        ${t('weight_of', { code: competency.code })}</span>
        <input class="input" inputmode="decimal" autocomplete="off"
          .value=${saver.text(competency.id)} placeholder="0"
          aria-invalid=${bad} ?disabled=${!writes || locked(entry)}
          @focus=${event => event.target.select()} @keydown=${keys}
          @input=${event => saver.type(competency.id,
            event.target.value)}><span aria-hidden="true">%</span></label>
          ${bad ? html`<span class="wrong small">${t('weight_wrong')}</span>`
            : nothing}`
        : html`<span class="soft small">${t('weight_none')}</span>`}</td></tr>`;
  }

  const locked = entry => entry.assessment.state === 'unlocked';

  /* What is left to share out: over 100 % in red and in words (M-242). */
  function remainderBox(entry) {
    const left = remainder(entry.saver.percents);
    const state = sharing(entry.saver.percents);

    return html`<div class="remainder ${state}" role="status">
      <span>${t(`remainder_${state}`)}</span>
      <b class="number">${show(state === 'over' ? -left : left)} %</b></div>`;
  }

  function gradeBox(entry) {
    const { weighting } = entry;
    const whole = sharing(entry.saver.percents) === 'whole'
      && entry.saver.wrong.length === 0;

    if (!whole || weighting.grade === null || !grading.current(entry))
      return html`<div class="grade-box empty-grade"><span>${t('grade_waits')}
        </span><b aria-hidden="true">– / 20</b></div>`;
    return html`<div class="grade-box"><span>${t('grade_proposal')}</span>
      <b class="number">${showDecimal(weighting.grade.value, context.language)}
        <small>/ 20</small></b>
      <span class="small soft">${t('grade_raw', {
        raw: showDecimal(weighting.grade.raw, context.language) })}</span>
      <span class="tag ${weighting.state === 'saved' ? 'success' : 'warn'}">
        ${t(`state_${weighting.state}`)}</span></div>`;
  }

  function notices(entry) {
    const { coverage } = entry.weighting;

    return html`
      ${restOf(entry).box()}
      ${entry.error === null ? nothing : problem(entry.error, t, entry.again)}
      ${trouble?.error ? problem(trouble.error, t) : nothing}
      ${trouble?.refused ? notice('warn', html`<p>${t('copy_refused')}</p>
        <ul class="plain">${trouble.refused.map(one => html`<li>
          ${refusedName(one)} : ${t(`refused_${one.code}`, {
            codes: [...one.missing, ...one.extra].join(', ') })}</li>`)}</ul>`)
        : nothing}
      ${undo === null ? nothing : notice('success', html`<p>${undo.text}</p>`,
        html`<button type="button" class="btn" @click=${takeBack}>
        ${icon('undo')} ${t('undo')}</button>`)}
      ${locked(entry) ? notice('warn', html`<p>${t('weights_locked')}</p>`,
        html`<a class="btn" href="#/interims/${entry.learner.id}/${
          entry.assessment.id}">${t('open_interim')}</a>`) : nothing}
      ${entry.weighting.state === 'stale' ? notice('warn', html`<p>
        ${t('weights_stale')}</p>`) : nothing}
      ${coverage !== null && parsePercent(coverage) < 5000
        ? notice('info', html`<p>${t('coverage_low', {
          coverage: showDecimal(coverage, context.language) })}</p>`)
        : nothing}`;
  }

  const refusedName = ({ interim_id: id }) => nameOf(grading.data.learners
    .find(({ assessment }) => assessment?.id === id).learner);

  function buttons(entry) {
    const whole = sharing(entry.saver.percents) === 'whole';
    const ready = whole && grading.current(entry)
      && entry.weighting.grade !== null;

    return html`<div class="row actions">
      ${writes && !locked(entry) ? html`
        <button type="button" class="btn" @click=${() => replace(entry,
          () => grading.model(entry), t('model_done'))}
          ?disabled=${grading.data.model === null}>${t('model')}</button>
        <button type="button" class="btn" @click=${() => copy(entry)}
          ?disabled=${!ready}>${t('copy_weights')}</button>
        <button type="button" class="btn danger" @click=${() => clear(entry)}>
          ${t('clear')}</button>` : nothing}
      <button type="button" class="btn" @click=${() => explain(entry)}
        ?disabled=${!ready && entry.weighting.saved_grade === null}>
        ${icon('info')} ${t('explain')}</button>
      ${writes && !locked(entry) ? html`<button type="button"
        class="btn primary push" @click=${() => saveGrade(entry)}
        ?disabled=${!ready || entry.weighting.state === 'saved'}>
        ${icon('check')} ${t('save_grade')}</button>` : nothing}</div>`;
  }

  function about(entry) {
    const { model, policy } = grading.data;

    return html`<p class="small soft">${t('policy', {
      table: t(`by_table_${policy.value_table}`),
      rounding: t(`by_rounding_${policy.rounding}`) })}
      ${model === null ? t('model_none') : t(`model_${model.status}`)}
      ${entry.weighting.coverage === null ? nothing : t('coverage', {
        coverage: showDecimal(entry.weighting.coverage, context.language) })}
      <a href="#/settings" ?hidden=${!session.is('ddfpt', 'head')}>
        ${t('nav_settings')}</a></p>`;
  }

  function head(entry) {
    const { learners } = grading.data;
    const at = learners.indexOf(entry);

    return html`<header class="row spread"><div>
      <h2 tabindex="-1">${nameOf(entry.learner)}</h2>
      <p class="small soft">${entry.assessment === null ? ''
        : t('graded_on', { date: formatDate(entry.assessment.confirmed_at) })}
      </p></div>
      <div class="row"><button type="button" class="btn icon-only"
        aria-label=${t('learner_before')} ?disabled=${at === 0}
        @click=${() => step(-1)}>${icon('left')}</button>
      <button type="button" class="btn icon-only"
        aria-label=${t('learner_after')} ?disabled=${at === learners.length - 1}
        @click=${() => step(1)}>${icon('right')}</button></div></header>`;
  }

  function detail(entry) {
    if (entry.assessment === null)
      return html`<section class="panel weights-panel">${head(entry)}
        <div class="empty">${icon('seal')}<p><b>${t('interims_none')}</b></p>
        <p>${t('grade_needs_interim')}</p><a class="btn"
          href="#/dashboard/${entry.learner.id}">${t('open_dashboard')}</a>
        </div></section>`;
    if (entry.weighting.state === 'not_gradable')
      return html`<section class="panel weights-panel">${head(entry)}
        ${notice('info', html`<p>${t('all_ne')}</p>`)}</section>`;

    return html`<section class="panel weights-panel stack">${head(entry)}
      ${notices(entry)}
      <div class="boxes-row">${remainderBox(entry)} ${gradeBox(entry)}</div>
      <div class="scroll" tabindex="0" role="region"
        aria-label=${t('weights_table')}><table class="table weights-table">
        <thead><tr><th scope="col">${t('competency')}</th>
          <th scope="col">${t('position')}</th>
          ${grading.data.model === null ? nothing : html`<th scope="col"
            class="num">${t('model_column')}</th>`}
          <th scope="col">${t('weight')}</th></tr></thead>
        <tbody>${grading.data.competencies.map((competency, i) =>
          weightRow(entry, competency, i))}</tbody></table></div>
      ${buttons(entry)} ${about(entry)}
      ${writes ? saveState(entry.saver, context) : nothing}</section>`;
  }

  const exports_ = () => html`
    <a class="btn" href=${api.url(classPath('grades.csv'), { dialect: 'fr' })}
      download>${icon('export')} ${t('export_csv')}</a>
    <a class="btn" href=${api.url(classPath('grades.xlsx'))} download>
      ${icon('export')} ${t('export_xlsx')}</a>
    <a class="btn quiet" href=${api.url(classPath('grade-details.csv'),
      { dialect: 'fr' })} download>${t('export_details')}</a>
    <a class="btn quiet" href=${api.url(classPath('weights.csv'),
      { dialect: 'fr' })} download>${t('export_weights')}</a>`;

  // Safe to call at any time.
  function update() {
    if (grading.data === null || words === null)
      return;

    const { learners } = grading.data;
    const entry = learners.find(({ learner }) => learner.id === chosen);
    const waiting = proposed().length;

    render(html`<header class="page-head"><div class="titles">
      <h1 tabindex="-1">${t('grading_title', {
        name: grading.data.class.code })}</h1>
      <p class="meta">${otherName(grading.data.class)}
        <span>${t('grading_text')}</span></p></div>
      <div class="actions">${exports_()}</div></header>
      ${waiting === 0 || !writes ? nothing : notice('warn', html`<p>
        ${t('unsaved', { n: waiting })}</p>`, html`<button type="button"
        class="btn" @click=${saveAll}>${t('save_all')}</button>`)}
      ${entry === undefined ? html`<div class="panel empty">${icon('class')}
        <p>${t('class_empty')}</p></div>` : html`<div class="grading-in">
        ${list()} ${detail(entry)}</div>`}`, body);
  }

  return {
    async show({ params }) {
      await chooser.show({ class_id: params.class, learners: false });
      if (grading.data?.class.id !== params.class) {
        await grading.load(params.class);
        words = positionWords(
          await context.frameworks.get(grading.data.framework_id));

        const first = grading.unsent[0]
          ?? grading.find(context.roster.last.learner_id)
          ?? grading.data.learners[0];

        chosen = first?.learner.id ?? null;
      }
      update();
    },

    close() {
      grading.close();
      chooser.close();
    },
  };
}
