/*
 * Saver: carries the outbox of one evaluation to IndexedDB and to the server.
 *
 * Every change is written to IndexedDB at once and sent 600 ms later, or at
 * once when the tab is hidden.  The outbox (logic/outbox.js) decides; this
 * file only does what it says.
 */
import { bodyOf, cellsOfEvaluation } from '../logic/cells.js';
import { Outbox } from '../logic/outbox.js';
import * as db from './db.js';

export class Saver extends EventTarget {
  #context;
  #person;
  #timer = 0;
  #busy = false;
  #asked = false;
  #snapshot = false;  /* kept so that the page opens again off line */
  #closed = false;
  #writes = Promise.resolve();
  #stop = new AbortController();

  /* evaluation: as the server gave it, or as it was kept for a visit. */
  constructor(context, evaluation, scale) {
    super();
    this.#context = context;
    this.#person = context.session.person.id;
    this.evaluation = evaluation;
    this.scale = scale;
    this.outbox = new Outbox(cellsOfEvaluation(evaluation),
      evaluation.revision);
    this.unwritten = false;
    this.visit = false;
  }

  /** Takes back what an earlier visit left and starts to save. */
  async open() {
    db.keepPerson(this.#context.session.data).catch(() => {
      this.unwritten = true;
    });
    const signal = { signal: this.#stop.signal };

    addEventListener('online', () => this.save(), signal);
    addEventListener('offline', () => this.#tell(), signal);
    addEventListener('pagehide', () => this.save(true), signal);
    addEventListener('beforeunload', event => {
      if (this.unwritten && this.outbox.count > 0)
        event.preventDefault();
    }, signal);
    document.addEventListener('visibilitychange', () =>
      this.save(document.visibilityState === 'hidden'), signal);
    this.#context.session.addEventListener('found', () => this.save(), signal);
    try {
      const id = this.evaluation.id;
      const cells = await db.readCells(this.#person, id);

      if (cells.length > 0) {
        this.outbox.restore(cells, Date.now());
        this.#forget(cells.filter(c => !this.#holds(c.key))
          .map(c => [c.key, c.value]));
      }
      this.visit = (await db.readVisit(this.#person, id, Date.now()))?.kept
        ?? false;
    } catch {
      /* Storage is refused: what is typed lives in this page only. */
      this.unwritten = true;
    }
    this.#go();
    return this;
  }

  value(key) {
    return this.outbox.value(key);
  }

  #holds(key) {
    return this.outbox.pending.has(key)
      || this.outbox.gone.some(cell => cell.key === key);
  }

  waits(key) {
    return this.outbox.pending.has(key);
  }

  /** changes: [{ key, to }] */
  edit(changes) {
    if (changes.length === 0)
      return;

    const read = changes.map(({ key }) => this.outbox.base.get(key));

    this.outbox.edit(changes, Date.now());
    this.#write(changes.map(({ key, to }, i) =>
      ({ key, value: to, base: read[i] })));
    this.#tell(changes.map(c => c.key));
    this.#go();
  }

  /** Now.  `leaving`: the request outlives the page. */
  save(leaving = false) {
    if (this.#closed)
      return;
    this.outbox.hurry(Date.now());
    this.#go(leaving);
  }

  resolve(keep) {
    this.#asked = false;

    const lost = this.outbox.conflicts.filter(c => !keep.has(c.key));
    const mine = this.outbox.conflicts.filter(c => keep.has(c.key));

    this.outbox.resolve(keep, Date.now());
    this.#forget(lost.map(c => [c.key, c.mine]));
    this.#write(mine.map(c => ({ key: c.key, value: c.mine,
      base: c.theirs })));
    this.#tell([...lost, ...mine].map(c => c.key));
    this.#go();
  }

  /** The person exported what could not be stored, or gave it up. */
  async drop() {
    const keys = [...this.outbox.pending.keys()];

    this.outbox.drop();
    await db.dropCells(this.#person, this.evaluation.id);
    this.#tell(keys);
  }

  /** Keeps the evaluation on this device for a visit, or no longer. */
  async setVisit(kept) {
    this.visit = kept;
    if (kept)
      await db.keepVisit(this.#person, this.evaluation, this.scale, true,
        Date.now());
    else
      await db.dropVisit(this.#person, this.evaluation.id);
    this.#tell();
  }

  /** Leaves the page: what waits is sent now, and stays in IndexedDB. */
  close() {
    this.save(true);
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  get phase() {
    return this.outbox.phase;
  }

  get count() {
    return this.outbox.count;
  }

  get problem() {
    return this.outbox.problem;
  }

  get gone() {
    return this.outbox.gone;
  }

  /** When something was last stored, null if nothing was. */
  get savedAt() {
    return this.outbox.savedAt === null ? null
      : new Date(this.outbox.savedAt).toISOString();
  }

  get offline() {
    return !navigator.onLine && this.outbox.count > 0;
  }

  #tell(keys = []) {
    this.dispatchEvent(new CustomEvent('change', { detail: keys }));
  }

  /* Writes in order; the page is warned about only when one fails. */
  #queue(work) {
    this.#writes = this.#writes.then(work).then(() => {
      this.unwritten = false;
    }, () => {
      this.unwritten = true;
      this.#tell();
    });
  }

  #write(cells) {
    const first = !this.#snapshot && !this.visit;
    /* After a failure everything that waits is written, not the last key. */
    const all = !this.unwritten ? cells : [...this.outbox.pending]
      .map(([key, value]) => ({ key, value, base: this.outbox.base.get(key) }));

    this.#snapshot = true;
    this.#queue(async () => {
      await db.keepCells(this.#person, this.evaluation.id, all, Date.now());
      if (first)
        await db.keepVisit(this.#person, this.evaluation, this.scale, false,
          Date.now());
    });
  }

  #forget(stored) {
    this.#queue(async () => {
      await db.settleCells(this.#person, this.evaluation.id, stored);
      if (this.outbox.count > 0 || this.visit)
        return;
      this.#snapshot = false;
      await db.dropVisit(this.#person, this.evaluation.id);
    });
  }

  #go(leaving = false) {
    clearTimeout(this.#timer);
    /* Somebody else is here now: nothing leaves under her name. */
    if (this.#context.session.person?.id !== this.#person)
      return;

    const next = this.outbox.next(Date.now());

    if (next.act === 'ask' && !this.#asked) {
      this.#asked = true;
      this.dispatchEvent(new CustomEvent('ask', { detail: next.conflicts }));
    }
    if (this.#busy)
      return;
    if (next.act === 'wait' && !this.#closed)
      this.#timer = setTimeout(() => this.#go(), next.ms);
    if (next.act === 'send')
      this.#send(leaving);
    if (next.act === 'fetch' && !this.#closed)
      this.#fetch();
  }

  async #send(leaving) {
    const { cells, revision } = this.outbox.send();
    const path = `/evaluations/${encodeURIComponent(this.evaluation.id)}`;

    this.#busy = true;
    this.#tell();
    try {
      const { data } = await this.#context.api.send('PATCH', `${path}/marks`,
        bodyOf(cells, this.evaluation.items),
        { match: `"${revision}"`, keepalive: leaving && cells.size < 400 });

      this.#forget(this.outbox.succeeded(data.revision, Date.now()));
    } catch (error) {
      this.outbox.failed(error, Date.now(), Math.random());
    }
    this.#busy = false;
    this.#tell([...cells.keys()]);
    this.#go();
  }

  async #fetch() {
    const path = `/evaluations/${encodeURIComponent(this.evaluation.id)}`;
    const before = new Map(this.outbox.pending);

    this.#busy = true;
    this.#tell();
    try {
      const { data } = await this.#context.api.get(path);

      this.evaluation = data;
      this.outbox.fetched(cellsOfEvaluation(data), data.revision, Date.now());
      this.#forget([...before].filter(([key]) => !this.#holds(key)));
      this.#rebase();
      this.dispatchEvent(new Event('read'));
    } catch (error) {
      this.outbox.fetchFailed(error, Date.now(), Math.random());
    }
    this.#busy = false;
    this.#tell();
    this.#go();
  }

  /* What still waits was merged: it now stands on what was just read. */
  #rebase() {
    const asked = new Set(this.outbox.conflicts.map(c => c.key));
    const cells = [...this.outbox.pending].filter(([key]) => !asked.has(key))
      .map(([key, value]) => ({ key, value, base: this.outbox.base.get(key) }));

    if (cells.length > 0)
      this.#write(cells);
  }
}
