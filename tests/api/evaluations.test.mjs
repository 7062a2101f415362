// Evaluations through the API and a real base: made, changed, listed, deleted,
// and by whom.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { C1, as, cell, create, criteria, ids, line, openEvaluations, read,
	save, school, server }
	from './lib/evaluations.mjs';

before(openEvaluations);
after(() => server?.stop());

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
      { name: 'petit', revision: 2 })).status, 404);
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
