/*
 * The grading window of a class: what is typed, and what the server made of
 * it. Weights are sent 500 ms after the last change, as soon as they are all
 * percents and make at most 100 %; the grade comes back with them.
 *
 * Events: `change` after anything that is to be drawn.
 */
import { newKey } from '../api.js';
import { parsePercent, remainder, showPercent, toList, toMap }
  from '../logic/weights.js';

const delayMs = 500;

export class Grading extends EventTarget {
  #api;
  #language;
  #timers = new Map();

  constructor(context) {
    super();
    this.#api = context.api;
    this.#language = () => context.language;
    this.data = null;
  }

  async load(classId) {
    const { data } = await this.#api.get(
      `/classes/${encodeURIComponent(classId)}/grading`);

    this.data = data;
    for (const entry of data.learners)
      this.#reset(entry);
    this.#tell();
  }

  /* `typed`: text by competency; `status`: saved, pending, saving, failed. */
  #reset(entry) {
    entry.typed = new Map((entry.weighting?.weights ?? []).map(
      ({ competency_id: id, percent }) => [id, percent === '0.00' ? ''
        : showPercent(parsePercent(percent), this.#language())]));
    entry.status = 'saved';
    entry.error = null;
    entry.conflict = false;
  }

  find(learnerId) {
    return this.data.learners.find(({ learner }) => learner.id === learnerId);
  }

  /** Basis points as typed; what is not a percent counts for nothing. */
  weights(entry) {
    return new Map([...entry.typed].map(([id, text]) =>
      [id, parsePercent(text) ?? 0]));
  }

  wrong(entry) {
    return [...entry.typed].filter(
      ([, text]) => parsePercent(text) === null).map(([id]) => id);
  }

  /** True when the grade of the server is that of what is on screen. */
  current(entry) {
    return entry.status === 'saved';
  }

  type(entry, competencyId, text) {
    entry.typed.set(competencyId, text);
    entry.status = 'pending';
    this.#later(entry);
    this.#tell();
  }

  /** Replaces all weights; the result puts the former ones back. */
  fill(entry, map) {
    entry.typed = new Map([...entry.typed.keys()].map(id => [id,
      map.get(id) ? showPercent(map.get(id), this.#language()) : '']));
    entry.status = 'pending';
    return this.send(entry);
  }

  #later(entry) {
    clearTimeout(this.#timers.get(entry));
    this.#timers.set(entry, setTimeout(() => this.send(entry), delayMs));
  }

  /** Sends what is typed, when it can be. */
  async send(entry) {
    clearTimeout(this.#timers.get(entry));
    if (entry.status === 'saving' || entry.conflict)
      return;

    const map = this.weights(entry);

    if (this.wrong(entry).length > 0 || remainder(map) < 0)
      return;

    const sent = new Map(entry.typed);

    await this.#act(entry, () => this.#api.send('PUT',
      `${this.#path(entry)}/weights`, { weights: toList(map) },
      { match: this.#etag(entry) }));
    if ([...sent].some(([id, text]) => entry.typed.get(id) !== text)) {
      entry.status = 'pending';
      this.#later(entry);
    }
  }

  /** The model shared over what was evaluated (M-246). */
  model(entry) {
    return this.#replace(entry, () => this.#api.send('POST',
      `${this.#path(entry)}/weights/model`, {},
      { match: this.#etag(entry), key: newKey() }));
  }

  /** All weights to zero (M-248). */
  clear(entry) {
    return this.#replace(entry, () => this.#api.send('DELETE',
      `${this.#path(entry)}/weights`, undefined,
      { match: this.#etag(entry) }));
  }

  save(entry) {
    return this.#act(entry, () => this.#api.send('PUT',
      `${this.#path(entry)}/grade`, {}, { match: this.#etag(entry) }));
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

      if (target && weighting !== null) {
        target.weighting = weighting;
        this.#reset(target);
      }
    }
    this.#tell();
    return results;
  }

  async explain(entry) {
    return (await this.#api.get(`${this.#path(entry)}/grade/explanation`)).data;
  }

  /** Somebody else changed it too: mine over theirs, or theirs. */
  async settle(entry, keep) {
    entry.conflict = false;
    if (keep) {
      entry.status = 'pending';
      await this.send(entry);
    } else {
      this.#reset(entry);
      this.#tell();
    }
  }

  close() {
    for (const [entry, timer] of this.#timers) {
      clearTimeout(timer);
      if (entry.status === 'pending')
        this.send(entry);
    }
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

  async #replace(entry, act) {
    clearTimeout(this.#timers.get(entry));

    const before = this.weights(entry);

    if (!await this.#act(entry, act))
      return null;
    this.#reset(entry);
    this.#tell();
    return () => this.fill(entry, before);
  }

  async #act(entry, act) {
    entry.status = 'saving';
    entry.error = null;
    this.#tell();
    try {
      entry.weighting = (await act()).data;
      entry.status = 'saved';
    } catch (error) {
      entry.status = 'failed';
      entry.error = error;
      if (error.status === 412)
        await this.#conflict(entry);
    }
    this.#tell();
    return entry.error === null;
  }

  /* Takes what is stored now, keeps what is typed, and asks. */
  async #conflict(entry) {
    try {
      const { data } = await this.#api.get(
        `/classes/${encodeURIComponent(this.data.class.id)}/grading`);
      const theirs = data.learners.find(
        ({ learner }) => learner.id === entry.learner.id);

      entry.assessment = theirs.assessment;
      entry.positions = theirs.positions;
      entry.profile = theirs.profile;
      entry.weighting = theirs.weighting;
      entry.error = null;
      entry.conflict = toList(toMap(theirs.weighting.weights)).some(
        ({ competency_id: id, percent }) => parsePercent(percent)
          !== (this.weights(entry).get(id) ?? 0));
      entry.status = entry.conflict ? 'pending' : 'saved';
    } catch (error) {
      entry.error = error;
    }
  }
}
