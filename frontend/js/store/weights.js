/*
 * The weights of one learner, as typed.  They save themselves (autosave.js)
 * when all are percents and make at most 100 %; the grade comes back with
 * them.  A cell is in basis points, or the text when that is no percent.
 *
 * `entry` is the learner's line of the grading window, brought up to date.
 */
import { parsePercent, remainder, showPercent, toList, toMap }
  from '../logic/weights.js';
import { Autosave } from './autosave.js';

export const cellsOf = weighting => toMap(weighting.weights);

export class Weights extends Autosave {
  #context;
  #classId;
  #texts = new Map();

  constructor(context, classId, entry) {
    super(context.session, `weights/${classId}/${entry.learner.id}`);
    this.#context = context;
    this.#classId = classId;
    this.entry = entry;
  }

  get about() {
    const { learner, assessment } = this.entry;

    return { title: `${learner.first_name} ${learner.last_name}`,
      hash: `#/grading/${this.#classId}`, of: assessment?.id };
  }

  get fit() {
    return this.wrong.length === 0 && remainder(this.percents) >= 0;
  }

  /** Competencies whose weight is no percent. */
  get wrong() {
    return [...this.cells].filter(([, value]) => typeof value === 'string')
      .map(([id]) => id);
  }

  /** Basis points; what is no percent counts for nothing. */
  get percents() {
    return new Map([...this.cells].map(([id, value]) =>
      [id, typeof value === 'string' ? 0 : value]));
  }

  load() {
    return this.start(cellsOf(this.entry.weighting));
  }

  type(competencyId, text) {
    this.#texts.set(competencyId, text);
    this.set([[competencyId, parsePercent(text) ?? text]]);
  }

  /** What the field shows: as it was typed, as long as it means the same. */
  text(competencyId) {
    const value = this.value(competencyId);
    const typed = this.#texts.get(competencyId);

    if (typed !== undefined && (parsePercent(typed) ?? typed) === value)
      return typed;
    if (typeof value === 'string')
      return value;
    return value === 0 ? '' : showPercent(value, this.#context.language);
  }

  async read() {
    const { data } = await this.#context.api.get(
      `/classes/${encodeURIComponent(this.#classId)}/grading`);
    const { learner } = this.entry;
    const theirs = data.learners.find(one => one.learner.id === learner.id);

    Object.assign(this.entry, theirs);
    return cellsOf(theirs.weighting);
  }

  async send(cells, keepalive) {
    const { assessment, weighting } = this.entry;
    const { data } = await this.#context.api.send('PUT',
      `/interim-assessments/${encodeURIComponent(assessment.id)}/weights`,
      { weights: toList(cells) },
      { match: `"${weighting.version}"`, keepalive });

    this.entry.weighting = data;
  }
}
