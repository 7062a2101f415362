/*
 * Dashboard of a learner (M-192 to M-211) and positioning (M-212 to M-217).
 *
 * Filters and mode live in the address. Positions being prepared are
 * parts/boxes.js.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { barPlace, columns, competencies, complexityCounts, MODES,
  readFilters, toggle, writeFilters } from '../logic/dashboard.js';
import { markTable, marksOf } from '../logic/levels.js';
import { icon } from '../parts/icon.js';
import * as learnerHead from '../parts/learner-head.js';
import { legend } from '../parts/level.js';
import { notice } from '../parts/notice.js';
import { jump } from '../parts/path.js';
import { position, positionLegend, positionText, positionWords }
  from '../parts/position.js';
import { tipsWhenHovered } from '../parts/tip-soon.js';

const { nameOf } = learnerHead;

export function mount(element, context) {
  const { api, session, t, navigate, announce, formatDate } = context;
  const staff = session.is('teacher', 'ddfpt', 'head');
  const phone = matchMedia('(max-width: 48rem)');
  const top = document.createElement('div');
  const body = document.createElement('div');
  const head = learnerHead.mount(top, context,
    { screen: 'dashboard', hash: id => address(id) });
  const endTips = tipsWhenHovered(body);
  let data = null;
  let framework = null;
  let filters = null;
  let words = null;
  let boxes = null;          /* for who may know of the draft */
  let drawn = null;          /* what the table keeps from draw to draw */
  const parts = { table: null, blocks: null };
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

  /* Positions: earlier ones at the left of the one prepared (M-216). */

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

  const cells = (competency, words) => html`<div class="boxes">
    ${earlier(competency, words)}
    ${boxes === null ? nothing : boxes.box(competency)}</div>`;

  /* What the parts of the path are drawn from. */
  function look() {
    const shown = columns(data, framework, filters.complexities).map(
      column => ({ ...column,
        date: formatDate(column.evaluation.assessed_on) }));

    boxes?.show({ data, filters, framework, words, body });
    return {
      framework, words, shown, context, titles: filters.titles,
      marks: markTable(framework.scales.result),
      bar: barPlace(shown, data.bar), head: boxes?.head()
        ?? html`<span class="small">${t('dash_positions')}</span>`,
      all: data.competencies,
      competencies: competencies(data, filters.units),
      boxes: competency => cells(competency, words),
    };
  }

  function nothingYet() {
    return notice('info', html`<p>${t(staff ? 'dash_empty'
      : 'dash_empty_own')}</p>`, session.is('teacher') ? html`<a class="btn"
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
    if (p.competencies.length === 0) {
      drawn = null;
      return notice('info', html`<p>${t('dash_no_competency')}</p>`,
        html`<button type="button" class="btn"
          @click=${() => choose({ units: [] })}>${t('dash_all')}</button>`);
    }
    if (partName(p.shown) === 'blocks') {
      drawn = null;
      return parts.blocks.draw(p, mode() === 'compact');
    }
    drawn ??= new parts.table.Drawn();
    drawn.keep([data, filters.complexities.join(), filters.titles]);
    return parts.table.draw({ ...p, drawn });
  }

  const partName = shown => mode() === 'chronological' && shown.length > 0
    ? 'table' : 'blocks';

  /* The two ways to draw the path are loaded when they are first shown. */
  async function loadPart(name) {
    if (name === 'table')
      parts.table ??= await import('../parts/path-table.js');
    else
      [parts.blocks] = await Promise.all([import('../parts/path-blocks.js'),
        context.addStyles(['path-blocks'])]);
  }

  // Safe to call at any time.
  function update() {
    if (data === null)
      return;

    const p = look();
    const name = partName(p.shown);

    if (parts[name] === null) {
      loadPart(name).then(update);
      return;
    }

    render(html`${printed()}
      <details class="filters" ?open=${!phone.matches}>
        <summary>${t('dash_filters')}</summary>
        <div class="toolbar">${units()} ${complexities()}</div>
        <div class="toolbar">${modes()} ${jumps(p.competencies)}</div>
      </details>
      ${boxes?.state() ?? nothing}
      ${data.evaluations.length === 0 ? nothingYet() : nothing}
      <div class="panel flush">${path(p)}</div>
      <details class="legends" ?open=${!phone.matches}>
        <summary>${t('legend')}</summary>
        ${legend(marksOf(framework.scales.result), t)}
        ${positionLegend(p.words, t)}
        <p class="small soft">${t('dash_shapes')}</p></details>`, body);
    parts.table?.fitColumns(body, p);
    drawn?.showNewest(body.querySelector('.path'));
  }

  async function prepare(answer) {
    const { mount: start } = await import('../parts/boxes.js');

    return start(context, answer, update);
  }

  async function load(id) {
    const { data: answer } = await api.get(
      `/learners/${encodeURIComponent(id)}/dashboard`);
    const [read, next] = await Promise.all([
      context.frameworks.get(answer.framework_id),
      answer.draft_access === 'none' ? null : prepare(answer)]);

    framework = read;
    words = positionWords(framework);
    boxes?.close();
    boxes = next;
    data = answer;
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
      head.show(data, nameOf(data.learner), html`<button type="button"
        class="btn no-phone" @click=${() => print()}>${icon('print')}
        ${t('print')}</button>`);
      await loadPart(partName(columns(data, framework,
        filters.complexities)));
      update();
    },

    close() {
      phone.removeEventListener('change', update);
      boxes?.close();
      head.close();
      endTips();
    },
  };
}
