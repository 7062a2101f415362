/*
 * Preview of the interim assessment being prepared (M-218 to M-223): earlier
 * positions beside those being validated, findings and advice, units, radar,
 * the evaluations that will be taken in, and the word CONFIRMATION.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { history, TEXT_MAX, textLength } from '../logic/positions.js';
import { missing } from '../logic/ready.js';
import { assessable } from '../logic/framework.js';
import { positionTable, radarFigure, textFields, texts, unitTable }
  from '../parts/assessment.js';
import { askConfirmation } from '../parts/confirmation.js';
import { confirmDialog } from '../parts/dialog.js';
import { icon } from '../parts/icons.js';
import * as learnerHead from '../parts/learner-head.js';
import { notice, problem } from '../parts/notice.js';
import { positionLegend, positionText, positionWords }
  from '../parts/position.js';
import { positionPanel } from '../parts/position-panel.js';
import { draftWords } from '../parts/draft-words.js';
import { saveState } from '../parts/save-state.js';
import * as unsaved from '../parts/unsaved.js';
import { Draft } from '../store/draft.js';

const { nameOf } = learnerHead;

export function mount(element, context) {
  const { api, roster, t, navigate, announce, formatDate } = context;
  const top = document.createElement('div');
  const body = document.createElement('div');
  const head = learnerHead.mount(top, context, { screen: 'draft',
    hash: id => `#/draft/${encodeURIComponent(id)}` });
  let draft = null;
  let writes = false;
  let framework = null;
  let interims = [];
  let radar = null;       /* { revision, src } */
  let rest = null;        /* what could not be saved: parts/unsaved.js */
  let putBack = null;
  let error = null;

  element.className = 'assessment draft';
  element.append(top, body);

  const learnerPath = () =>
    `/learners/${encodeURIComponent(draft.data.learner.id)}`;
  const back = () => `#/dashboard/${encodeURIComponent(draft.data.learner.id)}`;

  /* The picture follows what is saved: it is the server that draws. */
  async function drawRadar() {
    const { revision, missing: left } = draft.data;

    if (radar?.revision === revision || left.length > 0
      || draft.phase !== 'saved')
      return;
    radar = { revision, src: radar?.src ?? null };
    try {
      const { data } = await api.get(`${learnerPath()}/draft/radar.svg`);

      radar = { revision,
        src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(data)}` };
    } catch {
      radar = { revision, src: null };
    }
    update();
  }

  async function choose(competency) {
    const words = positionWords(framework);
    const answer = await positionPanel(context, { competency, words,
      value: draft.positions.get(competency.id) ?? null });

    if (answer === null)
      return;
    draft.position(competency.id, answer.value);
    announce(t('pos_set', { code: competency.code,
      position: positionText(answer.value, words, t) }));
    body.querySelector(`[id="box-${competency.id}"]`)?.focus();
  }

  async function confirm() {
    error = null;
    if (!await draft.flush()) {
      update();
      return;
    }

    const { learner, evaluations } = draft.data;
    const made = await askConfirmation(context, {
      title: t('confirm_title'),
      text: t('confirm_text', { n: evaluations.length,
        name: nameOf(learner) }),
      agree: t('confirm_agree'),
      send: key => api.send('POST', `${learnerPath()}/interim-assessments`,
        { confirmation: 'CONFIRMATION', evaluations: draft.seen },
        { match: draft.etag, key }),
    });

    if (made === null) {
      await draft.load();
      return;
    }
    announce(t('confirmed'));
    navigate(`#/interims/${encodeURIComponent(learner.id)}/${made.data.id}`);
  }

  async function discard() {
    if (!await confirmDialog(t, { title: t('discard_title'),
      text: t('discard_text'), agree: t('discard_agree'), kind: 'danger' }))
      return;
    try {
      putBack = await draft.discard();
      announce(t('discarded'));
    } catch (refusal) {
      error = refusal;
    }
    update();
  }

  async function restore() {
    await putBack();
    putBack = null;
    update();
  }

  async function acknowledge() {
    try {
      if (await draft.acknowledge())
        announce(t('seen_again'));
    } catch (refusal) {
      error = refusal;
      update();
    }
  }

  /* What stops the confirmation, in words; empty when nothing does. */
  function obstacles(left) {
    const list = [];

    if (left.length > 0)
      list.push(t('obstacle_missing', { n: left.length,
        codes: left.map(({ code }) => code).join(', ') }));
    for (const name of ['findings', 'advice'])
      if (textLength(draft[name]) > TEXT_MAX)
        list.push(t('obstacle_text', { name: t(`interim_${name}`) }));
    if (draft.data.evaluations_changed)
      list.push(t('obstacle_changed'));
    return list;
  }

  const takenIn = () => {
    const { evaluations } = draft.data;

    return html`<section class="panel"><h2>${t('taken_title', {
      n: evaluations.length })}</h2>
      ${evaluations.length === 0 ? html`<p class="soft">${t('taken_none')}</p>`
        : html`<p class="small soft">${t('taken_text')}</p>
        <ul class="taken">${evaluations.map(one => html`<li>
          <span class="tag">${one.context === 'company' ? 'E'
            : one.complexity ?? '–'}</span>
          <a href="#/evaluations/${one.id}">${one.title}</a>
          <span class="soft small">${formatDate(one.assessed_on)}</span></li>`)}
        </ul>`}</section>`;
  };

  function notices(stops) {
    return html`
      ${putBack === null ? nothing : notice('success', html`<p>
        ${t('discarded')}</p>`, html`<button type="button" class="btn"
        @click=${restore}>${icon('undo')} ${t('undo')}</button>`)}
      ${error === null ? nothing : problem(error, t)}
      ${rest.box()}
      ${draft.data.evaluations_changed && writes ? notice('warn', html`<p>
        ${t('obstacle_changed')}</p>`, html`<a class="btn" href=${back()}>
        ${icon('eye')} ${t('see_results')}</a><button type="button" class="btn"
        @click=${acknowledge}>${t('take_results')}</button>`) : nothing}
      ${stops.length === 0 ? nothing : notice('info', html`<ul class="plain">
        ${stops.map(text => html`<li>${text}</li>`)}</ul>`)}`;
  }

  const footer = stops => html`<div class="bottom-bar">
    ${writes ? html`${saveState(draft, context)}
      <button type="button" class="btn danger push" @click=${discard}
        ?disabled=${draft.data.revision === 0 && draft.phase === 'saved'}>
        ${icon('trash')} ${t('discard')}</button>
      <a class="btn" href=${back()}>${t('close')}</a>
      <button type="button" class="btn primary" ?disabled=${stops.length > 0}
        @click=${confirm}>${icon('seal')} ${t('confirm_interim')}</button>`
    : html`<p class="soft">${t('draft_read_only')}</p>`}</div>`;

  // Safe to call at any time.
  function update() {
    if (draft === null)
      return;

    const competencies = assessable(framework);
    const words = positionWords(framework);
    const left = missing(competencies, draft.positions);
    const rows = history(competencies, interims).map(row => ({ ...row,
      cells: [...row.cells,
        draft.positions.get(row.competency.id) ?? null] }));
    const dates = [...interims.map(one => ({
      label: formatDate(one.confirmed_at),
      href: `#/interims/${one.learner.id}/${one.id}` })),
    { label: t('today_column'), current: true }];
    const stops = obstacles(left);
    const last = interims.at(-1);

    render(html`<div class="stack">${notices(stops)}
      <section class="panel flush"><header><h2>${t('positions_title')}</h2>
        </header>${positionTable({ rows, dates, words, t,
          choose: writes ? choose : undefined })}</section>
      ${positionLegend(words, t)}
      ${writes ? textFields(draft, context,
        (name, text) => draft.write(name, text)) : texts(draft, t)}
      <div class="columns wide">
        <section class="panel"><h2>${t('units_title')}</h2>
          ${unitTable({ competencies, map: draft.positions, framework, words,
            t })}</section>
        <section class="panel"><h2>${t('radar_title')}</h2>
          ${radar?.src && left.length === 0 ? radarFigure({ src: radar.src,
            competencies, words, t, after: draft.positions,
            before: last ? new Map(last.positions.map(
              one => [one.competency_id, one])) : null })
            : html`<p class="soft">${t(left.length > 0 ? 'radar_waits'
              : 'radar_drawing')}</p>`}</section></div>
      ${takenIn()}</div>${footer(stops)}`, body);
    drawRadar();
  }

  async function load(id) {
    const next = new Draft(context, id);
    const [list, learner] = await Promise.all([api.all(
      `/learners/${encodeURIComponent(id)}/interim-assessments`),
    roster.learner(id), next.load()]);

    framework = await context.frameworks.get(next.data.framework_id);
    draft?.close();
    interims = list;
    writes = learner.draft_access === 'write';
    radar = null;
    putBack = null;
    draft = next;
    rest = unsaved.mount(draft, context, draftWords(assessable(framework),
      positionWords(framework), t));
    draft.addEventListener('change', update);
  }

  return {
    async show({ params }) {
      const { learner_id: id } = await head.choose(params.learner);

      if (draft?.data.learner.id !== id || draft.data.learner.id === undefined)
        await load(id);
      head.show({ learner: draft.data.learner, draft_access: 'read' },
        t('draft_of', { name: nameOf(draft.data.learner) }));
      update();
    },

    close() {
      draft?.close();
      head.close();
    },
  };
}
