/* The grid with its tools: palette, undo, orientation, filter, help. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { markKey } from '../logic/cells.js';
import { formatTsv } from '../logic/tsv.js';
import { openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icons.js';
import { notice } from '../parts/notice.js';
import { onceAFrame } from '../parts/frame.js';
import { editComment } from './comment.js';
import * as table from './grid-table.js';
import { nameOf } from './sheet.js';

const keyOfRank = rank => rank === 'ne' ? 'N' : rank === 'abs' ? 'A' : rank;

/* prefer: { get(name), set(name, value) } of the person, on this device. */
export function mount(element, context, prefer) {
  const { t } = context;
  const holder = document.createElement('div');
  const grid = table.mount(holder, context);
  let sheet = null;
  let byLearner = prefer.get('by-learner') !== 'no';
  let competency = '';
  let report = null;

  holder.className = 'grid-scroll';

  const soon = onceAFrame(() => update());
  const items = () => sheet.items.filter(item =>
    competency === '' || item.competency_id === competency);

  function draw(fresh = false) {
    grid.show({ sheet, byLearner, items: items(), filter: competency, fresh,
      title: sheet.evaluation.title });
  }

  function turn() {
    byLearner = !byLearner;
    prefer.set('by-learner', byLearner ? 'yes' : 'no');
    draw();
    update();
    grid.focus();
  }

  function filter(id) {
    competency = id;
    draw();
    update();
  }

  /* Menu of a line or column */

  /* The cells of an item or of a learner that may be written. */
  function lineOf({ kind, index }) {
    const shown = items();
    const pairs = kind === 'item'
      ? sheet.learners.map(learner => ({ learner, item: shown[index] }))
      : shown.map(item => ({ learner: sheet.learners[index], item }));

    return pairs;
  }

  function set(pairs, code) {
    const n = sheet.change(pairs.filter(p => sheet.canWrite(p.learner))
      .map(p => ({ key: markKey(p.learner.id, p.item.id), to: code })));

    context.announce(t('grid_filled', { n }));
  }

  async function copyLine(pairs) {
    const lines = pairs.map(p => {
      const rank = sheet.mark(p.learner, p.item)?.rank;

      return [rank === undefined ? '' : rank === 'ne' ? 'NE'
        : rank === 'abs' ? 'Abs' : String(rank)];
    });

    try {
      await navigator.clipboard.writeText(formatTsv(lines));
      context.announce(t('grid_copied', { n: lines.length }));
    } catch {
      report = notice('warn', t('grid_copy_refused'));
      update();
    }
  }

  async function openMenu(event) {
    const { kind, index } = event.detail;
    const pairs = lineOf(event.detail);
    const empty = pairs.filter(p => sheet.mark(p.learner, p.item)
      === undefined && sheet.canWrite(p.learner));
    const name = kind === 'item' ? `${items()[index].code} – ${
      items()[index].title}` : nameOf(sheet.learners[index]);

    await openDialog({
      title: name,
      body: close => html`
        <section class="stack"><h3>${t('grid_fill_empty',
          { n: empty.length })}</h3>
        <div class="palette">${sheet.marks.map(mark => html`<button
          type="button" class="mark-btn" ?disabled=${empty.length === 0}
          @click=${() => {
            set(empty, mark.code);
            close();
          }}><span class="lv ${mark.css}">${mark.sign}</span>
          <span>${mark.title}</span></button>`)}</div></section>
        <div class="row">
          <button type="button" class="btn" @click=${() => {
            set(pairs, sheet.codeOfRank('abs'));
            close();
          }}>${t(kind === 'item' ? 'grid_all_absent'
            : 'grid_learner_absent')}</button>
          <button type="button" class="btn" @click=${() => {
            copyLine(pairs);
            close();
          }}>${t(kind === 'item' ? 'grid_copy_column'
            : 'grid_copy_line')}</button>
          <button type="button" class="btn danger" @click=${() => {
            set(pairs, null);
            close();
          }}>${t('grid_empty_all')}</button>
          ${kind === 'learner' ? html`<button type="button" class="btn"
            @click=${() => {
              close();
              editComment(sheet, sheet.learners[index], context);
            }}>${icon('comment')} ${t('comment')}</button>` : nothing}
        </div>`,
      actions: [{ label: t('close'), value: null }],
    });
  }

  /* What a paste refused */

  function showReport(event) {
    const { changes, bad, outside, locked } = event.detail;
    const parts = [['grid_paste_bad', bad], ['grid_paste_outside', outside],
      ['grid_paste_locked', locked]].filter(([, n]) => n > 0);
    const done = t('grid_pasted', { n: changes.length });

    report = parts.length === 0 ? null : notice('warn', html`<p>${done}</p>
      <ul>${parts.map(([key, n]) => html`<li>${t(key, { n })}</li>`)}</ul>`,
    html`<button type="button" class="btn" @click=${() => {
      report = null;
      update();
      grid.focus();
    }}>${t('close')}</button>`);
    context.announce([done, ...parts.map(([key, n]) => t(key, { n }))]
      .join('. '));
    update();
  }

  function help() {
    const keys = ['grid_key_move', 'grid_key_mark', 'grid_key_delete',
      'grid_key_range', 'grid_key_clipboard', 'grid_key_undo',
      'grid_key_enter', 'grid_key_comment', 'grid_key_menu',
      'grid_key_escape', 'grid_key_tab', 'grid_key_save', 'grid_key_help'];

    openDialog({
      title: t('grid_keys'), wide: true,
      body: () => html`<dl class="keys">${keys.map(key => {
        const [press, meaning] = t(key).split(' → ');

        return html`<div><dt>${press.split(' | ').map(k =>
          html`<kbd>${k}</kbd> `)}</dt><dd>${meaning}</dd></div>`;
      })}</dl>`,
      actions: [{ label: t('close'), value: null, kind: 'primary' }],
    });
  }

  function undo() {
    if (sheet.undo() > 0)
      context.announce(t('grid_undone'));
  }

  function redo() {
    if (sheet.redo() > 0)
      context.announce(t('grid_redone'));
  }

  const comment = learner => editComment(sheet, learner, context);

  /* The cells at once, the tools with the next frame. */
  function changed(event) {
    grid.paint(event.detail);
    soon();
  }

  const palette = () => !sheet.writable ? html`<ul class="legend"
    aria-label=${t('legend')}>${sheet.marks.map(m => html`<li>
    <span class="lv ${m.css}">${m.sign}</span> ${m.title}</li>`)}</ul>`
    : html`<div class="palette" role="group" aria-label=${t('grid_palette')}>
      ${sheet.marks.map(mark => html`<button type="button" class="mark-btn"
        @click=${() => {
          grid.setRank(mark.rank);
          grid.focus();
        }}><span class="lv ${mark.css}">${mark.sign}</span>
        <span>${mark.title}</span><kbd>${keyOfRank(mark.rank)}</kbd>
      </button>`)}
      <button type="button" class="mark-btn" @click=${() => {
        grid.clear();
        grid.focus();
      }}><span class="lv"></span><span>${t('grid_clear')}</span>
        <kbd>⌫</kbd></button></div>`;

  // Safe to call at any time; the cells are painted by the table.
  function update() {
    const groups = sheet.groups();
    const button = (name, label, run, off) => html`<button type="button"
      class="btn icon-only" aria-label=${label} title=${label}
      ?disabled=${off} @click=${run}>${icon(name)}</button>`;

    render(html`<div class="grid-tools no-print">
      ${palette()}
      <div class="row push">
        ${groups.length < 2 ? nothing : html`<label class="sr-only"
          for="grid-filter">${t('grid_filter')}</label>
          <select id="grid-filter" class="select filter"
            @change=${e => filter(e.target.value)}>
            <option value="" ?selected=${competency === ''}>
              ${t('grid_all_competencies')}</option>
            ${[...new Map(groups.map(g => [g.id, g])).values()].map(g =>
              html`<option value=${g.id} ?selected=${g.id === competency}>
              ${g.code}</option>`)}</select>`}
        ${sheet.writable ? html`
          ${button('undo', t('grid_undo'), undo, !sheet.canUndo)}
          ${button('redo', t('grid_redo'), redo, !sheet.canRedo)}` : nothing}
        ${button('turn', t(byLearner ? 'grid_turn_items'
          : 'grid_turn_learners'), turn, false)}
        ${sheet.writable ? button('comment', t('grid_comment'), () => {
          if (grid.current !== null)
            comment(grid.current.learner);
        }, false) : nothing}
        ${button('keyboard', t('grid_keys'), help, false)}
      </div></div>
      ${report ?? nothing}${holder}`, element);
  }

  holder.addEventListener('menu', openMenu);
  holder.addEventListener('comment', event => comment(event.detail));
  holder.addEventListener('pasted', showReport);
  holder.addEventListener('help', help);
  holder.addEventListener('save', () => sheet.saver.save());
  holder.addEventListener('undo', undo);
  holder.addEventListener('redo', redo);
  return {
    show(next) {
      sheet?.removeEventListener('change', changed);
      sheet = next;
      sheet.addEventListener('change', changed);
      update();
      draw(true);
      if (sheet.writable)
        grid.focus();
    },

    /** The evaluation was read again: lines or columns may differ. */
    redraw() {
      draw(true);
      update();
    },

    close() {
      sheet?.removeEventListener('change', changed);
      grid.close();
    },
  };
}
