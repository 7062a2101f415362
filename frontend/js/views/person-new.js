/*
 * Somebody made by hand (M-044, M-045), though an import is better (M-048).
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { newKey } from '../api.js';
import { bodyOf, draftOf } from '../logic/person.js';
import { icon } from '../parts/icons.js';
import { nameOf } from '../parts/learner-head.js';
import { likely } from '../parts/likely.js';
import { notice, problem } from '../parts/notice.js';
import { personFields } from '../parts/person-fields.js';

export function mount(element, context) {
  const { api, session, t, roster, navigate, announce } = context;
  let draft = draftOf();
  let classes = [];
  let error = null;
  let busy = false;
  let key = newKey();

  element.className = 'narrow stack';

  function set(part) {
    draft = { ...draft, ...part };
    key = newKey();
    update();
  }

  async function create(despite = false) {
    busy = true;
    error = null;
    update();
    try {
      const { data } = await api.send('POST', '/people', { ...bodyOf(draft),
        ...despite ? { despite_duplicates: true } : {} }, { key });

      roster.forget();
      announce(t('person_made', { name: nameOf(data) }));
      navigate(`#/people/${data.id}`, { replace: true });
      return;
    } catch (refusal) {
      error = refusal;
      /* What got no answer may have been done: the same key, once. */
      if (refusal.status !== 0)
        key = newKey();
      if (refusal.code === 'probable-duplicate')
        announce(t('likely_title'));
    }
    busy = false;
    update();
  }

  function submit(event) {
    event.preventDefault();
    create();
  }

  const open = one => html`<a class="btn" href="#/people/${one.id}">
    ${t('person_open')} <span class="sr-only">${nameOf(one)}</span></a>`;

  function refused() {
    if (error === null)
      return nothing;
    if (error.code === 'probable-duplicate')
      return likely(error, context, html`<button type="button"
        class="btn danger" ?disabled=${busy} @click=${() => create(true)}>
        ${t('likely_despite')}</button>`, open);
    if (error.code === 'school-incomplete')
      return notice('warn', html`<p>${t('school_incomplete')}</p>`, html`<a
        class="btn" href="#/settings" target="_blank" rel="noopener">
        ${icon('gear')} ${t('nav_settings')}</a>`);
    return problem(error, t);
  }

  // Safe to call at any time.
  function update() {
    render(html`<header class="page-head"><div class="titles">
      <p class="crumb"><a href="#/people">${t('nav_people')}</a></p>
      <h1 tabindex="-1">${t('person_new')}</h1></div></header>
      ${notice('warn', html`<p>${t('person_prefer_import')}</p>`,
        session.is('administrator') ? html`<a class="btn" href="#/imports">
          ${icon('import')} ${t('nav_imports')}</a>` : nothing)}
      <form class="panel stack" @submit=${submit}>
        ${personFields(context, { draft, error, classes, set })}
        ${refused()}
        <div class="row"><button class="btn primary"
          ?disabled=${busy || draft.roles.length === 0}>${t('person_create')}
          </button><a class="btn" href="#/people">${t('cancel')}</a>
          ${draft.roles.length > 0 ? nothing : html`<span class="small soft">
            ${t('person_role_needed')}</span>`}</div></form>`, element);
  }

  return {
    async show() {
      update();
      classes = await roster.classes();
      update();
    },
    close() {},
  };
}
