/*
 * View of a class: learners by competencies, the last confirmed position of
 * each; a click opens the learner (ux.md 2).
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icons.js';
import { otherName } from '../parts/class-name.js';
import { nameOf } from '../parts/learner-head.js';
import { notice } from '../parts/notice.js';
import { position, positionLegend, positionText, positionWords }
  from '../parts/position.js';
import { tips } from '../parts/tip.js';
import * as selector from './selector.js';

export function mount(element, context) {
  const { api, session, t, navigate, formatDate } = context;
  const choice = document.createElement('div');
  const body = document.createElement('div');
  const chooser = selector.mount(choice, context);
  const endTips = tips(body);
  let data = null;
  let words = null;
  let group = null;       /* the class, when it has no diploma yet */

  element.className = 'class-view stack';
  element.append(choice, body);
  choice.addEventListener('choose', ({ detail }) =>
    navigate(`#/classes/${encodeURIComponent(detail.class_id)}`));

  const dashboard = ({ id }) => `#/dashboard/${encodeURIComponent(id)}`;

  const cell = (entry, competency, i) => {
    const value = entry.positions[i] ?? null;
    const text = t('class_cell', { name: nameOf(entry.learner),
      code: competency.code, position: positionText(value, words, t) });

    return html`<td data-tip=${text}>${position(value, words, t)}</td>`;
  };

  const row = entry => html`<tr>
    <th scope="row"><a href=${dashboard(entry.learner)}>
      ${entry.learner.last_name} ${entry.learner.first_name}</a></th>
    <td class="date">${entry.assessment === null
      ? html`<span class="soft">${t('class_no_interim')}</span>`
      : html`<a href="#/interims/${entry.learner.id}/${entry.assessment.id}">
        ${formatDate(entry.assessment.confirmed_at)}</a>
        ${entry.assessment.state === 'unlocked' ? html`<span class="tag warn">
          ${t('class_unlocked')}</span>` : nothing}`}</td>
    ${data.competencies.map((competency, i) => cell(entry, competency, i))}
  </tr>`;

  const table = () => html`<div class="panel flush"><div class="scroll"
    tabindex="0" role="region" aria-label=${t('class_table')}>
    <table class="class-table"><caption class="sr-only">${t('class_table')}
      </caption>
    <thead><tr><th scope="col" class="corner">${t('learner')}</th>
      <th scope="col">${t('class_interim')}</th>
      ${data.competencies.map(({ code, title }) => html`<th scope="col"
        data-tip=${title}><span aria-hidden="true">${code}</span>
        <span class="sr-only">${code} ${title}</span></th>`)}</tr></thead>
    <tbody>${data.learners.map(row)}</tbody></table></div></div>`;

  function head() {
    const shown = data?.class ?? group;
    const { id, code } = shown;
    const path = `/classes/${encodeURIComponent(id)}`;

    return html`<header class="page-head"><div class="titles">
      <h1 tabindex="-1">${code}</h1>
      <p class="meta">${otherName(shown)} <span>${t('class_count', {
        n: data?.learners.length ?? group.learner_count })}</span></p></div>
      ${data === null ? nothing : html`<div class="actions">
        ${session.is('teacher') ? html`<a class="btn"
          href="#/evaluations/new">${icon('plus')} ${t('evaluation_new')}</a>`
          : nothing}
        <a class="btn primary" href="#/grading/${encodeURIComponent(id)}">
          ${icon('grade')} ${t('class_grade')}</a>
        ${data.learners.length === 0 ? nothing : html`<a class="btn"
          href="#/tutors/${encodeURIComponent(data.learners[0].learner.id)}">
          ${t('class_tutors')}</a>`}
        <a class="btn" target="_blank" rel="noopener" href=${api.url(
          `${path}/interim-assessments/latest.pdf`)}>${icon('print')}
          ${t('class_pdf')}</a></div>`}</header>`;
  }

  // Safe to call at any time.
  function update() {
    if (data === null && group === null)
      return;
    render(html`${head()}
      ${data === null ? notice('info', html`<p>${t('class_no_diploma')}</p>`)
        : data.learners.length === 0 ? html`<div class="panel empty">
        ${icon('class')}<p>${t('class_empty')}</p></div>`
          : html`<div class="stack">${table()}
          ${positionLegend(words, t)}</div>`}`, body);
  }

  async function load(id) {
    group = (await context.roster.classes()).find(one => one.id === id)
      ?? null;
    if (group !== null && group.framework_id === null) {
      data = null;
      return;
    }
    data = (await api.get(`/classes/${encodeURIComponent(id)}/grading`)).data;
    words = positionWords(await context.frameworks.get(data.framework_id));
  }

  return {
    async show({ params }) {
      const { class_id: id } = await chooser.show(
        { class_id: params.id, learners: false });

      if (id === null) {
        render(html`<h1 tabindex="-1">${t('nav_classes')}</h1>
          <div class="panel empty">${icon('class')}<p>${t('class_none')}</p>
          </div>`, body);
        return;
      }
      if (params.id === undefined) {
        navigate(`#/classes/${encodeURIComponent(id)}`, { replace: true });
        return;
      }
      await load(id);
      update();
    },

    close() {
      endTips();
      chooser.close();
    },
  };
}
