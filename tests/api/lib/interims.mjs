// Interim assessments: what each test of them starts from.
//
//	before(openInterims);
//	after(() => server?.stop());
//	who.morel, of('zoe'), draftOf('zoe')        clients, ids, paths
//	const made = await confirmed('zoe');        a whole one, from nothing
//	await read('zoe', made.id)
//	await frozen(grid.id)                       by how many it is held
//	await acted()                               acts in the journal

import assert from 'node:assert/strict';
import { client } from './client.mjs';
import { confirm, evaluation, positions, saveDraft } from './path.mjs';
import { PASSWORD, seedSchool } from './school.mjs';
import { startServer } from './server.mjs';

export let server, school, grid;
export const who = {};

export async function signedIn(name) {
	const c = client(server);

	await c.login({ login: school.login[name], password: PASSWORD });
	return c;
}

export const of = (name) => school.person[name];
export const draftOf = (name) => `/learners/${of(name)}/draft`;
export const text = (positioned) => ({ positions: positioned,
	findings: 'Constat.', advice: 'Conseil.' });

// One whole assessment of a learner, from nothing.
export async function confirmed(name, teacher = 'morel') {
	await saveDraft(who[teacher], of(name),
		{ positions: await positions(server) });
	const made = await confirm(who[teacher], of(name));

	assert.equal(made.status, 201, made.text);
	return made.body;
}

export const read = (name, id) => who[name].get(`/interim-assessments/${id}`);

export async function frozen(id) {
	const [row] = await server.sql(
		'SELECT frozen FROM evaluation WHERE id = $1', [id]);

	return row.frozen;
}

export const acted = async () => (await server.sql(
	'SELECT DISTINCT act FROM journal')).map((row) => row.act);

// A grade of the first revision.
export const savedGrade = (id) => server.sql(`INSERT INTO grade (school_id,
		interim_id, revision, interim_revision, positions, weights,
		origin, value_table, factor_bp, rounding, sum, hundredths,
		value, author_id)
	SELECT school_id, interim_id, 1, 1, positions, '{10000}', 'typed',
	       'regular', 10000, 'half_point_up', 0, 1333, 1350, author_id
	  FROM interim_revision WHERE interim_id = $1`, [id]);

export async function openInterims() {
	server = await startServer();
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	for (const name of ['morel', 'petit', 'roux', 'durand', 'leroy', 'admin',
		'zoe', 'adam', 'claire', 'simon', 'paul'])
		who[name] = await signedIn(name);
	grid = await evaluation(server, school, { title: 'Tableau',
		marks: { zoe: '341', adam: '111', lina: '222', hugo: '.4' } });
}
