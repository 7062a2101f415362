/*
 * One person: what the school knows, changed, hidden and shown again (M-042,
 * M-046, M-047), activation code, guardians, tutor or master.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { changesOf, draftOf, mergeDraft } from '../logic/person.js';
import { accountState, sourceTag } from '../parts/account-state.js';
import { issueCodes } from '../parts/codes.js';
import { confirmDialog } from '../parts/dialog.js';
import { tieGuardian, ties, untieGuardian } from '../parts/guardians.js';
import { icon } from '../parts/icons.js';
import { nameOf } from '../parts/learner-head.js';
import { notice, problem } from '../parts/notice.js';
import { personFields } from '../parts/person-fields.js';
import * as supervisors from '../parts/supervisors.js';

export function mount(element, context) {
  const { api, session, t, roster, announce, formatDate } = context;
  const [main, more] = ['div', 'div'].map(name =>
    document.createElement(name));
  const section = supervisors.mount(more, context);
  let path = '';
  let person = null;
  let etag = null;
  let draft = null;       /* while it is being changed */
  let both = null;        /* what somebody else changed too, after a 412 */
  let classes = [];
  let error = null;
  let busy = false;

  element.className = 'narrow stack person';
  element.append(main, more);
  main.className = 'stack';

  const learns = () => person.roles.includes('learner');
  const own = () => person.id === session.person.id;

  function take(answer) {
    ({ data: person, etag } = answer);
  }

  function changed(answer) {
    take(answer);
    roster.forget();
  }

  async function fillMore() {
    if (learns() && person.active)
      await section.show(person.id);
  }

  async function read() {
    take(await api.get(path));
    update();
  }

  async function edit() {
    draft = draftOf(person);
    both = null;
    error = null;
    update();
    main.querySelector('form .input')?.focus();
    classes = await roster.classes();
    update();
  }

  function leave() {
    draft = null;
    both = null;
    error = null;
    update();
    main.querySelector('h1').focus();
  }

  /* Somebody else saved: what was typed stays, on what there is now. */
  async function catchUp() {
    const before = person;

    take(await api.get(path));
    ({ draft, both } = mergeDraft(before, person, draft));
    announce(t('person_stale'));
  }

  async function save(event) {
    event.preventDefault();
    busy = true;
    error = null;
    update();
    try {
      const patch = changesOf(person, draft);

      if (Object.keys(patch).length > 0)
        changed(await api.send('PATCH', path, patch,
          { match: etag, patch: true }));
      busy = false;
      leave();
      announce(t('person_saved'));
      return;
    } catch (refusal) {
      error = refusal;
    }
    if (error.status === 412)
      try {
        await catchUp();
        error = null;
      } catch (refusal) {
        error = refusal;
      }
    busy = false;
    update();
  }

  async function attempt(act) {
    error = null;
    try {
      await act();
    } catch (refusal) {
      error = refusal;
    }
    update();
  }

  const hide = () => attempt(async () => {
    const name = nameOf(person);

    if (!await confirmDialog(t, { title: t('hide_title', { name }),
      text: t('hide_text'), agree: t('hide'), kind: 'danger' }))
      return;
    changed(await api.send('POST', `${path}/hide`));
    announce(t('hidden_now', { name }));
  });

  const reactivate = () => attempt(async () => {
    const name = nameOf(person);

    if (!await confirmDialog(t, { title: t('reactivate_title', { name }),
      text: t('reactivate_text'), agree: t('reactivate') }))
      return;
    changed(await api.send('POST', `${path}/reactivate`));
    await fillMore();
    announce(t('reactivated', { name }));
  });

  const give = () => attempt(async () => {
    if (await issueCodes(context, { people: [person] }))
      await read();
  });

  const tie = () => attempt(async () => {
    if (await tieGuardian(context, person))
      await read();
  });

  const untie = guardian => attempt(async () => {
    if (await untieGuardian(context, person, guardian))
      await read();
  });

  const actions = () => !person.managed ? nothing : html`<div class="actions">
    <button type="button" class="btn" @click=${edit}>${icon('edit')}
      ${t('edit')}</button>
    ${own() || !person.active || person.login === null ? nothing : html`
      <button type="button" class="btn" @click=${give}>
        ${t('codes_give')}</button>`}
    ${own() || person.source === 'import' ? nothing : person.active
      ? html`<button type="button" class="btn danger" @click=${hide}>
        ${icon('hidden')} ${t('hide')}</button>`
      : html`<button type="button" class="btn primary" @click=${reactivate}>
        ${icon('eye')} ${t('reactivate')}</button>`}</div>`;

  const head = () => html`<header class="page-head"><div class="titles">
    <p class="crumb"><a href="#/people">${t('nav_people')}</a></p>
    <h1 tabindex="-1">${nameOf(person)}</h1>
    <p class="meta"><span>${person.roles.map(role =>
      t(`role_${role}`)).join(', ')}</span>${sourceTag(person, t)}
      ${person.active ? nothing : html`<span class="tag warn">
        ${t('inactive')}</span>`}</p></div>
    ${draft === null ? actions() : nothing}</header>`;

  const services = () => person.services.map(one => html`<li>
    <b>${one.class_code}</b> ${one.head_teacher ? t('head_teacher')
      : one.subject} ${sourceTag(one, t)}</li>`);

  const list = items => html`<ul class="plain-row">${items}</ul>`;

  function facts() {
    const day = value => value === null ? null : formatDate(value);

    return [
      ['sex', person.sex && t(`sex_${person.sex}`)],
      ['usual_name', person.usual_name],
      ['birth_date', day(person.birth_date)],
      ['email', person.email],
      ['phone', person.phone],
      ['track', person.track && t(`track_${person.track}`)],
      ['classes', person.classes.length === 0 ? null
        : person.classes.map(({ code }) => code).join(', ')],
      ['services', person.services.length === 0 ? null : list(services())],
      ['trainees', person.trainees.length === 0 ? null
        : list(person.trainees.map(one => html`<li><a
          href="#/people/${one.person.id}">${nameOf(one.person)}</a></li>`))],
      ['left_on', day(person.left_on)],
      ['login', person.login && html`<code>${person.login}</code>`],
      ['account', person.login && accountState(person, context)],
    ].filter(([, value]) => value !== null);
  }

  const card = () => html`<section class="panel"><h2>${t('person_known')}</h2>
    <dl class="facts">${facts().map(([name, value]) => html`<div>
      <dt>${t(`person_${name}`)}</dt><dd>${value}</dd></div>`)}</dl>
    </section>`;

  const met = () => both === null ? nothing : notice('warn', html`
    <p>${t('person_stale')}</p>${both.length === 0 ? nothing : html`<p>
      ${t('person_stale_both', { names: both.map(name =>
        t(`person_${name}`)).join(', ') })}</p>`}`);

  const form = () => html`<form class="panel stack" @submit=${save}>
    <h2>${t('person_change')}</h2>
    ${person.source === 'manual' ? nothing : html`<p class="small soft">
      ${t('person_imported_hint')}</p>`}
    ${personFields(context, { draft, error, classes, set: part => {
      draft = { ...draft, ...part };
      update();
    }, fixed: { roles: learns() || own(),
      classes: person.source === 'import' } })}
    ${met()} ${error === null ? nothing : problem(error, t)}
    <div class="row"><button class="btn primary"
      ?disabled=${busy || draft.roles.length === 0}>${t('save')}</button>
      <button type="button" class="btn" @click=${leave}>${t('cancel')}
      </button></div></form>`;

  function family() {
    const may = session.is('administrator') && person.active;

    return html`${!learns() ? nothing : ties(context, {
      title: t('guardians'), list: person.guardians,
      ...may ? { add: tie, untie } : {} })}
      ${person.children.length === 0 ? nothing : ties(context, {
        title: t('children'), list: person.children })}`;
  }

  // Safe to call at any time.
  function update() {
    if (person === null)
      return;
    render(html`${head()}
      ${draft !== null ? form() : html`
        ${error === null ? nothing : problem(error, t)} ${card()}
        ${family()}`}`, main);
    more.hidden = draft !== null || !learns() || !person.active;
  }

  return {
    async show({ params }) {
      path = `/people/${encodeURIComponent(params.id)}`;
      draft = null;
      both = null;
      error = null;
      await read();
      await fillMore();
    },
    close() {},
  };
}
