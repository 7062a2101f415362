/*
 * One thing that is typed and saves itself as a whole: a draft, the weights
 * of a learner.  Its cells are a Map from key to text, number or null.
 *
 *   saved ── set ──→ changed ── 600 ms ──→ sending ──→ saved
 *   changed ── not fit to be sent ──→ held
 *   sending ── see logic/retry.js ──→ waiting ── delay ──→ sending
 *   sending ── 412 ──→ read again: changed, saved or conflict
 *   sending ── 423, other 4xx ──→ locked, refused   (a change tries again)
 *
 * What is typed leaves this device when the server said it stored it, or when
 * the person gave it up; and it leaves under her name only.
 *
 * A subclass has `about` { title, hash, of }: whose it is, where it is shown,
 * and what the values are about (values typed about something else are asked
 * about, not sent); `fit`; `blank`, the value of a cell the server does not
 * name (undefined: there is no such cell); `read()` → cells;
 * `send(cells, keepalive)`.
 *
 * Events: `change` after anything that is to be drawn.
 */
import { retryDelay, worthRetrying } from '../logic/retry.js';
import { dropUnsent, keepUnsent, readUnsent, slotOf } from './unsent.js';

const SAVE_AFTER_MS = 600;
const KEEPALIVE_MAX = 20000;  /* characters; the browser allows 64 KB */
const STALE_MAX = 3;

export class Autosave extends EventTarget {
  #session;
  #person;
  #thing;
  #slot;
  #base = new Map();
  #mine = new Map();
  #sent = null;
  #timer = 0;
  #running = null;
  #attempt = 0;
  #stale = 0;
  #stop = new AbortController();

  constructor(session, thing) {
    super();
    this.#session = session;
    this.#person = session.person.id;
    this.#thing = thing;
    this.#slot = slotOf(this.#person, thing);
    this.phase = 'saved';
    this.problem = null;
    this.savedAt = null;
    this.conflicts = [];   /* { key, mine, theirs, was } */
    this.gone = [];        /* { key, mine }: there is no such cell any more */
    this.unwritten = false;

    const signal = { signal: this.#stop.signal };

    addEventListener('online', () => this.flush(), signal);
    addEventListener('offline', () => this.tell(), signal);
    addEventListener('pagehide', () => this.flush(true), signal);
    addEventListener('beforeunload', event => {
      if (this.unwritten && this.count > 0)
        event.preventDefault();
    }, signal);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden')
        this.flush(true);
    }, signal);
    session.addEventListener('found', () => this.flush(), signal);
  }

  get fit() {
    return true;
  }

  get count() {
    return this.#mine.size;
  }

  get offline() {
    return !navigator.onLine && this.count > 0;
  }

  value(key) {
    return this.#mine.has(key) ? this.#mine.get(key) : this.#base.get(key);
  }

  /** What is shown: Map. */
  get cells() {
    return new Map([...this.#base, ...this.#mine]);
  }

  /** What is typed and not stored: Map. */
  get unsent() {
    return new Map(this.#mine);
  }

  tell() {
    this.dispatchEvent(new Event('change'));
  }

  /** Starts from what the server told, with what earlier pages kept. */
  async start(cells) {
    if (this.count > 0)
      await this.#join(this.#base, this.#mine, cells);
    else
      this.#base = new Map(cells);
    await this.#recall();
    this.tell();
  }

  /** changes: [[key, value]] */
  set(changes) {
    for (const [key, value] of changes)
      if (value === (this.#base.get(key) ?? this.blank)
        && !this.#sent?.has(key))
        this.#mine.delete(key);
      else
        this.#mine.set(key, value);
    this.conflicts = this.conflicts.filter(({ key }) => this.#mine.has(key))
      .map(one => ({ ...one, mine: this.#mine.get(one.key) }));
    this.#keep();
    this.#settle();
    this.tell();
  }

  /** Sends what is not stored, now.  True when nothing is left. */
  async flush(leaving = false) {
    clearTimeout(this.#timer);
    while (this.#running !== null)
      await this.#running;
    if (this.count === 0)
      return true;
    if (this.conflicts.length > 0 || !this.fit
      || this.#session.person?.id !== this.#person)
      return false;
    this.#running = this.#save(leaving);
    try {
      await this.#running;
    } finally {
      this.#running = null;
    }
    if (this.phase === 'changed' && !this.#stop.signal.aborted)
      return this.flush(leaving);
    return this.count === 0;
  }

  /** Reads what is stored now, then tries again. */
  async again() {
    clearTimeout(this.#timer);
    while (this.#running !== null)
      await this.#running;
    await this.#merge().catch(error => this.#refused(error));
    this.tell();
    return this.flush();
  }

  /** keep: the keys, of those in conflict, whose value is mine. */
  resolve(keep) {
    for (const { key } of this.conflicts)
      if (!keep.has(key))
        this.#mine.delete(key);
    this.conflicts = [];
    this.#keep();
    this.#settle();
    this.tell();
    return this.flush();
  }

  /** The person gave up what is not stored. */
  drop() {
    clearTimeout(this.#timer);
    this.gone = [];
    this.#mine.clear();
    this.resolve(new Set());
  }

  /** Another act was stored, and this is what stands now. */
  replaced(cells) {
    this.#base = new Map(cells);
    this.drop();
  }

  /** The page is left: what is not stored is sent now, and stays kept. */
  close() {
    this.#stop.abort();
    this.flush(true);
  }

  #settle() {
    clearTimeout(this.#timer);
    this.problem = null;
    this.phase = this.count === 0 ? 'saved'
      : this.conflicts.length > 0 ? 'conflict' : this.fit ? 'changed' : 'held';
    if (this.phase === 'changed')
      this.#timer = setTimeout(() => this.flush(), SAVE_AFTER_MS);
  }

  async #save(leaving) {
    const cells = this.cells;

    this.#sent = new Map(this.#mine);
    this.phase = 'sending';
    this.tell();
    try {
      await this.send(cells, leaving
        && [...cells.values()].join('').length < KEEPALIVE_MAX);
      this.#stored(this.#sent);
    } catch (error) {
      this.#sent = null;
      await (error.status === 412 && this.#stale++ < STALE_MAX
        ? this.#merge() : Promise.reject(error))
        .catch(other => this.#refused(other));
    }
    this.tell();
  }

  #stored(sent) {
    this.#sent = null;
    this.#attempt = 0;
    this.#stale = 0;
    this.savedAt = new Date().toISOString();
    for (const [key, value] of sent) {
      this.#base.set(key, value);
      if (this.#mine.get(key) === value)
        this.#mine.delete(key);
    }
    this.#keep();
    this.#settle();
  }

  #refused(error) {
    this.problem = error;
    if (!worthRetrying(error)) {
      this.phase = error.status === 423 ? 'locked' : 'refused';
      return;
    }
    this.phase = 'waiting';
    if (!this.#stop.signal.aborted)
      this.#timer = setTimeout(() => this.flush(),
        retryDelay(this.#attempt++, Math.random(), error.retry_after));
  }

  async #merge() {
    const { of } = this.about;
    const theirs = await this.read();

    await this.#join(of === this.about.of ? this.#base : new Map(),
      this.#mine, theirs);
    if (this.count === 0)
      this.savedAt = new Date().toISOString();
  }

  /* was: what `mine` was typed on; theirs: what is stored now. */
  async #join(was, mine, theirs) {
    const { mergeCells } = await import('../logic/merge.js');
    const full = cells => new Map([...this.blank === undefined ? []
      : [...mine.keys()].map(key => [key, this.blank]), ...cells]);
    const { resend, conflicts, gone } = mergeCells(full(was), mine,
      full(theirs));

    this.#base = new Map(theirs);
    this.#mine = new Map([...resend,
      ...conflicts.map(one => [one.key, one.mine])]);
    this.conflicts = conflicts.map(one => ({ ...one, was: was.get(one.key) }));
    this.gone = [...this.gone, ...gone];
    this.#keep();
    this.#settle();
  }

  /* A conflict is kept with what it was typed on: it is asked about again. */
  #keep() {
    const asked = new Map(this.conflicts.map(one => [one.key, one.was]));

    try {
      if (this.count === 0)
        dropUnsent(this.#slot);
      else
        keepUnsent(this.#slot, { ...this.about, at: Date.now(),
          cells: [...this.#mine].map(([key, value]) => [key, value,
            asked.has(key) ? asked.get(key) : this.#base.get(key)]) });
      this.unwritten = false;
    } catch {
      this.unwritten = true;
    }
  }

  async #recall() {
    let kept;

    try {
      kept = readUnsent(this.#person, this.#thing)
        .filter(({ slot }) => slot !== this.#slot);
    } catch {
      this.unwritten = true;
      return;
    }
    if (kept.length === 0)
      return;

    const mine = new Map();
    const was = new Map();

    for (const { of, cells } of kept)
      for (const [key, value, base] of cells) {
        mine.set(key, value);
        was.set(key, of === this.about.of ? base : undefined);
      }
    for (const [key, value] of this.#mine) {
      mine.set(key, value);
      was.set(key, this.#base.get(key));
    }
    await this.#join(was, mine, this.#base);
    if (!this.unwritten)
      for (const { slot, text } of kept)
        dropUnsent(slot, text);
  }
}
