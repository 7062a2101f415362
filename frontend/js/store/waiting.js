/*
 * What waits on this device: sent, shown, exported.  Loaded with the entry of
 * an evaluation, so that it is there when the network is not, and when an
 * earlier visit left something.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
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

/* 'draft/17/', 'draft/17/5', 'weights/3/17': draft.js and weights.js. */
async function openThing(context, thing) {
  const [kind, first, second] = thing.split('/');

  if (kind === 'weights') {
    const { Grading } = await import('./grading.js');
    const grading = new Grading(context);

    await grading.load(first);
    return { saver: grading.find(second)?.saver, close: () => grading.close() };
  }

  const { Draft } = await import('./draft.js');
  const saver = await new Draft(context, first, second || null).load();

  return { saver, close: () => saver.close() };
}

/** The same for a draft or weights. */
export async function sendThing(context, thing) {
  try {
    const { saver, close } = await openThing(context, thing);
    const done = await saver?.flush() ?? false;

    close();
    return done;
  } catch {
    return false;
  }
}

const kindOf = thing => thing.slice(0, thing.indexOf('/'));

/** The banner: what could not be sent, by evaluation, draft and weights. */
export async function showWaiting(context, { counts, things }) {
  const { t } = context;
  const names = await titles(context.session.person.id)
    .catch(() => new Map());
  const banner = document.getElementById('banner');
  const one = (text, href, label, name) => notice('warn', html`<p>${text}</p>`,
    html`<a class="btn" href=${href} @click=${() => render(null, banner)}>
      ${icon(name)} ${label}</a>`);

  render([...[...counts].map(([id, n]) => one(t('waiting_here',
    { n, title: names.get(id) ?? '…' }), `#/evaluations/${id}`,
  t('waiting_open'), 'grid')),
  ...[...things].map(([thing, { title, hash }]) => one(
    t(`waiting_${kindOf(thing)}`, { name: title }), hash,
    t('waiting_show'), 'edit'))], banner);
}

/*
 * One file per evaluation, with what waits on top of what was read; one for
 * the rest, as it was kept.
 */
async function exportAll(context, { counts, things }) {
  const { t, session } = context;
  const ids = counts.keys();

  if (things.size > 0)
    download('acquis.json', JSON.stringify([...things.values()].map(
      ({ thing, title, cells }) => ({ thing, name: title,
        values: Object.fromEntries(cells) })), null, 2), 'application/json');

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
export async function askToLeave(context, left) {
  const { t } = context;
  const n = [...left.counts.values(), ...[...left.things.values()].map(
    ({ cells }) => cells.length)].reduce((sum, k) => sum + k, 0);

  return await openDialog({
    title: t('leave_title'), role: 'alertdialog',
    body: () => html`<p>${t('leave_text', { n })}</p>
      ${left.things.size === 0 ? nothing : html`<ul>${[...left.things].map(
        ([thing, { title }]) => html`<li>${t(`waiting_${kindOf(thing)}`,
          { name: title })}</li>`)}</ul>`}
      <p><button type="button" class="btn" @click=${() =>
        exportAll(context, left)}>${icon('export')}
        ${t('leave_export')}</button></p>`,
    actions: [
      { label: t('cancel'), value: false },
      { label: t('leave_anyway'), value: true, kind: 'danger' },
    ],
  }) === true;
}
