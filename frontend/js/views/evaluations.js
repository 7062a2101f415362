/* Evaluations of the school year, by level of class (M-104, M-126). */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icons.js';
import { problem } from '../parts/notice.js';
import { className } from '../session/roster.js';

const TYPING_MS = 250;

export function mount(element, context) {
  const { t, api, session, roster, navigate, formatDate } = context;
  const staff = session.is('teacher', 'ddfpt', 'head');
  let filters = { q: '', class_id: '', unfinished: '' };
  let classes = [];
  let items = null;
  let next = null;
  let error = null;
  let timer = 0;
  let turn = 0;

  function change(part) {
    filters = { ...filters, ...part };

    const query = new URLSearchParams(
      Object.entries(filters).filter(([, value]) => value !== ''));

    navigate(`#/evaluations${query.toString() === '' ? '' : `?${query}`}`,
      { replace: true });
  }

  async function read(after = null) {
    const mine = ++turn;

    error = null;
    try {
      const { data } = await api.get('/evaluations', { ...filters, after });

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

  const line = e => html`<tr>
    <th scope="row"><a href="#/evaluations/${e.id}">${e.title}</a>
      ${e.frozen ? html`<span class="tag">${icon('lock')}
        ${t('list_locked')}</span>` : nothing}
      ${e.visible ? nothing : html`<span class="tag">${icon('hidden')}
        ${t('list_hidden')}</span>`}
      ${e.context === 'company' ? html`<span class="tag">
        ${t('list_company')}</span>` : nothing}</th>
    <td class="nowrap">${formatDate(e.assessed_on)}</td>
    <td>${e.complexity ?? '–'}</td>
    <td>${e.class_codes.join(', ') || '–'}</td>
    <td>${e.author.first_name} ${e.author.last_name}</td>
    <td><span class="row filled-cell"><progress class="progress
      ${e.filled === e.expected ? 'done' : ''}" max=${e.expected || 1}
      value=${e.filled} aria-hidden="true"></progress>
      <span class="number nowrap">${e.filled}/${e.expected}</span></span></td>
  </tr>`;

  const card = e => html`<li><a class="work" href="#/evaluations/${e.id}">
    <b>${e.title}</b><span class="number nowrap">${e.filled}/${e.expected}
      ${e.frozen ? icon('lock') : nothing}</span>
    <span class="small soft">${[formatDate(e.assessed_on), e.complexity,
      e.class_codes.join(', ')].filter(Boolean).join(' · ')}</span>
    <progress class="progress ${e.filled === e.expected ? 'done' : ''}"
      max=${e.expected || 1} value=${e.filled} aria-hidden="true"></progress>
  </a></li>`;

  const heads = ['list_title', 'list_date', 'list_complexity', 'list_classes',
    'list_author', 'list_filled'];

  function groups() {
    const levels = Map.groupBy === undefined ? groupBy(items)
      : Map.groupBy(items, e => e.class_level ?? '');

    return [...levels].sort(([a], [b]) => a.localeCompare(b));
  }

  function groupBy(list) {
    const map = new Map();

    for (const e of list) {
      const key = e.class_level ?? '';

      map.set(key, [...map.get(key) ?? [], e]);
    }
    return map;
  }

  const phone = matchMedia('(max-width: 48rem)');

  const groupOf = ([level, list]) => html`<section class="panel flush">
    <header><h2>${level === '' ? t('list_no_level') : level}
      <span class="tag number">${list.length}</span></h2></header>
    ${phone.matches ? html`<ul class="cards padded">${list.map(card)}</ul>`
      : html`<div class="scroll"><table class="table">
        <thead><tr>${heads.map(key => html`<th scope="col">${t(key)}</th>`)}
        </tr></thead><tbody>${list.map(line)}</tbody></table></div>`}
  </section>`;

  const tools = () => html`<div class="toolbar" role="search">
    <label class="sr-only" for="list-q">${t('list_search')}</label>
    <input class="input search" id="list-q" type="search" maxlength="100"
      placeholder=${t('list_search')} .value=${filters.q}
      @input=${event => {
        clearTimeout(timer);
        timer = setTimeout(() => change({ q: event.target.value.trim() }),
          TYPING_MS);
      }}>
    ${!staff || classes.length < 2 ? nothing : html`
      <label class="sr-only" for="list-class">${t('class')}</label>
      <select class="select" id="list-class"
        @change=${e => change({ class_id: e.target.value })}>
        <option value="">${t('list_all_classes')}</option>
        ${classes.map(c => html`<option value=${c.id}
          ?selected=${c.id === filters.class_id}>${className(c)}</option>`)}
      </select>`}
    ${staff ? html`<button type="button" class="chip"
      aria-pressed=${filters.unfinished === 'true'} @click=${() => change({
        unfinished: filters.unfinished === 'true' ? '' : 'true' })}>
      ${t('list_unfinished')}</button>` : nothing}</div>`;

  // Safe to call at any time.
  function update() {
    render(html`<div class="page-head"><div class="titles">
      <h1 tabindex="-1">${t('nav_evaluations')}</h1>
      <p class="meta">${t('school_year', {
        year: session.data.school.school_year })}</p></div>
      ${session.is('teacher') ? html`<div class="actions">
        <a class="btn primary" href="#/evaluations/new">${icon('plus')}
        ${t('evaluation_new')}</a></div>` : nothing}</div>
      ${tools()}
      ${error === null ? nothing : problem(error, t, () => read())}
      ${items === null ? html`<p class="loading">${t('loading')}</p>`
        : items.length === 0 ? html`<div class="panel empty">${icon('grid')}
          <p>${t('list_none')}</p></div>`
        : html`<div class="stack">${groups().map(groupOf)}
          ${next === null ? nothing : html`<p><button type="button"
            class="btn" @click=${() => read(next)}>${t('list_more')}
            </button></p>`}</div>`}`, element);
  }

  phone.addEventListener('change', update);
  return {
    async show({ query }) {
      filters = { q: query.get('q') ?? '',
        class_id: query.get('class_id') ?? '',
        unfinished: query.get('unfinished') ?? '' };
      update();
      if (staff && classes.length === 0)
        classes = await roster.classes();
      await read();
    },
    close() {
      clearTimeout(timer);
      phone.removeEventListener('change', update);
    },
  };
}
