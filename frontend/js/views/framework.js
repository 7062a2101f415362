/* Frameworks: the list, then one as a tree to read and search. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { search, tree } from '../logic/framework.js';
import { showPercent } from '../logic/weights.js';
import { icon } from '../parts/icons.js';

export function mount(element, context) {
  const { api, t, navigate } = context;
  let list = [];
  let framework = null;
  let words = '';

  element.className = 'frameworks stack';

  const index = () => html`<header class="page-head"><div class="titles">
    <h1 tabindex="-1">${t('nav_frameworks')}</h1>
    <p class="meta">${t('frameworks_text')}</p></div></header>
    ${list.length === 0 ? html`<div class="panel empty">${icon('book')}
      <p>${t('frameworks_none')}</p></div>` : html`<ul class="cards">
      ${list.map(one => html`<li><a class="work" href="#/frameworks/${one.id}">
        <b>${one.short_title}</b>${one.status === 'legacy'
          ? html`<span class="tag warn">${t('framework_legacy')}</span>`
          : html`<span class="tag success">${t('framework_in_force')}</span>`}
        <span class="small soft">${one.title}</span></a></li>`)}</ul>`}`;

  const weightOf = (unit, weight) => (weight === null ? nothing : html`<span
    class="tag">${showPercent(weight, context.language, true)} %${
      unit.weights_status === 'official' ? nothing
        : html` <span>${t('not_official')}</span>`}</span>`);

  const node = (unit, { competency, group, weight, criteria }) => html`<details
    class="competency" ?open=${words.trim() !== ''}><summary>
    <b>${competency.code}</b> ${competency.title}
    ${unit === null ? nothing : weightOf(unit, weight)}</summary>
    ${group === null ? nothing : html`<p class="small soft">${group.code}
      ${group.title}</p>`}
    ${criteria.length === 0 ? html`<p class="small soft">
      ${t('criteria_none')}</p>` : html`<ul class="plain">
      ${criteria.map(({ title, indicators }) => html`<li>${title}
        ${indicators.length === 0 ? nothing : html`<ul class="small soft">
          ${indicators.map(text => html`<li>${text}</li>`)}</ul>`}</li>`)}
      </ul>`}</details>`;

  const branch = ({ unit, competencies }) => html`<section class="panel">
    <h2>${unit === null ? t('no_unit') : html`${unit.code} ${unit.title}`}</h2>
    ${unit === null ? nothing : html`<p class="small soft">${t('exam', {
      code: unit.exam.code, title: unit.exam.title })}
      ${unit.exam.coefficient_centi === null ? nothing
        : t(unit.exam.coefficient_status === 'official' ? 'coefficient'
          : 'coefficient_not_official', { value: showPercent(
          unit.exam.coefficient_centi, context.language, true) })}</p>`}
    <div class="tree">${competencies.map(one => node(unit, one))}</div>
    </section>`;

  /* Tasks by competencies: a dot where one calls for the other (M-064). */
  function matrix() {
    const { tasks, task_competencies: links } = framework;
    const known = framework.competencies.filter(({ kind }) =>
      kind === 'competency');
    const pairs = new Set(links.map(link =>
      `${link.task_id} ${link.competency_id}`));

    return tasks.length === 0 ? nothing : html`<details class="panel tasks">
      <summary>${t('tasks')}</summary><div class="scroll" tabindex="0"
        role="region" aria-label=${t('tasks')}><table class="table">
      <caption class="small soft">${t('tasks_text')}</caption>
      <thead><tr><th scope="col">${t('task')}</th>${known.map(one =>
        html`<th scope="col" title=${one.title}>${one.code}</th>`)}</tr></thead>
      <tbody>${tasks.map(task => html`<tr><th scope="row"><b>${task.code}</b>
        ${task.title}</th>${known.map(one => html`<td>${
          pairs.has(`${task.id} ${one.id}`) ? html`<span class="dot"
            role="img" aria-label=${t('task_calls', { task: task.code,
              code: one.code })}>●</span>` : nothing}</td>`)}</tr>`)}
      </tbody></table></div></details>`;
  }

  function detail() {
    const found = search(tree(framework), words);
    const count = new Set(found.flatMap(({ competencies }) =>
      competencies.map(({ competency }) => competency.id))).size;

    return html`<header class="page-head"><div class="titles">
      <p class="crumb"><a href="#/frameworks">${t('nav_frameworks')}</a></p>
      <h1 tabindex="-1">${framework.short_title}</h1>
      <p class="meta">${framework.title}</p></div></header>
      <div class="field search"><label for="words">${t('framework_search')}
        </label><input class="input" id="words" type="search" .value=${words}
        @input=${event => {
          words = event.target.value;
          update();
        }}><p class="hint" role="status">${t('framework_found',
        { n: count })}</p></div>
      ${found.length === 0 ? html`<div class="panel empty">${icon('search')}
        <p>${t('framework_nothing')}</p></div>` : found.map(branch)}
      ${matrix()}
      <details class="panel"><summary>${t('framework_source')}</summary>
        <p class="small">${framework.edition.text}</p>
        <p class="small soft">${framework.source.summary}</p>
        <ul class="plain small">${framework.source.documents.map(one =>
          html`<li>${one.title} — ${one.publisher}</li>`)}</ul></details>`;
  }

  // Safe to call at any time.
  function update() {
    render(framework === null ? index() : detail(), element);
  }

  return {
    async show({ params }) {
      if (params.id === undefined) {
        framework = null;
        list = await api.all('/frameworks');
        if (list.length === 1) {
          navigate(`#/frameworks/${list[0].id}`, { replace: true });
          return;
        }
      } else if (framework?.id !== params.id) {
        framework = await context.frameworks.get(params.id);
        words = '';
      }
      update();
    },

    close() {},
  };
}
