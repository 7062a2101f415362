/*
 * An interim assessment being written: the draft of a learner, or one that
 * was confirmed and is unlocked.  It saves itself (autosave.js).
 *
 * Its cells are the positions, by competency, and two texts.
 */
import { normalizeText, toList, toMap } from '../logic/positions.js';
import { Autosave } from './autosave.js';

const texts = ['findings', 'advice'];

const pack = value => value
  && JSON.stringify([value.level, value.objective]);

function unpack(text) {
  const [level, objective] = JSON.parse(text);

  return { level, objective };
}

const positionsOf = cells => new Map([...cells].filter(([key, value]) =>
  !texts.includes(key) && value).map(([key, value]) => [key, unpack(value)]));

/** What a cell of a draft means: a position, null, or a text. */
export const readCell = (key, value) =>
  texts.includes(key) || !value ? value : unpack(value);

const cellsOf = data => new Map([
  ...[...toMap(data.positions)].map(([key, value]) => [key, pack(value)]),
  ...texts.map(name => [name, data[name]])]);

const seenOf = draft => draft.evaluations.map(
  ({ id, revision }) => ({ id, revision }));

export class Draft extends Autosave {
  #api;
  #path;
  #hash;
  #unlocked;
  #etag = '"0"';
  #seen = [];
  #steps = [];

  /** Of a learner; with `interimId`, that unlocked interim assessment. */
  constructor(context, learnerId, interimId = null) {
    super(context.session, `draft/${learnerId}/${interimId ?? ''}`);
    this.#api = context.api;
    this.#unlocked = interimId !== null;
    this.#path = this.#unlocked
      ? `/interim-assessments/${encodeURIComponent(interimId)}`
      : `/learners/${encodeURIComponent(learnerId)}/draft`;
    this.#hash = this.#unlocked ? `#/interims/${learnerId}/${interimId}`
      : `#/draft/${learnerId}`;
    /* The draft as the server told it last. */
    this.data = null;
  }

  get blank() {
    return null;
  }

  get about() {
    const { first_name: first, last_name: last } = this.data.learner;

    return { title: `${first} ${last}`, hash: this.#hash, of: '' };
  }

  get positions() {
    return positionsOf(this.cells);
  }

  get findings() {
    return this.value('findings');
  }

  get advice() {
    return this.value('advice');
  }

  get etag() {
    return this.#etag;
  }

  get seen() {
    return this.#seen;
  }

  get undoable() {
    return this.#steps.length > 0;
  }

  /** Reads it, with what could not be sent before. */
  async load() {
    const cells = await this.read();

    this.#seen = seenOf(this.data);
    this.savedAt = this.data.modified_at ?? null;
    await this.start(cells);
    return this;
  }

  async read() {
    const { data, etag } = await this.#api.get(this.#path);

    this.#take(data, etag);
    return cellsOf(data);
  }

  async send(cells, keepalive) {
    const body = { positions: toList(positionsOf(cells)),
      findings: cells.get('findings'), advice: cells.get('advice') };
    const { data, etag } = this.#unlocked
      ? await this.#api.send('PATCH', this.#path, body,
        { match: this.#etag, patch: true, keepalive })
      : await this.#api.send('PUT', this.#path,
        { ...body, evaluations: this.#seen },
        { match: this.#etag, keepalive });

    this.#take(data, etag);
  }

  /** Sets a position; null takes it off. */
  position(competencyId, value) {
    this.#step([[competencyId, pack(value)]]);
  }

  /** Sets some positions in one step: Map. */
  replace(positions) {
    this.#step([...positions].map(([key, value]) => [key, pack(value)]));
  }

  write(name, text) {
    this.set([[name, normalizeText(text)]]);
  }

  /** Takes the last step back. */
  undo() {
    if (this.undoable)
      this.set(this.#steps.pop());
  }

  /** The results were read again: saved as about those, if all is sent. */
  async acknowledge() {
    if (!await this.flush())
      return false;
    await this.read();
    this.#seen = seenOf(this.data);
    await this.send(this.cells);
    this.tell();
    return true;
  }

  /** Throws the draft away; the result puts it back (M-222). */
  async discard() {
    const kept = [...this.cells];

    await this.flush();
    if (this.data.revision > 0)
      await this.#api.send('DELETE', this.#path, undefined,
        { match: this.#etag });
    this.drop();
    await this.load();
    return () => {
      this.set(kept);
      return this.flush();
    };
  }

  #take(data, etag) {
    this.data = data;
    this.#etag = etag;
  }

  #step(changes) {
    this.#steps.push(changes.map(([key]) => [key, this.value(key) ?? null]));
    this.set(changes);
  }
}
