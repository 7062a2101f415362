import { test } from 'node:test';
import assert from 'node:assert/strict';

import * as imports from '../../frontend/js/logic/imports.js';

test('M-025 eight files of 64 MiB in all are sent at once, not more', () => {
  const of = (n, size) => Array(n).fill({ size });

  assert.equal(imports.tooMuch(of(8, 1000)), null);
  assert.equal(imports.tooMuch(of(9, 1000)), 'files_many');
  assert.equal(imports.tooMuch(of(3, imports.FILE_BYTES_MAX)), null);
  assert.equal(imports.tooMuch(of(4, imports.FILE_BYTES_MAX)), 'files_large');
});

test('M-027 a refusal is said beside the file it is about', () => {
  const errors = [{ pointer: '/files/1', message: 'a' },
    { pointer: '/files/10', message: 'b' }, { pointer: '', message: 'c' }];

  assert.deepEqual(imports.saidOf(errors, 1), [errors[0]]);
  assert.deepEqual(imports.saidOf(errors, 0), []);
  assert.deepEqual(imports.saidOfNone(errors), [errors[2]]);
});

test('counts of a fate add up over all kinds', () => {
  const none = Object.fromEntries(
    ['same', ...imports.FATES].map(fate => [fate, 0]));
  const counts = Object.fromEntries(
    imports.KINDS.map(kind => [kind, { ...none }]));

  counts.staff.created = 2;
  counts.learners.created = 30;
  counts.learners.leaving = 1;
  assert.equal(imports.totals(counts).created, 32);
  assert.equal(imports.totals(counts).leaving, 1);
  assert.equal(imports.totals(counts).same, 0);
});

test('a warning stops the commit until it is ticked', () => {
  const preview = { to_confirm: ['mass_departure', 'older_export'] };

  assert.deepEqual(imports.unconfirmed(preview, new Set(['older_export'])),
    ['mass_departure']);
});

test('the commit names what was answered and nothing else', () => {
  assert.deepEqual(imports.commitBody(new Set(['older_export']),
    new Map([['24723301311', { framework_id: 'f', class_level: '2nde' }],
      ['24723301312', { framework_id: '', class_level: '' }]]),
    new Map([['1', 'same'], ['2', 'other'], ['3', null]])), {
    confirm: ['older_export'],
    mefs: [{ mef: '24723301311', framework_id: 'f', class_level: '2nde' }],
    same: ['1'],
    other: ['2'],
  });
});
