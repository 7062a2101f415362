/*
 * Undo and redo.  A step is what one key, fill or paste changed: a list of
 * { key, from, to }.  Undoing gives the changes to make, in the same shape.
 */
const STEPS_MAX = 500;

export function createHistory() {
  let done = [];
  let undone = [];

  return {
    get canUndo() {
      return done.length > 0;
    },

    get canRedo() {
      return undone.length > 0;
    },

    /** Remembers a step; what had been undone is forgotten. */
    push(step) {
      if (step.length === 0)
        return;
      done = [...done.slice(1 - STEPS_MAX), step];
      undone = [];
    },

    /** The changes that undo the last step, or an empty list. */
    undo() {
      const step = done.pop();

      if (step === undefined)
        return [];
      undone.push(step);
      return step.map(({ key, from, to }) => ({ key, from: to, to: from }));
    },

    redo() {
      const step = undone.pop();

      if (step === undefined)
        return [];
      done.push(step);
      return step;
    },
  };
}
