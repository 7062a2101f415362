import { test } from 'node:test';
import assert from 'node:assert/strict';

import * as dashboard from '../../frontend/js/logic/dashboard.js';

const framework = {
  class_levels: [{ code: '2nde', title: 'Seconde' },
    { code: '1re', title: 'Première' }],
  complexity_levels: [
    { code: 'E', title: 'Entreprise', order: 3, context_marker: true },
    { code: 'D', title: 'Découverte', order: 1, context_marker: false },
    { code: 'B', title: 'Bac', order: 2, context_marker: false },
  ],
  units: [{ code: 'U2' }, { code: 'U31' }],
};

function evaluation(complexity, class_level, context = 'school') {
  return { complexity, class_level, context };
}

const path = {
  evaluations: [evaluation('D', '2nde'), evaluation('B', '2nde'),
    evaluation(null, '1re', 'company'), evaluation('D', '1re')],
  bar: 2,
  counts: { D: 2, B: 1, E: 1 },
  competencies: [
    { id: 'c1', units: ['U2'] },
    { id: 'c2', units: ['U2', 'U31'] },
    { id: 'c3', units: [] },
  ],
};

const codes = columns => columns.map(({ code }) => code);
const ids = list => list.map(({ id }) => id);

test('M-196 one column per evaluation, in the order given', () => {
  const shown = dashboard.columns(path, framework);

  assert.deepEqual(shown.map(({ index }) => index), [0, 1, 2, 3]);
});

test('M-198 a company assessment is headed by the context marker', () => {
  assert.deepEqual(codes(dashboard.columns(path, framework)),
    ['D', 'B', 'E', 'D']);
});

test('M-195 several complexities leave the columns of each', () => {
  assert.deepEqual(codes(dashboard.columns(path, framework, ['D', 'E'])),
    ['D', 'E', 'D']);
});

test('M-195 counts stand in the order of the framework', () => {
  assert.deepEqual(dashboard.complexityCounts(path, framework)
    .map(({ code, count }) => [code, count]),
  [['D', 2], ['B', 1], ['E', 1]]);
});

test('M-197 the bar keeps its place when columns are hidden', () => {
  const all = dashboard.columns(path, framework);
  const some = dashboard.columns(path, framework, ['B', 'E']);

  assert.equal(dashboard.barPlace(all, path.bar), 2);
  assert.equal(dashboard.barPlace(some, path.bar), 1);
  assert.equal(dashboard.barPlace(some, 0), 0);
});

test('M-199 the band joins neighbours of one class level', () => {
  const shown = dashboard.columns(path, framework);

  assert.deepEqual(dashboard.bands(shown, 2, framework)
    .map(({ title, span }) => [title, span]),
  [['Seconde', 2], ['Première', 2]]);
});

test('M-199 the band is cut by the bar', () => {
  const shown = dashboard.columns(path, framework);

  assert.deepEqual(dashboard.bands(shown, 3, framework)
    .map(({ span, taken }) => [span, taken]),
  [[2, true], [1, true], [1, false]]);
});

test('M-194 a competency shows when one of its units is chosen', () => {
  assert.deepEqual(ids(dashboard.competencies(path)), ['c1', 'c2', 'c3']);
  assert.deepEqual(ids(dashboard.competencies(path, ['U31'])), ['c2']);
  assert.deepEqual(ids(dashboard.competencies(path, ['U2', 'U31'])),
    ['c1', 'c2']);
});

test('M-202 condensed results have no hole', () => {
  const shown = dashboard.columns(path, framework, ['D']);
  const cells = dashboard.condense(['fail', null, 'partial', null], shown);

  assert.deepEqual(cells.map(({ column, mark }) => [column.code, mark]),
    [['D', 'fail']]);
});

test('M-200 a company result is a capsule', () => {
  assert.equal(dashboard.shape(evaluation(null, null, 'company')), 'capsule');
  assert.equal(dashboard.shape(evaluation('D', null)), 'rectangle');
});

test('M-194 filters survive the address, strangers are dropped', () => {
  const query = new URLSearchParams(
    'unit=U31&unit=U99&complexity=D&mode=compact&titles=no');
  const filters = dashboard.readFilters(query, framework);

  assert.deepEqual(filters, { units: ['U31'], complexities: ['D'],
    mode: 'compact', titles: false });
  assert.equal(dashboard.writeFilters(filters).toString(),
    'unit=U31&complexity=D&mode=compact&titles=no');
  assert.equal(dashboard.readFilters(new URLSearchParams('mode=x'), framework)
    .mode, null);
});

test('M-195 a second click takes the filter off', () => {
  assert.deepEqual(dashboard.toggle(['D'], 'B'), ['D', 'B']);
  assert.deepEqual(dashboard.toggle(['D', 'B'], 'D'), ['B']);
});
