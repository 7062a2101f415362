/*
 * Dashboard of a learner (M-192 to M-211) and positioning (M-212 to M-217).
 *
 * Filters and mode live in the address. The positions being prepared are a
 * Draft, saved by itself; the button BI opens the preview.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { barPlace, columns, competencies, complexityCounts, condense, MODES,
  readFilters, toggle, writeFilters } from '../logic/dashboard.js';
import { markTable, marksOf } from '../logic/levels.js';
import { presetNotEvaluated, readiness } from '../logic/positions.js';
import { confirmDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import * as learnerHead from '../parts/learner-head.js';
import { legend } from '../parts/level.js';
import { notice } from '../parts/notice.js';
import { blocks, chronological, fitColumns, jump } from '../parts/path.js';
import { position, positionLegend, positionPanel, positionText, positionWords }
  from '../parts/position.js';
import { draftState } from '../parts/draft-state.js';
import { tips } from '../parts/tip.js';
import { Draft } from '../store/draft.js';

const { nameOf } = learnerHead;

export function mount(element, context) {
  const { api, session, t, navigate, announce, formatDate } = context;
  const writes = session.is('teacher');
  const staff = session.is('teacher', 'ddfpt', 'head');
  const phone = matchMedia('(max-width: 48rem)');
  const top = document.createElement('div');
  const body = document.createElement('div');
  const head = learnerHead.mount(top, context,
    { screen: 'dashboard', hash: id => address(id) });
  const endTips = tips(body);
  let data = null;
  let framework = null;
  let filters = null;
  let draft = null;
  let query = new URLSearchParams();

  element.className = 'dashboard';
  element.append(top, body);
  phone.addEventListener('change', update);

  function address(id = data.learner.id, next = query) {
    const text = next.toString();

    return `#/dashboard/${encodeURIComponent(id)}${text && `?${text}`}`;
  }

  function choose(change) {
    navigate(address(data.learner.id, writeFilters({ ...filters, ...change })),
      { replace: true });
  }

  function mode() {
    return filters.mode ?? (phone.matches ? 'condensed' : 'chronological');
  }

  /* Positions as they stand: the draft of this tab. */
  function readyState() {
    return readiness(data.competencies,
      competencies(data, filters.units), draft.positions);
  }

  /* Filters */

  const units = () => html`<div class="row" role="group"
    aria-label=${framework.labels.unit ?? t('dash_units')}>
    <button type="button" class="chip"
      aria-pressed=${filters.units.length === 0}
      @click=${() => choose({ units: [] })}>${t('dash_all')}</button>
    ${framework.units.map(({ code, title }) => html`<button type="button"
      class="chip" data-tip=${title} aria-label="${code}, ${title}"
      aria-pressed=${filters.units.includes(code)} @click=${() =>
        choose({ units: toggle(filters.units, code) })}>${code}</button>`)}
  </div>`;

  const complexities = () => {
    const list = complexityCounts(data, framework);

    return list.length === 0 ? nothing : html`<div class="row" role="group"
      aria-label=${framework.labels.complexity ?? t('dash_complexities')}>
      ${list.map(({ code, title, count }) => html`<button type="button"
        class="chip complexity" data-tip=${title}
        aria-pressed=${filters.complexities.includes(code)}
        aria-label=${t('dash_count', { title, n: count })} @click=${() =>
          choose({ complexities: toggle(filters.complexities, code) })}>
        ${code} <span class="n">${count}</span></button>`)}</div>`;
  };

  const modes = () => html`<div class="segments" role="group"
    aria-label=${t('dash_mode')}>
    ${MODES.map(name => html`<button type="button" class="btn"
      aria-pressed=${mode() === name} @click=${() => choose({ mode: name })}>
      ${t(`dash_${name}`)}</button>`)}</div>
    <button type="button" class="btn" aria-pressed=${!filters.titles}
      @click=${() => choose({ titles: !filters.titles })}>
      ${t('dash_no_titles')}</button>`;

  const jumps = list => html`<div class="field inline">
    <label for="jump">${t('dash_jump')}</label>
    <select class="select" id="jump" @change=${event => {
      jump(body, event.target.value);
      event.target.value = '';
    }}><option value="">–</option>
      ${list.map(({ id, code, title }) => html`<option value=${id}>
        ${code} ${title}</option>`)}</select></div>`;

  /* Positions */

  function earlier(competency, words) {
    return competency.positions.map(one => {
      const after = t('pos_after', { date: formatDate(one.confirmed_at),
        author: nameOf(one.author) });

      return html`<a class="pos-link"
        href="#/interims/${data.learner.id}/${one.interim_id}"
        data-tip=${positionText(one, words, t) + after}>
        ${position(one, words, t, after)}</a>`;
    });
  }

  async function open(competency) {
    const { words } = look();
    const shown = columns(data, framework);
    const fresh = shown.slice(data.bar);
    const count = marks => condense(marks, fresh).length;
    const results = count(competency.whole_marks) + competency.criteria
      .reduce((sum, criterion) => sum + count(criterion.marks), 0);
    const answer = await positionPanel(context, {
      competency, words, value: draft.positions.get(competency.id) ?? null,
      about: html`<div class="row">
        ${competency.positions.map(one => html`<span class="row">
          ${position(one, words, t)} <span class="small soft">
          ${formatDate(one.confirmed_at)}</span></span>`)}
        <span class="small soft">${t('pos_results', { n: results })}</span>
        </div>`,
    });

    if (answer === null)
      return;
    draft.set(competency.id, answer.value);
    announce(t('pos_set', { code: competency.code,
      position: positionText(answer.value, words, t) }));
    body.querySelector(`[id="box-${competency.id}"]`)?.focus();
  }

  function boxes(competency, words) {
    const value = draft?.positions.get(competency.id) ?? null;
    const label = t('pos_box', { code: competency.code,
      position: positionText(value, words, t) });

    return html`<div class="boxes">${earlier(competency, words)}
      ${draft === null ? nothing : html`<button type="button"
        class="pos-box ${value === null ? 'todo' : ''}"
        id="box-${competency.id}" aria-haspopup="dialog" aria-label=${label}
        data-tip=${label} ?disabled=${!writes}
        @click=${() => open(competency)}>${value === null ? '?'
          : position(value, words, t)}</button>`}</div>`;
  }

  /* The button BI: what is missing, or the preview (M-217, G-09). */
  async function start() {
    const { ready, here, hidden } = readyState();

    if (here.length > 0) {
      announce(t('bi_missing', { n: here.length,
        codes: here.map(({ code }) => code).join(', ') }));
      jump(body, here[0].id);
      body.querySelector(`[id="box-${here[0].id}"]`)?.focus();
      return;
    }
    if (!ready) {
      if (!await confirmDialog(t, {
        title: t('bi_hidden_title', { n: hidden.length }),
        text: t('bi_hidden_text', { n: hidden.length,
          codes: hidden.map(({ code }) => code).join(', ') }),
        agree: t('bi_hidden_agree', { n: hidden.length }) }))
        return;
      draft.replace(presetNotEvaluated(hidden, draft.positions));
    }
    if (!await draft.flush() && !await draft.flush())
      return;
    navigate(`#/draft/${encodeURIComponent(data.learner.id)}`);
  }

  function biHead() {
    if (draft === null)
      return html`<span class="small">${t('dash_positions')}</span>`;

    const { here, done, total } = readyState();

    return html`<div class="bi"><button type="button" class="btn primary"
      aria-disabled=${!writes || here.length > 0} ?disabled=${!writes}
      data-tip=${here.length > 0 ? t('bi_left', { n: here.length })
        : t('bi_open')} @click=${start}>${t('bi')}
      <span class="sr-only">${t('bi_open')}</span></button>
      <span class="small number">${done}/${total}</span></div>`;
  }

  function conflicts() {
    const codes = (draft?.conflicts ?? []).map(id => data.competencies.find(
      one => one.id === id)?.code ?? t(`interim_${id}`));

    return codes.length === 0 ? nothing : notice('warn', html`<p>
      ${t('draft_conflict', { codes: codes.join(', ') })}</p>`);
  }

  const saving = () => (draft === null || !writes ? nothing : html`
    <div class="row spread">${draftState(draft, context)}
      <button type="button" class="btn quiet" ?disabled=${!draft.undoable}
        aria-label=${t('pos_undo')} data-tip=${t('pos_undo')} @click=${() => {
          draft.undo();
          announce(t('undone'));
        }}>${icon('undo')} ${t('undo')}</button></div>`);

  /* What the parts of the path are drawn from. */
  function look() {
    const words = positionWords(framework);
    const shown = columns(data, framework, filters.complexities).map(
      column => ({ ...column,
        date: formatDate(column.evaluation.assessed_on) }));

    return {
      framework, words, shown, context, titles: filters.titles,
      marks: markTable(framework.scales.result),
      bar: barPlace(shown, data.bar), head: biHead(),
      competencies: competencies(data, filters.units),
      boxes: competency => boxes(competency, words),
    };
  }

  function nothingYet() {
    return notice('info', html`<p>${t(staff ? 'dash_empty'
      : 'dash_empty_own')}</p>`, writes ? html`<a class="btn"
      href="#/evaluations/new">${icon('plus')} ${t('evaluation_new')}</a>`
      : nothing);
  }

  function printed() {
    const chosen = [...filters.units, ...filters.complexities].join(', ');

    return html`<p class="print-only">${t('dash_printed', {
      date: formatDate(new Date().toISOString(), 'day'),
      filters: chosen || t('dash_all') })}</p>`;
  }

  function path(p) {
    if (p.competencies.length === 0)
      return notice('info', html`<p>${t('dash_no_competency')}</p>`,
        html`<button type="button" class="btn"
          @click=${() => choose({ units: [] })}>${t('dash_all')}</button>`);
    if (mode() !== 'chronological' || p.shown.length === 0)
      return blocks(p, mode() === 'compact');
    return chronological(p);
  }

  // Safe to call at any time.
  function update() {
    if (data === null)
      return;

    const p = look();

    render(html`${printed()}
      <details class="filters" ?open=${!phone.matches}>
        <summary>${t('dash_filters')}</summary>
        <div class="toolbar">${units()} ${complexities()}</div>
        <div class="toolbar">${modes()} ${jumps(p.competencies)}</div>
      </details>
      ${saving()} ${conflicts()}
      ${data.evaluations.length === 0 ? nothingYet() : nothing}
      <div class="panel flush">${path(p)}</div>
      <details class="legends" ?open=${!phone.matches}>
        <summary>${t('legend')}</summary>
        ${legend(marksOf(framework.scales.result), t)}
        ${positionLegend(p.words, t)}
        <p class="small soft">${t('dash_shapes')}</p></details>`, body);
    fitColumns(body, p);
  }

  async function load(id) {
    const path = `/learners/${encodeURIComponent(id)}/dashboard`;
    const next = session.is('teacher', 'ddfpt') ? new Draft(context, id)
      : null;
    const [answer] = await Promise.all([api.get(path), next?.load()]);

    framework = await context.frameworks.get(answer.data.framework_id);
    draft?.close();
    draft = next;
    draft?.addEventListener('change', update);
    data = answer.data;
  }

  function noLearner() {
    data = null;
    head.empty(html`<h1 tabindex="-1">${t('tab_dashboard')}</h1>
      <div class="panel empty">${icon('path')}<p>${t('no_learner')}</p></div>`);
    render(nothing, body);
  }

  return {
    async show({ params, query: asked }) {
      const { learner_id: id } = await head.choose(params.learner);

      if (id === null) {
        noLearner();
        return;
      }
      query = asked;
      if (data?.learner.id !== id)
        await load(id);
      filters = readFilters(asked, framework);
      head.show(data.learner, nameOf(data.learner), html`<button type="button"
        class="btn no-phone" @click=${() => print()}>${icon('print')}
        ${t('print')}</button>`);
      update();
    },

    close() {
      phone.removeEventListener('change', update);
      draft?.close();
      head.close();
      endTips();
    },
  };
}
