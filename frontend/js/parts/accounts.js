/* Accounts: search somebody, give a password that works once. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { confirmDialog, openDialog } from './dialog.js';
import { problem } from './notice.js';
import { showSecret } from './secret.js';

await loadWords('menu');

const roles = ['teacher', 'learner', 'ddfpt', 'head', 'administrator',
  'guardian', 'tutor', 'master'];
const delayMs = 300;

export function mount(element, context) {
  const { api, t, formatDate } = context;
  let people = [];
  let next = null;
  let filters = { q: '', role: '' };
  let error = null;
  let timer = 0;
  let turn = 0;

  async function read(after = null) {
    const mine = ++turn;

    try {
      const { data } = await api.get('/people', { limit: 50, after,
        q: filters.q.trim(), role: filters.role });

      if (mine !== turn)
        return;
      people = after === null ? data.items : [...people, ...data.items];
      next = data.next;
      error = null;
    } catch (refusal) {
      error = refusal;
    }
    update();
  }

  function filter(change) {
    filters = { ...filters, ...change };
    clearTimeout(timer);
    timer = setTimeout(read, delayMs);
  }

  async function give(person) {
    const name = `${person.first_name} ${person.last_name}`;

    if (!await confirmDialog(t, { title: t('password_give_title', { name }),
      text: t('password_give_text'), agree: t('password_give') }))
      return;
    try {
      const { data } = await api.send('POST',
        `/people/${encodeURIComponent(person.id)}/password`, {});

      await showSecret(context, openDialog, {
        title: t('password_of', { name }), text: t('password_once'),
        fields: [[t('login'), data.login], [t('password'), data.password]] });
      await read();
    } catch (refusal) {
      error = refusal;
      update();
    }
  }

  const row = person => html`<tr>
    <th scope="row">${person.last_name} ${person.first_name}
      ${person.active ? nothing : html`<span class="tag">${t('inactive')}
        </span>`}</th>
    <td>${person.roles.map(role => t(`role_${role}`)).join(', ')}</td>
    <td>${person.class_codes.join(', ')}</td>
    <td>${person.login === null ? '–'
      : html`<code>${person.login}</code>`}</td>
    <td>${t(`password_${person.password}`)}${person.signed_in_at === null
      ? nothing : html`<br><span class="small soft">${t('last_seen', {
        date: formatDate(person.signed_in_at) })}</span>`}</td>
    <td><button type="button" class="btn" ?disabled=${person.login === null}
      @click=${() => give(person)}>${t('password_give')}<span class="sr-only">,
      ${person.first_name} ${person.last_name}</span></button></td></tr>`;

  // Safe to call at any time.
  function update() {
    render(html`<section class="panel flush"><header class="stack">
      <h2>${t('accounts')}</h2>
      <div class="form-grid"><div class="field"><label for="who">
        ${t('accounts_search')}</label><input class="input" id="who"
        type="search" maxlength="100" @input=${event =>
          filter({ q: event.target.value })}></div>
      <div class="field"><label for="role">${t('role')}</label>
        <select class="select" id="role" @change=${event =>
          filter({ role: event.target.value })}>
        <option value="">${t('role_any')}</option>
        ${roles.map(role => html`<option value=${role}>${t(`role_${role}`)}
          </option>`)}</select></div></div>
      ${error === null ? nothing : problem(error, t, () => read())}</header>
      ${people.length === 0 ? html`<p class="soft pad">${t('accounts_none')}
        </p>` : html`<div class="scroll tall"><table class="table"><thead><tr>
        <th scope="col">${t('name')}</th><th scope="col">${t('role')}</th>
        <th scope="col">${t('classes')}</th><th scope="col">${t('login')}</th>
        <th scope="col">${t('password')}</th>
        <th scope="col"><span class="sr-only">${t('password_give')}</span></th>
        </tr></thead><tbody>${people.map(row)}</tbody></table></div>`}
      ${next === null ? nothing : html`<p class="pad"><button type="button"
        class="btn" @click=${() => read(next)}>${t('more')}</button></p>`}
      </section>`, element);
  }

  return { show: () => read() };
}
