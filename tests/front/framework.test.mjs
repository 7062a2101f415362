import { test } from 'node:test';
import assert from 'node:assert/strict';

import * as reading from '../../frontend/js/logic/framework.js';
import { positionTable } from '../../frontend/js/logic/levels.js';

function competency(id, title, kind = 'competency') {
  return { id, code: id.toUpperCase(), title, kind, parent_id: null,
    aliases: [], details: [] };
}

const framework = {
  units: [{ code: 'U2',
    competencies: [{ competency_id: 'c1', weight_bp: 3000 }] }],
  competencies: [competency('g1', 'Groupe', 'group'),
    competency('c1', "Analyser l'opération"), competency('c2', 'Contrôler')],
  criteria: [
    { competency_id: 'c1', title: 'Les données sont relevées',
      indicators: [] },
    { competency_id: 'c1', title: 'Le cœur du câble est repéré',
      indicators: [] },
  ],
  scales: {
    position: { levels: [{ code: 'NE', symbol: 'NE', value: null },
      { code: '1', symbol: '--', value: 1 },
      { code: '3', symbol: 'A', value: 3 }] },
  },
};

test('the tree is unit, competency, criteria, with the weights', () => {
  const [unit, others] = reading.tree(framework);

  assert.equal(unit.unit.code, 'U2');
  assert.equal(unit.competencies[0].weight, 3000);
  assert.equal(unit.competencies[0].criteria.length, 2);
  assert.equal(others.unit, null);
  assert.deepEqual(others.competencies.map(
    ({ competency: one }) => one.id), ['c2']);
});

test('words are found without accents, and narrow to the criterion', () => {
  const branches = reading.tree(framework);
  const found = text => reading.search(branches, text).flatMap(
    branch => branch.competencies.map(
      node => [node.competency.id, node.criteria.length]));

  assert.deepEqual(found('COEUR cable'), [['c1', 1]]);
  assert.deepEqual(found('operation'), [['c1', 2]]);
  assert.deepEqual(found('C2'), [['c2', 0]]);
  assert.deepEqual(found('rien de tel'), []);
  assert.deepEqual(found('  ').length, 2);
});

test('M-234 a position is shown with the sign of its framework', () => {
  const table = positionTable(framework);

  assert.equal(table.get(1).sign, '\u2212\u2212');
  assert.equal(table.get(3).sign, 'A');
  assert.equal(table.get(null).css, 'lvne');
});
