/*
 * The grading window of a class: a line for each learner, what is typed in it
 * (weights.js), and the acts on it.
 *
 * A line is what the server told of the learner, with `saver`, its Weights
 * (null without an interim assessment), and `error` and `again`, what an act
 * met and how to try it again.
 *
 * Events: `change` after anything that is to be drawn.
 */
import { newKey } from '../api.js';
import { cellsOf, Weights } from './weights.js';

export class Grading extends EventTarget {
  #context;
  #api;

  constructor(context) {
    super();
    this.#context = context;
    this.#api = context.api;
    this.data = null;
  }

  async load(classId) {
    const { data } = await this.#api.get(
      `/classes/${encodeURIComponent(classId)}/grading`);

    this.close();
    for (const entry of data.learners)
      await this.#add(classId, entry);
    this.data = data;
    this.#tell();
  }

  async #add(classId, entry) {
    entry.error = null;
    entry.again = null;
    entry.saver = null;
    if (entry.assessment === null)
      return;
    entry.saver = new Weights(this.#context, classId, entry);
    await entry.saver.load();
    entry.saver.addEventListener('change', () => this.#tell());
  }

  find(learnerId) {
    return this.data.learners.find(({ learner }) => learner.id === learnerId);
  }

  /** Lines whose weights are not all stored. */
  get unsent() {
    return this.data.learners.filter(({ saver }) => saver?.count > 0);
  }

  /** True when the grade of the server is that of what is on screen. */
  current({ saver }) {
    return saver.phase === 'saved';
  }

  /** Sets all weights again: a Map of cells. */
  fill({ saver }, cells) {
    saver.set([...cells].filter(([key]) => saver.cells.has(key)));
    return saver.flush();
  }

  /** The model shared over what was evaluated (M-246). */
  model(entry) {
    const key = newKey();

    return this.#replace(entry, () => this.#api.send('POST',
      `${this.#path(entry)}/weights/model`, {},
      { match: this.#etag(entry), key }));
  }

  /** All weights to zero (M-248). */
  clear(entry) {
    return this.#replace(entry, () => this.#api.send('DELETE',
      `${this.#path(entry)}/weights`, undefined,
      { match: this.#etag(entry) }));
  }

  /** Keeps the grade (M-249), once the weights it is made of are stored. */
  async save(entry) {
    return await entry.saver.flush() && this.#act(entry, async () => {
      const { data } = await this.#api.send('PUT',
        `${this.#path(entry)}/grade`, {}, { match: this.#etag(entry) });

      entry.weighting = data;
      await entry.saver.start(cellsOf(data));
    });
  }

  /** Resolves with the results, one per target (M-244). */
  async copy(entry, interimIds, overwrite) {
    let results;

    try {
      results = (await this.#api.send('POST',
        `${this.#path(entry)}/weights/copy`,
        { interim_ids: interimIds, overwrite })).data.results;
    } catch (error) {
      if (!error.problem?.results)
        throw error;
      results = error.problem.results;
    }
    for (const { interim_id: id, weighting } of results) {
      const target = this.data.learners.find(
        ({ assessment }) => assessment?.id === id);

      if (target && weighting !== null)
        this.#take(target, weighting);
    }
    this.#tell();
    return results;
  }

  async explain(entry) {
    return (await this.#api.get(`${this.#path(entry)}/grade/explanation`)).data;
  }

  close() {
    for (const { saver } of this.data?.learners ?? [])
      saver?.close();
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }

  #path({ assessment }) {
    return `/interim-assessments/${encodeURIComponent(assessment.id)}`;
  }

  #etag({ weighting }) {
    return `"${weighting.version}"`;
  }

  #take(entry, weighting) {
    entry.weighting = weighting;
    entry.saver.replaced(cellsOf(weighting));
  }

  /* The result puts back what stood or was typed before. */
  async #replace(entry, act) {
    const before = entry.saver.cells;

    await entry.saver.flush();
    return await this.#act(entry, async () =>
      this.#take(entry, (await act()).data))
      ? () => this.fill(entry, before) : null;
  }

  async #act(entry, act) {
    entry.error = null;
    try {
      await act();
    } catch (error) {
      entry.error = error;
      entry.again = () => this.#act(entry, act);
      if (error.status === 412)
        await entry.saver.again();
    }
    this.#tell();
    return entry.error === null;
  }
}
