/*
 * Who was there: readings of files, exports, unlocks, rights, sign-ins (T1).
 * Each sees what the server shows her: own acts, accounts, pedagogy, or who
 * read the own file.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icons.js';
import { nameOf } from '../parts/learner-head.js';
import { problem } from '../parts/notice.js';

const groups = {
  read: ['read'], export: ['export'], unlock: ['unlock'],
  sign_in: ['sign_in', 'sign_in_failed'], call: ['call'],
};
const PAGE = 100;

export function mount(element, context) {
  const { t, api, session, navigate, formatDate } = context;
  const staff = session.is('administrator', 'ddfpt', 'head', 'teacher');
  let filters = { act: '', from: '', to: '' };
  let items = null;
  let next = null;
  let error = null;
  let turn = 0;

  const asked = () => ({ act: groups[filters.act], from: filters.from,
    to: filters.to });

  async function read(after = null) {
    const mine = ++turn;

    error = null;
    try {
      const { data } = await api.get('/traces',
        { ...asked(), after, limit: PAGE });

      if (mine !== turn)
        return;
      items = after === null ? data.items : [...items, ...data.items];
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

    navigate(`#/traces${query.toString() === '' ? '' : `?${query}`}`,
      { replace: true });
  }

  /* Words of what has some, as it stands for what is newer than this page. */
  const said = (prefix, word) => {
    const key = `${prefix}_${word}`;

    return t(key) === key ? word.replaceAll('_', ' ') : t(key);
  };

  const what = one => html`${said('trace_act', one.act)}
    ${one.page === null ? nothing : html`<br><span class="small soft">
      ${said('trace_page', one.page.replace(/\{\w+\}/g, '')
        .replace(/[^a-z]+/g, '_').replace(/^_|_$/g, ''))}</span>`}`;

  const whose = one => one.learner !== null ? nameOf(one.learner)
    : one.class !== null ? t('trace_class', { code: one.class.code })
      : one.account !== null ? nameOf(one.account) : '–';

  const who = one => one.person !== null ? nameOf(one.person)
    : one.access !== null ? html`${one.access.name}
      <span class="tag">${t('trace_partner')}</span>` : t('trace_nobody');

  const line = one => html`<tr>
    <td class="nowrap">${formatDate(one.at, 'instant')}</td>
    <th scope="row">${who(one)}</th><td>${what(one)}</td>
    <td>${whose(one)}</td>
    ${staff ? html`<td><code class="small">${one.address ?? '–'}</code></td>`
      : nothing}</tr>`;

  const card = one => html`<li class="work">
    <b>${who(one)}</b><span class="small nowrap soft">
      ${formatDate(one.at, 'instant')}</span>
    <span>${what(one)}</span><span class="small">${whose(one)}</span></li>`;

  const phone = matchMedia('(max-width: 48rem)');

  const heads = () => ['when', 'who', 'what', 'whose',
    ...staff ? ['whence'] : []];

  const list = () => items.length === 0 ? html`<div class="panel empty">
    ${icon('eye')}<p>${t('traces_none')}</p></div>`
    : phone.matches ? html`<ul class="cards">${items.map(card)}</ul>`
      : html`<div class="panel flush"><div class="scroll"><table class="table">
        <thead><tr>${heads().map(key => html`<th scope="col">
          ${t(`trace_${key}`)}</th>`)}</tr></thead>
        <tbody>${items.map(line)}</tbody></table></div></div>`;

  const day = name => html`<div class="field"><label for="trace-${name}">
    ${t(`trace_${name}`)}</label><input class="input" type="date"
    id="trace-${name}" .value=${filters[name]}
    @change=${event => change({ [name]: event.target.value })}></div>`;

  const tools = () => html`<div class="toolbar" role="search">
    <div class="field"><label for="trace-act">${t('trace_what')}</label>
      <select class="select" id="trace-act" @change=${event =>
        change({ act: event.target.value })}>
      <option value="">${t('trace_all')}</option>
      ${Object.keys(groups).map(group => html`<option value=${group}
        ?selected=${filters.act === group}>${t(`trace_group_${group}`)}
        </option>`)}</select></div>
    ${day('from')}${day('to')}</div>`;

  // Safe to call at any time.
  function update() {
    render(html`<header class="page-head"><div class="titles">
      <h1 tabindex="-1">${t('nav_traces')}</h1>
      <p class="meta">${t(staff ? 'traces_text' : 'traces_own')}</p></div>
      <div class="actions"><a class="btn" download
        href=${api.url('/traces.csv', asked())}>${icon('export')}
        ${t('trace_csv')}</a></div></header>
      <div class="stack">${tools()}
      ${error === null ? nothing : problem(error, t, () => read())}
      ${items === null ? html`<p class="loading">${t('loading')}</p>`
        : list()}
      ${next === null ? nothing : html`<p><button type="button" class="btn"
        @click=${() => read(next)}>${t('more')}</button></p>`}</div>`,
    element);
  }

  phone.addEventListener('change', update);
  return {
    async show({ query }) {
      filters = { act: '', from: '', to: '',
        ...Object.fromEntries(query ?? []) };
      if (!(filters.act in groups))
        filters.act = '';
      update();
      await read();
    },
    close() {
      phone.removeEventListener('change', update);
    },
  };
}
