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

export function mayBeKept() {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return true;
  }
}

/** Where what a person wrote of a learner waits until it is sent. */
export const draftKey = (person, learner, interim = '') =>
  `acquis.draft.${person}.${learner}.${interim}`;

/** Whether this device holds a draft of that learner that was not sent. */
export function isDraftKept(person, learner) {
  try {
    return localStorage.getItem(draftKey(person, learner)) !== null;
  } catch {
    return false;
  }
}
