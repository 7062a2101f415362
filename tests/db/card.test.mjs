// What evaluations say of their authors (migration 0026) while one is being
// renamed: the two wait for each other, whoever is first.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { MELEC } from '../api/lib/path.mjs';
import { seedSchool } from '../api/lib/school.mjs';
import { clientOptions, startServer } from '../api/lib/server.mjs';

let server;
let school;
const open = [];

// A transaction of the API's role, in the school.
async function begin() {
	const client = new pg.Client(clientOptions(
		server.env.ACQUIS_DATABASE_URL));

	await client.connect();
	open.push(client);
	await client.query('BEGIN');
	const { rows: [{ pid }] } = await client.query(
		`SELECT set_config('acquis.school', $1, true),
		        set_config('acquis.person', $2, true),
		        set_config('acquis.roles', '8', true),
		        pg_backend_pid() AS pid`,
		[school.id.essais, school.person.morel]);

	return { pid, query: (...words) => client.query(...words) };
}

async function write(who) {
	const { rows: [{ id }] } = await who.query(
		`INSERT INTO evaluation (school_id, framework_key, title,
			school_year, assessed_on, author_id, items)
		SELECT $1, key, 'Pose', 2025, '2025-10-02', $2, '{1}'
		  FROM framework WHERE id = $3 AND current
		RETURNING id`,
		[school.id.essais, school.person.morel, MELEC]);

	return id;
}

const rename = (who, name) => who.query(
	`UPDATE person SET usual_name = $2 WHERE id = $1`,
	[school.person.morel, name]);

async function waits(pid) {
	for (let i = 0; i < 3000; i++) {
		const [{ waiting }] = await server.sql(
			`SELECT wait_event_type = 'Lock' AS waiting
			   FROM pg_stat_activity WHERE pid = $1`, [pid]);

		if (waiting)
			return;
		await sleep(10);
	}
	assert.fail('does not wait');
}

async function named(id) {
	const [{ name }] = await server.sql(
		`SELECT card::json->'author'->>'last_name' AS name
		   FROM evaluation WHERE id = $1`, [id]);

	return name;
}

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (text, values) => ({
		rows: await server.sql(text, values) }) });
});
after(async () => {
	for (const client of open)
		await client.end();
	await server?.stop();
});

test('M-196 an evaluation made while its author is renamed has the new name',
	async () => {
		const [one, other] = [await begin(), await begin()];

		await rename(one, 'Martin');
		const written = write(other);

		await waits(other.pid);
		await one.query('COMMIT');
		const id = await written;

		await other.query('COMMIT');
		assert.equal(await named(id), 'Martin');
	});

test('M-196 an author renamed while an evaluation is made is renamed in it',
	async () => {
		const [one, other] = [await begin(), await begin()];
		const id = await write(one);
		const renamed = rename(other, 'Durieux');

		await waits(other.pid);
		await one.query('COMMIT');
		await renamed;
		await other.query('COMMIT');
		assert.equal(await named(id), 'Durieux');
	});
