import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../frontend/js/', import.meta.url);
const areas = ['', ...readdirSync(new URL('i18n/fr/', root))
  .map(name => name.replace(/\.js$/, ''))];

async function read(language, area) {
  const path = area === '' ? `i18n/${language}.js`
    : `i18n/${language}/${area}.js`;

  return (await import(new URL(path, root))).default;
}

const holes = word => [...new Set((typeof word === 'string' ? word
  : Object.values(word).join(' ')).match(/\{\w+\}/g) ?? [])].sort();

test('both languages have the same catalogues', () => {
  assert.deepEqual(readdirSync(new URL('i18n/en/', root)),
    readdirSync(new URL('i18n/fr/', root)));
});

for (const area of areas)
  test(`the words of « ${area || 'shell'} » stand in both languages`,
    async () => {
      const [fr, en] = await Promise.all([read('fr', area), read('en', area)]);

      assert.deepEqual(Object.keys(en).sort(), Object.keys(fr).sort());
      for (const [key, word] of Object.entries(fr)) {
        assert.equal(typeof en[key], typeof word, key);
        assert.deepEqual(holes(en[key]), holes(word), key);
      }
    });

test('every word asked by name in the code is in a catalogue', async () => {
  const words = new Set();

  for (const area of areas)
    for (const key of Object.keys(await read('fr', area)))
      words.add(key);

  const missing = [];

  for (const folder of ['', 'views/', 'parts/', 'store/', 'session/'])
    for (const name of readdirSync(new URL(folder, root))
      .filter(file => file.endsWith('.js'))) {
      const text = readFileSync(new URL(folder + name, root), 'utf8');

      for (const [, key] of text.matchAll(/\bt\('([\w:-]+)'/g))
        if (!words.has(key))
          missing.push(`${folder}${name}: ${key}`);
    }
  assert.deepEqual(missing, []);
});

test('one key means one thing whichever screens are loaded', async () => {
  const seen = new Map();
  const twice = [];

  for (const area of areas)
    for (const [key, word] of Object.entries(await read('fr', area))) {
      const text = JSON.stringify(word);

      if (seen.has(key) && seen.get(key).text !== text)
        twice.push(`${key}: ${seen.get(key).area} and ${area}`);
      seen.set(key, { area, text });
    }
  assert.deepEqual(twice, []);
});
