/*
 * What waits on this device: sent, shown, exported.  Loaded with the entry of
 * an evaluation, so that it is there when the network is not, and when an
 * earlier visit left something.
 */
import { html, render } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { cellsOfEvaluation, exportCsv } from '../logic/cells.js';
import { markTable } from '../logic/levels.js';
import { openDialog } from '../parts/dialog.js';
import { download } from '../parts/download.js';
import { icon } from '../parts/icons.js';
import { notice } from '../parts/notice.js';
import * as db from './db.js';
import { Saver } from './saver.js';

await loadWords('waiting');

/* True once everything is stored, false if it must wait or be looked at. */
function settled(saver) {
  return new Promise(done => {
    const look = () => {
      if (['changed', 'sending', 'merging'].includes(saver.outbox.phase))
        return;
      saver.removeEventListener('change', look);
      done(saver.outbox.count === 0);
    };

    saver.addEventListener('change', look);
    look();
  });
}

/** Sends what waits for an evaluation that is not open; true once done. */
export async function sendAway(context, id) {
  let saver = null;

  try {
    const { data } = await context.api.get(
      `/evaluations/${encodeURIComponent(id)}`);

    saver = await new Saver(context, data, { levels: [] }).open();
    saver.save();
    return await settled(saver);
  } catch {
    return false;
  } finally {
    saver?.close();
  }
}

async function titles(person) {
  return new Map((await db.readVisits(person)).map(v =>
    [v.evaluation, v.title]));
}

/** The banner: what could not be sent, by evaluation. */
export async function showWaiting(context, counts) {
  const { t } = context;
  const names = await titles(context.session.person.id);
  const banner = document.getElementById('banner');

  render([...counts].map(([id, n]) => notice('warn',
    html`<p>${t('waiting_here', { n, title: names.get(id) ?? '…' })}</p>`,
    html`<a class="btn" href="#/evaluations/${id}"
      @click=${() => render(null, banner)}>${icon('grid')}
      ${t('waiting_open')}</a>`)), banner);
}

/* One file per evaluation, with what waits on top of what was read. */
async function exportAll(context, ids) {
  const { t, session } = context;

  for (const id of ids) {
    const visit = await db.readVisit(session.person.id, id, Date.now());

    if (visit === null)
      continue;

    const values = cellsOfEvaluation(visit.content);

    for (const cell of await db.readCells(session.person.id, id))
      values.set(cell.key, cell.value);
    download(`acquis-${id}.csv`, exportCsv(visit.content.learners,
      visit.content.items.filter(i => !i.removed), key => values.get(key),
      markTable(visit.scale),
      { learner: t('learner'), comment: t('comment') }));
  }
}

/** True when the person leaves all the same. */
export async function askToLeave(context, counts) {
  const { t } = context;
  const n = [...counts.values()].reduce((sum, k) => sum + k, 0);

  return await openDialog({
    title: t('leave_title'), role: 'alertdialog',
    body: () => html`<p>${t('leave_text', { n })}</p>
      <p><button type="button" class="btn" @click=${() =>
        exportAll(context, counts.keys())}>${icon('export')}
        ${t('leave_export')}</button></p>`,
    actions: [
      { label: t('cancel'), value: false },
      { label: t('leave_anyway'), value: true, kind: 'danger' },
    ],
  }) === true;
}
