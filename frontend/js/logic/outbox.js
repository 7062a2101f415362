/*
 * Outbox: the cells typed and not yet known to be stored (ux.md 5).
 *
 * It does nothing by itself: it is told what happened and says, by `next()`,
 * what to do.  So the whole life of a change can be tested without a network
 * or a clock.  Times are milliseconds given by the caller.
 *
 *   saved ── edit ──→ changed ── 600 ms ──→ sending ──→ saved
 *   sending ── no answer, 408, 429, 5xx, 409 while somebody else writes
 *           ──→ waiting ── delay ──→ changed
 *   sending ── 412 ──→ merging ── fetched ──→ changed, saved or conflict
 *   conflict ── resolve ──→ changed or saved
 *   sending ── 423 ──→ locked          (kept, to be exported)
 *   sending ── other 4xx ──→ refused   (kept; an edit tries again)
 *
 * A value leaves only when the server said it stored it, or when the person
 * gave it up.  base is what the server last said of each cell.
 */
import { mergeCells } from './merge.js';
import { retryDelay, worthRetrying } from './retry.js';

export const SAVE_AFTER_MS = 600;
export const CELLS_MAX = 5000;

export class Outbox {
  #sent = null;      /* what the request under way carries */
  #at = 0;           /* when to act, in `changed` and `waiting` */
  #goal = 'send';    /* what to do again after `waiting` */
  #attempt = 0;

  constructor(base, revision) {
    this.base = new Map(base);
    this.revision = revision;
    this.pending = new Map();
    this.phase = 'saved';
    this.conflicts = [];
    this.gone = [];
    this.problem = null;
    this.savedAt = null;
  }

  /** What a cell shows. */
  value(key) {
    return this.pending.has(key) ? this.pending.get(key)
      : this.base.get(key);
  }

  get count() {
    return this.pending.size + this.gone.length;
  }

  /* changes: [{ key, to }].  A value put back to what is stored is no change. */
  edit(changes, now) {
    for (const { key, to } of changes)
      if (to === this.base.get(key) && !this.#sent?.has(key))
        this.pending.delete(key);
      else
        this.pending.set(key, to);
    this.conflicts = this.conflicts.filter(c => this.pending.has(c.key))
      .map(c => ({ ...c, mine: this.pending.get(c.key) }));
    if (['saved', 'changed', 'refused', 'conflict'].includes(this.phase))
      this.#settle(now + SAVE_AFTER_MS);
  }

  /* What an earlier visit left, with the base it was typed on. */
  restore(cells, now) {
    const mine = new Map(cells.map(c => [c.key, c.value]));
    const read = new Map(cells.map(c => [c.key, c.base]));

    this.#merge(read, mine, this.base, now);
  }

  #settle(at) {
    this.problem = null;
    if (this.conflicts.length > 0)
      this.phase = 'conflict';
    else if (this.pending.size > 0) {
      this.phase = 'changed';
      this.#at = at;
    } else {
      this.phase = 'saved';
    }
  }

  #merge(base, mine, theirs, now) {
    const merged = mergeCells(base, mine, theirs);

    this.pending = new Map(merged.resend);
    for (const { key, mine: value } of merged.conflicts)
      this.pending.set(key, value);
    this.conflicts = merged.conflicts;
    this.gone = [...this.gone, ...merged.gone];
    this.#settle(now);
  }

  /* Now rather than in 600 ms: Ctrl+S, the tab is hidden, back on line. */
  hurry(now) {
    if (this.phase === 'changed' || this.phase === 'waiting')
      this.#at = now;
    else if (this.phase === 'refused')
      this.#settle(now);
  }

  /* { act: none | wait | send | fetch | ask, … } */
  next(now) {
    switch (this.phase) {
    case 'changed':
      return now < this.#at ? { act: 'wait', ms: this.#at - now }
        : { act: 'send' };
    case 'waiting':
      return now < this.#at ? { act: 'wait', ms: this.#at - now }
        : { act: this.#goal };
    case 'merging':
      return { act: this.#sent === null ? 'fetch' : 'none' };
    case 'conflict':
      return { act: 'ask', conflicts: this.conflicts };
    }
    return { act: 'none' };
  }

  /** The cells to send now and the revision they were typed on. */
  send() {
    this.#sent = new Map([...this.pending].slice(0, CELLS_MAX));
    this.phase = 'sending';
    return { cells: this.#sent, revision: this.revision };
  }

  succeeded(revision, now) {
    for (const [key, value] of this.#sent) {
      this.base.set(key, value);
      if (this.pending.get(key) === value)
        this.pending.delete(key);
    }
    const stored = [...this.#sent];

    this.#sent = null;
    this.#attempt = 0;
    this.revision = revision;
    this.savedAt = now;
    this.#settle(now);
    return stored;
  }

  /* error: { status, code, retry_after }, random in [0, 1). */
  failed(error, now, random) {
    this.#sent = null;
    this.problem = error;
    if (error.status === 412) {
      this.phase = 'merging';
    } else if (error.status === 423) {
      this.phase = 'locked';
    } else if (worthRetrying(error)) {
      this.phase = 'waiting';
      this.#goal = 'send';
      this.#wait(error, now, random);
    } else {
      this.phase = 'refused';
    }
  }

  #wait(error, now, random) {
    this.#at = now + retryDelay(this.#attempt++, random, error.retry_after);
  }

  /* The evaluation could not be read again: what was typed still waits. */
  fetchFailed(error, now, random) {
    this.problem = error;
    if (worthRetrying(error)) {
      this.phase = 'waiting';
      this.#goal = 'fetch';
      this.#wait(error, now, random);
    } else {
      this.phase = 'refused';
    }
  }

  /** theirs: every cell of the grid as it is stored now. */
  fetched(theirs, revision, now) {
    const base = this.base;

    this.base = new Map(theirs);
    this.revision = revision;
    this.#attempt = 0;
    this.#merge(base, this.pending, this.base, now);
  }

  /* keep: the cells, of those in conflict, whose value is mine. */
  resolve(keep, now) {
    for (const { key, theirs } of this.conflicts)
      if (!keep.has(key) || this.pending.get(key) === theirs)
        this.pending.delete(key);
    this.conflicts = [];
    this.#settle(now);
  }

  /* The person exported it, or gave it up. */
  drop() {
    this.pending.clear();
    this.gone = [];
    this.conflicts = [];
    this.#settle(0);
  }
}
