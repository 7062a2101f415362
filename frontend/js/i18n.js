/*
 * Words on screen: `i18n/fr.js` for the shell, `i18n/fr/<area>.js` for a group
 * of screens.  A word is a text, or `{ one, other }` (and `zero`, as French
 * says 0 like 1) chosen by `n`.
 */
const languages = ['fr', 'en'];
const words = new Map();
const areas = new Set();

let language = 'fr';

/** Of the person's choice, else French: the guides are in French. */
export function preferredLanguage() {
  try {
    const kept = localStorage.getItem('acquis.language');

    if (languages.includes(kept))
      return kept;
  } catch {
    /* Storage is refused: French stands. */
  }
  return 'fr';
}

export function currentLanguage() {
  return language;
}

async function read(area) {
  const path = area === '' ? `./i18n/${language}.js`
    : `./i18n/${language}/${area}.js`;
  const module = await import(path);

  for (const [key, word] of Object.entries(module.default))
    words.set(key, word);
}

export async function loadWords(area) {
  if (areas.has(area))
    return;
  await read(area);
  areas.add(area);
}

export async function setLanguage(next, { keep = true } = {}) {
  language = next;
  document.documentElement.lang = next;
  if (keep)
    try {
      localStorage.setItem('acquis.language', next);
    } catch {
      /* Storage is refused: this visit only. */
    }
  areas.add('');
  await Promise.all([...areas].map(read));
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    name in values ? String(values[name]) : whole);
}

/** The words of a key; `{name}` is filled from values, `n` chooses a plural. */
export function t(key, values = {}) {
  const word = words.get(key);

  if (word === undefined)
    return key;
  if (typeof word === 'string')
    return fill(word, values);
  if (values.n === 0 && word.zero !== undefined)
    return fill(word.zero, values);
  return fill(word[new Intl.PluralRules(language).select(values.n)]
    ?? word.other, values);
}

const styles = {
  date: { day: '2-digit', month: '2-digit', year: 'numeric' },
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: '2-digit', month: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit' },
  instant: { day: '2-digit', month: '2-digit', year: 'numeric',
    hour: '2-digit', minute: '2-digit' },
};

/**
 * A date (`2026-11-22`, no zone) or an instant (RFC 3339), as people read it.
 * `style`: date, day, short, time, instant.
 */
export function formatDate(value, style = 'date') {
  if (value === null || value === undefined || value === '')
    return '';

  const bare = /^\d{4}-\d{2}-\d{2}$/.test(value);

  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB',
    { ...styles[style], ...(bare ? { timeZone: 'UTC' } : {}) })
    .format(new Date(bare ? `${value}T00:00:00Z` : value));
}
