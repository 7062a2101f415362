import { test } from 'node:test';
import assert from 'node:assert/strict';

import * as weights from '../../frontend/js/logic/weights.js';

test('R-05 a percent has at most two decimals, comma or point', () => {
  const cases = [
    ['12,5', 1250], ['12.50', 1250], [' 7 ', 700], ['100', 10000],
    ['100,00', 10000], ['0,01', 1], ['', 0], ['0', 0], ['08,05', 805],
    ['100,01', null], ['101', null], ['-1', null], ['1e1', null],
    ['12,345', null], ['12,', null], [',5', null], ['1 2', null],
    ['douze', null], ['12,5 %', null],
  ];

  for (const [text, bp] of cases)
    assert.equal(weights.parsePercent(text), bp, JSON.stringify(text));
});

test('R-05 no weight passes through a binary fraction', () => {
  for (let bp = 0; bp <= weights.WHOLE; bp++)
    assert.equal(weights.parsePercent(weights.percent(bp)), bp);
});

test('M-242 the remainder is exact, and negative above 100 %', () => {
  const of = (...list) => weights.remainder(
    new Map(list.map((bp, i) => [`c${i}`, bp])));

  assert.equal(of(), 10000);
  assert.equal(of(3334, 3333, 3333), 0);
  assert.equal(of(2500, 2500, 2500), 2500);
  assert.equal(of(9000, 1001), -1);
});

test('M-243 only exactly 100 % is whole', () => {
  const of = bp => weights.sharing(new Map([['c1', bp], ['c2', 5000]]));

  assert.equal(of(4999), 'left');
  assert.equal(of(5000), 'whole');
  assert.equal(of(5001), 'over');
});

test('a percent is shown with the decimal sign of the language', () => {
  assert.equal(weights.showPercent(1250, 'fr'), '12,50');
  assert.equal(weights.showPercent(1250, 'en'), '12.50');
  assert.equal(weights.showPercent(-5, 'fr'), '\u22120,05');
  assert.equal(weights.showPercent(1250, 'fr', true), '12,5');
  assert.equal(weights.showPercent(1000, 'fr', true), '10');
  assert.equal(weights.showPercent(0, 'fr', true), '0');
});

test('the API gets and gives two decimals', () => {
  const map = weights.toMap([{ competency_id: 'c1', percent: '7.50' }]);

  assert.equal(map.get('c1'), 750);
  assert.deepEqual(weights.toList(map),
    [{ competency_id: 'c1', percent: '7.50' }]);
});

function entry(id, profile, state = 'confirmed', percents = []) {
  return {
    learner: { id }, profile,
    assessment: state === null ? null : { state },
    weighting: state === null ? null : { state: 'incomplete',
      weights: percents.map(percent => ({ percent })) },
  };
}

test('M-244 weights go only to learners of the same profile', () => {
  const source = entry('1', 'p');
  const all = [source, entry('2', 'p'), entry('3', 'q'),
    entry('4', null, null), entry('5', 'p', 'unlocked')];

  assert.deepEqual(weights.copyTargets(all, source)
    .map(({ learner }) => learner.id), ['2']);
});

test('R-14 a target that has weights already is told', () => {
  assert.equal(weights.hasWeights(entry('1', 'p', 'confirmed', ['0.00'])),
    false);
  assert.equal(weights.hasWeights(
    entry('1', 'p', 'confirmed', ['0.00', '0.01'])), true);
});

test('M-240 the list tells who has no assessment or an open one', () => {
  assert.equal(weights.standing(entry('1', null, null)), 'absent');
  assert.equal(weights.standing(entry('1', 'p', 'unlocked')), 'open');
  assert.equal(weights.standing(entry('1', 'p')), 'incomplete');
});
