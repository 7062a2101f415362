/*
 * What this browser keeps: IndexedDB, one object per thing.
 *
 *   cells    [person, evaluation, key] → { value, base, at }
 *            a cell typed and not yet known to be stored by the server; one
 *            record per cell, so two tabs never overwrite each other
 *   visits   [person, evaluation] → { title, evaluation, scale, kept, at }
 *            what a visit without network needs; seven days at most
 *   people   who was here last, to open the page without network
 *
 * Everything of a person is erased when she signs out.
 */
import { noteKept } from './kept.js';

const NAME = 'acquis';
const VERSION = 1;
const KEPT_MS = 7 * 24 * 3600 * 1000;

let opened = null;

function upgrade(db) {
  db.createObjectStore('cells', { keyPath: ['person', 'evaluation', 'key'] });
  db.createObjectStore('visits', { keyPath: ['person', 'evaluation'] });
  db.createObjectStore('people', { keyPath: 'id' });
}

function open() {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open(NAME, VERSION);

    request.onupgradeneeded = () => upgrade(request.result);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => fail(request.error);
    request.onblocked = () => fail(new Error('blocked'));
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

const answer = request => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

/* Runs `work(store)` in a transaction and resolves once it is on disk. */
async function within(name, mode, work) {
  const db = await open();

  return new Promise((done, fail) => {
    const transaction = db.transaction(name, mode);
    let result;

    transaction.oncomplete = () => done(result);
    transaction.onabort = () => fail(transaction.error);
    transaction.onerror = () => fail(transaction.error);
    Promise.resolve(work(transaction.objectStore(name))).then(value => {
      result = value;
    }, fail);
  });
}

/* All that begins with these parts of the key. */
const below = (...parts) => IDBKeyRange.bound(parts, [...parts, []]);

/** cells: [{ key, value, base }] */
export function keepCells(person, evaluation, cells, at) {
  return within('cells', 'readwrite', store => {
    for (const { key, value, base } of cells)
      store.put({ person, evaluation, key, value, base, at });
  });
}

export function readCells(person, evaluation) {
  return within('cells', 'readonly', store =>
    answer(store.getAll(below(person, evaluation))));
}

/**
 * Forgets cells the server stored: [[key, value]], unless another value was
 * typed since, maybe in another tab.
 */
export function settleCells(person, evaluation, stored) {
  return within('cells', 'readwrite', store => {
    for (const [key, value] of stored) {
      const at = [person, evaluation, key];

      store.get(at).onsuccess = event => {
        if (event.target.result?.value === value)
          store.delete(at);
      };
    }
  });
}

export function dropCells(person, evaluation) {
  return within('cells', 'readwrite', store =>
    answer(store.delete(below(person, evaluation))));
}

/** How many cells wait, by evaluation: Map. */
export async function countCells(person) {
  const keys = await within('cells', 'readonly', store =>
    answer(store.getAllKeys(below(person))));
  const counts = new Map();

  for (const [, evaluation] of keys)
    counts.set(evaluation, (counts.get(evaluation) ?? 0) + 1);
  return counts;
}

/* kept: asked for by the person, for a visit; else only while cells wait. */
export function keepVisit(person, evaluation, scale, kept, at) {
  return within('visits', 'readwrite', store => {
    store.put({ person, evaluation: evaluation.id, title: evaluation.title,
      content: evaluation, scale, kept, at });
  });
}

export async function readVisit(person, evaluation, now) {
  const visit = await within('visits', 'readonly', store =>
    answer(store.get([person, evaluation])));

  return visit !== undefined && now - visit.at < KEPT_MS ? visit : null;
}

export function readVisits(person) {
  return within('visits', 'readonly', store =>
    answer(store.getAll(below(person))));
}

export function dropVisit(person, evaluation) {
  return within('visits', 'readwrite', store =>
    answer(store.delete([person, evaluation])));
}

/** Forgets visits older than seven days, whoever made them. */
export function dropOldVisits(now) {
  return within('visits', 'readwrite', store => {
    store.openCursor().onsuccess = event => {
      const cursor = event.target.result;

      if (cursor === null)
        return;
      if (now - cursor.value.at >= KEPT_MS)
        cursor.delete();
      cursor.continue();
    };
  });
}

/** session: as the server told it, without its token. */
export async function keepPerson(session) {
  noteKept(true);
  await within('people', 'readwrite', store => {
    store.clear();
    store.put({ id: session.person.id, session: { ...session,
      csrf_token: '' } });
  });
}

export async function readPerson() {
  const people = await within('people', 'readonly', store =>
    answer(store.getAll()));

  return people[0]?.session ?? null;
}

/** Signing out leaves nothing of the person. */
export async function forgetPerson(person) {
  await within('cells', 'readwrite', store =>
    answer(store.delete(below(person))));
  await within('visits', 'readwrite', store =>
    answer(store.delete(below(person))));
  await within('people', 'readwrite', store => answer(store.clear()));
  noteKept(await within('cells', 'readonly', store =>
    answer(store.count())) > 0);
}
