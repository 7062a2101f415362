/*
 * People and their accounts: search, activation codes for one, for those that
 * are ticked or for a class (M-043, M-049, M-051), slips to print, logins of a
 * class as CSV (M-050).
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { accountState, sourceTag } from '../parts/account-state.js';
import { icon } from '../parts/icons.js';
import { nameOf } from '../parts/learner-head.js';
import { notice, problem } from '../parts/notice.js';
import { issueCodes } from '../parts/codes.js';

const roles = ['teacher', 'learner', 'ddfpt', 'head', 'administrator',
  'guardian', 'tutor', 'master'];
const delayMs = 300;
const PAGE = 100;
const blank = { q: '', role: '', class_id: '', state: '', source: '' };

export function mount(element, context) {
  const { api, session, t, roster, navigate } = context;
  const gives = session.is('administrator', 'ddfpt');
  const ticked = new Map();
  let filters = blank;
  let people = null;
  let classes = [];
  let next = null;
  let error = null;
  let timer = 0;
  let turn = 0;

  async function read(after = null) {
    const mine = ++turn;

    error = null;
    try {
      const { data } = await api.get('/people',
        { ...filters, limit: PAGE, after });

      if (mine !== turn)
        return;
      people = after === null ? data.items : [...people, ...data.items];
      next = data.next;
    } catch (refusal) {
      if (mine === turn)
        error = refusal;
    }
    if (mine === turn)
      update();
  }

  function change(part) {
    const query = new URLSearchParams(Object.entries({ ...filters, ...part })
      .filter(([, value]) => value !== ''));

    navigate(`#/people${query.toString() === '' ? '' : `?${query}`}`,
      { replace: true });
  }

  async function give(who) {
    if (!await issueCodes(context, who))
      return;
    ticked.clear();
    await read();
  }

  const may = person => gives && person.managed && person.login !== null
    && person.active && person.id !== session.person.id;

  function tick(person, on) {
    if (on)
      ticked.set(person.id, person);
    else
      ticked.delete(person.id);
    update();
  }

  function tickAll(on) {
    for (const person of people.filter(may))
      tick(person, on);
  }

  const row = person => html`<tr>
    ${gives ? html`<td><input type="checkbox" ?disabled=${!may(person)}
      .checked=${ticked.has(person.id)} aria-label=${nameOf(person)}
      @change=${event => tick(person, event.target.checked)}></td>` : nothing}
    <th scope="row"><a href="#/people/${person.id}">${person.last_name}
      ${person.first_name}</a>
      ${person.active ? nothing : html`<span class="tag">${t('inactive')}
        </span>`}</th>
    <td>${person.roles.map(role => t(`role_${role}`)).join(', ')}
      ${sourceTag(person, t)}</td>
    <td>${person.class_codes.join(', ')}</td>
    <td>${person.login === null ? '–'
      : html`<code>${person.login}</code>`}</td>
    <td>${accountState(person, context)}</td></tr>`;

  function head() {
    const all = people.filter(may);

    return html`<thead><tr>${gives ? html`<th scope="col"><input
      type="checkbox" aria-label=${t('tick_all')} .checked=${all.length > 0
        && all.every(({ id }) => ticked.has(id))}
      @change=${event => tickAll(event.target.checked)}></th>` : nothing}
      ${['name', 'role', 'classes', 'login', 'account'].map(key =>
        html`<th scope="col">${t(key)}</th>`)}</tr></thead>`;
  }

  const choice = (name, label, any, list) => html`<div class="field">
    <label for="people-${name}">${label}</label>
    <select class="select" id="people-${name}" @change=${event =>
      change({ [name]: event.target.value })}>
      <option value="">${any}</option>
      ${list.map(([value, words]) => html`<option value=${value}
        ?selected=${value === filters[name]}>${words}</option>`)}
    </select></div>`;

  const tools = () => html`<div class="toolbar" role="search">
    <div class="field"><label for="people-q">${t('accounts_search')}</label>
      <input class="input" id="people-q" type="search" maxlength="100"
        .value=${filters.q} @input=${event => {
          clearTimeout(timer);
          timer = setTimeout(() =>
            change({ q: event.target.value.trim() }), delayMs);
        }}></div>
    ${choice('role', t('role'), t('role_any'),
      roles.map(role => [role, t(`role_${role}`)]))}
    ${choice('class_id', t('class'), t('class_any'),
      classes.map(({ id, code }) => [id, code]))}
    ${choice('state', t('people_state'), t('people_state_any'),
      ['active', 'hidden'].map(one => [one, t(`people_state_${one}`)]))}
    ${choice('source', t('people_source'), t('people_source_any'),
      ['import', 'manual'].map(one => [one, t(`people_source_${one}`)]))}
    </div>`;

  const group = () => classes.find(({ id }) => id === filters.class_id);

  const actions = () => !gives ? nothing : html`<div class="actions">
    ${group() === undefined ? nothing : html`<button type="button" class="btn"
      @click=${() => give({ class: group() })}>${icon('print')}
      ${t('codes_class', { code: group().code })}</button>
      <a class="btn" download href=${api.url(`/classes/${
        encodeURIComponent(group().id)}/accounts.csv`, { dialect: 'fr' })}>
        ${icon('export')} ${t('accounts_csv')}</a>`}
    <a class="btn" href="#/people/new">${icon('plus')} ${t('person_new')}</a>
    </div>`;

  const chosen = () => ticked.size === 0 ? nothing : html`<div
    class="bottom-bar" role="status"><b>${t('ticked', { n: ticked.size })}</b>
    <button type="button" class="btn primary" @click=${() =>
      give({ people: [...ticked.values()] })}>${t('codes_give')}</button>
    <button type="button" class="btn quiet" @click=${() => {
      ticked.clear();
      update();
    }}>${t('untick')}</button></div>`;

  const list = () => people.length === 0 ? html`<div class="panel empty">
    ${icon('user')}<p>${t('accounts_none')}</p></div>`
    : html`<div class="panel flush"><div class="scroll"><table class="table">
      ${head()}<tbody>${people.map(row)}</tbody></table></div></div>`;

  // Safe to call at any time.
  function update() {
    render(html`<header class="page-head"><div class="titles">
      <h1 tabindex="-1">${t('nav_people')}</h1>
      <p class="meta">${t('people_text')}</p></div>${actions()}</header>
      <div class="stack">${tools()}
      ${error === null ? nothing : problem(error, t, () => read())}
      ${people === null ? html`<p class="loading">${t('loading')}</p>`
        : people.length === 0 && filters === blank ? notice('info',
          html`<p>${t('people_empty')}</p>`, html`<a class="btn"
            href="#/imports">${icon('import')} ${t('nav_imports')}</a>`)
          : list()}
      ${next === null ? nothing : html`<p><button type="button" class="btn"
        @click=${() => read(next)}>${t('more')}</button></p>`}
      ${chosen()}</div>`, element);
  }

  return {
    async show({ query }) {
      const asked = [...query].filter(([name]) => name in blank);

      filters = asked.length === 0 ? blank
        : { ...blank, ...Object.fromEntries(asked) };
      update();
      [classes] = await Promise.all([roster.classes(), read()]);
      update();
    },
    close() {
      clearTimeout(timer);
    },
  };
}
