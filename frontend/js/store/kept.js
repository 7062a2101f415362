/*
 * Whether this device holds anything of anybody: without it, IndexedDB need
 * not be opened, nor the code for it loaded, on every screen.
 */
const name = 'acquis.kept';

export function noteKept(kept) {
  try {
    if (kept)
      localStorage.setItem(name, '1');
    else
      localStorage.removeItem(name);
  } catch {
    /* Storage is refused: mayBeKept() says yes. */
  }
}

/** How keys of what was not sent begin (unsent.js): of one thing, or all. */
export const unsentOf = (person, thing = '') =>
  `acquis.unsent.${person}.${thing && `${thing}.`}`;

function holds(start) {
  try {
    return Object.keys(localStorage).some(key => key.startsWith(start));
  } catch {
    return true;
  }
}

/** Whether a draft of that learner waits here. */
export const isDraftUnsent = (person, learner) =>
  holds(unsentOf(person, `draft/${learner}/`));

export function mayBeKept() {
  try {
    return localStorage.getItem(name) !== null || holds('acquis.unsent.');
  } catch {
    return true;
  }
}
