/* The grid without a screen: selection, keys, paste, undo, merge. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createHistory } from '../../frontend/js/logic/history.js';
import { actionOf } from '../../frontend/js/logic/keymap.js';
import { marksOf } from '../../frontend/js/logic/levels.js';
import { readMark } from '../../frontend/js/logic/typed.js';
import { mergeCells } from '../../frontend/js/logic/merge.js';
import { cellsOf, extendTo, fitSelection, moveSelection, rangeOf, selectCell }
  from '../../frontend/js/logic/selection.js';
import { formatTsv, parseTsv, planPaste } from '../../frontend/js/logic/tsv.js';

const scale = {
  levels: [
    { code: 'fail', title: 'Pas de réussite', value: 0 },
    { code: 'partial', title: 'Réussite partielle', value: 1 },
    { code: 'assisted', title: 'Réussite avec aide', value: 2 },
    { code: 'autonomous', title: 'Réussite en autonomie', value: 3 },
    { code: 'not_assessable', title: 'Non évaluable', value: null },
    { code: 'absent', title: 'Absent', value: null },
  ],
};
const marks = marksOf(scale);
const key = (name, more = {}) => actionOf({ key: name, code: name,
  shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

test('M-106: a scale gives four ranks in order, NE and absent', () => {
  assert.deepEqual(marks.map(m => m.rank), [1, 2, 3, 4, 'ne', 'abs']);
  assert.deepEqual(marks.map(m => m.sign), ['−−', '−', '+', '++', 'NE', 'Abs']);
});

test('M-116: ranks follow the values, whatever the order of the file', () => {
  const turned = { levels: [...scale.levels].reverse() };

  assert.equal(marksOf(turned).find(m => m.code === 'fail').rank, 1);
  assert.equal(marksOf(turned).find(m => m.code === 'autonomous').rank, 4);
});

test('typed signs are read, with hyphens or with true minus signs', () => {
  const cases = [['1', 'fail'], ['--', 'fail'], ['−−', 'fail'],
    ['-', 'partial'], ['−', 'partial'], ['+', 'assisted'],
    ['++', 'autonomous'], ["'++", 'autonomous'], [' 4 ', 'autonomous'],
    ['NE', 'not_assessable'], ['n', 'not_assessable'], ['Abs', 'absent'],
    ['A', 'absent'], ['Réussite partielle', 'partial'], ['', null],
    ['5', undefined], ['oui', undefined], ['0', undefined]];

  for (const [text, code] of cases)
    assert.equal(readMark(text, marks), code, `“${text}”`);
});

test('the row of digits of a French keyboard sets levels', () => {
  assert.deepEqual(key('&', { code: 'Digit1' }), { type: 'mark', rank: 1 });
  assert.deepEqual(key("'", { code: 'Digit4' }), { type: 'mark', rank: 4 });
  assert.deepEqual(key('2', { code: 'Numpad2' }), { type: 'mark', rank: 2 });
  assert.equal(key('&', { code: 'Digit1', ctrlKey: true }), null);
  assert.equal(key('(', { code: 'Digit5' }), null);
});

test('a keypad without Num Lock moves instead of marking', () => {
  assert.deepEqual(key('End', { code: 'Numpad1' }),
    { type: 'move', move: 'row-end', extend: false });
});

test('letters are read by what they are, on any layout', () => {
  assert.deepEqual(key('a', { code: 'KeyQ' }), { type: 'mark', rank: 'abs' });
  assert.deepEqual(key('N', { code: 'KeyN' }), { type: 'mark', rank: 'ne' });
  assert.equal(key('q', { code: 'KeyA' }), null);
});

test('the whole key map of the grid', () => {
  const cases = [
    ['ArrowUp', {}, { type: 'move', move: 'up', extend: false }],
    ['ArrowRight', { shiftKey: true },
      { type: 'move', move: 'right', extend: true }],
    ['Home', { ctrlKey: true }, { type: 'move', move: 'start', extend: false }],
    ['End', { ctrlKey: true, shiftKey: true },
      { type: 'move', move: 'end', extend: true }],
    ['PageDown', {}, { type: 'move', move: 'page-down', extend: false }],
    ['Enter', {}, { type: 'move', move: 'down', extend: false }],
    ['Enter', { shiftKey: true }, { type: 'move', move: 'up', extend: false }],
    ['Delete', {}, { type: 'clear' }], ['Backspace', {}, { type: 'clear' }],
    ['F2', {}, { type: 'comment' }], ['Escape', {}, { type: 'drop' }],
    ['?', { shiftKey: true }, { type: 'help' }],
    ['z', { ctrlKey: true }, { type: 'undo' }],
    ['Z', { ctrlKey: true, shiftKey: true }, { type: 'redo' }],
    ['y', { metaKey: true }, { type: 'redo' }],
    ['s', { ctrlKey: true }, { type: 'save' }],
    ['Tab', {}, null], ['PageUp', { altKey: true }, null],
    ['c', { ctrlKey: true }, null],
  ];

  for (const [name, more, action] of cases)
    assert.deepEqual(key(name, more), action, name);
});

test('moves stop at the edges, a page is ten rows', () => {
  let at = selectCell(3, 2);

  at = moveSelection(at, 'page-up', false, 30, 12);
  assert.deepEqual(at.focus, { row: 0, col: 2 });
  at = moveSelection(at, 'page-down', false, 30, 12);
  assert.deepEqual(at.focus, { row: 10, col: 2 });
  at = moveSelection(at, 'end', false, 30, 12);
  at = moveSelection(at, 'down', false, 30, 12);
  assert.deepEqual(at.focus, { row: 29, col: 11 });
});

test('Shift keeps the anchor, in any direction', () => {
  let at = selectCell(2, 2);

  at = moveSelection(at, 'up', true, 30, 12);
  at = moveSelection(at, 'left', true, 30, 12);
  assert.deepEqual(rangeOf(at), { top: 1, left: 1, bottom: 2, right: 2 });
  assert.equal([...cellsOf(rangeOf(at))].length, 4);
  assert.deepEqual(rangeOf(extendTo(at, 4, 3)),
    { top: 2, left: 2, bottom: 4, right: 3 });
});

test('a selection is kept inside a grid that shrank', () => {
  assert.deepEqual(fitSelection(selectCell(20, 11), 30, 4).focus,
    { row: 20, col: 3 });
});

test('what a spreadsheet copies is read back', () => {
  const lines = [['1', '++', ''], ['a\tb', 'x "y"', 'l1\nl2']];

  assert.deepEqual(parseTsv(formatTsv(lines)), lines);
  assert.deepEqual(parseTsv('1\t2\r\n3\t4\r\n'), [['1', '2'], ['3', '4']]);
  assert.deepEqual(parseTsv('1\n\n2'), [['1'], [''], ['2']]);
  assert.deepEqual(parseTsv(''), []);
  assert.deepEqual(parseTsv('\t'), [['', '']]);
});

const read = text => readMark(text, marks);
const one = (row, col) => ({ top: row, left: col, bottom: row, right: col });

test('M-124: a paste counts what it refuses and guesses nothing', () => {
  const plan = planPaste('1\t7\t++\noui\t2\t3', one(28, 10), 30, 12, read,
    row => row !== 29);

  assert.deepEqual(plan.changes, [{ row: 28, col: 10, value: 'fail' }]);
  assert.equal(plan.bad, 2);
  assert.equal(plan.outside, 2);
  assert.equal(plan.locked, 1);
});

test('one value pasted fills the range', () => {
  const plan = planPaste('++\r\n', { top: 0, left: 0, bottom: 2, right: 1 },
    30, 12, read, () => true);

  assert.equal(plan.changes.length, 6);
  assert.ok(plan.changes.every(c => c.value === 'autonomous'));
});

test('an empty field of a paste empties the cell', () => {
  const plan = planPaste('1\t\t2', one(0, 0), 30, 12, read, () => true);

  assert.deepEqual(plan.changes.map(c => c.value), ['fail', null, 'partial']);
});

test('one step of undo per fill, redone in one', () => {
  const history = createHistory();
  const step = [{ key: 'a', from: null, to: 'fail' },
    { key: 'b', from: 'partial', to: 'fail' }];

  assert.deepEqual(history.undo(), []);
  history.push(step);
  history.push([]);
  assert.deepEqual(history.undo(), [{ key: 'a', from: 'fail', to: null },
    { key: 'b', from: 'fail', to: 'partial' }]);
  assert.equal(history.canUndo, false);
  assert.deepEqual(history.redo(), step);
  history.undo();
  history.push([{ key: 'c', from: null, to: 'absent' }]);
  assert.equal(history.canRedo, false);
});

test('cells of two people merge; the same cell is a conflict', () => {
  const base = new Map([['a', null], ['b', null], ['c', 'fail'], ['d', null]]);
  const mine = new Map([['a', 'fail'], ['b', 'fail'], ['c', 'partial'],
    ['d', 'absent'], ['x', 'fail']]);
  const theirs = new Map([['a', null], ['b', 'fail'], ['c', null],
    ['d', null]]);
  const merged = mergeCells(base, mine, theirs);

  assert.deepEqual([...merged.resend], [['a', 'fail'], ['d', 'absent']]);
  assert.deepEqual(merged.settled, ['b']);
  assert.deepEqual(merged.conflicts,
    [{ key: 'c', mine: 'partial', theirs: null }]);
  assert.deepEqual(merged.gone, [{ key: 'x', mine: 'fail' }]);
});
