// Frameworks as clients read them: reference data with a strong ETag.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { root, startServer } from './lib/server.mjs';

const melec = 'bacpro-melec';
let server;
let teacher;

// Whoever is signed in may read; the session is put where sign-in puts it.
async function teacherOf(where) {
	await where.sql(`
		WITH s AS (
			INSERT INTO school (uai, name, school_year,
				year_starts_on, year_ends_on)
			VALUES ('0999001W', 'Lycée', 2025,
				'2025-09-01', '2026-07-04')
			RETURNING school_id
		), p AS (
			INSERT INTO person (school_id, last_name, first_name)
			SELECT school_id, 'Morel', 'Ana' FROM s
			RETURNING school_id, id
		)
		INSERT INTO session (token, school_id, person_id, roles, idle,
			expires_at)
		SELECT sha256('framework'), school_id, id, 8, '1 hour',
		       now() + interval '1 hour' FROM p`);
	const who = client(where);
	const headers = { cookie: '__Host-session=framework' };

	return { get: (path, options = {}) => who.get(path,
		{ ...options, headers: { ...headers, ...options.headers } }) };
}

function file(id) {
	return JSON.parse(readFileSync(join(root, `frameworks/${id}.json`)));
}

before(async () => {
	server = await startServer();
	teacher = await teacherOf(server);
});
after(() => server?.stop());

test('M-059 the list shows the current version of each, by title', async () => {
	const { status, body } = await teacher.get('/frameworks');
	const titles = body.items.map((f) => f.title);

	assert.equal(status, 200);
	assert.equal(body.items.length, 5);
	assert.equal(body.next, null);
	assert.deepEqual(titles, [...titles].sort());
	assert.deepEqual(body.items.find((f) => f.id === melec), {
		id: melec, version: 1, code: 'MELEC', title: file(melec).title,
		short_title: 'Bac Pro MELEC', diploma: 'bac_pro', level: 4,
		status: 'in_force' });
	assert.equal(body.items.find((f) => f.code === 'GA').status, 'legacy');
});

test('the list goes on where the page before ended', async () => {
	const whole = await teacher.get('/frameworks');
	const seen = [];
	let after = '';

	for (let pages = 1; after !== null; pages++) {
		const { body, headers } = await teacher.get(
			`/frameworks?limit=2${after}`);

		seen.push(...body.items);
		assert.equal(headers.link !== undefined, body.next !== null);
		after = body.next && `&after=${body.next}`;
		assert.ok(pages <= 3);
	}
	assert.deepEqual(seen, whole.body.items);
});

test('M-059 a framework is the file, with the version it was given', async () => {
	for (const name of readdirSync(join(root, 'frameworks'))) {
		if (!name.endsWith('.json'))
			continue;
		const id = name.slice(0, -5);
		const { status, body } = await teacher.get(`/frameworks/${id}`);

		assert.equal(status, 200);
		assert.deepEqual(body, { version: 1, ...file(id) });
	}
});

test('an unchanged framework is not sent again', async () => {
	const first = await teacher.get(`/frameworks/${melec}`);
	const again = await teacher.get(`/frameworks/${melec}`,
		{ ifNoneMatch: first.headers.etag });

	assert.match(first.headers.etag, /^"1-[0-9a-f]{64}"$/);
	assert.equal(again.status, 304);
	assert.equal(again.bytes.length, 0);
	assert.equal(again.headers.etag, first.headers.etag);
});

test('what is no framework is absent, what is no version is refused',
	async () => {
		const asked = [['bacpro-none', 404], [`${melec}?version=2`, 404],
			[`${melec}?version=1`, 200], [`${melec}?version=0`, 400],
			[`${melec}?version=x`, 400], [`${melec}?other=1`, 400]];

		for (const [path, status] of asked)
			assert.equal((await teacher.get(`/frameworks/${path}`,
				{ check: status !== 400 })).status, status, path);
	});

test('nobody reads a framework without a session', async () => {
	const nobody = client(server);

	assert.equal((await nobody.get('/frameworks')).status, 401);
	assert.equal((await nobody.get(`/frameworks/${melec}`)).status, 401);
});

// Last: it moves the current version.
test('every worker shows a corrected framework at once, and the old by number',
	async () => {
		const corrected = file(melec);
		const dir = join(server.dir, 'frameworks');

		corrected.criteria[0].title = 'Les informations sont là';
		mkdirSync(dir);
		writeFileSync(join(dir, `${melec}.json`),
			JSON.stringify(corrected));
		await server.tool('frameworks', dir);
		for (let i = 0; i < 10; i++) {
			const now = await teacher.get(`/frameworks/${melec}`);
			const old = await teacher.get(
				`/frameworks/${melec}?version=1`);

			assert.deepEqual(now.body, { version: 2, ...corrected });
			assert.deepEqual(old.body, { version: 1, ...file(melec) });
		}
		const list = await teacher.get('/frameworks');

		assert.equal(list.body.items.find((f) => f.id === melec).version,
			2);
	});
