import test from 'node:test';
import assert from 'node:assert/strict';

import * as imports from '../../frontend/js/logic/imports.js';

test('the files of SIECLE and STSWEB are told by their names', () => {
  const cases = [
    ['sts_emp_0999001W_2025.xml', 'staff'],
    ['ElevesSansAdresses.xml', 'learners'],
    ['ExportXML_ElevesSansAdresses.zip', 'learners'],
    ['ResponsablesAvecAdresses.xml', 'guardians'],
    ['Nomenclature.xml', 'labels'], ['Structures.xml', 'labels'],
    ['photo.jpg', null],
  ];

  for (const [name, part] of cases)
    assert.equal(imports.partOf(name), part, name);
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
