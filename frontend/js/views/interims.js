/*
 * Interim assessments of a learner, read (M-229 to M-238), unlocked by the
 * DDFPT (M-227) and, while unlocked, changed and confirmed again (M-228).
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { assessable } from '../logic/framework.js';
import { history, toMap } from '../logic/positions.js';
import { missing } from '../logic/ready.js';
import { showDecimal } from '../logic/weights.js';
import { lockLine, positionTable, radarFigure, textFields, texts, unitTable }
  from '../parts/assessment.js';
import { askConfirmation } from '../parts/confirmation.js';
import { icon } from '../parts/icons.js';
import * as learnerHead from '../parts/learner-head.js';
import { notice } from '../parts/notice.js';
import { positionLegend, positionText, positionWords }
  from '../parts/position.js';
import { positionPanel } from '../parts/position-panel.js';
import { draftWords } from '../parts/draft-words.js';
import { saveState } from '../parts/save-state.js';
import * as unsaved from '../parts/unsaved.js';
import { askUnlock, showUnlockRequest } from '../parts/unlock.js';
import { Draft } from '../store/draft.js';
import { isUnsent } from '../store/unsent.js';

const { nameOf } = learnerHead;

export function mount(element, context) {
  const { api, session, roster, t, navigate, announce, formatDate } = context;
  const top = document.createElement('div');
  const body = document.createElement('div');
  const head = learnerHead.mount(top, context, { screen: 'interims',
    hash: id => `#/interims/${encodeURIComponent(id)}` });
  let learner = null;
  let writes = false;     /* teaches the learner */
  let interims = [];
  let framework = null;
  let chosen = null;      /* the interim assessment shown */
  let draft = null;       /* a Draft of what I may write, or wrote */
  let open = null;        /* the same while it is unlocked */
  let rest = null;        /* what it could not save: parts/unsaved.js */
  let revisions = null;

  element.className = 'assessment interims';
  element.append(top, body);

  const pathOf = id => `/interim-assessments/${encodeURIComponent(id)}`;
  const hashOf = id => `#/interims/${encodeURIComponent(learner.id)}/${id}`;

  async function reload(id) {
    learner = await roster.learner(id);
    writes = learner.draft_access === 'write';
    interims = await api.all(
      `/learners/${encodeURIComponent(id)}/interim-assessments`);
    framework = interims.length === 0 ? null
      : await context.frameworks.get(interims.at(-1).framework_id);
  }

  /* Acts */

  async function unlock() {
    const done = await askUnlock(context, {
      title: t('unlock_title', { name: nameOf(learner),
        date: formatDate(chosen.confirmed_at) }),
      send: (values, key) => api.send('POST', `${pathOf(chosen.id)}/unlock`,
        values, { match: `"${chosen.version}"`, key }),
    });

    if (done === null)
      return;
    announce(t('unlocked'));
    await again();
  }

  function request() {
    return showUnlockRequest(context, t('unlock_message', {
      name: nameOf(learner), class: learner.class_code ?? '',
      date: formatDate(chosen.confirmed_at), link: location.href }));
  }

  async function confirmAgain() {
    if (!await open.flush()) {
      update();
      return;
    }

    const done = await askConfirmation(context, {
      title: t('confirm_again_title'), text: t('confirm_again_text'),
      agree: t('confirm_agree'),
      send: key => api.send('POST', `${pathOf(chosen.id)}/confirm`,
        { confirmation: 'CONFIRMATION' }, { match: open.etag, key }),
    });

    if (done === null) {
      await open.load();
      return;
    }
    announce(t('confirmed'));
    await again();
  }

  async function choose(competency) {
    const words = positionWords(framework);
    const answer = await positionPanel(context, { competency, words,
      value: open.positions.get(competency.id) ?? null });

    if (answer === null)
      return;
    open.position(competency.id, answer.value);
    announce(t('pos_set', { code: competency.code,
      position: positionText(answer.value, words, t) }));
    body.querySelector(`[id="box-${competency.id}"]`)?.focus();
  }

  async function showRevisions(event) {
    if (!event.target.open || revisions !== null)
      return;
    try {
      revisions = await api.all(`${pathOf(chosen.id)}/revisions`);
    } catch {
      revisions = [];
    }
    update();
  }

  /* Parts */

  const banner = () => html`<nav class="dates" aria-label=${t('dates')}>
    ${interims.map(one => html`<a href=${hashOf(one.id)}
      aria-current=${one === chosen ? 'true' : nothing}>
      ${one.state === 'unlocked' ? icon('unlock') : nothing}
      ${formatDate(one.confirmed_at, 'date')}</a>`)}</nav>`;

  const link = (path, label, name = 'print') => html`<a class="btn"
    href=${api.url(path)} target="_blank" rel="noopener">${icon(name)}
    ${label}</a>`;

  const learnerPath = () => `/learners/${encodeURIComponent(learner.id)}`;

  const prints = () => html`<div class="row actions">
    ${link(`${pathOf(chosen.id)}.pdf`, t('pdf_one'))}
    ${link(`${learnerPath()}/interim-assessments.pdf`, t('pdf_all'))}
    ${session.is('teacher', 'ddfpt', 'head') && learner.class_id !== null
      ? link(`/classes/${encodeURIComponent(learner.class_id)
      }/interim-assessments/latest.pdf`, t('pdf_class')) : nothing}</div>`;

  function stateNotice() {
    const author = nameOf(chosen.author);
    const date = formatDate(chosen.confirmed_at, 'day');

    if (chosen.state === 'confirmed')
      return html`<div class="row spread lock">${lockLine({ author, date }, t)}
        ${session.is('ddfpt') ? html`<button type="button" class="btn"
          @click=${unlock}>${icon('unlock')} ${t('unlock')}</button>`
          : writes ? html`<button type="button" class="btn quiet"
          @click=${request}>${t('unlock_ask')}</button>` : nothing}</div>`;
    if (chosen.unlock === null)
      return nothing;

    return notice('warn', html`<p><b>${t('unlocked_until', {
      date: formatDate(chosen.unlock.expires_at, 'day') })}</b></p>
      <p>${t('unlocked_by', { author: nameOf(chosen.unlock.author),
        date: formatDate(chosen.unlock.unlocked_at, 'day'),
        reason: chosen.unlock.reason })}</p>
      <p>${t(writes ? 'unlocked_teacher' : 'unlocked_other')}</p>`);
  }

  function gradeLine() {
    const { grade } = chosen;

    return grade === null ? nothing : html`<p class="grade-line">
      ${icon('grade')} ${t('grade_proposed')}
      <b>${showDecimal(grade.value, context.language)}</b> / 20
      ${grade.state === 'stale' ? html`<span class="tag warn">
        ${t('grade_stale')}</span>` : nothing}</p>`;
  }

  function radar(competencies, words) {
    const at = interims.indexOf(chosen);

    if (!chosen.radar || at < 1)
      return html`<p class="soft">${t('radar_needs_two')}</p>`;
    return radarFigure({ src: api.url(`${pathOf(chosen.id)}/radar.svg`),
      competencies, words, t, before: toMap(interims[at - 1].positions),
      after: toMap(chosen.positions) });
  }

  const revisionList = () => html`<details class="panel"
    @toggle=${showRevisions}><summary>${t('revisions', { n:
      chosen.revision })}</summary>
    ${revisions === null ? html`<p class="soft">${t('loading')}</p>`
      : html`<ul class="plain">${revisions.map(one => html`<li>
        <b>${t('revision', { n: one.revision })}</b>
        ${formatDate(one.confirmed_at, 'instant')}, ${nameOf(one.author)}
        ${one.unlocked === null ? nothing : html`<br><span class="soft">
          ${t('revision_unlocked', { author: nameOf(one.unlocked.author),
            reason: one.unlocked.reason })}</span>`}
        <br><code class="small soft">SHA-256 ${one.sha256}</code></li>`)}</ul>`}
    </details>`;

  const takenIn = () => html`<details class="panel"><summary>
    ${t('taken_done', { n: chosen.evaluations.length })}</summary>
    <ul class="taken">${chosen.evaluations.map(one => html`<li>
      <a href="#/evaluations/${one.id}">${one.title}</a>
      <span class="soft small">${formatDate(one.assessed_on)}</span></li>`)}
    </ul></details>`;

  function reopened(competencies) {
    const left = missing(competencies, open.positions);

    return html`<div class="bottom-bar">${saveState(open, context)}
      ${left.length === 0 ? nothing : html`<span class="small">
        ${t('obstacle_missing', { n: left.length,
          codes: left.map(({ code }) => code).join(', ') })}</span>`}
      <button type="button" class="btn primary push" @click=${confirmAgain}
        ?disabled=${left.length > 0}>${icon('seal')} ${t('confirm_again')}
      </button></div>`;
  }

  function table(competencies, words) {
    const shown = open === null ? interims : interims.map(one => (
      one === chosen ? { ...one, positions: [...open.positions].map(
        ([id, value]) => ({ competency_id: id, ...value })) } : one));
    const ordered = open === null ? shown
      : [...shown.filter(one => one.id !== chosen.id),
        shown.find(one => one.id === chosen.id)];

    return positionTable({ words, t, rows: history(competencies, ordered),
      dates: ordered.map(one => ({ label: formatDate(one.confirmed_at),
        href: hashOf(one.id), current: one.id === chosen.id })),
      choose: open === null ? undefined : choose });
  }

  function none() {
    render(html`<div class="panel empty">${icon('seal')}
      <p><b>${t('interims_none')}</b></p>
      <p>${t(writes ? 'interims_none_teacher' : 'interims_none_other')}</p>
      ${writes ? html`<a class="btn primary"
        href="#/dashboard/${learner.id}">${t('tab_dashboard')}</a>` : nothing}
      </div>`, body);
  }

  // Safe to call at any time.
  function update() {
    if (learner === null)
      return;
    if (chosen === null) {
      none();
      return;
    }

    const competencies = assessable(framework);
    const words = positionWords(framework);

    render(html`<div class="stack">${banner()} ${prints()} ${stateNotice()}
      ${rest?.box() ?? nothing}
      ${gradeLine()}
      ${open === null ? texts(chosen, t)
        : textFields(open, context, (name, text) => open.write(name, text))}
      <section class="panel flush"><header><h2>${t('positions_title')}</h2>
        </header>${table(competencies, words)}</section>
      ${positionLegend(words, t)}
      <div class="columns wide">
        <section class="panel"><h2>${t('units_title')}</h2>
          ${unitTable({ competencies, framework, words, t,
            map: open?.positions ?? toMap(chosen.positions) })}</section>
        <section class="panel"><h2>${t('radar_title')}</h2>
          ${radar(competencies, words)}</section></div>
      ${takenIn()} ${revisionList()}</div>
      ${open === null ? nothing : reopened(competencies)}`, body);
  }

  async function pick(id) {
    chosen = interims.find(one => one.id === id) ?? interims.at(-1) ?? null;
    revisions = null;
    draft?.close();
    draft = null;
    open = null;
    rest = null;
    if (chosen === null || !writes || chosen.state !== 'unlocked'
      && !isUnsent(session.person.id, `draft/${learner.id}/${chosen.id}`))
      return;
    draft = await new Draft(context, learner.id, chosen.id).load();
    open = chosen.state === 'unlocked' ? draft : null;
    rest = unsaved.mount(draft, context, { dropped: again,
      ...draftWords(assessable(framework), positionWords(framework), t) });
    draft.addEventListener('change', update);
  }

  async function again() {
    const { id } = chosen;

    await reload(learner.id);
    await pick(id);
    update();
  }

  return {
    async show({ params }) {
      const { learner_id: id } = await head.choose(params.learner);

      if (id === null) {
        learner = null;
        head.empty(html`<h1 tabindex="-1">${t('tab_interims')}</h1>
          <div class="panel empty">${icon('seal')}<p>${t('no_learner')}</p>
          </div>`);
        render(nothing, body);
        return;
      }
      if (params.learner === undefined) {
        navigate(`#/interims/${encodeURIComponent(id)}`, { replace: true });
        return;
      }
      if (learner?.id !== id || !interims.some(one => one.id === params.id))
        await reload(id);
      if (chosen === null || chosen.id !== params.id
        || chosen.learner.id !== id)
        await pick(params.id);
      head.show({ learner, draft_access: learner.draft_access },
        t('interims_of', { name: nameOf(learner) }));
      update();
    },

    close() {
      draft?.close();
      head.close();
    },
  };
}
