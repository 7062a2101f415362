/*
 * What was typed and is not known to be stored, of the things saved as a
 * whole: in localStorage, which holds it before the next key is pressed.
 *
 *   acquis.unsent.{person}.{thing}.{page} → { title, hash, of, at, cells }
 *
 * One record per open page, so that two pages never overwrite each other.
 * `cells` are [key, value, value it was typed on].  One that cannot be read,
 * cut short by a crash say, is put aside as acquis.spoilt.…
 */
import { newKey } from '../api.js';
import { unsentOf } from './kept.js';

export const slotOf = (person, thing) => unsentOf(person, thing) + newKey();

/** Throws when storage is refused. */
export function keepUnsent(slot, record) {
  localStorage.setItem(slot, JSON.stringify(record));
}

const slots = start =>
  Object.keys(localStorage).filter(slot => slot.startsWith(start));

const spoilt = slot => slot.replace('unsent', 'spoilt');

function read(slot) {
  const text = localStorage.getItem(slot);

  try {
    const record = JSON.parse(text);

    record.cells.forEach(([key]) => key);
    record.hash.split('/');
    return [{ slot, text, thing: slot.split('.')[3], ...record }];
  } catch {
    localStorage.removeItem(slot);
    localStorage.setItem(spoilt(slot), text);
    return [];
  }
}

/** Oldest first; of one thing, or of all this person's. */
export const readUnsent = (person, thing) =>
  slots(unsentOf(person, thing)).flatMap(read).sort((a, b) => a.at - b.at);

export function isUnsent(person, thing) {
  try {
    return readUnsent(person, thing).length > 0;
  } catch {
    return false;
  }
}

/** With `text`: only if no other page wrote there since it was read. */
export function dropUnsent(slot, text = localStorage.getItem(slot)) {
  if (localStorage.getItem(slot) === text)
    localStorage.removeItem(slot);
}

export function forgetUnsent(person) {
  for (const start of [unsentOf(person), spoilt(unsentOf(person))])
    slots(start).forEach(slot => localStorage.removeItem(slot));
}
