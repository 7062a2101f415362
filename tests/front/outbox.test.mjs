/* Nothing typed is lost on a 412, a 423, a 503 or a dead network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CELLS_MAX, Outbox, SAVE_AFTER_MS }
  from '../../frontend/js/logic/outbox.js';
import { retryDelay } from '../../frontend/js/logic/retry.js';

const grid = () => new Map([['a', null], ['b', 'fail'], ['c', null]]);
const refusal = (status, more = {}) =>
  ({ status, code: 'x', retry_after: null, ...more });

function typed(changes = [{ key: 'a', to: 'absent' }]) {
  const box = new Outbox(grid(), 4);

  box.edit(changes, 0);
  return box;
}

test('changes wait 600 ms after the last key, then leave together', () => {
  const box = typed();

  assert.equal(box.phase, 'changed');
  assert.deepEqual(box.next(0), { act: 'wait', ms: SAVE_AFTER_MS });
  box.edit([{ key: 'c', to: 'fail' }], 500);
  assert.deepEqual(box.next(700), { act: 'wait', ms: 400 });
  assert.deepEqual(box.next(1100), { act: 'send' });

  const { cells, revision } = box.send();

  assert.deepEqual([...cells], [['a', 'absent'], ['c', 'fail']]);
  assert.equal(revision, 4);
  box.succeeded(5, 1200);
  assert.equal(box.phase, 'saved');
  assert.equal(box.value('a'), 'absent');
  assert.equal(box.revision, 5);
});

test('Ctrl+S and a hidden tab send at once', () => {
  const box = typed();

  box.hurry(10);
  assert.deepEqual(box.next(10), { act: 'send' });
});

test('a value put back is no change', () => {
  const box = typed([{ key: 'b', to: 'partial' }]);

  box.edit([{ key: 'b', to: 'fail' }], 100);
  assert.equal(box.phase, 'saved');
  assert.equal(box.count, 0);
});

test('what is typed while sending leaves with the next request', () => {
  const box = typed();

  box.send();
  box.edit([{ key: 'a', to: null }, { key: 'c', to: 'fail' }], 700);
  assert.equal(box.phase, 'sending');
  box.succeeded(5, 800);
  assert.equal(box.phase, 'changed');
  assert.deepEqual([...box.send().cells], [['a', null], ['c', 'fail']]);
});

for (const [status, code] of [[0], [408], [409, 'in-progress'], [429], [500],
  [502], [503], [504]])
  test(`nothing is lost on ${status || 'a dead network'}`, () => {
    const box = typed();

    box.send();
    box.failed(refusal(status, { code }), 1000, 0.5);
    assert.equal(box.phase, 'waiting');
    assert.equal(box.value('a'), 'absent');
    assert.deepEqual(box.next(1000), { act: 'wait', ms: 1000 });
    assert.deepEqual(box.next(2000), { act: 'send' });
    assert.deepEqual([...box.send().cells], [['a', 'absent']]);
    box.succeeded(5, 2100);
    assert.equal(box.phase, 'saved');
  });

test('what is typed while waiting leaves with the retry', () => {
  const box = typed();

  box.send();
  box.failed(refusal(0), 0, 0.5);
  box.edit([{ key: 'c', to: 'fail' }], 200);
  assert.deepEqual(box.next(1000), { act: 'send' });
  assert.equal(box.send().cells.size, 2);
});

test('retries go 1, 2, 4 … 60 s with jitter and honour Retry-After', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7].map(n => retryDelay(n, 0.5)),
    [1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000]);
  assert.equal(retryDelay(2, 0), 3000);
  assert.equal(retryDelay(2, 1), 5000);
  assert.ok(retryDelay(9, 0.999) <= 60000);
  assert.equal(retryDelay(0, 0.5, 30), 30000);
});

test('412: cells of another person are merged in silence and ours resent',
  () => {
    const box = typed();

    box.send();
    box.failed(refusal(412), 1000, 0.5);
    assert.equal(box.phase, 'merging');
    assert.deepEqual(box.next(1000), { act: 'fetch' });

    const theirs = grid().set('c', 'partial');

    box.fetched(theirs, 9, 1100);
    assert.equal(box.phase, 'changed');
    assert.equal(box.value('c'), 'partial');
    assert.deepEqual(box.next(1100), { act: 'send' });

    const { cells, revision } = box.send();

    assert.deepEqual([...cells], [['a', 'absent']]);
    assert.equal(revision, 9);
  });

test('412 on the same cell asks, and mine can be kept', () => {
  const box = typed([{ key: 'a', to: 'absent' }, { key: 'b', to: null }]);

  box.send();
  box.failed(refusal(412), 0, 0.5);
  box.fetched(grid().set('a', 'partial').set('b', 'assisted'), 9, 10);
  assert.equal(box.phase, 'conflict');
  assert.deepEqual(box.next(10).conflicts, [
    { key: 'a', mine: 'absent', theirs: 'partial' },
    { key: 'b', mine: null, theirs: 'assisted' }]);
  box.resolve(new Set(['b']), 20);
  assert.equal(box.value('a'), 'partial');
  assert.deepEqual([...box.send().cells], [['b', null]]);
});

test('412: keeping theirs everywhere leaves nothing to send', () => {
  const box = typed();

  box.send();
  box.failed(refusal(412), 0, 0.5);
  box.fetched(grid().set('a', 'partial'), 9, 10);
  box.resolve(new Set(), 20);
  assert.equal(box.phase, 'saved');
  assert.equal(box.value('a'), 'partial');
});

test('a cell emptied during a conflict stays mine and is empty', () => {
  const box = typed();

  box.send();
  box.failed(refusal(412), 0, 0.5);
  box.fetched(grid().set('a', 'partial'), 9, 10);
  box.edit([{ key: 'a', to: null }], 20);
  assert.equal(box.next(20).conflicts[0].mine, null);
  box.edit([{ key: 'a', to: 'partial' }], 30);
  assert.equal(box.phase, 'saved');
});

test('the network dies between a 412 and the new reading', () => {
  const box = typed();

  box.send();
  box.failed(refusal(412), 0, 0.5);
  box.fetchFailed(refusal(0), 100, 0.5);
  assert.equal(box.value('a'), 'absent');
  assert.deepEqual(box.next(1100), { act: 'fetch' });
  box.fetched(grid(), 9, 1200);
  assert.deepEqual([...box.send().cells], [['a', 'absent']]);
});

test('423 keeps the local copy and stops', () => {
  const box = typed();

  box.send();
  box.failed(refusal(423, { code: 'locked' }), 0, 0.5);
  assert.equal(box.phase, 'locked');
  assert.deepEqual(box.next(999999), { act: 'none' });
  assert.equal(box.value('a'), 'absent');
  box.edit([{ key: 'c', to: 'fail' }], 10);
  assert.equal(box.count, 2);
  assert.equal(box.phase, 'locked');
});

for (const status of [400, 401, 403, 404, 413, 422, 428])
  test(`${status} stops, keeps what was typed and tells why`, () => {
    const box = typed();

    box.send();
    box.failed(refusal(status), 0, 0.5);
    assert.equal(box.phase, 'refused');
    assert.deepEqual(box.next(999999), { act: 'none' });
    assert.equal(box.problem.status, status);
    assert.equal(box.value('a'), 'absent');
    box.hurry(50);
    assert.deepEqual(box.next(50), { act: 'send' });
  });

test('a page closed while off line finds its cells again, and merges', () => {
  const box = new Outbox(grid().set('b', 'partial'), 7);

  box.restore([{ key: 'a', value: 'absent', base: null },
    { key: 'b', value: 'assisted', base: 'fail' },
    { key: 'c', value: null, base: null }], 0);
  assert.equal(box.value('a'), 'absent');
  assert.equal(box.phase, 'conflict');
  assert.deepEqual(box.conflicts,
    [{ key: 'b', mine: 'assisted', theirs: 'partial' }]);
});

test('cells taken off the grid meanwhile are kept aside, not forgotten', () => {
  const box = typed();

  box.send();
  box.failed(refusal(412), 0, 0.5);
  box.fetched(new Map([['b', 'fail']]), 9, 10);
  assert.deepEqual(box.gone, [{ key: 'a', mine: 'absent' }]);
  assert.equal(box.count, 1);
  box.drop();
  assert.equal(box.count, 0);
});

test('a grid above 5,000 cells leaves in several requests', () => {
  const many = Array.from({ length: CELLS_MAX + 3 }, (_, i) =>
    ({ key: `k${i}`, to: 'fail' }));
  const box = new Outbox(new Map(many.map(c => [c.key, null])), 1);

  box.edit(many, 0);
  assert.equal(box.send().cells.size, CELLS_MAX);
  box.succeeded(2, 10);
  assert.equal(box.send().cells.size, 3);
});
