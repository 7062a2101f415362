// Marks of evaluations through the API and a real base: cell by cell, many at
// once, by many people, and no more once an assessment holds them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { as, cell, confirmed, create, criteria, ids, line, openEvaluations,
	read, save, school, server }
	from './lib/evaluations.mjs';

before(openEvaluations);
after(() => server?.stop());

test('M-106 M-117 M-118 M-124 cells of six values and comments are saved',
  async () => {
    const e = await create();
    const marks = [cell('zoe', 0, 'autonomous'), cell('zoe', 1, 'partial'),
      cell('zoe', 2, 'not_assessable'), cell('adam', 0, 'absent'),
      cell('adam', 1, 'fail'), cell('lina', 0, 'assisted')];
    const saved = await save(e, marks, { comments: [
      { learner_id: school.person.zoe, comment: 'Très soigné' }] });

    assert.equal(saved.status, 200, saved.text);
    assert.deepEqual(saved.body,
      { revision: 2, filled: 6, expected: 9, changed: 7 });
    assert.equal(saved.headers.etag, '"2"');
    const { body } = await read(e.id);
    assert.deepEqual(line(body, 'zoe').marks,
      ['autonomous', 'partial', 'not_assessable']);
    assert.deepEqual(line(body, 'adam').marks, ['absent', 'fail', null]);
    assert.equal(line(body, 'zoe').comment, 'Très soigné');
    assert.deepEqual([body.filled, body.revision], [6, 2]);

    const emptied = await save(body, [cell('zoe', 0, null)], { comments: [
      { learner_id: school.person.zoe, comment: null }] });
    assert.deepEqual(emptied.body,
      { revision: 3, filled: 5, expected: 9, changed: 2 });
  });

test('M-124 a competency assessed as a whole has its own cell', async () => {
  const e = await create({ competency_ids: ['melec.comp.c1'] });
  const zoe = school.person.zoe;
  const saved = await save(e, [cell('zoe', 0, 'fail'),
    { learner_id: zoe, competency_id: 'melec.comp.c1', mark: 'partial' }]);

  assert.equal(saved.status, 200, saved.text);
  assert.deepEqual(line((await read(e.id)).body, 'zoe').marks,
    ['fail', null, null, 'partial']);
});

test('saving what is there already changes nothing, not even the revision',
  async () => {
    const e = await create();

    await save(e, [cell('zoe', 0, 'fail')]);
    const again = await save(e, [cell('zoe', 0, 'fail')], { revision: 2 });
    assert.deepEqual(again.body,
      { revision: 2, filled: 1, expected: 9, changed: 0 });
    assert.equal((await read(e.id)).body.revision, 2);
  });

test('dry_run validates and writes nothing', async () => {
  const e = await create();
  const r = await save(e, [cell('zoe', 0, 'fail')],
    { query: '?dry_run=true' });

  assert.deepEqual(r.body,
    { revision: 1, filled: 1, expected: 9, changed: 1 });
  const { body } = await read(e.id);
  assert.deepEqual([body.revision, body.filled], [1, 0]);
  const bad = await save(e, [cell('zoe', 0, 'nope')],
    { query: '?dry_run=true' });
  assert.equal(bad.status, 422);
  const odd = await save(e, [], { query: '?dry_run=maybe' });
  assert.equal(odd.status, 400);
});

test('one bad cell and nothing is written; each bad cell has its pointer',
  async () => {
    const e = await create();
    const r = await save(e, [
      cell('zoe', 0, 'fail'),
      cell('zoe', 0, 'partial'),
      cell('hugo', 0, 'fail'),
      { ...cell('adam', 0, 'fail'), criterion_id: 'melec.comp.c9.k1' },
      cell('adam', 1, 'splendid'),
      cell('rose', 0, 'fail'),
      cell('nobody', 0, 'fail')]);

    assert.equal(r.status, 422);
    assert.deepEqual(r.body.errors.map((x) => x.pointer), [
      '/marks/1', '/marks/2/learner_id', '/marks/3/criterion_id',
      '/marks/4/mark', '/marks/5/learner_id', '/marks/6/learner_id']);
    const { body } = await read(e.id);
    assert.deepEqual([body.filled, body.revision], [0, 1]);
  });

test('at most fifty bad cells are told', async () => {
  const e = await create();
  const marks = Array.from({ length: 60 }, () => cell('hugo', 0, 'fail'));
  const r = await save(e, marks);

  assert.equal(r.status, 422);
  assert.equal(r.body.errors.length, 50);
});

test('A3 a cell or a body of another shape is refused', async () => {
  const e = await create();
  const morel = await as('morel');
  const patch = (body) => morel.patch(`/evaluations/${e.id}/marks`, body,
    { ifMatch: '"1"' });
  const c = cell('zoe', 0, 'fail');
  const cases = [
    [{}, 422, ''],
    [{ marks: [{ ...c, x: 1 }] }, 400, '/marks/0/x'],
    [{ marks: [c], locked: false }, 400, '/locked'],
    [{ marks: {} }, 422, '/marks'],
    [{ marks: [7] }, 422, '/marks/0'],
    [{ marks: [{ ...c, mark: 3 }] }, 422, '/marks/0/mark'],
    [{ marks: [{ learner_id: c.learner_id, mark: 'fail' }] }, 422, '/marks/0'],
    [{ marks: [{ ...c, competency_id: 'melec.comp.c1' }] }, 422, '/marks/0'],
    [{ marks: Array(5001).fill(c) }, 422, '/marks'],
    [{ comments: [{ learner_id: school.person.zoe,
      comment: 'x'.repeat(2001) }] }, 422, '/comments/0/comment'],
    [{ comments: [{ learner_id: school.person.zoe }] }, 422,
      '/comments/0/comment'],
    [{ comments: [{ learner_id: school.person.hugo, comment: 'x' }] }, 422,
      '/comments/0/learner_id'],
  ];

  for (const [body, status, pointer] of cases) {
    const r = await patch(body);
    assert.equal(r.status, status, `${JSON.stringify(body).slice(0, 80)} `
      + r.text);
    assert.equal(r.body.errors[0].pointer, pointer);
  }
});

test('H4 what is not our JSON is refused by name', async () => {
  const e = await create();
  const morel = await as('morel');
  const cases = [
    ['{"marks":[],"marks":[]}', 'duplicate-key'],
    ['{"marks":[]} x', 'invalid-json'],
    ['\ufeff{"marks":[]}', 'invalid-json'],
    ['{"marks":[/* */]}', 'invalid-json'],
    ['{"marks":[1e999]}', 'invalid-json'],
    ['{"marks":[9007199254740993]}', 'invalid-json'],
    ['{"comments":[{"learner_id":"1","comment":"\\u0000"}]}', 'invalid-utf8'],
    ['{"comments":[{"learner_id":"1","comment":"\\ud800"}]}', null],
    [`{"marks":${'['.repeat(17)}${']'.repeat(17)}}`, 'invalid-json'],
    [Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]),
      'invalid-utf8'],
  ];

  for (const [body, code] of cases) {
    const r = await morel.patch(`/evaluations/${e.id}/marks`, body,
      { ifMatch: '"1"', type: 'application/json' });
    assert.equal(r.status, 400, `${body} ${r.text}`);
    if (code)
      assert.equal(r.body.code, code, String(body));
  }
});

test('H3 a body at the limit is read, one byte more is not', async () => {
  const e = await create();
  const morel = await as('morel');
  const limit = 1024 * 1024;
  const text = '{"marks":[]}';
  const send = (n) => morel.patch(`/evaluations/${e.id}/marks`,
    text + ' '.repeat(n - text.length),
    { ifMatch: '"1"', type: 'application/json' });

  assert.equal((await send(limit - 1)).status, 200);
  assert.equal((await send(limit)).status, 200);
  assert.equal((await send(limit + 1)).status, 413);
  const none = await morel.patch(`/evaluations/${e.id}/marks`, '',
    { ifMatch: '"1"', type: 'application/json' });
  assert.equal(none.status, 400);
});

test('L4 without If-Match 428, with an old one 412 and both values',
  async () => {
    const e = await create();
    const morel = await as('morel');

    await save(e, [cell('zoe', 0, 'fail'), cell('zoe', 1, 'partial')]);
    const r = await save(e, [cell('zoe', 0, 'autonomous'),
      cell('zoe', 1, 'partial'), cell('adam', 0, 'fail')],
    { comments: [{ learner_id: school.person.zoe, comment: 'vu' }] });
    assert.equal(r.status, 412);
    assert.equal(r.body.current_revision, 2);
    assert.deepEqual(r.body.conflicts, [
      { pointer: '/marks/0/mark', sent: 'autonomous', stored: 'fail' },
      { pointer: '/marks/2/mark', sent: 'fail', stored: null },
      { pointer: '/comments/0/comment', sent: 'vu', stored: '' }]);

    for (const path of ['', '/marks']) {
      const body = path ? { marks: [] } : { title: 'y' };
      assert.equal((await morel.patch(`/evaluations/${e.id}${path}`,
        body)).status, 428);
    }
    assert.equal((await morel.del(`/evaluations/${e.id}`)).status, 428);
    const stale = await morel.patch(`/evaluations/${e.id}`, { title: 'y' },
      { ifMatch: '"1"' });
    assert.equal(stale.status, 412);
    assert.deepEqual(stale.body.conflicts, [
      { pointer: '/title', sent: 'y', stored: 'Armoire de brassage' }]);
    assert.equal((await morel.del(`/evaluations/${e.id}`,
      { ifMatch: '"1"' })).status, 412);
  });

test('reliability 3.8 of sixteen writers with one revision one succeeds',
  async () => {
    const e = await create();
    const answers = await Promise.all(Array.from({ length: 16 }, (_, i) =>
      save(e, [cell('zoe', 0, ['fail', 'partial', 'assisted',
        'autonomous'][i % 4])])));
    const statuses = answers.map((r) => r.status).sort();

    assert.equal(statuses.filter((s) => s === 200).length, 1);
    assert.equal(statuses.filter((s) => s === 412 || s === 409).length, 15);
    const { body } = await read(e.id);
    assert.deepEqual([body.revision, body.filled], [2, 1]);
  });

test('M-109 P3 a frozen evaluation answers 423 and says what holds it',
  async () => {
    const e = await create();
    const morel = await as('morel');

    await save(e, [cell('zoe', 0, 'fail')]);
    const interim = await confirmed(e, 'zoe');
    const { body } = await read(e.id);
    assert.equal(body.frozen, true);
    assert.equal(body.locked_by.interim_id, interim);
    assert.equal(body.locked_by.learner_id, school.person.zoe);
    assert.equal(line(body, 'adam').frozen, true);

    const answers = [
      await save(body, [cell('adam', 0, 'fail')]),
      await save(e, [cell('adam', 0, 'fail')]),
      await morel.patch(`/evaluations/${e.id}`, { title: 'y' },
        { ifMatch: `"${body.revision}"` }),
      await morel.del(`/evaluations/${e.id}`,
        { ifMatch: `"${body.revision}"` })];
    for (const r of answers) {
      assert.equal(r.status, 423, r.text);
      assert.equal(r.body.lock.interim_id, interim);
      assert.equal(r.body.lock.author.last_name, 'MOREL');
      assert.deepEqual(r.body.lock.unlockers, ['ddfpt']);
    }
    assert.equal((await read(e.id)).body.filled, 1);
  });

test('M-110 once the counters are back the evaluation is edited again',
  async () => {
    const e = await create();

    await confirmed(e, 'zoe');
    await server.sql(`UPDATE evaluation SET frozen = 0 WHERE id = $1`, [e.id]);
    await server.sql(`UPDATE sheet SET frozen = 0 WHERE evaluation_id = $1`,
      [e.id]);
    const { body } = await read(e.id);
    assert.equal(body.frozen, false);
    assert.equal((await save(body, [cell('zoe', 0, 'fail')])).status, 200);
  });

test('freezing changes the ETag: who had read is not told "not modified"',
  async () => {
    const e = await create();
    const first = await read(e.id);

    await confirmed(e, 'zoe');
    const r = await (await as('morel')).get(`/evaluations/${e.id}`,
      { ifNoneMatch: first.headers.etag });
    assert.equal(r.status, 200);
    assert.equal(r.body.frozen, true);
    const same = await (await as('morel')).get(`/evaluations/${e.id}`,
      { ifNoneMatch: r.headers.etag });
    assert.equal(same.status, 304);
  });

test('reliability 3.7 frozen per learner, the others can be finished',
  async () => {
    const e = await create();

    await server.sql(`UPDATE school SET freeze_scope = 'learner'`);
    try {
      await confirmed(e, 'zoe');
      const { body } = await read(e.id);
      assert.equal(line(body, 'zoe').frozen, true);
      assert.equal(line(body, 'adam').frozen, false);
      const locked = await save(body, [cell('zoe', 0, 'fail'),
        cell('adam', 0, 'fail')]);
      assert.equal(locked.status, 423);
      assert.equal(locked.body.lock.learner_id, school.person.zoe);
      assert.equal((await save(body, [cell('adam', 0, 'fail')])).status, 200);
    } finally {
      await server.sql(`UPDATE school SET freeze_scope = 'evaluation'`);
    }
  });

test('S4 a foreign origin or a form changes nothing', async () => {
  const e = await create();
  const morel = await as('morel');
  const path = `/evaluations/${e.id}`;
  const tries = [
    { headers: { origin: 'https://evil.example' } },
    { headers: { origin: 'null' } },
    { headers: { origin: null } },
    { headers: { 'x-csrf-token': null } },
    { headers: { 'x-csrf-token': 'wrong' } },
  ];

  for (const options of tries) {
    const o = { ifMatch: '"1"', ...options };
    assert.equal((await morel.patch(path, { title: 'y' }, o)).status, 403);
    assert.equal((await morel.patch(`${path}/marks`, { marks: [] },
      o)).status, 403);
    assert.equal((await morel.del(path, o)).status, 403);
    assert.equal((await morel.post('/evaluations', { title: 'y' },
      options)).status, 403);
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x']) {
    assert.equal((await morel.patch(path, '{"title":"y"}',
      { ifMatch: '"1"', type })).status, 415, type);
    assert.equal((await morel.post('/evaluations', '{"title":"y"}',
      { type })).status, 415, type);
  }
  assert.equal((await read(e.id)).body.revision, 1);
});

test('SQL strings are text', async () => {
  const title = `'; DROP TABLE sheet; -- {"a":1} \\ "`;
  const e = await create({ title });
  const comment = `$1 '); DELETE FROM mark; \n\t{,"}`;

  await save(e, [], { comments: [{ learner_id: school.person.zoe, comment }] });
  const { body } = await read(e.id);
  assert.equal(body.title, title);
  assert.equal(line(body, 'zoe').comment, comment);
});

test('the journal of a learner tells who changed what', async () => {
  const e = await create({ title: 'Pour le journal' });

  await save(e, [cell('zoe', 0, 'fail')]);
  await (await as('morel')).patch(`/evaluations/${e.id}`, { visible: false },
    { ifMatch: '"2"' });
  const path = `/learners/${school.person.zoe}/journal`;
  const of = async (name, query = '') => (await (await as(name))
    .get(path + query)).body.items.filter((x) => x.subject_id === e.id);
  const acts = await of('durand');

  assert.deepEqual(acts.map((x) => x.act),
    ['evaluation_change', 'marks', 'evaluation_create']);
  assert.equal(acts[0].title, 'Pour le journal');
  assert.equal(acts[0].person.last_name, 'MOREL');
  assert.deepEqual([acts[1].before.marks, acts[1].after.marks], ['', '1']);
  assert.match(acts[1].request_id, /./);
  assert.equal((await of('morel')).length, 3);
  assert.equal((await of('roux')).length, 0);
  assert.equal((await of('leroy', '?act=marks')).length, 1);
  assert.equal((await (await as('simon')).get(path)).status, 404);
  assert.equal((await (await as('zoe')).get(path)).status, 403);
  const page = await (await as('durand')).get(`${path}?limit=1`);
  const next = await (await as('durand'))
    .get(`${path}?limit=1&after=${page.body.next}`);
  assert.ok(Number(next.body.items[0].id) < Number(page.body.items[0].id));
});

test('five hundred cells go in one request', async () => {
  const many = criteria.slice(0, 100);
  const e = await create({ criterion_ids: many,
    learner_ids: ids('zoe', 'adam', 'lina', 'hugo', 'ines') });
  const marks = ['zoe', 'adam', 'lina', 'hugo', 'ines'].flatMap((name) =>
    many.map((criterion_id) => ({ learner_id: school.person[name],
      criterion_id, mark: 'autonomous' })));
  const r = await save(e, marks);

  assert.equal(r.status, 200, r.text);
  assert.equal(r.body.changed, marks.length);
  assert.equal(r.body.filled, r.body.expected);
});
