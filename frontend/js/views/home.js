/* Home: unfinished work first, then the learners last looked at. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icons.js';

export function mount(element, context) {
  const { t, api, session, formatDate } = context;
  let home = null;
  let parts = null;      /* of notices, loaded when there are some */

  const progress = (done, whole) => html`<progress class="progress
    ${done === whole ? 'done' : ''}" max=${whole || 1} value=${done}
    aria-hidden="true"></progress>`;

  const name = l => `${l.last_name} ${l.first_name}`;

  const section = (title, items, one, extra = nothing) => items.length === 0
    ? nothing : html`<section class="panel"><header class="row spread">
      <h2>${title}</h2>${extra}</header>
      <ul class="cards">${items.map(item => html`<li>${one(item)}</li>`)}</ul>
    </section>`;

  const evaluation = e => html`<a class="work" href="#/evaluations/${e.id}">
    <b>${e.title}</b><span class="number nowrap">
      ${t('cells_filled', { filled: e.filled, expected: e.expected })}</span>
    <span class="small soft">${formatDate(e.assessed_on, 'day')}
      ${e.class_codes.length === 0 ? nothing
        : html` · ${e.class_codes.join(', ')}`}</span>
    ${progress(e.filled, e.expected)}</a>`;

  const draft = d => html`<a class="work" href="#/draft/${d.learner.id}">
    <b>${name(d.learner)}</b><span class="number nowrap">
      ${t('home_positioned', { done: d.positioned, whole: d.expected })}</span>
    <span class="small soft">${d.learner.class_code ?? ''}</span>
    ${progress(d.positioned, d.expected)}</a>`;

  const reopened = u => html`<a class="work"
    href="#/interims/${u.learner.id}/${u.interim_id}">
    <b>${name(u.learner)}</b><span class="tag warn">${icon('unlock')}
      ${t('home_until', { at: formatDate(u.expires_at, 'instant') })}</span>
    <span class="small soft">${u.reason}</span></a>`;

  const learner = l => html`<a class="work" href="#/dashboard/${l.id}">
    <b>${name(l)}</b><span class="tag">${l.class_code ?? '–'}</span></a>`;

  const tile = (n, label, hash) => hash === null
    ? html`<li class="tile"><b class="number">${n}</b><span>${label}</span>
      </li>`
    : html`<li><a class="tile" href=${hash}><b class="number">${n}</b>
      <span>${label}</span></a></li>`;

  function tiles() {
    const c = home.counts;
    const staff = session.is('teacher', 'head', 'ddfpt');
    const reader = staff || session.is('learner', 'guardian');

    return html`<ul class="tiles">
      ${session.is('learner') && !staff ? nothing : html`
        ${tile(c.classes, t('home_classes', { n: c.classes }),
          staff ? '#/classes' : null)}
        ${tile(c.learners, t('home_learners', { n: c.learners }),
          reader ? '#/dashboard' : null)}`}
      ${tile(c.evaluations, t('home_evaluations', { n: c.evaluations }),
        reader ? '#/evaluations' : null)}
      ${tile(c.interim_assessments,
        t('home_interims', { n: c.interim_assessments }),
        reader ? '#/interims' : null)}</ul>`;
  }

  function nothingYet() {
    return home.unfinished.length + home.drafts.length + home.unlocked.length
      + home.learners.length > 0 ? nothing : html`<section class="panel empty">
        ${icon('check')}<p>${t(session.is('teacher') ? 'home_up_to_date'
          : session.is('administrator') ? 'home_admin' : 'home_nothing')}</p>
        ${session.is('teacher') ? html`<a class="btn primary"
          href="#/evaluations/new">${icon('plus')} ${t('evaluation_new')}</a>`
          : session.is('administrator') ? html`<a class="btn primary"
            href="#/imports">${icon('import')} ${t('nav_imports')}</a>`
          : nothing}</section>`;
  }

  // Safe to call at any time.
  function update() {
    render(html`<div class="page-head"><div class="titles">
      <h1 tabindex="-1">${t('home_hello', {
        name: session.person.first_name })}</h1>
      <p class="meta"><span>${session.data.school.name}</span>
        <span>${t('school_year', {
          year: session.data.school.school_year })}</span></p></div>
      ${session.is('teacher') ? html`<div class="actions">
        <a class="btn primary" href="#/evaluations/new">${icon('plus')}
        ${t('evaluation_new')}</a></div>` : nothing}</div>
      ${home === null ? html`<p class="loading">${t('loading')}</p>`
        : html`<div class="stack">
          ${parts === null ? nothing : parts.draw(context, home.notices,
            one => {
              home.notices = home.notices.filter(other => other !== one);
              update();
            })}
          ${tiles()}
          <div class="columns">
            ${section(t('home_unlocked'), home.unlocked, reopened)}
            ${section(t('home_unfinished'), home.unfinished, evaluation,
              html`<a href="#/evaluations">${t('home_all')}</a>`)}
            ${section(t('home_drafts'), home.drafts, draft)}
            ${section(t('home_last'), home.learners, learner)}
          </div>${nothingYet()}</div>`}`, element);
  }

  return {
    async show() {
      update();
      home = (await api.get('/home')).data;
      if (home.notices.length > 0)
        parts = await import('../parts/home-notices.js');
      update();
    },
    close() {},
  };
}
