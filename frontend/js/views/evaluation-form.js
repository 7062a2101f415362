/*
 * A new evaluation, or what an evaluation is made of: title, level, date,
 * criteria by competency, learners by class (M-102 to M-108, M-113, M-120,
 * M-121).  What is left out keeps its marks out of sight, and says how many.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { newKey } from '../api.js';
import { found } from '../logic/search.js';
import { confirmDialog } from '../parts/dialog.js';
import { icon } from '../parts/icons.js';
import { notice, problem } from '../parts/notice.js';

const ITEMS_MAX = 400;

const today = () => {
  const now = new Date();

  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, '0'),
    String(now.getDate()).padStart(2, '0')].join('-');
};

export function mount(element, context) {
  const { t, api, session, roster, navigate } = context;
  let form = null;          /* what is being filled */
  let before = null;        /* the evaluation as it was, when editing */
  let etag = null;
  let framework = null;
  let classes = [];
  let learners = new Map(); /* class → learners, once opened */
  let query = '';
  let unfolded = new Set();
  let error = null;
  let busy = false;
  let key = newKey();

  async function chooseFramework(id) {
    framework = await context.frameworks.get(id);
    form.framework_id = id;
    form.complexity = framework.complexity_levels
      .some(c => c.code === form.complexity) ? form.complexity : null;
  }

  async function start(id) {
    error = null;
    query = '';
    unfolded = new Set();
    key = newKey();
    classes = await roster.classes();
    if (id === undefined)
      await startNew();
    else
      await startEdit(id);
  }

  async function startNew() {
    const { last } = roster;
    const first = classes.find(c => c.id === last.class_id)
      ?? classes.find(c => c.framework_id !== null) ?? classes[0];

    before = null;
    form = { title: '', complexity: null, assessed_on: today(),
      visible: true, items: new Set(), learners: new Set() };
    await chooseFramework(first?.framework_id
      ?? session.data.frameworks[0]?.id);
  }

  async function startEdit(id) {
    const answer = await api.get(`/evaluations/${encodeURIComponent(id)}`);

    before = answer.data;
    etag = answer.etag;
    form = {
      title: before.title, complexity: before.complexity,
      assessed_on: before.assessed_on, visible: before.visible,
      items: new Set(before.items.filter(i => !i.removed).map(i => i.id)),
      learners: new Set(before.learners.map(l => l.id)),
    };
    await chooseFramework(before.framework_id);
    await Promise.all([...new Set(before.learners.map(l => l.class_id))]
      .filter(Boolean).map(openClass));
  }

  async function openClass(id) {
    if (!learners.has(id)) {
      learners.set(id, []);
      learners.set(id, await roster.learners(id));
    }
    update();
  }

  const toggle = (set, id, on) => set[on ? 'add' : 'delete'](id);

  /* Criteria of a competency; none: it is assessed as a whole. */
  const criteriaOf = competency => framework.criteria
    .filter(c => c.competency_id === competency.id)
    .sort((a, b) => a.order - b.order);

  const itemsOf = competency => {
    const criteria = criteriaOf(competency);

    return criteria.length > 0 ? criteria : [competency];
  };

  const assessable = () => framework.competencies.filter(c => c.assessable)
    .sort((a, b) => a.order - b.order);

  /* Saving */

  function body() {
    const criteria = framework.criteria.map(c => c.id);
    const chosen = [...form.items];
    const order = new Map(assessable().flatMap(c => itemsOf(c))
      .map((item, i) => [item.id, i]));
    const known = new Map((before?.items ?? []).map((item, i) => [item.id, i]));

    chosen.sort((a, b) => (known.get(a) ?? 1e6 + order.get(a))
      - (known.get(b) ?? 1e6 + order.get(b)));
    return {
      title: form.title.trim(), complexity: form.complexity,
      assessed_on: form.assessed_on, visible: form.visible,
      criterion_ids: chosen.filter(id => criteria.includes(id)),
      competency_ids: chosen.filter(id => !criteria.includes(id)),
      learner_ids: [...form.learners],
    };
  }

  /* Marks that go out of sight with the items and learners left out. */
  function hiddenMarks() {
    let n = 0;

    for (const learner of before?.learners ?? [])
      learner.marks.forEach((mark, i) => {
        if (mark !== null && (!form.learners.has(learner.id)
          || !form.items.has(before.items[i].id)))
          n++;
      });
    return n;
  }

  /* What is wrong before asking the server: key of the words, or null. */
  function wrong() {
    if (form.title.trim() === '')
      return ['title', 'form_need_title'];
    if (form.assessed_on === '')
      return ['date', 'form_need_date'];
    if (form.items.size === 0)
      return ['criteria-search', 'form_need_items'];
    if (form.items.size > ITEMS_MAX)
      return ['criteria-search', 'form_too_many'];
    return form.learners.size === 0 ? ['learners', 'form_need_learners']
      : null;
  }

  let missing = null;

  async function submit(event) {
    event.preventDefault();
    missing = wrong();
    update();
    if (missing !== null) {
      element.querySelector(`#form-${missing[0]}`)?.focus();
      return;
    }

    const lost = hiddenMarks();

    if (lost > 0 && !await confirmDialog(t, {
      title: t('form_hide_title'), text: t('form_hide_text', { n: lost }),
      agree: t('form_hide_agree') }))
      return;
    busy = true;
    error = null;
    update();
    try {
      await save();
    } catch (refusal) {
      error = refusal;
      /* Another content may not travel under the same key. */
      if (refusal.status !== 0)
        key = newKey();
    }
    busy = false;
    update();
    if (error !== null)
      element.querySelector('.notice')?.scrollIntoView({ block: 'nearest' });
  }

  async function save() {
    if (before === null) {
      const { data } = await api.send('POST', '/evaluations',
        { framework_id: form.framework_id, ...body() }, { key });

      navigate(`#/evaluations/${data.id}`, { replace: true });
    } else {
      await api.send('PATCH', `/evaluations/${encodeURIComponent(before.id)}`,
        body(), { match: etag, patch: true });
      navigate(`#/evaluations/${before.id}`, { replace: true });
    }
  }

  /* Drawing */

  const fault = field => missing?.[0] === field ? html`<p class="wrong"
    id="wrong-${field}">${t(missing[1])}</p>` : nothing;

  const invalid = field => missing?.[0] === field ? 'true' : nothing;

  const described = field => missing?.[0] === field ? `wrong-${field}`
    : nothing;

  const facts = () => html`<section class="panel stack">
    <h2>${t('form_facts')}</h2>
    <div class="field"><label for="form-title">${t('form_title')}</label>
      <input class="input" id="form-title" required maxlength="300"
        autocomplete="off" .value=${form.title}
        aria-invalid=${invalid('title')} aria-describedby=${described('title')}
        @input=${e => {
          form.title = e.target.value;
        }}>${fault('title')}</div>
    <div class="form-grid">
      ${session.data.frameworks.length < 2 || before !== null ? nothing
        : html`<div class="field"><label for="form-framework">
        ${t('form_framework')}</label><select class="select"
        id="form-framework" @change=${async e => {
          form.items.clear();
          await chooseFramework(e.target.value);
          update();
        }}>${session.data.frameworks.map(f => html`<option value=${f.id}
        ?selected=${f.id === form.framework_id}>${f.short_title}</option>`)}
        </select></div>`}
      ${framework.complexity_levels.length === 0 ? nothing : html`
        <div class="field"><label for="form-complexity">
        ${framework.labels.complexity ?? t('form_complexity')}</label>
        <select class="select" id="form-complexity" @change=${e => {
          form.complexity = e.target.value || null;
        }}><option value="">${t('form_no_complexity')}</option>
        ${framework.complexity_levels.filter(c => !c.context_marker).map(c =>
          html`<option value=${c.code} ?selected=${c.code === form.complexity}>
          ${c.code} – ${c.title}</option>`)}</select></div>`}
      <div class="field"><label for="form-date">${t('form_date')}</label>
        <input class="input" id="form-date" type="date" required
        .value=${form.assessed_on} aria-invalid=${invalid('date')}
        aria-describedby=${described('date')} @input=${e => {
          form.assessed_on = e.target.value;
        }}>${fault('date')}</div>
    </div>
    <label class="check"><input type="checkbox" .checked=${form.visible}
      @change=${e => {
        form.visible = e.target.checked;
      }}><span>${t('form_visible')}</span></label></section>`;

  const criterion = item => html`<label class="check"><input type="checkbox"
    .checked=${form.items.has(item.id)} @change=${e => {
      toggle(form.items, item.id, e.target.checked);
      update();
    }}><span>${item.title}</span></label>`;

  function competencyPart(competency) {
    const items = itemsOf(competency);
    const shown = items.filter(item => found(query, competency.code,
      ...competency.aliases, competency.title, item.title));
    const chosen = items.filter(item => form.items.has(item.id)).length;

    if (shown.length === 0)
      return nothing;
    return html`<details class="fold" ?open=${query !== ''
      || unfolded.has(competency.id)} @toggle=${e => {
      if (query === '')
        toggle(unfolded, competency.id, e.target.open);
    }}>
      <summary><span class="tag">${competency.code}</span>
        <span>${competency.title}</span>
        <span class="tag number ${chosen > 0 ? 'success' : ''}">
          ${chosen}/${items.length}</span></summary>
      <div class="fold-in">${items.length < 2 ? nothing : html`<label
        class="check"><input type="checkbox"
        .checked=${chosen === items.length}
        .indeterminate=${chosen > 0 && chosen < items.length}
        @change=${e => {
          items.forEach(i => toggle(form.items, i.id, e.target.checked));
          update();
        }}><b>${t('form_all_criteria')}</b></label>`}
        ${shown.map(criterion)}</div></details>`;
  }

  const criteriaPart = () => html`<section class="panel stack">
    <header class="row spread"><h2>${t('form_criteria')}</h2>
      <span class="tag number" role="status">${t('form_chosen',
        { n: form.items.size })}</span></header>
    <div class="field"><label class="sr-only" for="form-criteria-search">
      ${t('form_search')}</label><input class="input" type="search"
      id="form-criteria-search" placeholder=${t('form_search')}
      aria-invalid=${invalid('criteria-search')}
      aria-describedby=${described('criteria-search')}
      .value=${query} @input=${e => {
        query = e.target.value;
        update();
      }}>${fault('criteria-search')}</div>
    <div class="folds">${assessable().map(competencyPart)}</div></section>`;

  function classPart(group) {
    const list = learners.get(group.id) ?? [];
    const chosen = list.filter(l => form.learners.has(l.id)).length;
    const other = before?.learners.filter(l => l.class_id === group.id
      && !list.some(k => k.id === l.id)) ?? [];

    return html`<details class="fold" ?open=${chosen > 0}
      @toggle=${e => e.target.open && openClass(group.id)}>
      <summary><span class="tag">${group.code}</span>
        <span>${group.name}</span><span class="tag number ${chosen > 0
          ? 'success' : ''}">${chosen}/${group.learner_count}</span></summary>
      <div class="fold-in"><label class="check"><input type="checkbox"
        .checked=${list.length > 0 && chosen === list.length}
        .indeterminate=${chosen > 0 && chosen < list.length}
        @change=${async e => {
          const on = e.target.checked;

          await openClass(group.id);
          learners.get(group.id).forEach(l =>
            toggle(form.learners, l.id, on));
          update();
        }}><b>${t('form_whole_class')}</b></label>
        <div class="names">${[...list, ...other].map(l => html`<label
          class="check"><input type="checkbox"
          .checked=${form.learners.has(l.id)} @change=${e => {
            toggle(form.learners, l.id, e.target.checked);
            update();
          }}><span>${l.last_name} ${l.first_name}</span></label>`)}</div>
      </div></details>`;
  }

  const learnersPart = () => html`<section class="panel stack"
    id="form-learners" tabindex="-1">
    <header class="row spread"><h2>${t('form_learners')}</h2>
      <span class="tag number" role="status">${t('form_chosen',
        { n: form.learners.size })}</span></header>
    ${fault('learners')}
    <div class="folds">${classes.filter(c => c.framework_id
      === form.framework_id || c.framework_id === null).map(classPart)}
    </div></section>`;

  // Safe to call at any time.
  function update() {
    if (form === null || framework === null)
      return;
    render(html`<form novalidate @submit=${submit}>
      <div class="page-head"><div class="titles"><p class="crumb">
        <a href=${before === null ? '#/evaluations'
          : `#/evaluations/${before.id}`}>${before?.title
          ?? t('nav_evaluations')}</a></p>
        <h1 tabindex="-1">${t(before === null ? 'evaluation_new'
          : 'form_edit')}</h1></div></div>
      <div class="stack">
        ${error === null ? nothing : error.status === 412
          ? notice('warn', t('form_stale'), html`<button type="button"
            class="btn" @click=${async () => {
              await start(before.id);
              update();
            }}>${t('form_reload')}</button>`) : problem(error, t)}
        ${before?.frozen ? notice('info', t('form_locked')) : nothing}
        ${facts()}
        <div class="columns two">${criteriaPart()}${learnersPart()}</div>
        <div class="form-end"><p class="number">${t('form_grid', {
          learners: form.learners.size, items: form.items.size,
          cells: form.learners.size * form.items.size })}</p>
          <a class="btn" href=${before === null ? '#/evaluations'
            : `#/evaluations/${before.id}`}>${t('cancel')}</a>
          <button class="btn primary" ?disabled=${busy || before?.frozen}>
            ${t(before === null ? 'form_create' : 'save')}</button></div>
      </div></form>`, element);
  }

  return {
    async show({ params }) {
      await start(params.id);
      update();
    },
    close() {},
  };
}
