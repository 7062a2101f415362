// The dashboard of a learner: one column an evaluation, one row a criterion.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { competencies, confirm, evaluation, positions, saveDraft, unlock,
	MELEC } from './lib/path.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { startServer } from './lib/server.mjs';

let server;
let school;
const who = {};

async function signedIn(name) {
	const c = client(server);

	await c.login({ login: school.login[name], password: PASSWORD });
	return c;
}

const dashboard = (c, learner = 'zoe', query = '') =>
	c.get(`/learners/${school.person[learner]}/dashboard${query}`);

const titles = (r) => r.body.evaluations.map((e) => e.title);

// marks of a criterion, by its number in the framework
const marksOf = (r, number) => r.body.competencies
	.flatMap((c) => c.criteria)[number - 1].marks;

async function owner() {
	return { query: async (text, values) => ({
		rows: await server.sql(text, values) }) };
}

before(async () => {
	server = await startServer();
	school = await seedSchool(await owner());
	for (const name of ['morel', 'petit', 'durand', 'leroy', 'admin', 'zoe',
		'adam', 'claire', 'simon'])
		who[name] = await signedIn(name);
	await evaluation(server, school, { title: 'B', complexity: 'Int',
		assessedOn: '2025-10-09', items: [2, 1, -3],
		marks: { zoe: '4N3', adam: '111' } });
	await evaluation(server, school, { title: 'A', complexity: 'D',
		assessedOn: '2025-10-02', items: [1, 2, 3],
		marks: { zoe: '1A.' } });
	await evaluation(server, school, { title: 'cachée', visible: false,
		marks: { zoe: '444' } });
	await evaluation(server, school, { title: 'C', complexity: 'D',
		assessedOn: '2025-10-09', items: [1, 4, 5], dropped: [2],
		marks: { zoe: '34' } });
});
after(() => server?.stop());

test('M-196 columns run from the oldest to the newest, ties by id',
	async () => {
		const r = await dashboard(who.morel);

		assert.equal(r.status, 200);
		assert.deepEqual(titles(r), ['A', 'B', 'C']);
		assert.equal(r.body.framework_id, MELEC);
		assert.equal(r.body.learner.id, school.person.zoe);
		assert.equal(r.body.learner.class_code, '2MELEC');
		assert.equal(r.body.bar, 0);
	});

test('M-201 a cell is the mark of the criterion in the evaluation above',
	async () => {
		const r = await dashboard(who.morel);

		assert.deepEqual(marksOf(r, 1),
			['fail', 'not_assessable', 'assisted']);
		assert.deepEqual(marksOf(r, 2),
			['absent', 'autonomous', null]);
		assert.deepEqual(marksOf(r, 3), [null, null, null]);
		assert.deepEqual(r.body.competencies[2].whole_marks,
			[null, 'assisted', null]);
		assert.deepEqual(r.body.evaluations.map((e) =>
			[e.filled, e.expected]), [[2, 3], [3, 3], [1, 2]]);
	});

test('M-108 a hidden evaluation is in no dashboard', async () => {
	for (const name of ['morel', 'durand', 'zoe'])
		assert.ok(!(await dashboard(who[name])).text.includes('cachée'));
});

test('M-195 a complexity leaves out columns; the counts stay', async () => {
	const r = await dashboard(who.morel, 'zoe', '?complexity=D');
	const both = await dashboard(who.morel, 'zoe',
		'?complexity=D&complexity=Int');

	assert.deepEqual(titles(r), ['A', 'C']);
	assert.equal(r.body.counts.D, 2);
	assert.equal(r.body.counts.Int, 1);
	assert.deepEqual(marksOf(r, 1), ['fail', 'assisted']);
	assert.deepEqual(titles(both), ['A', 'B', 'C']);
	assert.deepEqual(r.body.filters.complexities, ['D']);
	assert.equal((await dashboard(who.morel, 'zoe', '?complexity=Z'))
		.status, 400);
});

test('M-196 a column says what its evaluation and its author are called now',
	async () => {
		const id = await evaluation(server, school, { title: 'D',
			context: 'company', assessedOn: '2025-09-11',
			author: 'petit', marks: { adam: '123' } });
		const shown = async () => (await dashboard(who.morel, 'adam'))
			.body.evaluations.find((e) => e.id === id);

		assert.deepEqual(await shown(), { id, title: 'D',
			complexity: 'D', context: 'company',
			class_level: '2nde', assessed_on: '2025-09-11',
			author: { id: school.person.petit, first_name: 'Paule',
				last_name: 'PETIT' },
			taken: false, filled: 3, expected: 3 });
		await server.sql(`UPDATE evaluation SET title = $2,
			complexity = NULL, class_level = NULL,
			assessed_on = '2025-09-12' WHERE id = $1`,
		[id, 'Relevé "à chaud" \\ 2']);
		await server.sql(`UPDATE person SET usual_name = 'Le "Petit"'
			WHERE id = $1`, [school.person.petit]);
		const now = await shown();

		assert.equal(now.title, 'Relevé "à chaud" \\ 2');
		assert.equal(now.complexity, null);
		assert.equal(now.class_level, null);
		assert.equal(now.assessed_on, '2025-09-12');
		assert.equal(now.author.last_name, 'Le "Petit"');
		await server.sql(`UPDATE person SET usual_name = NULL
			WHERE id = $1`, [school.person.petit]);
		assert.equal((await shown()).author.last_name, 'PETIT');
	});

test('M-194 units leave out the other competencies', async () => {
	const all = await dashboard(who.morel);
	const [unit] = all.body.competencies[0].units;
	const r = await dashboard(who.morel, 'zoe', `?unit=${unit}`);

	assert.deepEqual(r.body.competencies.map((c) => c.code),
		all.body.competencies.filter((c) => c.units.includes(unit))
			.map((c) => c.code));
	assert.ok(r.body.competencies.length < all.body.competencies.length);
	assert.deepEqual(titles(r), titles(all));
	assert.equal((await dashboard(who.morel, 'zoe', '?unit=U99')).status,
		400);
});

test('M-206 every competency of the framework is there, in its order',
	async () => {
		const r = await dashboard(who.morel);
		const all = await competencies(server);

		assert.deepEqual(r.body.competencies.map((c) => c.code),
			all.map((c) => c.code));
	});

test('another framework can be asked for; an unknown one is absent',
	async () => {
		const r = await dashboard(who.morel, 'zoe',
			'?framework=bacpro-mcv-a');

		assert.equal(r.status, 200);
		assert.deepEqual(r.body.evaluations, []);
		assert.equal((await dashboard(who.morel, 'zoe',
			'?framework=rien')).status, 404);
	});

test('the ETag stands while nothing changed', async () => {
	const r = await dashboard(who.morel);
	const again = await who.morel.get(
		`/learners/${school.person.zoe}/dashboard`,
		{ ifNoneMatch: r.headers.etag });

	assert.equal(again.status, 304);
	await server.sql(`UPDATE sheet SET marks = '2A.', revision = revision + 1
		WHERE marks = '1A.'`);
	const changed = await who.morel.get(
		`/learners/${school.person.zoe}/dashboard`,
		{ ifNoneMatch: r.headers.etag });

	assert.equal(changed.status, 200);
	assert.notEqual(changed.headers.etag, r.headers.etag);
});

test('M-197 M-204 M-225 what is confirmed goes left of the bar, with who '
	+ 'said it', async () => {
	await saveDraft(who.morel, school.person.zoe,
		{ positions: await positions(server, { some: {
			C2: { level: 2, objective: 'intermediate' },
			C3: { level: null, objective: null } } }) });
	const during = await dashboard(who.morel);

	assert.deepEqual(during.body.competencies[1].draft,
		{ level: 2, objective: 'intermediate' });
	assert.deepEqual((await dashboard(who.durand)).body.competencies[1].draft,
		{ level: 2, objective: 'intermediate' });
	for (const name of ['zoe', 'leroy', 'petit'])
		assert.equal((await dashboard(who[name])).body.competencies[1]
			.draft, null, name);
	const made = await confirm(who.morel, school.person.zoe);

	assert.equal(made.status, 201);
	await evaluation(server, school, { title: 'avant',
		assessedOn: '2025-09-01', marks: { zoe: '111' } });
	const r = await dashboard(who.zoe);

	assert.deepEqual(titles(r), ['A', 'B', 'C', 'avant']);
	assert.deepEqual(r.body.evaluations.map((e) => e.taken),
		[true, true, true, false]);
	assert.equal(r.body.bar, 3);
	const [said] = r.body.competencies[1].positions;

	assert.equal(said.level, 2);
	assert.equal(said.objective, 'intermediate');
	assert.equal(said.author.last_name, 'MOREL');
	assert.equal(said.confirmed_at, made.body.confirmed_at);
	assert.deepEqual(r.body.competencies[2].positions.map((p) =>
		[p.level, p.objective]), [[null, null]]);
	assert.equal((await dashboard(who.morel, 'zoe', '?complexity=D'))
		.body.bar, 2);
	assert.equal((await unlock(who.durand, made.body.id)).status, 200);
	assert.equal((await dashboard(who.zoe)).body.bar, 0);
});

test('G-19 the setting orders by last modification instead', async () => {
	await server.sql(`UPDATE school SET order_by = 'modification'`);
	await server.sql(`UPDATE evaluation SET modified_at = now()
		- CASE title WHEN 'B' THEN 9 WHEN 'C' THEN 8 WHEN 'A' THEN 7
		             ELSE 6 END * interval '1 day'`);
	assert.deepEqual(titles(await dashboard(who.morel)),
		['B', 'C', 'A', 'avant']);
	await server.sql(`UPDATE school SET order_by = 'assessed_on'`);
});

test('M-210 A2 staff read; learners themselves; guardians once it is open',
	async () => {
		const status = async (name, learner) =>
			(await dashboard(who[name], learner)).status;

		assert.equal(await status('petit', 'zoe'), 200);
		assert.equal(await status('durand', 'zoe'), 200);
		assert.equal(await status('leroy', 'zoe'), 200);
		assert.equal(await status('zoe', 'zoe'), 200);
		assert.equal(await status('zoe', 'adam'), 404);
		assert.equal(await status('simon', 'zoe'), 404);
		assert.equal(await status('admin', 'zoe'), 403);
		assert.equal(await status('claire', 'zoe'), 404);
		await server.sql('UPDATE school SET guardians_open = true');
		assert.equal(await status('claire', 'zoe'), 200);
		assert.equal(await status('claire', 'adam'), 404);
		assert.equal((await who.morel.get('/learners/999/dashboard'))
			.status, 404);
	});

test('marks given under an older version of the framework stay where they '
	+ 'belong', async () => {
	const before = await dashboard(who.morel);
	const [{ key }] = await server.sql(
		`UPDATE framework SET current = false
		  WHERE id = $1 AND current RETURNING key`, [MELEC]);

	await server.sql(`INSERT INTO framework (id, version, code, title,
			short_title, status, current, sha256, document)
		SELECT id, 2, code, title, short_title, status, true, '\\x00',
		       document FROM framework WHERE key = $1`, [key]);
	const r = await dashboard(who.morel);

	assert.deepEqual(titles(r), titles(before));
	assert.deepEqual(marksOf(r, 1), marksOf(before, 1));
	assert.deepEqual(r.body.competencies[1].positions,
		before.body.competencies[1].positions);
});
