/* A person in a form: what changed, and two who change at once. */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { bodyOf, changesOf, draftOf, mergeDraft, withRole }
  from '../../frontend/js/logic/person.js';

const person = { first_name: 'Marc', last_name: 'MOREL', usual_name: null,
  sex: 'M', birth_date: null, email: 'm@essais.example', phone: null,
  roles: ['teacher'], track: null, classes: [], services: [{ class_id: '1',
    class_code: '2MELEC', subject: '', head_teacher: false,
    source: 'import' }] };

test('M-042 only what changed is sent, and a field emptied is cleared', () => {
  const draft = draftOf(person);

  assert.deepEqual(changesOf(person, draft), {});
  assert.deepEqual(changesOf(person, { ...draft, email: ' ', phone: ' 1 ' }),
    { email: null, phone: '1' });
});

test('M-044 a service is sent with those of the files, but not without a '
  + 'class', () => {
  const draft = draftOf(person);
  const more = subject => ({ class_id: '2', subject, fixed: false });

  assert.deepEqual(changesOf(person, { ...draft, services: [
    ...draft.services, more(' Vente '), { ...more('x'), class_id: '' }] }),
  { services: [{ class_id: '1', subject: '' },
    { class_id: '2', subject: 'Vente' }] });
});

test('M-045 a learner is nothing else, has a track and teaches nothing', () => {
  const roles = withRole(['teacher', 'head'], 'learner', true);
  const body = bodyOf({ ...draftOf(person), roles, track: 'school',
    class_ids: ['3'] });

  assert.deepEqual(roles, ['learner']);
  assert.deepEqual(withRole(roles, 'tutor', true), ['tutor']);
  assert.deepEqual(withRole(['tutor', 'master'], 'tutor', false), ['master']);
  assert.deepEqual([body.track, body.class_ids, body.services],
    ['school', ['3'], []]);
});

test('L4 what was typed stays on what somebody else saved', () => {
  const draft = { ...draftOf(person), phone: '1', usual_name: 'M' };
  const now = { ...person, phone: '2', email: 'new@essais.example' };
  const merged = mergeDraft(person, now, draft);

  assert.deepEqual(merged.both, ['phone']);
  assert.deepEqual(changesOf(now, merged.draft),
    { phone: '1', usual_name: 'M' });
  assert.deepEqual(mergeDraft(person, { ...now, phone: '1' }, draft).both, []);
});
