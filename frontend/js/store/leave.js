/*
 * Coming and going: what waits on this device is sent when the person is
 * back, and nothing of her stays once she signed out.
 */
import { render } from '../../vendor/lit-html.js';
import * as db from './db.js';
import { forgetUnsent, readUnsent } from './unsent.js';

/** Who was here last, when the server cannot be asked; null if nobody. */
export async function lastPerson() {
  try {
    return await db.readPerson();
  } catch {
    return null;
  }
}

/*
 * What waits of a person: { counts, things }, cells by evaluation and the last
 * record of each thing saved as a whole.  Storage that is refused holds none.
 */
async function waiting(person) {
  const counts = await db.countCells(person).catch(() => new Map());
  let things = new Map();

  try {
    things = new Map(readUnsent(person).map(kept => [kept.thing, kept]));
  } catch {
    /* Nothing was kept. */
  }
  return { counts, things };
}

const size = ({ counts, things }) => counts.size + things.size;

/* Sends what waits; what is left stays in `left`. */
async function sendAll(context, left, { sendAway, sendThing }) {
  for (const id of [...left.counts.keys()])
    if (await sendAway(context, id))
      left.counts.delete(id);
  for (const thing of [...left.things.keys()])
    if (await sendThing(context, thing))
      left.things.delete(thing);
}

/** After signing in: who is here, and what an earlier visit left. */
export async function resume(context) {
  const { person } = context.session;

  await db.dropOldVisits(Date.now()).catch(() => null);

  const left = await waiting(person.id);
  const at = location.hash.split(/[/?]/);

  /* The screen that is open takes back what is its own. */
  left.counts.delete(at[1] === 'evaluations' ? at[2] : '');
  for (const [thing, { hash }] of left.things)
    if (at.slice(0, 3).join() === hash.split('/').slice(0, 3).join()
      || at.slice(0, 3).join('/').replace('dashboard', 'draft') === hash)
      left.things.delete(thing);
  if (size(left) === 0)
    return;

  const module = await import('./waiting.js');

  await sendAll(context, left, module);
  if (context.session.person?.id === person.id)
    module.showWaiting(context, left);
}

/** Before signing out: sends what waits; false when the person stays. */
export async function mayLeave(context) {
  const left = await waiting(context.session.person.id);

  if (size(left) > 0) {
    const module = await import('./waiting.js');

    await sendAll(context, left, module);
    if (size(left) > 0 && !await module.askToLeave(context, left))
      return false;
  }
  render(null, document.getElementById('banner'));
  return true;
}

/** Once signed out. */
export async function forget(person) {
  try {
    forgetUnsent(person);
    await db.forgetPerson(person);
  } catch {
    /* Storage is refused: nothing was kept. */
  }
}
