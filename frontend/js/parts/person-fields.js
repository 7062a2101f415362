/* The fields of a person, the same for somebody new and for a change. */
import { html, nothing } from '../../vendor/lit-html.js';
import { withRole } from '../logic/person.js';
import { className } from '../session/roster.js';
import { icon } from './icons.js';

const every = ['teacher', 'learner', 'ddfpt', 'head', 'administrator',
  'guardian', 'tutor', 'master'];
const byDdfpt = ['teacher', 'learner', 'tutor', 'master'];

/** What is wrong at `/name` or below it, as the server says it. */
export const wrongAt = (error, name) => (error?.errors ?? []).find(
  ({ pointer }) => `${pointer}/`.startsWith(`/${name}/`))?.message ?? null;

/**
 * `set(part)` changes the draft.  `fixed`: { roles, classes }, what stays as
 * it is; `classes`: those of the year.
 */
export function personFields(context, { draft, error, classes, set,
  fixed = {} }) {
  const { t, session } = context;
  const learner = draft.roles.includes('learner');

  const hint = name => {
    const message = wrongAt(error, name);

    return message === null ? nothing
      : html`<p class="wrong" id="${name}-wrong">${message}</p>`;
  };

  const field = (name, type, { max = 100, required = false } = {}) => html`
    <div class="field"><label for=${name}>${t(`person_${name}`)}</label>
      <input class="input" id=${name} type=${type} maxlength=${max}
        ?required=${required} autocomplete="off" spellcheck="false"
        .value=${draft[name]} aria-invalid=${wrongAt(error, name) !== null}
        aria-describedby=${wrongAt(error, name) === null ? nothing
          : `${name}-wrong`}
        @input=${event => set({ [name]: event.target.value })}>
      ${hint(name)}</div>`;

  const choice = (name, any, list, required = false) => html`<div
    class="field"><label for=${name}>${t(`person_${name}`)}</label>
    <select class="select" id=${name} ?required=${required}
      aria-invalid=${wrongAt(error, name) !== null}
      @change=${event => set({ [name]: event.target.value })}>
      <option value="" .selected=${draft[name] === ''}>${any}</option>
      ${list.map(value => html`<option value=${value}
        .selected=${value === draft[name]}>${t(`${name}_${value}`)}
        </option>`)}</select>${hint(name)}</div>`;

  function roles() {
    if (fixed.roles)
      return html`<p>${t('role')} : <b>${draft.roles.map(role =>
        t(`role_${role}`)).join(', ')}</b></p>`;

    return html`<fieldset class="stack"><legend>${t('role')}</legend>
      <div class="form-grid">${(session.is('administrator') ? every : byDdfpt)
        .map(role => html`<label class="check"><input type="checkbox"
          name="role" value=${role} .checked=${draft.roles.includes(role)}
          @change=${event => set({ roles: withRole(draft.roles, role,
            event.target.checked) })}><span>${t(`role_${role}`)}</span>
          </label>`)}</div>${hint('roles')}</fieldset>`;
  }

  const service = (one, i) => {
    const change = part => set({ services: draft.services.map((old, at) =>
      at === i ? { ...old, ...part } : old) });

    if (one.fixed)
      return html`<li class="row"><b>${one.class_code}</b> ${one.subject}
        <span class="tag success">${t('source_import')}</span></li>`;
    return html`<li class="row"><select class="select short" required
      aria-label="${t('class')} ${i + 1}" @change=${event =>
        change({ class_id: event.target.value })}>
      <option value="" .selected=${one.class_id === ''}>${t('class')}</option>
      ${classes.map(group => html`<option value=${group.id}
        .selected=${group.id === one.class_id}>${className(group)}
        </option>`)}</select>
      <input class="input short" maxlength="100" .value=${one.subject}
        aria-label="${t('person_subject')} ${i + 1}" placeholder=${
          t('person_subject')} @input=${event =>
          change({ subject: event.target.value })}>
      <button type="button" class="btn icon-only" @click=${() =>
        set({ services: draft.services.filter((_, at) => at !== i) })}
        aria-label="${t('service_remove')} ${i + 1}">${icon('trash')}
      </button></li>`;
  };

  const services = () => html`<fieldset class="stack">
    <legend>${t('person_services')}</legend>
    <ul class="stack plain-row">${draft.services.map(service)}</ul>
    ${hint('services')}
    <div class="row"><button type="button" class="btn" @click=${() =>
      set({ services: [...draft.services, { class_id: '', subject: '',
        fixed: false }] })}>${icon('plus')} ${t('service_add')}</button></div>
    </fieldset>`;

  const groups = () => html`<fieldset class="stack">
    <legend>${t('classes')}</legend>
    <div class="form-grid">${classes.map(group => html`<label class="check">
      <input type="checkbox" name="class" .checked=${draft.class_ids.includes(
        group.id)} @change=${event => set({ class_ids: event.target.checked
        ? [...draft.class_ids, group.id]
        : draft.class_ids.filter(id => id !== group.id) })}>
      <span>${className(group)}</span></label>`)}</div>
    ${hint('class_ids')}</fieldset>`;

  return html`<div class="form-grid">
      ${choice('sex', '–', ['F', 'M'])}
      ${field('last_name', 'text', { required: true })}
      ${field('first_name', 'text', { required: true })}
      ${field('usual_name', 'text')}
      ${field('birth_date', 'date')}
      ${field('email', 'email', { max: 200 })}
      ${field('phone', 'tel', { max: 30 })}</div>
    ${roles()}
    ${draft.roles.includes('teacher') ? services() : nothing}
    ${learner && !fixed.classes ? html`<div class="form-grid">${choice('track',
      t('person_track_choose'), ['school', 'apprentice'], true)}</div>
      ${groups()}` : nothing}`;
}
