/*
 * One evaluation: its head, the state of saving, and one of three looks of
 * the same sheet (grid, list, cards); for a learner, own results only.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { exportCsv } from '../logic/cells.js';
import { confirmDialog } from '../parts/dialog.js';
import { download } from '../parts/download.js';
import { onceAFrame } from '../parts/frame.js';
import { icon } from '../parts/icons.js';
import { notice } from '../parts/notice.js';
import { saveState } from '../parts/save-state.js';
import { saveTrouble } from '../parts/save-trouble.js';
import * as db from '../store/db.js';
import { Saver } from '../store/saver.js';
import '../store/waiting.js';
import { askConflicts } from './conflict.js';
import { Sheet } from './sheet.js';

const modes = {
  grid: { icon: 'grid', load: () => import('./grid.js') },
  list: { icon: 'list', load: () => import('./mark-list.js') },
  cards: { icon: 'card', load: () => import('./mark-cards.js') },
};

/* Choices of a person on this device: the contract keeps none of them. */
function preferences(person) {
  const name = key => `acquis.${person}.${key}`;

  return {
    get(key) {
      try {
        return localStorage.getItem(name(key));
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        localStorage.setItem(name(key), value);
      } catch {
        /* Storage is refused: this page only. */
      }
    },
  };
}

export function mount(element, context) {
  const { t, api, session, formatDate, navigate } = context;
  const prefer = preferences(session.person.id);
  const body = document.createElement('div');
  const reader = !session.is('teacher', 'ddfpt', 'head');
  /* On a phone the marks come first, the tools after them. */
  const phone = matchMedia('(max-width: 48rem)');
  let framework = null;
  let sheet = null;
  let mode = '';
  let look = null;
  let asking = false;
  let offline = false;

  const soon = onceAFrame(() => update());

  body.className = 'sheet-body';

  const startMode = () => phone.matches ? 'cards'
    : prefer.get('mode') ?? 'grid';

  /* The evaluation and its scale, from the server or as kept for a visit. */
  async function read(id) {
    try {
      const { data } = await api.get(
        `/evaluations/${encodeURIComponent(id)}`);

      framework = await context.frameworks.get(data.framework_id);
      offline = false;
      return { evaluation: data, scale: framework.scales.result };
    } catch (error) {
      const visit = error.status === 0 || error.status >= 500
        ? await db.readVisit(session.person.id, id, Date.now())
          .catch(() => null) : null;

      if (visit === null)
        throw error;
      offline = true;
      return { evaluation: visit.content, scale: visit.scale };
    }
  }

  async function choose(next) {
    look?.close();
    look = null;
    mode = next;

    const part = document.createElement('div');
    const module = await modes[next].load();

    if (mode !== next || sheet === null)
      return;
    body.replaceChildren(part);
    look = module.mount(part, context, prefer);
    update();
    look.show(sheet);
  }

  function exportNow() {
    download(`${sheet.evaluation.title.replace(/[^\p{L}\p{N}]+/gu, '-')
      .slice(0, 60)}.csv`, exportCsv(sheet.learners, sheet.items,
      key => sheet.saver.value(key), sheet.table,
      { learner: t('learner'), comment: t('comment') }));
  }

  /* M-123: the same grid without its marks, to fill with a pen. */
  async function printBlank() {
    if (mode !== 'grid')
      await choose('grid');
    document.body.classList.add('blank-sheet');
    print();
    document.body.classList.remove('blank-sheet');
  }

  async function drop() {
    const n = sheet.saver.outbox.count;

    if (await confirmDialog(t, { title: t('save_drop', { n }),
      text: t('save_drop_text'), agree: t('save_drop', { n }),
      kind: 'danger' })) {
      await sheet.saver.drop();
      await open(sheet.evaluation.id);
    }
  }

  async function ask(event) {
    if (asking)
      return;
    asking = true;

    const keep = await askConflicts(sheet, event.detail, context);

    asking = false;
    if (keep !== null)
      sheet.saver.resolve(keep);
    update();
  }

  async function remove() {
    const { evaluation } = sheet;
    const { filled } = sheet.progress();

    if (!await confirmDialog(t, { title: t('evaluation_delete_title'),
      text: t('evaluation_delete_text', { n: filled,
        title: evaluation.title }),
      agree: t('evaluation_delete'), kind: 'danger' }))
      return;
    try {
      await api.send('DELETE',
        `/evaluations/${encodeURIComponent(evaluation.id)}`, undefined,
        { match: `"${sheet.saver.outbox.revision}"` });
    } catch (error) {
      trouble = error;
      update();
      return;
    }
    navigate('#/evaluations');
  }

  let trouble = null;

  /* Head */

  function facts() {
    const e = sheet.evaluation;
    const complexity = framework?.complexity_levels
      .find(c => c.code === e.complexity);

    return html`<p class="meta">
      <span>${icon('calendar')} ${formatDate(e.assessed_on, 'day')}</span>
      ${e.complexity === null ? nothing : html`<span class="tag"
        title=${complexity?.title ?? ''}>${e.complexity}
        ${complexity === undefined ? nothing : html`· ${complexity.title}`}
        </span>`}
      ${e.context === 'company' ? html`<span class="tag company">
        ${t('evaluation_company')}</span>` : nothing}
      <span>${e.author.first_name} ${e.author.last_name}</span>
      ${e.visible ? nothing : html`<span class="tag">${icon('hidden')}
        ${t('evaluation_hidden')}</span>`}</p>`;
  }

  const lockNotice = () => {
    const lock = sheet.evaluation.locked_by;

    return !sheet.evaluation.frozen ? nothing : html`<div class="notice">
      ${icon('lock')}<div><p><b>${t('evaluation_locked')}</b></p>
      ${lock === null ? nothing : html`<p>${t('evaluation_locked_by', {
        at: formatDate(lock.confirmed_at, 'instant'),
        name: `${lock.author.first_name} ${lock.author.last_name}` })}</p>`}
      </div></div>`;
  };

  function actions() {
    const { writable, saver } = sheet;

    return html`
      ${writable ? html`<a class="btn"
        href="#/evaluations/${sheet.evaluation.id}/edit">${icon('edit')}
        ${t('edit')}</a>` : nothing}
      <button type="button" class="btn" @click=${() => print()}>
        ${icon('print')} ${t('print')}</button>
      ${reader ? nothing : html`<button type="button" class="btn"
        @click=${printBlank}>${icon('card')} ${t('evaluation_blank')}</button>
        <button type="button" class="btn" @click=${exportNow}>
        ${icon('export')} ${t('evaluation_export')}</button>`}
      ${writable ? html`
        <button type="button" class="btn" aria-pressed=${saver.visit}
          title=${t('evaluation_visit_text')}
          @click=${() => saver.setVisit(!saver.visit)}>${icon('offline')}
          ${t('evaluation_visit')}</button>
        <button type="button" class="btn danger icon-only"
          aria-label=${t('evaluation_delete')} title=${t('evaluation_delete')}
          @click=${remove}>${icon('trash')}</button>` : nothing}`;
  }

  const modeButtons = () => html`<div class="segments" role="group"
    aria-label=${t('grid_modes')}>${Object.entries(modes).map(([name, m]) =>
    html`<button type="button" class="btn" aria-pressed=${name === mode}
      @click=${() => {
        prefer.set('mode', name);
        choose(name);
      }}>${icon(m.icon)} <span>${t(`grid_mode_${name}`)}</span></button>`)}
    </div>`;

  function strip() {
    const { filled, expected } = sheet.progress();

    return html`<div class="sheet-strip">
      ${sheet.writable ? saveState(sheet.saver, context) : nothing}
      <p class="row filled"><progress class="progress ${filled === expected
        ? 'done' : ''}" max=${expected || 1} value=${filled}
        aria-label=${t('grid_progress')}></progress>
        <span class="number nowrap">${t('cells_filled',
          { filled, expected })}</span></p>
      ${sheet.saver.outbox.phase !== 'conflict' || asking ? nothing
        : html`<button type="button" class="btn primary" @click=${() =>
          ask({ detail: sheet.saver.outbox.conflicts })}>
          ${t('conflict_open')}</button>`}
      ${phone.matches ? nothing : html`<div class="push no-print">
        ${modeButtons()}</div>`}</div>`;
  }

  // Safe to call at any time.
  function update() {
    if (sheet === null)
      return;
    render(html`
      <div class="page-head"><div class="titles">
        <p class="crumb"><a href="#/evaluations">${t('nav_evaluations')}</a>
        </p><h1 tabindex="-1">${sheet.evaluation.title}</h1>${facts()}</div>
        ${phone.matches ? nothing : html`<div class="actions">${actions()}
          </div>`}</div>
      <div class="sheet">
        ${lockNotice()}
        ${offline ? notice('warn', t('evaluation_offline')) : nothing}
        ${trouble === null ? nothing : notice('error', trouble.detail
          || trouble.title)}
        ${reader ? nothing : html`${saveTrouble(sheet.saver, context,
          { exportNow, drop })}${strip()}`}
        ${body}
        ${!phone.matches ? nothing : html`
          ${reader ? nothing : html`<div class="sheet-modes no-print">
            ${modeButtons()}</div>`}
          <div class="row sheet-actions no-print">${actions()}</div>`}
      </div>`, element);
  }

  async function reread() {
    sheet.writable = session.is('teacher') && !sheet.evaluation.frozen;
    look?.redraw();
    update();
  }

  async function open(id) {
    sheet?.saver.close();
    trouble = null;

    const { evaluation, scale } = await read(id);
    const saver = new Saver(context, evaluation, scale);

    sheet = new Sheet(saver, session.is('teacher') && !evaluation.frozen);
    saver.addEventListener('ask', ask);
    saver.addEventListener('read', reread);
    sheet.addEventListener('change', soon);
    await saver.open();
    update();
    if (reader) {
      const { showOwn } = await import('./own-evaluation.js');

      showOwn(body, sheet, context);
    } else {
      await choose(mode || startMode());
    }
  }

  phone.addEventListener('change', update);
  return {
    show({ params }) {
      return open(params.id);
    },
    close() {
      phone.removeEventListener('change', update);
      look?.close();
      sheet?.saver.close();
      sheet = null;
    },
  };
}
