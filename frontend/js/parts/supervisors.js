/*
 * Tutor of a learner in a company, master of an apprentice: the one of now,
 * and those before (M-053 - M-055).
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { accountState } from './account-state.js';
import { issueCodes } from './codes.js';
import { confirmDialog, openDialog } from './dialog.js';
import { icon } from './icons.js';
import { nameOf } from './learner-head.js';
import { likely } from './likely.js';
import { problem } from './notice.js';
import { wrongAt } from './person-fields.js';

const fields = [['last_name', 'text', 100, true],
  ['first_name', 'text', 100, true], ['email', 'email', 200, false],
  ['phone', 'tel', 30, false]];

export function mount(element, context) {
  const { api, t, announce, formatDate } = context;
  let path = '';
  let data = null;
  let error = null;

  async function read() {
    data = (await api.get(path)).data;
    update();
  }

  function bodyOf(form) {
    const values = new FormData(form);

    return Object.fromEntries(['sex', ...fields.map(([name]) => name)]
      .map(name => [name, values.get(`tutor-${name}`).trim() || null]));
  }

  const field = ([name, type, max, required], refusal) => {
    const message = wrongAt(refusal, name);

    return html`<div class="field"><label for="tutor-${name}">
      ${t(`person_${name}`)}</label><input class="input" id="tutor-${name}"
      name="tutor-${name}" type=${type} maxlength=${max} ?required=${required}
      autocomplete="off" aria-invalid=${message !== null}>
      ${message === null ? nothing : html`<p class="wrong">${message}</p>`}
      </div>`;
  };

  /* The form of somebody new; resolves with the list of now, or null. */
  function ask() {
    let refusal = null;
    let busy = false;
    let typed = null;

    async function send(body, close, again) {
      busy = true;
      refusal = null;
      again();
      try {
        close((await api.send('POST', path, body)).data);
        return;
      } catch (problem_) {
        refusal = problem_;
        if (refusal.code === 'probable-duplicate')
          announce(t('likely_title'));
      }
      busy = false;
      again();
    }

    const refused = (close, again) => {
      if (refusal === null)
        return nothing;
      if (refusal.code !== 'probable-duplicate')
        return problem(refusal, t);
      return likely(refusal, context, html`<button type="button"
        class="btn danger" ?disabled=${busy} @click=${() => send(
          { ...typed, despite_duplicates: true }, close, again)}>
        ${t('likely_despite')}</button>`, one => !one.roles.includes(data.kind)
        || !one.active ? nothing : html`<button type="button" class="btn"
          ?disabled=${busy} @click=${() => send({ person_id: one.id }, close,
          again)}>${t('likely_same')} <span class="sr-only">${nameOf(one)}
          </span></button>`);
    };

    return openDialog({
      title: t(`${data.kind}_add`),
      body: (close, again) => html`<form class="stack" @submit=${event => {
        event.preventDefault();
        typed = bodyOf(event.target);
        send(typed, close, again);
      }}><p>${t('supervisor_text')}</p>
        <div class="form-grid"><div class="field"><label for="tutor-sex">
          ${t('person_sex')}</label><select class="select" id="tutor-sex"
          name="tutor-sex"><option value="">–</option>
          ${['F', 'M'].map(sex => html`<option value=${sex}>${t(`sex_${sex}`)}
            </option>`)}</select></div>
        ${fields.map(one => field(one, refusal))}</div>
        ${refused(close, again)}
        <footer><button type="button" class="btn" @click=${() => close(null)}>
          ${t('cancel')}</button><button class="btn primary" ?disabled=${busy}>
          ${t('person_create')}</button></footer></form>`,
    });
  }

  async function attempt(act) {
    error = null;
    try {
      await act();
    } catch (refusal) {
      error = refusal;
      update();
    }
  }

  async function add() {
    const now = await ask();

    if (now === null)
      return;
    data = now;
    error = null;
    update();
    announce(t('supervisor_given', { name: nameOf(now.items[0].person) }));
  }

  const end = one => attempt(async () => {
    if (!await confirmDialog(t, {
      title: t('supervisor_end_title', { name: nameOf(one.person) }),
      text: t('supervisor_end_text'), agree: t('supervisor_end'),
      kind: 'danger' }))
      return;
    await api.send('DELETE', `${path}/${encodeURIComponent(one.person.id)}`);
    announce(t('supervisor_ended'));
    await read();
  });

  const give = one => attempt(async () => {
    if (await issueCodes(context, { people: [one.person] }))
      await read();
  });

  const contact = one => [one.login, one.email, one.phone]
    .filter(text => text !== null).map(text => html`<span>${text}</span>`);

  const line = one => html`<li class="stack"><p><b>${nameOf(one.person)}</b>
    ${one.ended_on === null ? nothing : html`<span class="soft">
      ${t('supervisor_before', { from: formatDate(one.since),
        to: formatDate(one.ended_on) })}</span>`}</p>
    <p class="meta">${contact(one)}</p>
    ${one.ended_on !== null ? nothing : html`
      ${one.password === null ? nothing : html`<p>
        ${accountState(one, context)}</p>`}
      <div class="row">${one.managed && one.active ? html`<button
        type="button" class="btn" @click=${() => give(one)}>
        ${t('codes_give')}</button>` : nothing}
      ${data.may_change ? html`<button type="button" class="btn danger"
        @click=${() => end(one)}>${t('supervisor_end')}</button>` : nothing}
      </div>`}</li>`;

  // Safe to call at any time.
  function update() {
    if (data === null)
      return;

    const now = data.items.filter(one => one.ended_on === null);
    const before = data.items.filter(one => one.ended_on !== null);

    render(html`<section class="panel stack"><div class="row spread">
      <h2>${t(`role_${data.kind}`)}</h2>
      ${data.may_change && now.length === 0 ? html`<button type="button"
        class="btn primary" @click=${add}>${icon('plus')}
        ${t(`${data.kind}_add`)}</button>` : nothing}</div>
      ${error === null ? nothing : problem(error, t)}
      ${now.length === 0 ? html`<p class="soft">${t(data.may_change
        ? `${data.kind}_none` : `${data.kind}_none_here`)}</p>`
        : html`<ul class="stack plain-row">${now.map(line)}</ul>`}
      ${before.length === 0 ? nothing : html`<details><summary>
        ${t('supervisors_before')}</summary><ul class="stack plain-row">
        ${before.map(line)}</ul></details>`}</section>`, element);
  }

  return {
    async show(learnerId) {
      path = `/learners/${encodeURIComponent(learnerId)}/supervisors`;
      await read();
    },
  };
}
