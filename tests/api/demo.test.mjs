// The demonstration school: what a visitor finds after `make run`.

import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { startServer } from './lib/server.mjs';

const people = ['administrator', 'ddfpt', 'head', 'teacher', 'learner',
	'guardian'];
let server;

function account(role) {
	return server.accounts.find((a) => a.role === role);
}

async function as(role) {
	const who = client(server);
	const { login, password } = account(role);
	const answer = await who.login({ login, password });

	assert.equal(answer.status, 201, answer.text);
	return who;
}

before(async () => {
	server = await startServer({ demo: true });
});
after(() => server?.stop());

test('M-001 the demonstration has an account for each role', async () => {
	assert.deepEqual(server.accounts.map((a) => a.role),
		[...people, 'partner']);
	for (const role of people) {
		const session = await (await as(role)).get('/session');

		assert.ok(session.body.roles.includes(role));
	}
});

test('S1 the accounts are readable by their owner only', () => {
	const file = join(process.env.ACQUIS_TEST_DIR,
		'demo/demo-accounts.json');

	assert.equal(statSync(file).mode & 0o777, 0o600);
	for (const { password } of JSON.parse(readFileSync(file)))
		assert.ok(password.length >= 16);
});

test('M-127 the teacher finds a year of evaluations on every dashboard',
	async () => {
		const teacher = await as('teacher');
		const { body } = await teacher.get('/classes');
		const melec = body.items.filter((c) =>
			c.framework_id === 'bacpro-melec' && /^[12]MELEC$/
				.test(c.code));

		assert.deepEqual(melec.map((c) => c.code).sort(),
			['1MELEC', '2MELEC']);
		for (const c of melec) {
			const learners = await teacher.get(
				`/classes/${c.id}/learners`);
			const one = await teacher.get(`/learners/${
				learners.body.items[0].id}/dashboard`);

			assert.equal(one.status, 200);
			assert.ok(one.body.evaluations.length >= 14);
			assert.ok(new Set(one.body.evaluations
				.map((e) => e.complexity)).size >= 3);
		}
		assert.equal(Number((await server.sql(`SELECT count(*) AS n
			FROM enrolment n JOIN class_group g
			  ON g.school_id = n.school_id AND g.id = n.class_id
			WHERE g.code = '1MELEC' AND n.active`))[0].n), 30);
	});

test('M-229 a learner and the guardian read the confirmed assessments',
	async () => {
		for (const role of ['learner', 'guardian']) {
			const who = await as(role);
			const { body } = await who.get('/session');
			const [learner] = body.learners;
			const list = await who.get(
				`/learners/${learner.id}/interim-assessments`);

			assert.equal(list.status, 200, list.text);
			assert.ok(list.body.items.length >= 1);
		}
	});

test('L5 L6 counters, covers and chain of the demonstration hold', async () => {
	const [{ n: wrong }] = await server.sql(`
		SELECT count(*)::int AS n FROM evaluation e
		 WHERE e.frozen <> (SELECT count(*) FROM interim_cover c
			 JOIN interim i ON i.school_id = c.school_id
			  AND i.id = c.interim_id AND i.revision = c.revision
			WHERE c.school_id = e.school_id
			  AND c.evaluation_id = e.id
			  AND i.state = 'confirmed')`);
	const [{ n: broken }] = await server.sql(`
		SELECT count(*)::int AS n FROM (
			SELECT previous, lag(sha256) OVER (ORDER BY chain) AS b
			  FROM interim_revision) r
		 WHERE b IS NOT NULL AND previous <> b`);

	assert.equal(wrong, 0);
	assert.equal(broken, 0);
});

test('a partner finds the assessments of the open term', async () => {
	const partner = client(server, { token: account('partner').password });
	const me = await partner.get('/partner/me', { check: false });

	assert.equal(me.status, 200, me.text);
	assert.ok(Number((await server.sql(
		'SELECT count(*) AS n FROM grade'))[0].n) >= 10);
});

test('making the demonstration again changes nothing', async () => {
	const file = join(server.dir, 'demo-accounts.json');
	const tables = ['person', 'credential', 'evaluation', 'sheet',
		'interim', 'grade', 'import', 'term', 'partner_access'];
	const state = async () => {
		const out = [];
		for (const table of tables)
			out.push((await server.sql(`SELECT md5(string_agg(
				t::text, '' ORDER BY t::text)) AS h
				FROM ${table} t`))[0].h);
		return out;
	};

	writeFileSync(file, '[]\n');
	const was = await state();
	assert.equal(await server.tool('demo'), '');
	assert.deepEqual(await state(), was);
	assert.equal(readFileSync(file, 'utf8'), '[]\n');
});
