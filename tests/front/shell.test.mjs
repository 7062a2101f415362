/* Catalogues, routes, search, palette: what the shell promises. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { bodyOf, cellsOfEvaluation, commentKey, exportCsv, markKey,
  progressOf, splitKey } from '../../frontend/js/logic/cells.js';
import { findRoute, fit } from '../../frontend/js/logic/route.js';
import { found } from '../../frontend/js/logic/search.js';

const front = new URL('../../frontend/', import.meta.url);

async function catalogues(language) {
  const folder = new URL(`js/i18n/${language}/`, front);
  const files = ['.js', ...readdirSync(folder).map(name => `/${name}`)];
  const all = new Map();

  for (const file of files.sort())
    all.set(file, (await import(
      new URL(`js/i18n/${language}${file}`, front))).default);
  return all;
}

const names = text => [...text.matchAll(/\{(\w+)\}/g)].map(m => m[1]).sort();

test('French and English have the same words, with the same values',
  async () => {
    const [fr, en] = await Promise.all(['fr', 'en'].map(catalogues));

    assert.deepEqual([...en.keys()], [...fr.keys()]);
    for (const [file, words] of fr) {
      assert.deepEqual(Object.keys(en.get(file)).sort(),
        Object.keys(words).sort(), file);
      for (const [key, word] of Object.entries(words)) {
        const other = en.get(file)[key];

        assert.equal(typeof other, typeof word, `${file} ${key}`);
        if (typeof word === 'string')
          assert.deepEqual(names(other), names(word), `${file} ${key}`);
        else
          assert.ok('one' in word && 'other' in word && 'one' in other
            && 'other' in other, `${file} ${key}`);
      }
    }
  });

test('the first pattern that fits wins', () => {
  const routes = [{ path: '/evaluations' }, { path: '/evaluations/new' },
    { path: '/evaluations/{id}' }];
  const at = hash => findRoute(routes, hash);

  assert.equal(at('#/evaluations/new').route, routes[1]);
  assert.deepEqual(at('#/evaluations/17?x=1').params, { id: '17' });
  assert.equal(at('#/evaluations/17?x=1').query.get('x'), '1');
  assert.equal(at('#/evaluations/'), null);
  assert.equal(at('#/other'), null);
  assert.deepEqual(fit('/a/{b}/c', '/a/x%2Fy/c'), { b: 'x/y' });
  assert.equal(fit('/a/{b}', '/a/%E0%A4%A'), null);
});

test('words are searched without accents, in any order', () => {
  assert.ok(found('ENERG contrainte', 'C1',
    "Les contraintes liées à l'efficacité énergétique"));
  assert.ok(found('', 'C1'));
  assert.ok(found('l’efficacite', "l'efficacité"));
  assert.ok(!found('énergie solaire', 'énergie'));
});

const evaluation = {
  items: [{ id: 'k1', kind: 'criterion', removed: false, code: 'C1',
    title: '=danger' },
  { id: 'k2', kind: 'criterion', removed: true, code: 'C1', title: 'retiré' },
  { id: 'c2', kind: 'competency', removed: false, code: 'C2',
    title: 'entière' }],
  learners: [{ id: '7', first_name: 'Léa', last_name: 'BERNARD',
    marks: ['fail', 'partial', null], comment: '' }],
};

test('a removed item has no cell, a comment has one', () => {
  assert.deepEqual([...cellsOfEvaluation(evaluation)], [
    [markKey('7', 'k1'), 'fail'], [markKey('7', 'c2'), null],
    [commentKey('7'), '']]);
  assert.deepEqual(splitKey('7|k|1'), { learner: '7', item: 'k|1' });
  assert.deepEqual(splitKey(commentKey('7')), { learner: '7', item: null });
});

test('M-118: cells and comments travel as the contract says', () => {
  assert.deepEqual(bodyOf(new Map([[markKey('7', 'k1'), null],
    [markKey('7', 'c2'), 'absent'], [commentKey('7'), '']]),
  evaluation.items), {
    marks: [{ learner_id: '7', criterion_id: 'k1', mark: null },
      { learner_id: '7', competency_id: 'c2', mark: 'absent' }],
    comments: [{ learner_id: '7', comment: null }],
  });
});

test('absent and not assessable count as filled', () => {
  const values = new Map([[markKey('7', 'k1'), 'absent'],
    [markKey('7', 'c2'), null]]);

  assert.deepEqual(progressOf(evaluation.learners,
    evaluation.items.filter(i => !i.removed), key => values.get(key)),
  { filled: 1, expected: 2 });
});

test('an exported entry holds no formula', () => {
  const values = new Map([[commentKey('7'), '=1+1;"x"']]);
  const csv = exportCsv(evaluation.learners, [{ id: 'k1', code: '+C1',
    title: 'x' }], key => values.get(key), new Map(),
  { learner: 'Apprenant', comment: 'Commentaire' });

  assert.ok(csv.startsWith('\uFEFF"Apprenant";"\'+C1 x";"Commentaire"\r\n'));
  assert.ok(csv.includes('"\'=1+1;""x"""'));
});

/* Colours (ux.md 3): sRGB → linear → XYZ (D65) → Lab, ΔE 2000. */

const channels = hex => [1, 3, 5].map(i =>
  Number.parseInt(hex.slice(i, i + 2), 16) / 255);
const linear = c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const luminance = rgb => 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];

function contrast(a, b) {
  const [high, low] = [a, b].map(hex => luminance(channels(hex).map(linear)))
    .sort((x, y) => y - x);

  return (high + 0.05) / (low + 0.05);
}

function lab([r, g, b]) {
  const f = t => t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116;
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);

  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function deltaE([l1, a1, b1], [l2, a2, b2]) {
  const rad = Math.PI / 180;
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const hue = (b, a) => a === 0 && b === 0 ? 0
    : (Math.atan2(b, a) / rad + 360) % 360;
  const [h1, h2] = [hue(b1, p1), hue(b2, p2)];
  const cm = (c1 + c2) / 2;
  let dh = c1 * c2 === 0 ? 0 : h2 - h1;
  let hm = h1 + h2;

  if (dh > 180)
    dh -= 360;
  if (dh < -180)
    dh += 360;
  if (c1 * c2 !== 0)
    hm = Math.abs(h1 - h2) <= 180 ? hm / 2
      : (hm < 360 ? hm + 360 : hm - 360) / 2;

  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(dh / 2 * rad);
  const lm = (l1 + l2) / 2;
  const t = 1 - 0.17 * Math.cos((hm - 30) * rad)
    + 0.24 * Math.cos(2 * hm * rad) + 0.32 * Math.cos((3 * hm + 6) * rad)
    - 0.2 * Math.cos((4 * hm - 63) * rad);
  const sl = 1 + 0.015 * (lm - 50) ** 2 / Math.sqrt(20 + (lm - 50) ** 2);
  const sc = 1 + 0.045 * cm;
  const sh = 1 + 0.015 * cm * t;
  const rt = -2 * Math.sqrt(cm ** 7 / (cm ** 7 + 25 ** 7))
    * Math.sin(60 * Math.exp(-(((hm - 275) / 25) ** 2)) * rad);

  return Math.sqrt(((l2 - l1) / sl) ** 2 + ((c2 - c1) / sc) ** 2
    + (dH / sh) ** 2 + rt * (c2 - c1) / sc * dH / sh);
}

/* Machado, Oliveira, Fernandes 2009, severity 1. */
const eyes = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  greyscale: Array(3).fill([0.2126, 0.7152, 0.0722]),
};

const css = readFileSync(new URL('css/base.css', front), 'utf8');
const token = name => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)[1];

test('the text of each level has a contrast of 4.5 or more', () => {
  for (const level of ['lv1', 'lv2', 'lv3', 'lv4', 'lvne', 'lvabs'])
    assert.ok(contrast(token(level), token(`${level}-text`)) >= 4.5, level);
});

test('two levels are at ΔE 14 or more for every eye and in print', () => {
  const clamp = c => Math.max(0, Math.min(1, c));

  for (const [eye, matrix] of Object.entries(eyes)) {
    const seen = ['lv1', 'lv2', 'lv3', 'lv4'].map(name => {
      const rgb = channels(token(name)).map(linear);

      return lab(matrix.map(row => clamp(row.reduce((sum, m, i) =>
        sum + m * rgb[i], 0))));
    });

    for (let i = 0; i < 4; i++)
      for (let j = i + 1; j < 4; j++)
        assert.ok(deltaE(seen[i], seen[j]) >= 14,
          `${eye} ${i + 1} ${j + 1}: ${deltaE(seen[i], seen[j])}`);
  }
});

test('the colours of the interface keep 4.5 in both themes', () => {
  const blocks = { light: css.slice(0, css.indexOf('@media')),
    dark: css.slice(css.indexOf(':root[data-theme="dark"]')) };
  const read = (theme, name) =>
    new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(blocks[theme])[1];
  const pairs = [['text', 'page'], ['text', 'ground'], ['text', 'tint'],
    ['text', 'band'], ['soft', 'page'], ['soft', 'ground'], ['soft', 'raised'],
    ['soft', 'tint'], ['link', 'page'], ['link', 'raised'],
    ['accent-text', 'accent'], ['success', 'success-tint'],
    ['error', 'error-tint'], ['warn', 'warn-tint'], ['top-text', 'top'],
    ['top-soft', 'top']];

  for (const theme of ['light', 'dark'])
    for (const [ink, ground] of pairs)
      assert.ok(contrast(read(theme, ink), read(theme, ground)) >= 4.5,
        `${theme} ${ink} on ${ground}: ${contrast(read(theme, ink),
          read(theme, ground)).toFixed(2)}`);
});

/* What a file draws is in the set it takes: icon.js, or icons.js for all. */
test('each icon that is drawn by name is known where it is drawn', () => {
  const known = name => new Set([...readFileSync(new URL(
    `js/parts/${name}.js`, front), 'utf8').matchAll(/^ {2}(\w+): svg`/gm)]
    .map(([, icon]) => icon));
  const few = known('icon');
  const all = new Set([...few, ...known('icons')]);
  const wrong = [];
  let drawn = 0;

  for (const folder of ['js/', 'js/views/', 'js/parts/', 'js/store/'])
    for (const file of readdirSync(new URL(folder, front))
      .filter(name => name.endsWith('.js'))) {
      const text = readFileSync(new URL(folder + file, front), 'utf8');
      const set = /\/icons\.js'/.test(text) ? all : few;

      for (const [, name] of text.matchAll(/\bicon\('(\w+)'/g)) {
        drawn++;
        if (!set.has(name))
          wrong.push(`${folder}${file}: ${name}`);
      }
    }
  assert.deepEqual(wrong, []);
  assert.ok(drawn > 40);
});
