// Evaluations and their marks: what each test of them starts from.
//
//	before(openEvaluations);
//	after(() => server?.stop());
//	const e = await create({ title });         by Morel, of three learners
//	await save(e, [cell('zoe', 0, 'partial')]);
//	(await read(e.id, 'zoe')).body
//	await confirmed(e, 'zoe');                 an assessment that took it

import assert from 'node:assert/strict';
import { client } from './client.mjs';
import { PASSWORD, seedSchool } from './school.mjs';
import { startServer } from './server.mjs';

export const C1 = ['melec.comp.c1.k1', 'melec.comp.c1.k2', 'melec.comp.c1.k3'];
const signedIn = new Map();
export let server, school, criteria;

export async function openEvaluations() {
  server = await startServer();
  school = await seedSchool({ query: async (text, values) =>
    ({ rows: await server.sql(text, values) }) });
  criteria = (await server.sql(
    `SELECT c.id FROM criterion c JOIN framework f ON f.key = c.framework_key
      WHERE f.id = 'bacpro-melec' ORDER BY c.number`)).map((r) => r.id);
}

export async function as(name) {
  if (!signedIn.has(name)) {
    const c = client(server);
    const answer = await c.login({ login: school.login[name],
      password: PASSWORD });
    assert.equal(answer.status, 201);
    signedIn.set(name, c);
  }
  return signedIn.get(name);
}

export const ids = (...names) => names.map((n) => school.person[n]);

export async function create(change = {}, name = 'morel') {
  const answer = await (await as(name)).post('/evaluations', {
    title: 'Armoire de brassage', framework_id: 'bacpro-melec',
    complexity: 'Int', assessed_on: '2025-10-02', criterion_ids: C1,
    learner_ids: ids('zoe', 'adam', 'lina'), ...change });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

export async function read(id, name = 'morel') {
  return (await as(name)).get(`/evaluations/${id}`);
}

export const cell = (name, k, mark) => ({ learner_id: school.person[name] ?? name,
  criterion_id: C1[k], mark });

export async function save(e, marks, { name = 'morel', revision = e.revision,
  query = '', comments } = {}) {
  return (await as(name)).patch(`/evaluations/${e.id}/marks${query}`,
    { marks, ...(comments && { comments }) },
    { ifMatch: `"${revision}"` });
}

export const line = (evaluation, name) =>
  evaluation.learners.find((l) => l.id === school.person[name]);

// A confirmed assessment of a learner that took an evaluation into account,
// as the statements of reliability.md 3 leave it.
export async function confirmed(e, name) {
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
