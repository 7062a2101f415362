// A long day in short: people who read, write, print, sign in and walk away,
// all at once, then nothing may be left over (H6).
//
// ACQUIS_SOAK is how many seconds; `make soak` and the long form take ten
// minutes, the suite ten seconds.  Memory is judged in the long form alone: a minute is too
// short to tell growth from getting warm.
//
// alone: measures memory under load

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clientOptions, slow, startServer } from './lib/server.mjs';
import { client } from './lib/client.mjs';
import { confirm, evaluation, positions, saveDraft } from './lib/path.mjs';
import { files, resident, workers } from './lib/process.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';

const seconds = Number(process.env.ACQUIS_SOAK
	?? (process.env.ACQUIS_TEST_LONG ? 600 : 10));
const long = seconds >= 120 && slow === 1;
const account = (name) => ({ login: school.login[name], password: PASSWORD });

let server, school, grid, bilan;

before(async () => {
	server = await startServer();
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	const morel = client(server);
	await morel.login(account('morel'));
	const { zoe } = school.person;
	await saveDraft(morel, zoe, { positions: await positions(server) });
	bilan = (await confirm(morel, zoe)).body.id;
	grid = await evaluation(server, school, { marks: { lina: '34' } });
});

after(() => server?.stop());

// The least of some looks: somebody's last connection may still be closing.
async function settled(pid) {
	let least = files(pid);

	for (let i = 0; i < 10; i++) {
		await sleep(150 * slow);
		least = Math.min(least, files(pid));
	}
	return least;
}

async function measured() {
	const out = {};

	for (const pid of workers(server))
		out[pid] = { files: await settled(pid),
			rss: resident(pid).all };
	return out;
}

// --- what people do; each returns the status it was given ---

async function read(morel) {
	const paths = ['/session', '/home', '/classes', `/evaluations/${grid}`,
		`/learners/${school.person.lina}/dashboard`,
		`/classes/${school.class['2MELEC']}/grading`,
		`/interim-assessments/${bilan}`, '/learners/999999'];
	const path = paths[Math.floor(Math.random() * paths.length)];

	return (await morel.get(path)).status;
}

async function mark(morel) {
	const now = await morel.get(`/evaluations/${grid}`);
	const cell = { learner_id: school.person.lina,
		criterion_id: 'melec.comp.c1.k1',
		mark: ['fail', 'partial', null][Math.floor(Math.random() * 3)] };

	return (await morel.patch(`/evaluations/${grid}/marks`,
		{ marks: [cell] }, { ifMatch: now.headers.etag,
			type: 'application/json' })).status;
}

const print = async (morel) =>
	(await morel.get(`/interim-assessments/${bilan}.pdf`)).status;

async function signIn() {
	const petit = client(server);

	await petit.login(account('petit'));
	return (await petit.logout()).status;
}

// Somebody who closes the page before the answer is there.
function abandon(morel) {
	const lines = [`GET /api/v1/interim-assessments/${bilan}.pdf HTTP/1.1`,
		'Host: localhost', `Cookie: ${[...morel.jar]
			.map((c) => c.join('=')).join('; ')}`, '', ''].join('\r\n');
	const some = Math.random() < 0.3 ? lines.length / 2 : lines.length;

	return new Promise((resolve) => {
		const socket = net.connect(server.port, '127.0.0.1', () => {
			socket.write(lines.slice(0, some));
			setTimeout(() => {
				socket.destroy();
				resolve(0);
			}, Math.random() * 8);
		});
		socket.on('error', () => resolve(0));
	});
}

// --- the day ---

// Two who mark the same line: one is told so.
const expected = /^(read (200|404)|mark (200|409|412)|print 200|signIn 204|abandon 0)$/;

const acts = [[read, 60], [mark, 15], [print, 6], [signIn, 2], [abandon, 17]];

function any() {
	let n = Math.random() * 100;

	return acts.find(([, share]) => (n -= share) < 0)?.[0] ?? read;
}

async function oneOf(until, seen) {
	const morel = client(server);

	await morel.login(account('morel'));
	while (Date.now() < until) {
		const act = any();
		const status = await act(morel);

		seen[`${act.name} ${status}`] =
			(seen[`${act.name} ${status}`] ?? 0) + 1;
	}
}

async function day(length, seen) {
	const until = Date.now() + length * 1000;

	await Promise.all(Array.from({ length: 6 }, () => oneOf(until, seen)));
	await sleep(500 * slow);
}

// Each worker is asked: connections go to whichever takes them.
async function idle() {
	for (let i = 0; i < 20; i++) {
		const { text } = await client(server).get('/metrics');

		assert.match(text, /acquis_worker_requests 1\n/);
		assert.match(text, /acquis_worker_lanes_pending 0\n/);
	}
}

test(`H6 ${seconds} seconds of everything leave nothing behind`, async (t) => {
	const seen = {};

	await day(seconds / 4, seen);
	const warm = await measured();
	await day(seconds * 3 / 4, seen);
	const end = await measured();

	t.diagnostic(JSON.stringify({ seen, warm, end }));
	await idle();
	assert.equal(Object.keys(warm).length, 2);
	assert.deepEqual(Object.keys(end), Object.keys(warm));
	for (const pid of Object.keys(warm)) {
		assert.ok(end[pid].files <= warm[pid].files,
			`open files: ${warm[pid].files}, then ${end[pid].files}`);
		if (long)
			assert.ok(end[pid].rss - warm[pid].rss < 1024,
				`worker ${pid}: ${warm[pid].rss} kB, then ${
					end[pid].rss} kB`);
	}
	assert.deepEqual(Object.keys(seen).filter((what) => !expected.test(what)),
		[]);
	assert.ok(!server.log().includes('restarting worker'));
});
