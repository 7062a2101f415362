/*
 * Coming and going: what waits on this device is sent when the person is
 * back, and nothing of her stays once she signed out.
 */
import { render } from '../../vendor/lit-html.js';
import * as db from './db.js';

/** Who was here last, when the server cannot be asked; null if nobody. */
export async function lastPerson() {
  try {
    return await db.readPerson();
  } catch {
    return null;
  }
}

/** After signing in: who is here, and what an earlier visit left. */
export async function resume(context) {
  const { person } = context.session;

  try {
    await db.dropOldVisits(Date.now());

    const counts = await db.countCells(person.id);
    const open = /^#\/evaluations\/([^/?]+)/.exec(location.hash)?.[1];

    counts.delete(open);
    if (counts.size === 0)
      return;

    const { sendAway, showWaiting } = await import('./waiting.js');

    for (const id of [...counts.keys()])
      if (await sendAway(context, id))
        counts.delete(id);
    if (context.session.person?.id === person.id)
      await showWaiting(context, counts);
  } catch {
    /* Storage is refused: there is nothing to take back. */
  }
}

/** Before signing out: sends what waits; false when the person stays. */
export async function mayLeave(context) {
  const { person } = context.session;

  try {
    const counts = await db.countCells(person.id);

    if (counts.size > 0) {
      const { askToLeave, sendAway } = await import('./waiting.js');

      for (const id of [...counts.keys()])
        if (await sendAway(context, id))
          counts.delete(id);
      if (counts.size > 0 && !await askToLeave(context, counts))
        return false;
    }
    await db.forgetPerson(person.id);
  } catch {
    /* Storage is refused: nothing was kept. */
  }
  render(null, document.getElementById('banner'));
  return true;
}
