/*
 * An interim assessment being written, kept and saved by itself: the draft of
 * a learner, or one that was confirmed and is unlocked.
 *
 * Every change is drawn at once and sent 600 ms later in one PUT. When
 * somebody else saved meanwhile the two are merged, competency by competency;
 * what both changed stays as it is here, and `conflicts` names it. What is not
 * sent yet waits on this device, tied to the account, and is sent when the
 * learner is opened again; signing out erases it.
 *
 * Events: `change` after anything that is to be drawn.
 */
import { mergeDraft, normalizeText, toList, toMap }
  from '../logic/positions.js';
import { draftKey } from './kept.js';

const delayMs = 600;
const retriesMs = [1000, 2000, 4000, 8000, 16000, 32000, 60000];

/** Erases what this person could not send: the page is left for good. */
export function forgetDrafts(person) {
  for (const key of draftsOf(person))
    localStorage.removeItem(key);
}

/** Keys of what this person wrote and could not send. */
export function draftsOf(person) {
  return Object.keys(localStorage).filter(key =>
    key.startsWith(`acquis.draft.${person}.`));
}

const copy = ({ positions, findings, advice }) => (
  { positions: new Map(positions), findings, advice });

const read = draft => ({ positions: toMap(draft.positions),
  findings: draft.findings, advice: draft.advice });

const seenOf = draft => draft.evaluations.map(
  ({ id, revision }) => ({ id, revision }));

export class Draft extends EventTarget {
  #api;
  #path;
  #key;
  #etag = '"0"';
  #base = { positions: new Map(), findings: '', advice: '' };
  #now = copy(this.#base);
  #seen = [];
  #steps = [];
  #timer = 0;
  #running = null;
  #tries = 0;
  #dirty = false;

  #unlocked;

  /** Of a learner; with `interimId`, that unlocked interim assessment. */
  constructor(context, learnerId, interimId = null) {
    super();
    this.#api = context.api;
    this.#unlocked = interimId !== null;
    this.#path = this.#unlocked
      ? `/interim-assessments/${encodeURIComponent(interimId)}`
      : `/learners/${encodeURIComponent(learnerId)}/draft`;
    this.#key = draftKey(context.session.person.id, learnerId,
      interimId ?? '');
    /* The draft as the server told it last. */
    this.data = null;
    /* saved, pending, saving, waiting (no network) or failed. */
    this.state = 'saved';
    this.error = null;
    this.conflicts = [];
    this.leave = () => {
      if (document.visibilityState === 'hidden')
        this.flush();
    };
    document.addEventListener('visibilitychange', this.leave);
    /* Signed in again: what could not be sent goes now. */
    this.session = context.session;
    this.back = () => this.flush();
    this.session.addEventListener('found', this.back);
  }

  get positions() {
    return this.#now.positions;
  }

  get findings() {
    return this.#now.findings;
  }

  get advice() {
    return this.#now.advice;
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

  /** Reads it, with what this tab could not send before. */
  async load() {
    const { data, etag } = await this.#api.get(this.#path);

    this.#take(data, etag);
    this.#seen = seenOf(data);
    this.#base = read(data);
    this.#now = copy(this.#base);
    this.#recall();
    this.#tell();
    return this;
  }

  /** Sets a position; null takes it off. */
  set(competencyId, value) {
    this.#step();
    if (value === null)
      this.#now.positions.delete(competencyId);
    else
      this.#now.positions.set(competencyId, value);
    this.#touch();
  }

  /** Replaces all positions in one step. */
  replace(positions) {
    this.#step();
    this.#now.positions = new Map(positions);
    this.#touch();
  }

  write(name, text) {
    this.#now[name] = normalizeText(text);
    this.#touch();
  }

  /** Takes the last change of a position back. */
  undo() {
    const before = this.#steps.pop();

    if (before === undefined)
      return;
    this.#now.positions = before;
    this.#touch();
  }

  /** The results were read again: the next save is about those. */
  async acknowledge() {
    await this.flush();

    const { data, etag } = await this.#api.get(this.#path);

    this.#take(data, etag);
    this.#seen = seenOf(data);
    this.#touch();
    await this.flush();
  }

  /** Sends what is not sent, now. True when all of it is. */
  async flush() {
    clearTimeout(this.#timer);
    while (this.#running !== null)
      await this.#running;
    if (this.#dirty) {
      this.#running = this.#save();
      try {
        await this.#running;
      } finally {
        this.#running = null;
      }
    }
    return !this.#dirty;
  }

  /** Throws the draft away; the result puts it back (M-222). */
  async discard() {
    const kept = copy(this.#now);

    await this.flush();
    if (this.data.revision > 0)
      await this.#api.send('DELETE', this.#path, undefined,
        { match: this.#etag });
    await this.load();
    return () => {
      this.#now = copy(kept);
      this.#touch();
      return this.flush();
    };
  }

  close() {
    document.removeEventListener('visibilitychange', this.leave);
    this.session.removeEventListener('found', this.back);
    if (this.#dirty)
      this.flush();
    else
      clearTimeout(this.#timer);
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }

  #take(data, etag) {
    this.data = data;
    this.#etag = etag;
  }

  #step() {
    this.#steps.push(new Map(this.#now.positions));
  }

  #touch() {
    this.#dirty = true;
    this.state = 'pending';
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), delayMs);
    this.#tell();
  }

  #send({ positions, findings, advice }) {
    const body = { positions: toList(positions), findings, advice };

    return this.#unlocked
      ? this.#api.send('PATCH', this.#path, body,
        { match: this.#etag, patch: true })
      : this.#api.send('PUT', this.#path, { ...body, evaluations: this.#seen },
        { match: this.#etag });
  }

  async #save() {
    const sent = copy(this.#now);

    this.#dirty = false;
    this.state = 'saving';
    this.#tell();
    try {
      const { data, etag } = await this.#send(sent);

      this.#take(data, etag);
      this.#base = sent;
      this.#tries = 0;
      this.error = null;
      if (!this.#dirty) {
        this.state = 'saved';
        this.#drop();
      }
    } catch (error) {
      this.#dirty = true;
      await this.#refused(error);
    }
    this.#tell();
  }

  async #refused(error) {
    if (error.status === 412 && await this.#merge())
      return;
    this.error = error;
    if (error.status !== 0 && ![408, 429, 503].includes(error.status)
      && error.code !== 'in-progress') {
      this.state = 'failed';
      return;
    }
    this.state = 'waiting';

    const at = Math.min(this.#tries++, retriesMs.length - 1);
    const wait = Math.max(retriesMs[at], (error.retry_after ?? 0) * 1000);

    this.#timer = setTimeout(() => this.flush(),
      wait + Math.random() * 500);
  }

  /* Somebody else saved: theirs and ours, then again. */
  async #merge() {
    try {
      const { data, etag } = await this.#api.get(this.#path);
      const theirs = read(data);
      const merged = mergeDraft(this.#base, this.#now, theirs);

      this.#take(data, etag);
      this.#base = theirs;
      this.#now = copy(merged);
      this.conflicts = merged.conflicts;
      this.#timer = setTimeout(() => this.flush(), delayMs);
      this.state = 'pending';
      return true;
    } catch {
      return false;
    }
  }

  #keep() {
    try {
      localStorage.setItem(this.#key, JSON.stringify(
        [this.#base, this.#now].map(one => (
          { ...one, positions: toList(one.positions) }))));
    } catch {
      /* Storage is refused: the page itself holds it. */
    }
  }

  #drop() {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      /* Nothing was kept either. */
    }
  }

  #recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key));

      if (kept === null)
        return;

      const [base, mine] = kept.map(read);
      const merged = mergeDraft(base, mine, this.#base);

      this.#now = copy(merged);
      this.conflicts = merged.conflicts;
      this.#touch();
    } catch {
      this.#drop();
    }
  }
}
