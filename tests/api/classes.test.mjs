// Classes, learners, people and the home screen, as each may see them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { startServer } from './lib/server.mjs';

const signedIn = new Map();
let server, school;

before(async () => {
  server = await startServer();
  school = await seedSchool({ query: async (text, values) =>
    ({ rows: await server.sql(text, values) }) });
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

async function get(name, path, status = 200) {
  const answer = await (await as(name)).get(path);
  assert.equal(answer.status, status, `${name} ${path} ${answer.text}`);
  return answer.body;
}

const codes = async (name, query = '') =>
  (await get(name, `/classes${query}`)).items.map((c) => c.code);

const learners = async (name, code, query = '') =>
  (await get(name, `/classes/${school.class[code]}/learners${query}`)).items
    .map((l) => l.first_name);

test('M-192 each finds the own classes', async () => {
  for (const [name, expected] of [
    ['admin', ['1MCV', '2MELEC', 'TP1']],
    ['durand', ['1MCV', '2MELEC', 'TP1']],
    ['leroy', ['1MCV', '2MELEC', 'TP1']],
    ['morel', ['2MELEC']], ['petit', ['1MCV']], ['roux', ['TP1']],
    ['zoe', ['2MELEC', 'TP1']], ['paul', ['1MCV']], ['claire', []],
    ['simon', ['2MELEC']]])
    assert.deepEqual(await codes(name), expected, name);
});

test('M-192 a class tells its framework, level, year and size', async () => {
  const { items: [c] } = await get('morel', '/classes');

  assert.deepEqual(c, { id: school.class['2MELEC'], code: '2MELEC',
    name: '2MELEC', framework_id: 'bacpro-melec', class_level: '2nde',
    school_year: '2025-2026', mef: null, learner_count: 5 });
});

test('classes are filtered and paged', async () => {
  assert.deepEqual(await codes('leroy', '?framework=bacpro-melec'),
    ['2MELEC']);
  assert.deepEqual(await codes('leroy', '?school_year=2024-2025'), []);
  assert.deepEqual(await codes('leroy', '?school_year=2025-2026&limit=2'),
    ['1MCV', '2MELEC']);
  const page = await get('leroy', '/classes?limit=2');
  assert.deepEqual(await codes('leroy', `?after=${page.next}`), ['TP1']);
  await get('leroy', '/classes?limit=many', 400);
  await get('leroy', '/classes?x=1', 400);
});

test('M-193 learners of a class, in the order of their names', async () => {
  const all = ['Adam', 'Lina', 'Zoé', 'Inès', 'Hugo'];

  for (const name of ['admin', 'durand', 'leroy', 'morel', 'petit', 'roux'])
    assert.deepEqual(await learners(name, '2MELEC'), all, name);
  assert.deepEqual(await learners('zoe', '2MELEC'), ['Zoé']);
  assert.deepEqual(await learners('morel', 'TP1'), ['Adam', 'Zoé']);
  const page = await get('morel',
    `/classes/${school.class['2MELEC']}/learners?limit=2`);
  assert.deepEqual(await learners('morel', '2MELEC',
    `?limit=2&after=${page.next}`), ['Zoé', 'Inès']);
});

test('an accent does not send a name to the end of the list', async () => {
  await server.sql(`UPDATE person SET last_name = 'ÉDOUARD' WHERE id = $1`,
    [school.person.zoe]);
  try {
    assert.deepEqual(await learners('morel', '2MELEC'),
      ['Adam', 'Lina', 'Zoé', 'Inès', 'Hugo']);
    await server.sql(`UPDATE person SET last_name = 'ÂBEL' WHERE id = $1`,
      [school.person.zoe]);
    assert.equal((await learners('morel', '2MELEC'))[0], 'Zoé');
  } finally {
    await server.sql(`UPDATE person SET last_name = 'MARTIN' WHERE id = $1`,
      [school.person.zoe]);
  }
});

test('who has left the class is no longer in it, the file stays', async () => {
  const hugo = school.person.hugo;

  await server.sql(`UPDATE enrolment SET active = false
                     WHERE learner_id = $1`, [hugo]);
  try {
    assert.ok(!(await learners('morel', '2MELEC')).includes('Hugo'));
    const l = await get('morel', `/learners/${hugo}`);
    assert.deepEqual([l.class_id, l.framework_id], [null, null]);
  } finally {
    await server.sql(`UPDATE enrolment SET active = true
                       WHERE learner_id = $1`, [hugo]);
  }
});

test('a learner tells class, framework and status', async () => {
  assert.deepEqual(await get('morel', `/learners/${school.person.zoe}`), {
    id: school.person.zoe, first_name: 'Zoé', last_name: 'MARTIN',
    usual_name: null, track: 'school', class_id: school.class['2MELEC'],
    class_code: '2MELEC', framework_id: 'bacpro-melec', class_level: '2nde',
    active: true, draft_access: 'write' });
});

test('A1 A2 who may not look finds nothing, as if there were nothing',
  async () => {
    const { zoe, hugo, petit } = school.person;
    const absent = await get('morel', '/learners/999999', 404);
    const like = (body) =>
      ({ ...body, instance: 0, request_id: 0 });

    for (const [name, id] of [['simon', zoe], ['voisin', zoe], ['rose', zoe],
      ['hugo', zoe], ['claire', zoe], ['claire', hugo], ['morel', petit],
      ['morel', 'x'], ['morel', '-1'], ['morel', '007'],
      ['morel', '99999999999999999999']])
      assert.deepEqual(like(await get(name, `/learners/${id}`, 404)),
        like(absent), name);
    for (const [name, id] of [['simon', school.class['2MELEC']],
      ['paul', school.class['2MELEC']], ['claire', school.class['2MELEC']],
      ['morel', school.class.voisin2MELEC], ['morel', '999999']])
      assert.deepEqual(like(await get(name, `/classes/${id}/learners`, 404)),
        like(absent), name);
    assert.equal((await client(server).get(`/learners/${zoe}`)).status, 401);
  });

test('A2 a cursor of another school is the cursor of nothing', async () => {
  const { body } = await (await as('simon'))
    .get(`/classes?after=${school.class['1MCV']}`);

  assert.deepEqual(body, { items: [], next: null });
});

test('a guardian finds the own child once the school has opened that',
  async () => {
    const children = async () => (await get('claire', '/session')).learners
      .map((l) => l.first_name);

    assert.deepEqual(await children(), []);
    await server.sql(`UPDATE school SET guardians_open = true`);
    try {
      assert.deepEqual(await children(), ['Zoé']);
      assert.deepEqual(await learners('claire', '2MELEC'), ['Zoé']);
      await get('claire', `/learners/${school.person.adam}`, 404);
      await server.sql(`UPDATE guardianship SET legal = false`);
      await get('claire', `/learners/${school.person.zoe}`, 404);
    } finally {
      await server.sql(`UPDATE guardianship SET legal = true`);
      await server.sql(`UPDATE school SET guardians_open = false`);
    }
  });

test('M-042 people are for who runs the school, with the state of accounts',
  async () => {
    const { items } = await get('admin', '/people?q=moreau');

    assert.deepEqual(items, [{ id: school.person.tom, first_name: 'Tom',
      last_name: 'MOREAU', usual_name: null, login: 'tom.moreau',
      roles: ['learner'], active: true, source: 'manual', managed: true,
      class_codes: ['1MCV'],
      password: 'own', code_issued_at: null, code_expires_at: null,
      signed_in_at: null }]);
    const { items: [morel] } = await get('admin', '/people?q=marc');
    assert.match(morel.signed_in_at, /^20/);
    assert.deepEqual((await get('durand', '/people?q=moreau')).items, items);
    assert.deepEqual((await get('leroy', '/people?q=moreau')).items,
      [{ ...items[0], managed: false }]);
    for (const name of ['morel', 'zoe', 'claire'])
      await get(name, '/people', 403);
  });

test('people are filtered by role, class and words, and paged', async () => {
  const found = async (query) => (await get('admin', `/people?${query}`))
    .items.map((p) => p.login);

  assert.deepEqual(await found('role=ddfpt&role=head'),
    ['denis.durand', 'laure.leroy']);
  assert.deepEqual(await found(`class_id=${school.class['1MCV']}`),
    ['tom.moreau', 'paule.petit', 'paul.richard', 'nina.simon']);
  assert.deepEqual(await found('q=Regis'), ['regis.roux']);
  assert.deepEqual(await found('q=martin+zoe'), ['zoe.martin']);
  assert.deepEqual(await found('q=laurent'), []);
  assert.deepEqual(await found(`class_id=${school.class.voisin2MELEC}`), []);
  await get('admin', '/people?role=king', 400);
  const all = [];
  for (let next = ''; next !== null;) {
    const page = await get('admin', `/people?limit=4${next && `&after=${next}`}`);
    all.push(...page.items.map((p) => p.id));
    next = page.next;
  }
  assert.equal(new Set(all).size, 15);
  assert.equal(all.length, 15);
});

test('no answer holds what opens an account', async () => {
  const { text } = await (await as('admin')).get('/people');

  assert.doesNotMatch(text, /argon2/);
});

test('home: unfinished work first, the learners last looked at, counts',
  async () => {
    const morel = await as('morel');
    const made = await morel.post('/evaluations', { title: 'En cours',
      framework_id: 'bacpro-melec', assessed_on: '2025-10-02',
      criterion_ids: ['melec.comp.c1.k1'],
      learner_ids: [school.person.zoe, school.person.adam] });
    const evaluation = made.body;

    await get('morel', `/learners/${school.person.lina}`);
    const home = await get('morel', '/home');
    assert.deepEqual(home.unfinished.map((e) => e.id), [evaluation.id]);
    assert.deepEqual(home.unfinished[0].class_codes, ['2MELEC']);
    assert.equal(home.learners[0].first_name, 'Lina');
    assert.deepEqual(home.counts, { classes: 1, learners: 5, evaluations: 1,
      interim_assessments: 0 });

    await morel.patch(`/evaluations/${evaluation.id}/marks`, { marks: [
      { learner_id: school.person.zoe, criterion_id: 'melec.comp.c1.k1',
        mark: 'fail' },
      { learner_id: school.person.adam, criterion_id: 'melec.comp.c1.k1',
        mark: 'absent' }] }, { ifMatch: '"1"' });
    assert.deepEqual((await get('morel', '/home')).unfinished, []);

    assert.deepEqual((await get('petit', '/home')).counts, { classes: 1,
      learners: 3, evaluations: 0, interim_assessments: 0 });
    assert.deepEqual((await get('zoe', '/home')).counts, { classes: 2,
      learners: 1, evaluations: 1, interim_assessments: 0 });
    assert.deepEqual((await get('admin', '/home')).counts, { classes: 3,
      learners: 8, evaluations: 0, interim_assessments: 0 });
    assert.deepEqual((await get('simon', '/home')).counts, { classes: 1,
      learners: 1, evaluations: 0, interim_assessments: 0 });
  });

test('home: drafts under way and assessments to confirm again', async () => {
  const { zoe, morel, durand } = school.person;

  await server.sql(
    `INSERT INTO draft (school_id, learner_id, framework_key, positions,
                        author_id)
     SELECT $1, $2, key, '1iN-..', $3 FROM framework
      WHERE id = 'bacpro-melec'`, [school.id.essais, zoe, morel]);
  await server.sql(
    `INSERT INTO interim (school_id, learner_id, framework_key, state,
         revision, confirmed_at, unlocked_at, unlocked_by, unlock_reason,
         unlock_ends_at)
     SELECT $1, $2, key, 'unlocked', 1, now(), now(), $3, 'Erreur de saisie',
            now() + interval '3 days' FROM framework
      WHERE id = 'bacpro-melec'`, [school.id.essais, zoe, durand]);
  const home = await get('morel', '/home');
  assert.deepEqual([home.drafts[0].learner.id, home.drafts[0].positioned],
    [zoe, 2]);
  assert.ok(home.drafts[0].expected > 2);
  assert.equal(home.unlocked[0].reason, 'Erreur de saisie');
  assert.equal((await get('durand', '/home')).unlocked.length, 1);
  assert.equal((await get('petit', '/home')).unlocked.length, 0);
  assert.equal((await get('petit', '/home')).drafts.length, 0);
  assert.equal((await get('zoe', '/home')).unlocked.length, 0);
});
