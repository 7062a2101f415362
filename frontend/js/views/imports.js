/*
 * Imports of SIECLE and STSWEB files: analyse, look at the preview, apply.
 * Nothing is written before the second step, and nothing is ever deleted.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { newKey } from '../api.js';
import { FILES_MAX, FILE_BYTES_MAX, commitBody, isSeen, isWorking, saidOf,
  saidOfNone, tooMuch, totals, unconfirmed } from '../logic/imports.js';
import { icon } from '../parts/icons.js';
import { progressPanel } from '../parts/import-progress.js';
import { anomalies, countsTable, filesTable, lines, mefTable, probables,
  warnings } from '../parts/import-preview.js';
import { nameOf } from '../parts/learner-head.js';
import { notice, problem } from '../parts/notice.js';

const parts = ['staff', 'learners', 'guardians', 'labels'];

const POLL_MS = 700;

export function mount(element, context) {
  const { api, roster, t, navigate, announce, formatDate } = context;
  let imports = [];
  let preview = null;
  let answers = null;
  let frameworks = new Map();
  let files = [];
  let busy = false;
  let error = null;
  let key = newKey();
  let sent = null; /* the import the chosen files became */
  let timer = 0;

  element.className = 'imports stack';

  /* First step: the files */

  function change(list) {
    files = list;
    key = newKey();
    error = null;
    update();
  }

  const add = list => change([...files, ...list]);

  async function analyse() {
    const form = new FormData();

    for (const file of files)
      form.append('files', file, file.name);
    busy = true;
    error = null;
    update();
    try {
      const { data } = await api.send('POST', '/imports', form,
        { key, params: { later: true } });

      sent = data.id;
      navigate(`#/imports/${encodeURIComponent(data.id)}`);
    } catch (refusal) {
      error = refusal;
      if (refusal.status > 0)
        key = newKey();
    }
    busy = false;
    update();
  }

  const fileRow = (file, i) => html`<li class="file">
    <b>${file.name}</b>
    <span class="soft small">${t('file_size', {
      size: Math.max(1, Math.round(file.size / 1024)) })}</span>
    <button type="button" class="btn icon-only push"
      aria-label=${t('file_remove', { name: file.name })} @click=${() =>
        change(files.filter(one => one !== file))}>${icon('cross')}</button>
    ${file.size <= FILE_BYTES_MAX ? nothing
      : html`<p class="wrong">${t('file_large')}</p>`}
    ${saidOf(error?.errors ?? [], i).map(({ message }) =>
      html`<p class="wrong">${message}</p>`)}</li>`;

  // What is said beside a file is not said again.
  function refusal() {
    const left = saidOfNone(error.errors ?? []);

    return problem(left.length === (error.errors ?? []).length ? error : {
      status: error.status, title: error.title, errors: left,
      request_id: error.request_id }, t);
  }

  const chooser = () => html`<section class="panel stack">
    <h2>${t('import_new')}</h2><p>${t('import_text')}</p>
    <div class="drop" @dragover=${event => event.preventDefault()}
      @drop=${event => {
        event.preventDefault();
        add(event.dataTransfer.files);
      }}>${icon('import')}<p>${t('import_drop')}</p>
      <label class="btn">${t('import_browse')}<input class="sr-only"
        type="file" multiple accept=".xml,.zip" @change=${event => {
          add(event.target.files);
          event.target.value = '';
        }}></label></div>
    ${files.length === 0 ? html`<ul class="plain small soft">
      ${parts.map(part => html`<li><b>${t(`part_${part}`)}</b> —
        ${t(`part_${part}_where`)}</li>`)}</ul>`
      : html`<ul class="files">${files.map(fileRow)}</ul>`}
    ${tooMuch(files) === null ? nothing : html`<p class="wrong" role="status">
      ${t(tooMuch(files), { n: FILES_MAX })}</p>`}
    ${error === null ? nothing : refusal()}
    <div class="row"><button type="button" class="btn primary"
      ?disabled=${busy || files.length === 0 || tooMuch(files) !== null
        || files.some(({ size }) => size > FILE_BYTES_MAX)} @click=${analyse}>
      ${t(busy ? 'import_busy' : 'import_analyse')}</button>
      <span class="small soft">${t('import_safe')}</span></div></section>`;

  const stateTag = ({ state, progress }) => html`<span class="tag ${{
    committed: 'success', previewed: 'warn', refused: 'error', failed: 'error',
  }[state] ?? ''}">${t(`import_${state}`)}${progress === null ? ''
    : ` ${progress.percent} %`}</span>`;

  const history = () => html`<section class="panel flush"><header>
    <h2>${t('import_history')}</h2></header>
    ${imports.length === 0 ? html`<p class="soft pad">${t('import_none')}</p>`
      : html`<div class="scroll" tabindex="0" role="region"
      aria-label=${t('import_history')}><table class="table"><thead><tr>
      <th scope="col">${t('date')}</th><th scope="col">${t('files')}</th>
      <th scope="col">${t('author')}</th><th scope="col">${t('state')}</th>
      <th scope="col" class="num">${t('fate_created')}</th>
      <th scope="col" class="num">${t('fate_changed')}</th>
      <th scope="col" class="num">${t('fate_leaving')}</th></tr></thead>
      <tbody>${imports.map(one => html`<tr><th scope="row"><a
        href="#/imports/${one.id}">${formatDate(one.created_at, 'instant')}</a>
        </th><td class="small">${one.files.map(({ name }) => name).join(', ')}
        </td><td>${nameOf(one.author)}</td><td>${stateTag(one)}</td>
        ${['created', 'changed', 'leaving'].map(fate => html`<td class="num">
          ${totals(one.counts)[fate]}</td>`)}</tr>`)}</tbody></table></div>`}
    </section>`;

  /* Second step: the preview */

  async function commit() {
    busy = true;
    error = null;
    update();
    try {
      const people = new Map([...answers.people].filter(
        ([, value]) => value !== 'later'));
      const { data } = await api.send('POST',
        `/imports/${encodeURIComponent(preview.id)}/commit`,
        commitBody(answers.ticked, answers.mefs, people),
        { match: `"${preview.revision}"`, key, params: { later: true } });

      preview = data;
      scrollTo(0, 0);
      follow();
    } catch (refusal) {
      error = refusal;
      if (refusal.status > 0)
        key = newKey();
    }
    busy = false;
    update();
  }

  /* Under way: asked again and again, whatever happens on the way. */

  function follow() {
    clearTimeout(timer);
    if (preview !== null && isWorking(preview.state))
      timer = setTimeout(ask, POLL_MS);
  }

  async function ask() {
    const { id } = preview;

    try {
      const { data } = await api.get(`/imports/${encodeURIComponent(id)}`);

      if (preview?.id === id)
        learn(data);
    } catch (refusal) {
      if (refusal.status > 0 && refusal.status < 500)
        return fail(refusal);
    }
    follow();
  }

  function fail(refusal) {
    error = refusal;
    busy = false;
    update();
  }

  /* The files are still here, to be chosen better. */
  const isToMend = data => data.state === 'refused' && data.id === sent
    && files.length > 0;

  function learn(data) {
    const was = preview.state;

    preview = data;
    if (isWorking(data.state))
      return update();
    busy = false;
    error = data.problem;
    if (error !== null)
      key = newKey();
    if (isToMend(data))
      navigate('#/imports', { replace: true });
    else if (was !== 'applying')
      arrive();
    else if (data.state === 'committed')
      applied();
    update();
  }

  function arrive() {
    files = [];
    take(preview);
    readFrameworks();
    announce(t(preview.state === 'previewed' ? 'import_analysed'
      : `import_${preview.state}`));
  }

  function applied() {
    roster.forget();
    take(preview);
    announce(t('import_done'));
    scrollTo(0, 0);
  }

  async function cancel() {
    clearTimeout(timer);
    try {
      const { data } = await api.send('POST',
        `/imports/${encodeURIComponent(preview.id)}/cancel`);

      learn(data);
    } catch (refusal) {
      /* Too late: how it ended is worth more than that. */
      if (refusal.status === 409)
        return ask();
      error = refusal;
      update();
    }
    follow();
  }

  function take(data) {
    preview = data;
    answers = {
      ticked: new Set(), fate: null,
      people: new Map(data.probable.map(({ key: who }) => [who, 'later'])),
      mefs: new Map(data.mefs.map(one => [one.mef, {
        framework_id: one.framework_id ?? one.suggested_framework_id ?? '',
        class_level: one.class_level ?? one.suggested_class_level ?? '' }])),
    };
  }

  function banner() {
    if (preview.state === 'committed')
      return notice('success', html`<p><b>${t('import_done')}</b></p>
        <p>${t('import_done_text')}</p>`, html`<a class="btn"
        href="#/people">${t('import_accounts')}</a>`);
    if (preview.state !== 'previewed')
      return notice('info', html`<p>${t(`import_${preview.state}_text`)}</p>`,
        html`<a class="btn" href="#/imports">${t('import_new')}</a>`);
    return notice('info', html`<p>${t('import_preview_text')}</p>`);
  }

  function foot() {
    const left = unconfirmed(preview, answers.ticked);

    return preview.state !== 'previewed' ? nothing : html`
      <div class="bottom-bar">${left.length === 0 ? nothing
        : html`<span class="small">${t('import_tick')}</span>`}
      <button type="button" class="btn push" @click=${cancel}
        ?disabled=${busy}>${t('import_drop_it')}</button>
      <a class="btn" href="#/imports">${t('import_leave')}</a>
      <button type="button" class="btn primary" @click=${commit}
        ?disabled=${busy || left.length > 0}>${t(busy ? 'import_busy'
          : 'import_apply')}</button></div>`;
  }

  function work() {
    return html`<header class="page-head"><div class="titles">
      <p class="crumb"><a href="#/imports">${t('import_title')}</a></p>
      <h1 tabindex="-1">${t('import_working')}</h1></div></header>
      ${error === null ? nothing : problem(error, t)}
      ${progressPanel(preview, context, cancel)}`;
  }

  function detail() {
    const p = { preview, answers, context, change: update };
    const report = `/imports/${encodeURIComponent(preview.id)}/report.csv`;

    return html`<header class="page-head"><div class="titles">
      <p class="crumb"><a href="#/imports">${t('import_title')}</a></p>
      <h1 tabindex="-1">${t('import_of', {
        date: formatDate(preview.created_at, 'instant') })}</h1>
      <p class="meta">${stateTag(preview)} <span>${preview.uai}</span>
        <span>${t('school_year', { year: preview.school_year })}</span>
        <span>${nameOf(preview.author)}</span></p></div>
      ${!isSeen(preview.state) ? nothing : html`<div class="actions">
        <a class="btn" download href=${api.url(report, { dialect: 'fr' })}>
        ${icon('export')} ${t('import_report')}</a></div>`}</header>
      ${banner()} ${error === null ? nothing : problem(error, t)}
      ${preview.state === 'previewed' ? warnings(p) : nothing}
      ${filesTable(p)} ${isSeen(preview.state) ? outcome(p) : nothing}`;
  }

  const outcome = p => html`<section class="panel flush"><header>
    <h2>${t('import_counts')}</h2></header>
    ${countsTable(preview.counts, context)}</section>
    ${preview.state === 'previewed' ? probables(p) : nothing}
    ${mefTable(p, frameworks)} ${lines(p)} ${anomalies(p)} ${foot()}`;

  // Safe to call at any time.
  function update() {
    render(preview !== null ? (isWorking(preview.state) ? work() : detail())
      : html`
      <header class="page-head"><div class="titles">
        <h1 tabindex="-1">${t('import_title')}</h1></div></header>
      ${chooser()} ${history()}`, element);
  }

  /* The choices of diploma and level come a little later than the rest. */
  async function readFrameworks() {
    try {
      const list = await api.all('/frameworks');

      frameworks = new Map((await Promise.all(list.map(
        ({ id }) => context.frameworks.get(id)))).map(one => [one.id, one]));
    } catch (refusal) {
      error = refusal;
    }
    update();
  }

  return {
    async show({ params }) {
      clearTimeout(timer);
      if (params.id === undefined) {
        error = preview !== null && isToMend(preview) ? preview.problem : null;
        preview = null;
        imports = await api.all('/imports');
      } else if (preview?.id !== params.id) {
        const { data } = await api.get(
          `/imports/${encodeURIComponent(params.id)}`);

        key = newKey();
        error = data.problem;
        take(data);
        if (isToMend(data))
          return navigate('#/imports', { replace: true });
        if (data.state === 'previewed')
          readFrameworks();
      }
      follow();
      update();
    },

    close() {
      clearTimeout(timer);
    },
  };
}
