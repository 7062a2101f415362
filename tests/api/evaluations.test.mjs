// Evaluations and their marks, through the API and a real base.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { startServer } from './lib/server.mjs';

const C1 = ['melec.comp.c1.k1', 'melec.comp.c1.k2', 'melec.comp.c1.k3'];
const signedIn = new Map();
let server, school, criteria;

before(async () => {
  server = await startServer();
  school = await seedSchool({ query: async (text, values) =>
    ({ rows: await server.sql(text, values) }) });
  criteria = (await server.sql(
    `SELECT c.id FROM criterion c JOIN framework f ON f.key = c.framework_key
      WHERE f.id = 'bacpro-melec' ORDER BY c.number`)).map((r) => r.id);
});

after(() => server.stop());

async function as(name) {
  if (!signedIn.has(name)) {
    const c = client(server);
    const answer = await c.login({ login: school.login[name],
      password: PASSWORD });
    assert.equal(answer.status, 201);
    signedIn.set(name, c);
  }
  return signedIn.get(name);
}

const ids = (...names) => names.map((n) => school.person[n]);

async function create(change = {}, name = 'morel') {
  const answer = await (await as(name)).post('/evaluations', {
    title: 'Armoire de brassage', framework_id: 'bacpro-melec',
    complexity: 'Int', assessed_on: '2025-10-02', criterion_ids: C1,
    learner_ids: ids('zoe', 'adam', 'lina'), ...change });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

async function read(id, name = 'morel') {
  return (await as(name)).get(`/evaluations/${id}`);
}

const cell = (name, k, mark) => ({ learner_id: school.person[name] ?? name,
  criterion_id: C1[k], mark });

async function save(e, marks, { name = 'morel', revision = e.revision,
  query = '', comments } = {}) {
  return (await as(name)).patch(`/evaluations/${e.id}/marks${query}`,
    { marks, ...(comments && { comments }) },
    { ifMatch: `"${revision}"` });
}

const line = (evaluation, name) =>
  evaluation.learners.find((l) => l.id === school.person[name]);

// A confirmed assessment of a learner that took an evaluation into account,
// as the statements of reliability.md 3 leave it.
async function confirmed(e, name) {
  const s = school.id.essais;
  const [{ id }] = await server.sql(
    `INSERT INTO interim (school_id, learner_id, framework_key, state,
                          revision, confirmed_at)
     SELECT $1, $2, framework_key, 'confirmed', 1, now() FROM evaluation
      WHERE id = $3 RETURNING id::text`, [s, school.person[name], e.id]);
  const columns = new Set((await server.sql(
    `SELECT column_name FROM information_schema.columns
      WHERE table_name = 'interim_revision'`)).map((r) => r.column_name));
  const chain = columns.has('chain');
  await server.sql(
    `INSERT INTO interim_revision (school_id, interim_id, revision, author_id,
         positions, findings, advice, sha256, previous
         ${chain ? ', chain' : ''})
     VALUES ($1, $2, 1, $3, '1i', '', '', '', '' ${chain ? ', $2' : ''})`,
    [s, id, school.person.morel]);
  await server.sql(
    `INSERT INTO interim_cover (school_id, interim_id, revision,
                                evaluation_id, sheet_revision)
     VALUES ($1, $2, 1, $3, 1)`, [s, id, e.id]);
  await server.sql(
    `UPDATE evaluation SET frozen = frozen + 1 WHERE id = $1`, [e.id]);
  await server.sql(
    `UPDATE sheet SET frozen = frozen + 1
      WHERE evaluation_id = $1 AND learner_id = $2`,
    [e.id, school.person[name]]);
  return id;
}

test('M-102 M-103 M-107 M-108 an evaluation is made with an empty grid',
  async () => {
    const morel = await as('morel');
    const answer = await morel.post('/evaluations', {
      title: 'Tableau électrique', framework_id: 'bacpro-melec',
      complexity: 'D', assessed_on: '2025-11-05',
      criterion_ids: C1, competency_ids: ['melec.comp.c2'],
      learner_ids: ids('zoe', 'adam') });
    const e = answer.body;

    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.headers.location, `/api/v1/evaluations/${e.id}`);
    assert.equal(answer.headers.etag, '"1"');
    assert.deepEqual([e.title, e.complexity, e.assessed_on, e.visible,
      e.context, e.school_year, e.class_level, e.frozen, e.locked_by],
    ['Tableau électrique', 'D', '2025-11-05', true, 'school', '2025-2026',
      '2nde', false, null]);
    assert.deepEqual(e.items.map((i) => i.id), [...C1, 'melec.comp.c2']);
    assert.equal(e.items[3].kind, 'competency');
    assert.deepEqual([e.filled, e.expected], [0, 8]);
    assert.deepEqual(e.learners.map((l) => l.first_name), ['Adam', 'Zoé']);
    assert.deepEqual(line(e, 'zoe').marks, [null, null, null, null]);
  });

test('M-111 G-19 the day of the assessment is told, today when it is not',
  async () => {
    const e = await create({ assessed_on: undefined });
    const [{ today }] = await server.sql(
      `SELECT to_char(now() AT TIME ZONE 'Europe/Paris', 'YYYY-MM-DD')
           AS today`);

    assert.equal(e.assessed_on, today);
  });

test('M-111 G-19 saving marks moves the last modification, not the day',
  async () => {
    const e = await create({ assessed_on: '2025-09-10' });

    await server.sql(`UPDATE evaluation SET modified_at = '2025-09-10'
                       WHERE id = $1`, [e.id]);
    await save(e, [cell('zoe', 0, 'partial')]);
    const { body } = await read(e.id);
    assert.equal(body.assessed_on, '2025-09-10');
    assert.notEqual(body.modified_at.slice(0, 10), '2025-09-10');
  });

test('P2 the same key makes one evaluation', async () => {
  const morel = await as('morel');
  const body = { title: 'Une fois', framework_id: 'bacpro-melec',
    criterion_ids: C1, learner_ids: [] };
  const first = await morel.post('/evaluations', body, { key: 'once-0001' });
  const again = await morel.post('/evaluations', body, { key: 'once-0001' });

  assert.equal(again.status, 201);
  assert.equal(again.body.id, first.body.id);
  assert.equal(again.headers['idempotent-replayed'], 'true');
});

test('A3 what an evaluation may not hold is refused where it is', async () => {
  const morel = await as('morel');
  const good = { title: 'x', framework_id: 'bacpro-melec',
    criterion_ids: C1, learner_ids: ids('zoe') };
  const cases = [
    [{ frozen: 0 }, 400, '/frozen'],
    [{ author_id: '1' }, 400, '/author_id'],
    [{ title: '' }, 422, '/title'],
    [{ title: 'x'.repeat(301) }, 422, '/title'],
    [{ title: undefined }, 422, '/title'],
    [{ title: '  \u00a0 ' }, 422, '/title'],
    ...['a\nb', 'a\tb', 'a\u0001b', 'a\u007fb', 'a\u0085b', 'a\u2028b',
      'a\u202eb', 'a\u2066b', 'a\u200fb']
      .map((title) => [{ title }, 422, '/title']),
    [{ framework_id: 'nothing' }, 422, '/framework_id'],
    [{ criterion_ids: [] }, 422, '/criterion_ids'],
    [{ criterion_ids: ['melec.comp.c1.k1', 'no.such'] }, 422,
      '/criterion_ids/1'],
    [{ criterion_ids: [C1[0], C1[0]] }, 422, '/criterion_ids/1'],
    [{ competency_ids: [C1[0]] }, 422, '/competency_ids/0'],
    [{ complexity: 'Z' }, 422, '/complexity'],
    [{ class_level: '3e' }, 422, '/class_level'],
    [{ assessed_on: '2025-02-30' }, 422, '/assessed_on'],
    [{ assessed_on: '9999-12-31' }, 422, '/assessed_on'],
    [{ assessed_on: '2024-08-31' }, 422, '/assessed_on'],
    [{ assessed_on: '2027-09-01' }, 422, '/assessed_on'],
    [{ visible: 'yes' }, 422, '/visible'],
    [{ learner_ids: ids('zoe', 'zoe') }, 422, '/learner_ids'],
    [{ learner_ids: ids('zoe', 'paul') }, 422, '/learner_ids/1'],
    [{ learner_ids: ids('rose') }, 422, '/learner_ids/0'],
    [{ learner_ids: ['999999'] }, 422, '/learner_ids/0'],
    [{ learner_ids: ids('petit') }, 422, '/learner_ids/0'],
  ];

  for (const [change, status, pointer] of cases) {
    const r = await morel.post('/evaluations', { ...good, ...change });
    assert.equal(r.status, status, `${JSON.stringify(change)} ${r.text}`);
    assert.equal(r.body.errors[0].pointer, pointer);
  }
});

test('M-104 a title is kept without the space around it, a day near the '
  + 'school year', async () => {
  const e = await create({ title: ' \u00a0Pose e\u0301lectrique\u3000',
    assessed_on: '2024-09-01' });
  const morel = await as('morel');
  const patch = (change) => morel.patch(`/evaluations/${e.id}`, change,
    { ifMatch: `"${e.revision}"` });
  const far = await patch({ assessed_on: '2027-09-01' });

  assert.equal(e.title, 'Pose électrique');
  assert.equal(far.status, 422);
  assert.deepEqual(far.body.errors.map((x) => [x.pointer, x.message]),
    [['/assessed_on', 'La date doit être du 01/09/2024 au 31/08/2027']]);
  assert.equal((await patch({ title: '   ' })).status, 422);
  assert.equal((await patch({ title: 'a\u202eb' })).status, 422);
  const near = await patch({ assessed_on: '2027-08-31', title: ' b ' });

  assert.equal(near.status, 200, near.text);
  assert.deepEqual([near.body.title, near.body.assessed_on],
    ['b', '2027-08-31']);
});

test('M-107 the mark of a company review is no complexity', async () => {
  const petit = await as('petit');
  const [{ id }] = await server.sql(
    `SELECT c.id FROM criterion c JOIN framework f ON f.key = c.framework_key
      WHERE f.id = 'bacpro-mcv-a' ORDER BY c.number LIMIT 1`);
  const r = await petit.post('/evaluations', { title: 'x',
    framework_id: 'bacpro-mcv-a', complexity: 'E', criterion_ids: [id] });

  assert.equal(r.status, 422);
  assert.equal(r.body.errors[0].pointer, '/complexity');
});

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

test('M-121 an item left out keeps its marks and finds them again',
  async () => {
    const e = await create();
    const morel = await as('morel');
    const change = async (body, revision) => morel.patch(
      `/evaluations/${e.id}`, body, { ifMatch: `"${revision}"` });

    await save(e, [cell('zoe', 0, 'fail'), cell('zoe', 1, 'partial'),
      cell('adam', 1, 'absent')]);
    const out = await change({ criterion_ids: [C1[2], C1[0], criteria[9]] },
      2);
    assert.equal(out.status, 200, out.text);
    assert.deepEqual(out.body.items.map((i) => [i.id, i.removed]), [
      [C1[0], false], [C1[1], true], [C1[2], false], [criteria[9], false]]);
    assert.deepEqual([out.body.marks_hidden, out.body.marks_found], [2, 0]);
    assert.deepEqual(line(out.body, 'zoe').marks, ['fail', null, null, null]);
    assert.deepEqual([out.body.filled, out.body.expected], [1, 9]);
    const hidden = await save(out.body, [cell('zoe', 1, 'fail')]);
    assert.equal(hidden.status, 422);
    assert.equal(hidden.body.errors[0].pointer, '/marks/0/criterion_id');

    const back = await change({ criterion_ids: C1 }, 3);
    assert.deepEqual([back.body.marks_hidden, back.body.marks_found], [0, 2]);
    assert.deepEqual(line(back.body, 'zoe').marks,
      ['fail', 'partial', null, null]);
    assert.equal(line(back.body, 'zoe').revision, 3);
  });

test('M-120 a learner left out keeps the marks and finds them again',
  async () => {
    const e = await create();
    const morel = await as('morel');
    const change = async (names, revision) => morel.patch(
      `/evaluations/${e.id}`, { learner_ids: ids(...names) },
      { ifMatch: `"${revision}"` });

    await save(e, [cell('zoe', 0, 'fail'), cell('zoe', 1, 'partial')]);
    const out = await change(['adam', 'hugo'], 2);
    assert.deepEqual(out.body.learners.map((l) => l.first_name),
      ['Adam', 'Hugo']);
    assert.deepEqual([out.body.marks_hidden, out.body.filled], [2, 0]);
    const gone = await save(out.body, [cell('zoe', 0, 'fail')]);
    assert.equal(gone.status, 422);
    const back = await change(['adam', 'hugo', 'zoe'], 3);
    assert.equal(back.body.marks_found, 2);
    assert.deepEqual(line(back.body, 'zoe').marks, ['fail', 'partial', null]);
    const stranger = await change(['adam', 'paul'], 4);
    assert.equal(stranger.status, 422);
    assert.equal(stranger.body.errors[0].pointer, '/learner_ids/1');
  });

test('M-102 title, complexity, day, level and visibility can be changed',
  async () => {
    const e = await create();
    const morel = await as('morel');
    const r = await morel.patch(`/evaluations/${e.id}`, { title: 'Autre',
      complexity: null, assessed_on: '2025-12-01', class_level: '1re',
      visible: false }, { ifMatch: '"1"' });

    assert.equal(r.status, 200, r.text);
    assert.deepEqual([r.body.title, r.body.complexity, r.body.assessed_on,
      r.body.class_level, r.body.visible, r.body.revision],
    ['Autre', null, '2025-12-01', '1re', false, 2]);
    const none = await morel.patch(`/evaluations/${e.id}`, {},
      { ifMatch: '"2"' });
    assert.equal(none.status, 422);
    const forbidden = await morel.patch(`/evaluations/${e.id}`,
      { framework_id: 'bacpro-ga' }, { ifMatch: '"2"' });
    assert.equal(forbidden.status, 400);
  });

test('M-125 a deleted evaluation is nowhere any more, and is kept',
  async () => {
    const e = await create({ title: 'À jeter' });
    const morel = await as('morel');
    const r = await morel.del(`/evaluations/${e.id}`, { ifMatch: '"1"' });

    assert.equal(r.status, 204);
    assert.equal((await read(e.id)).status, 404);
    assert.equal((await save(e, [])).status, 404);
    assert.equal((await morel.get('/evaluations?q=jeter')).body.items.length,
      0);
    const [{ n }] = await server.sql(
      `SELECT count(*)::int AS n FROM evaluation WHERE id = $1`, [e.id]);
    assert.equal(n, 1);
  });

test('M-108 M-119 M-126 a learner reads the own line of what is visible',
  async () => {
    const e = await create({ title: 'Vue par tous' });
    const hidden = await create({ title: 'Cachée', visible: false });

    await save(e, [cell('zoe', 0, 'fail'), cell('adam', 0, 'partial')]);
    const { status, body } = await read(e.id, 'zoe');
    assert.equal(status, 200);
    assert.deepEqual(body.learners.map((l) => l.id), [school.person.zoe]);
    assert.deepEqual([body.filled, body.expected], [1, 3]);
    assert.equal((await read(hidden.id, 'zoe')).status, 404);
    assert.equal((await read(e.id, 'hugo')).status, 404);
    assert.equal((await read(e.id, 'claire')).status, 404);
    const zoe = await as('zoe');
    const list = await zoe.get('/evaluations?q=cachee');
    assert.equal(list.body.items.length, 0);
  });

test('guardians read the own child once the school has opened that',
  async () => {
    const e = await create();

    await server.sql(`UPDATE school SET guardians_open = true`);
    try {
      const { status, body } = await read(e.id, 'claire');
      assert.equal(status, 200);
      assert.deepEqual(body.learners.map((l) => l.id), [school.person.zoe]);
    } finally {
      await server.sql(`UPDATE school SET guardians_open = false`);
    }
  });

test('M-104 M-126 the list is newest first, filtered, searched and paged',
  async () => {
    const morel = await as('morel');
    const a = await create({ title: 'Éclairage public',
      assessed_on: '2025-10-14' });
    const b = await create({ title: 'Éclairage de secours',
      assessed_on: '2025-11-14', class_level: '1re' });
    const titles = async (query, c = morel) =>
      (await c.get(`/evaluations?${query}`)).body.items.map((e) => e.title);

    assert.deepEqual(await titles('q=eclairage'),
      [b.title, a.title]);
    assert.deepEqual(await titles('q=%C3%89CLAIRAGE+public'), [a.title]);
    assert.deepEqual(await titles('q=14%2F10'), [a.title]);
    assert.deepEqual(await titles('q=14102025'), [a.title]);
    assert.deepEqual(await titles('q=eclairage&class_level=1re'), [b.title]);
    assert.deepEqual(await titles('q=eclairage&framework=bacpro-ga'), []);
    assert.deepEqual(await titles('q=eclairage&school_year=2024-2025'), []);
    assert.deepEqual(await titles(
      `q=eclairage&class_id=${school.class['2MELEC']}`), [b.title, a.title]);
    assert.deepEqual(await titles(
      `q=eclairage&class_id=${school.class['1MCV']}`), []);
    assert.deepEqual(await titles('q=eclairage', await as('zoe')),
      [b.title, a.title]);

    const first = await morel.get('/evaluations?q=eclairage&limit=1');
    assert.equal(first.body.next, b.id);
    assert.match(first.headers.link, /q=eclairage.*rel="next"/);
    const second = await morel.get(
      `/evaluations?q=eclairage&limit=1&after=${first.body.next}`);
    assert.deepEqual(second.body.items.map((e) => e.id), [a.id]);
    assert.equal(second.body.next, null);
    assert.equal(second.headers.link, undefined);
  });

test('only evaluations with empty cells are listed when asked', async () => {
  const e = await create({ title: 'Finie bientôt', criterion_ids: [C1[0]],
    learner_ids: ids('zoe') });
  const morel = await as('morel');
  const found = async () => (await morel.get(
    '/evaluations?q=finie&unfinished=true')).body.items.length;

  assert.equal(await found(), 1);
  await save(e, [cell('zoe', 0, 'fail')]);
  assert.equal(await found(), 0);
});

test('parameters out of shape are 400', async () => {
  const morel = await as('morel');

  for (const query of ['limit=0', 'limit=201', 'after=x', 'unfinished=1',
    'school_year=2025', 'school_year=2025-2027', 'q=', 'colour=red'])
    assert.equal((await morel.get(`/evaluations?${query}`)).status, 400,
      query);
});

test('a teacher writes only for learners taught, in a class or a group',
  async () => {
    const e = await create();
    const roux = await save(e, [cell('zoe', 0, 'fail'),
      cell('lina', 0, 'fail')], { name: 'roux' });

    assert.equal(roux.status, 422);
    assert.deepEqual(roux.body.errors.map((x) => x.pointer),
      ['/marks/1/learner_id']);
    assert.equal((await save(e, [cell('zoe', 0, 'fail')],
      { name: 'roux' })).status, 200);
    assert.equal((await save(e, [cell('zoe', 0, 'fail')],
      { name: 'petit', revision: 2 })).status, 403);
    const r = await as('roux');
    assert.equal((await r.patch(`/evaluations/${e.id}`, { title: 'y' },
      { ifMatch: '"2"' })).status, 403);
    assert.equal((await r.del(`/evaluations/${e.id}`,
      { ifMatch: '"2"' })).status, 403);
  });

test('A1 A2 nobody else reaches an evaluation', async () => {
  const e = await create();
  const absent = (await read('999999')).body;

  for (const [name, get, patch] of [['simon', 404, 404], ['durand', 200, 403],
    ['leroy', 200, 403], ['admin', 403, 403], ['voisin', 403, 403],
    ['zoe', 200, 403], ['rose', 404, 403], ['claire', 404, 403]]) {
    const r = await read(e.id, name);
    assert.equal(r.status, get, name);
    if (get === 404)
      assert.deepEqual({ ...r.body, instance: 0, request_id: 0 },
        { ...absent, instance: 0, request_id: 0 });
    assert.equal((await save(e, [cell('zoe', 0, 'fail')],
      { name })).status, patch, name);
    const c = await as(name);
    assert.equal((await c.patch(`/evaluations/${e.id}`, { title: 'y' },
      { ifMatch: '"1"' })).status, patch, name);
    assert.equal((await c.del(`/evaluations/${e.id}`,
      { ifMatch: '"1"' })).status, patch, name);
  }
  const anybody = client(server);
  assert.equal((await anybody.get(`/evaluations/${e.id}`)).status, 401);
  assert.equal((await read(e.id)).body.revision, 1);
});

test('A2 the id of another school is in a filter or a cursor the id of nothing',
  async () => {
    const e = await create();
    const simon = await as('simon');

    for (const query of [`class_id=${school.class['2MELEC']}`,
      `after=${e.id}`, 'class_id=999999'])
      assert.deepEqual((await simon.get(`/evaluations?${query}`)).body,
        { items: [], next: null });
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
