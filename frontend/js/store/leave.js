/*
 * Coming and going: what waits on this device is sent when the person is
 * back, and nothing of her stays once she signed out.
 */
import { html, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icon.js';
import { openDialog } from '../parts/dialog.js';
import { notice } from '../parts/notice.js';
import { cellsOfEvaluation, exportCsv } from '../logic/cells.js';
import { markTable } from '../logic/levels.js';
import { download } from '../parts/download.js';
import * as db from './db.js';
import { Saver } from './saver.js';

/** Who was here last, when the server cannot be asked; null if nobody. */
export async function lastPerson() {
  try {
    return await db.readPerson();
  } catch {
    return null;
  }
}

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

/* Sends what waits for an evaluation that is not open. */
async function sendAway(context, id) {
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

function showWaiting(context, counts, names) {
  const { t } = context;
  const banner = document.getElementById('banner');

  render([...counts].map(([id, n]) => notice('warn',
    html`<p>${t('waiting_here', { n, title: names.get(id) ?? '…' })}</p>`,
    html`<a class="btn" href="#/evaluations/${id}"
      @click=${() => render(null, banner)}>${icon('grid')}
      ${t('waiting_open')}</a>`)), banner);
}

/** After signing in: who is here, and what an earlier visit left. */
export async function resume(context) {
  const { person } = context.session;

  try {
    await db.keepPerson(context.session.data);
    await db.dropOldVisits(Date.now());

    const counts = await db.countCells(person.id);
    const open = /^#\/evaluations\/([^/?]+)/.exec(location.hash)?.[1];

    for (const id of [...counts.keys()])
      if (id === open || await sendAway(context, id))
        counts.delete(id);
    if (context.session.person?.id === person.id)
      showWaiting(context, counts, await titles(person.id));
  } catch {
    /* Storage is refused: there is nothing to take back. */
  }
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

async function askToLeave(context, counts) {
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

/** Before signing out: sends what waits; false when the person stays. */
export async function mayLeave(context) {
  const { person } = context.session;

  try {
    const counts = await db.countCells(person.id);

    for (const id of [...counts.keys()])
      if (await sendAway(context, id))
        counts.delete(id);
    if (counts.size > 0 && !await askToLeave(context, counts))
      return false;
    await db.forgetPerson(person.id);
  } catch {
    /* Storage is refused: nothing was kept. */
  }
  render(null, document.getElementById('banner'));
  return true;
}
