import { test } from 'node:test';
import assert from 'node:assert/strict';

import * as levels from '../../frontend/js/logic/levels.js';
import * as positions from '../../frontend/js/logic/positions.js';
import { missing, readiness } from '../../frontend/js/logic/ready.js';

const C = ['c1', 'c2', 'c3'].map(id => ({ id }));
const level = (n, objective = 'terminal') => ({ level: n, objective });

test('M-213 four levels by two objectives, and NE', () => {
  const all = positions.choices();

  assert.equal(all.length, 9);
  assert.deepEqual(all.at(-1), { level: null, objective: null });
  assert.equal(new Set(all.map(choice => JSON.stringify(choice))).size, 9);
});

test('M-217 NE is a position, nothing is not', () => {
  const map = new Map([['c1', positions.NE], ['c2', level(4)]]);

  assert.deepEqual(missing(C, map).map(({ id }) => id), ['c3']);
  assert.equal(readiness(C, C, map).ready, false);
  map.set('c3', positions.NE);
  assert.equal(readiness(C, C, map).ready, true);
});

test('G-09 hidden rows are told apart from those on screen', () => {
  const state = readiness(C, [C[0]], new Map([['c3', level(1)]]));

  assert.deepEqual(state.here, [C[0]]);
  assert.deepEqual(state.hidden, [C[1]]);
  assert.deepEqual([state.done, state.total], [1, 3]);
});

test('G-09 only hidden rows without a position become NE', () => {
  const before = new Map([['c3', level(1)]]);
  const after = positions.presetNotEvaluated([C[1]], before);

  assert.deepEqual(after.get('c2'), positions.NE);
  assert.deepEqual(after.get('c3'), level(1));
  assert.equal(before.has('c2'), false);
});

test('M-233 one column per interim assessment, null where none', () => {
  const rows = positions.history(C, [
    { positions: [{ competency_id: 'c1', ...level(1) }] },
    { positions: [{ competency_id: 'c1', ...level(2) },
      { competency_id: 'c2', ...positions.NE }] },
  ]);

  assert.deepEqual(rows[0].cells, [level(1), level(2)]);
  assert.deepEqual(rows[1].cells, [null, positions.NE]);
  assert.deepEqual(rows[2].cells, [null, null]);
});

test('M-220 a competency of two units stands under both', () => {
  const unit = (code, ...ids) => ({ code, competencies:
    ids.map(competency_id => ({ competency_id })) });
  const groups = positions.byUnit(C,
    [unit('U2', 'c1', 'c2'), unit('U31', 'c2'), unit('U9', 'c8')]);

  assert.deepEqual(groups.map(group => [group.unit?.code ?? null,
    group.competencies.map(({ id }) => id)]),
  [['U2', ['c1', 'c2']], ['U31', ['c2']], [null, ['c3']]]);
});

test('F-11 a change is a gain, a loss, the same or new', () => {
  assert.equal(positions.change(level(2), level(3, 'intermediate')), 'gain');
  assert.equal(positions.change(level(2), level(1)), 'loss');
  assert.equal(positions.change(level(2), level(2)), 'same');
  assert.equal(positions.change(positions.NE, level(1)), 'new');
  assert.equal(positions.change(level(2), positions.NE), 'none');
});

test('M-219 characters are counted after NFC, line ends as one', () => {
  assert.equal(positions.textLength('e\u0301'), 1);
  assert.equal(positions.textLength('a\r\nb'), 3);
  assert.equal(positions.textLength('\u{1F6E0}'), 1);
});

test('M-223 only the exact word confirms', () => {
  assert.equal(positions.confirmed('CONFIRMATION'), true);
  for (const word of ['confirmation', ' CONFIRMATION', 'CONFIRMATION\n', ''])
    assert.equal(positions.confirmed(word), false, JSON.stringify(word));
});
