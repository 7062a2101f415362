/*
 * Sheet: an evaluation being filled, whatever the layout that shows it.
 *
 * It joins the saver, the scale and the history, so that the grid, the list
 * and the cards are three looks of one thing.  `change` tells which keys to
 * paint again (an empty list: the state of saving only).
 */
import { commentKey, markKey, progressOf } from '../logic/cells.js';
import { createHistory } from '../logic/history.js';
import { marksOf } from '../logic/levels.js';

export class Sheet extends EventTarget {
  #history = createHistory();

  /* writable: a teacher, and nothing holds the evaluation. */
  constructor(saver, writable) {
    super();
    this.saver = saver;
    this.writable = writable;
    this.marks = marksOf(saver.scale);
    this.table = new Map(this.marks.map(mark => [mark.code, mark]));
    saver.addEventListener('change', event => this.#tell(event.detail));
  }

  #tell(keys) {
    this.dispatchEvent(new CustomEvent('change', { detail: keys }));
  }

  get evaluation() {
    return this.saver.evaluation;
  }

  get learners() {
    return this.evaluation.learners;
  }

  /** Items of the grid, without those taken off it. */
  get items() {
    return this.evaluation.items.filter(item => !item.removed);
  }

  /** Competencies of the grid in its order: [{ code, id, items }]. */
  groups(items = this.items) {
    const groups = [];

    for (const item of items) {
      if (groups.at(-1)?.id !== item.competency_id)
        groups.push({ id: item.competency_id, code: item.code, items: [] });
      groups.at(-1).items.push(item);
    }
    return groups;
  }

  codeOfRank(rank) {
    return this.marks.find(mark => mark.rank === rank)?.code;
  }

  mark(learner, item) {
    return this.table.get(this.saver.value(markKey(learner.id, item.id)));
  }

  comment(learner) {
    return this.saver.value(commentKey(learner.id)) ?? '';
  }

  canWrite(learner) {
    return this.writable && !learner.frozen;
  }

  progress(learners = this.learners, items = this.items) {
    return progressOf(learners, items, key => this.saver.value(key));
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  /** One step of history.  changes: [{ key, to }]; the same value is left. */
  change(changes) {
    const step = changes.map(({ key, to }) =>
      ({ key, from: this.saver.value(key), to }))
      .filter(({ from, to }) => from !== to);

    this.#history.push(step);
    this.saver.edit(step);
    return step.length;
  }

  setMark(learner, item, code) {
    return this.change([{ key: markKey(learner.id, item.id), to: code }]);
  }

  /* Each letter goes to the outbox; the history gets one step, at the end. */
  typeComment(learner, text) {
    this.saver.edit([{ key: commentKey(learner.id), to: text }]);
  }

  endComment(learner, from) {
    const to = this.comment(learner).trim();

    if (to !== this.comment(learner))
      this.typeComment(learner, to);
    if (to !== from)
      this.#history.push([{ key: commentKey(learner.id), from, to }]);
  }

  undo() {
    const step = this.#history.undo();

    this.saver.edit(step);
    return step.length;
  }

  redo() {
    const step = this.#history.redo();

    this.saver.edit(step);
    return step.length;
  }
}

export const nameOf = learner =>
  `${learner.last_name} ${learner.first_name}`;
