// What a worker holds on to: there is one alone, so each request is its own.
//
// alone: measures memory

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clientOptions, slow, startServer } from './lib/server.mjs';
import { client } from './lib/client.mjs';
import { many } from './lib/feed.mjs';
import { resident, workers } from './lib/process.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';
import { analyse, commit, largeSchool, year } from './lib/siecle.mjs';

const THREADS = Number(/^task_threads\s+(\d+)/m.exec(readFileSync(
	new URL('../../conf/kore.conf', import.meta.url), 'utf8'))[1]);
// Under the sanitizers what is freed is kept back, to find who uses it.
const skip = slow > 1;

let server, durand, classId, interims;

before(async () => {
	server = await startServer({ workers: 1 });
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	const school = await seedSchool(owner);
	await owner.end();
	durand = client(server);
	await durand.login({ login: school.login.durand, password: PASSWORD });
	await many(server, school, 120);
	await sayMuch();
	[{ id: classId }] = await server.sql(
		'SELECT id FROM class_group WHERE code = \'2BULK\'');
	interims = (await server.sql('SELECT id FROM interim ORDER BY id'))
		.map((row) => row.id);
});

after(() => server?.stop());

// Of each learner something else, as long as teachers write.
async function sayMuch() {
	await server.sql('ALTER TABLE interim_revision DISABLE TRIGGER USER');
	await server.sql(`UPDATE interim_revision SET
		findings = repeat('Vu en séance ' || interim_id || '. ', 60),
		advice = repeat('À revoir en ' || interim_id || '. ', 60)`);
	await server.sql('ALTER TABLE interim_revision ENABLE TRIGGER USER');
}

async function good(asked) {
	const answer = await asked;

	assert.ok(answer.status < 300, answer.text.slice(0, 300));
	return answer;
}

const get = (path) => good(durand.get(path, { check: false }));
const print = (i) => get(`/interim-assessments/${interims[i]}.pdf`);

// Tasks go round the threads: each has its turn.
async function onEachThread(work) {
	for (let i = 0; i < THREADS; i++)
		await work(i);
}

// kB, once whoever was last has gone.
async function settled() {
	await sleep(1500); // memory is given back a second after
	return resident(workers(server)[0]);
}

// An administrator of a school that has nothing yet.
async function newSchool(uai) {
	const [{ id: school }] = await server.sql(
		`INSERT INTO school (uai, name, school_year, year_starts_on,
			year_ends_on)
		VALUES ($1, 'Lycée', $2, $3, $4) RETURNING school_id AS id`,
		[uai, year, `${year}-09-01`, `${year + 1}-08-31`]);
	const [{ id }] = await server.sql(
		`INSERT INTO person (school_id, first_name, last_name, login,
			source)
		VALUES ($1, 'Alix', 'ADMIN', 'admin', 'manual') RETURNING id`,
		[school]);
	const admin = client(server);

	await server.sql(`INSERT INTO person_role
		VALUES ($1, $2, 'administrator')`, [school, id]);
	await server.sql(`INSERT INTO credential (school_id, person_id,
		password) SELECT $1, $2, password FROM credential LIMIT 1`,
	[school, id]);
	await good(admin.login({ school: uai, login: 'admin',
		password: PASSWORD }));
	return admin;
}

async function importSchool(learners) {
	const files = largeSchool(learners);
	const admin = await newSchool(/\d{7}[A-Z]/.exec(
		files.staff.toString('latin1'))[0]);
	const preview = await good(analyse(admin, files, { check: false }));

	await good(commit(admin, preview, {}, { check: false }));
}

test('H6 words of a person leave with the document', { skip }, async (t) => {
	await onEachThread(print);
	await onEachThread(print);
	const before = await settled();

	for (let i = THREADS; i < interims.length; i++)
		await print(i);
	const kept = (await settled()).own - before.own;

	t.diagnostic(`${interims.length} printed, ${kept} kB kept`);
	assert.ok(kept < 512, `${kept} kB`);
});

// What is left are the libraries' own tables, made at first use.
test('H6 a class printed, a workbook, a school of 2,000 give all back',
	{ skip }, async (t) => {
		await onEachThread(print);
		const before = await settled();

		await onEachThread(() => get(
			`/classes/${classId}/interim-assessments/latest.pdf`));
		await onEachThread(() => get(`/classes/${classId}/grades.xlsx`));
		await onEachThread((i) => get(
			`/interim-assessments/${interims[i]}.pdf`));
		await importSchool(2000);
		const kept = (await settled()).all - before.all;

		t.diagnostic(`of ${before.all} kB, then ${kept} kB more`);
		assert.ok(kept < 4096, `${kept} kB`);
	});
