/* The first screen costs a phone on a bad network 40 KB at most (ux.md 10). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const front = new URL('../../frontend/', import.meta.url);

/* A module and all it imports before it runs. */
function closure(path, seen = new Map()) {
  const url = new URL(path, front);

  if (seen.has(url.href))
    return seen;

  const text = readFileSync(url, 'utf8');

  seen.set(url.href, text);
  for (const [, other] of text.matchAll(
    /^(?:import|export)\s[^;]*?from\s+'(\.[^']+)'/gm))
    closure(new URL(other, url), seen);
  return seen;
}

const size = texts => texts.reduce((sum, text) =>
  sum + gzipSync(text, { level: 6 }).length, 0);

for (const [screen, ...more] of [
  ['js/views/sign-in.js', 'js/i18n/fr/sign_in.js'],
  ['js/views/home.js', 'js/i18n/fr/home.js', 'js/store/leave.js'],
])
  test(`the shell with ${screen} is 40 KB or less, compressed`, () => {
    const seen = closure('js/main.js');

    for (const path of [screen, 'js/i18n/fr.js', ...more])
      closure(path, seen);

    const bytes = size([...seen.values(),
      readFileSync(new URL('index.html', front), 'utf8'),
      readFileSync(new URL('css/base.css', front), 'utf8'),
      readFileSync(new URL('js/theme.js', front), 'utf8')]);

    assert.ok(bytes <= 40 * 1024, `${bytes} bytes`);
    assert.ok(bytes > 20 * 1024, 'something was not counted');
  });
