// Processes killed and frozen while people write: what was acknowledged is
// there once, what was refused may be asked again with the same key, nobody
// waits longer than was promised, and all is well by itself afterwards.
//
// alone: measures how long anybody waits

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { client } from './lib/client.mjs';
import { ownCluster } from './lib/cluster.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { slow, startServer } from './lib/server.mjs';

const WRITERS = 8;
// Longer than anybody may wait while it lasts.
const FREEZE = process.env.ACQUIS_TEST_LONG ? 10000 : 6000;
let cluster;
let server;
let school;
let morel;
let round = 0;

before(async () => {
	cluster = await ownCluster();
	server = await startServer();
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	morel = client(server);
	await morel.login({ login: school.login.morel, password: PASSWORD });
});
after(async () => {
	await server?.stop();
	await cluster?.destroy();
});

const all = () => cluster.processes();
const backends = () => cluster.backends(server.database);
const write = (title) => morel.post('/evaluations', { title,
	framework_id: 'bacpro-melec', complexity: 'D',
	criterion_ids: ['melec.comp.c1.k1'],
	learner_ids: [school.person.zoe] }, { key: title });

// A refusal says so in the one form there is, and when to come again.
function refusal(answer) {
	assert.equal(answer.status, 503, answer.text);
	assert.match(answer.headers['content-type'], /^application\/problem\+json/);
	assert.match(answer.body.code, /^(unavailable|outcome-unknown)$/);
	assert.ok(Number(answer.headers['retry-after']) > 0);
}

// Writers who ask again with the same key until they are acknowledged; each
// refusal is looked at.  They tell what they wrote and their longest wait.
async function writing(work, { broken = false } = {}) {
	const seen = { titles: [], refused: 0, cut: 0, longest: 0 };
	const name = `crash-${++round}-`;
	let stop = false;

	async function once(title) {
		const start = Date.now();
		const answer = await write(title).catch((error) => {
			assert.ok(broken, error);
			return null;
		});

		seen.longest = Math.max(seen.longest, Date.now() - start);
		if (answer?.status === 201)
			return true;
		if (answer === null)
			seen.cut++;
		else {
			seen.refused++;
			refusal(answer);
		}
		await sleep(50);
		return false;
	}
	const writers = Array.from({ length: WRITERS }, async (_, w) => {
		for (let i = 0; !stop; i++) {
			const title = `${name}${w}-${i}`;

			while (!await once(title))
				continue;
			seen.titles.push(title);
		}
	});
	const worked = work();

	await Promise.race([worked, Promise.all(writers)]);
	await worked;
	stop = true;
	await Promise.all(writers);
	return { ...seen, name };
}

async function eachOnce({ titles, name }) {
	const rows = await server.sql(
		'SELECT title FROM evaluation WHERE starts_with(title, $1)', [name]);

	assert.deepEqual(rows.map((r) => r.title).sort(), titles.sort());
}

async function wellIn(milliseconds) {
	const end = Date.now() + milliseconds;
	let status = 0;

	for (let i = 0; Date.now() < end && status !== 201; i++) {
		({ status } = await write(`again-${++round}-${i}`));
		await sleep(50);
	}
	assert.equal(status, 201);
}

// One of the server's, once PostgreSQL is back from the last time.
async function backend() {
	for (;;) {
		const [pid] = backends();

		if (pid)
			return pid;
		await sleep(50);
	}
}

test('K1 a backend of PostgreSQL killed under eight writers: every answer is '
	+ 'right or a 503, every key has one effect', { timeout: 240000 },
async (t) => {
	const seen = await writing(async () => {
		for (let i = 0; i < 2; i++) {
			await sleep(1500 * slow);
			process.kill(await backend(), 'SIGKILL');
		}
		await sleep(3000 * slow);
	});

	t.diagnostic(JSON.stringify({ ...seen, titles: seen.titles.length }));
	assert.ok(seen.refused > 0, 'nobody was there when it happened');
	assert.ok(seen.longest < 6000 * slow, `${seen.longest} ms`);
	await wellIn(2000 * slow);
	await eachOnce(seen);
});

// Kore's workers, children of the parent that we started.
function workers() {
	return readFileSync(
		`/proc/${server.pid}/task/${server.pid}/children`, 'utf8')
		.trim().split(' ').filter((pid) => /wrk/.test(
			readFileSync(`/proc/${pid}/cmdline`, 'utf8')))
		.map(Number);
}

test('K2 a worker killed under eight writers, five times: its connections '
	+ 'break, no key has two effects', { timeout: 240000 }, async (t) => {
	server.expectRestarts(5);
	const seen = await writing(async () => {
		for (let i = 0; i < 5; i++) {
			await sleep(1000 * slow);
			process.kill(workers()[i % 2], 'SIGKILL');
		}
		await sleep(1000 * slow);
	}, { broken: true });

	t.diagnostic(JSON.stringify({ ...seen, titles: seen.titles.length }));
	assert.ok(seen.cut > 0, 'nobody was there when it happened');
	await wellIn(2000 * slow);
	assert.equal(workers().length, 2);
	await eachOnce(seen);
});

// One that has just ended by itself needs no signal.
function signal(pids, name) {
	for (const pid of pids)
		try {
			process.kill(pid, name);
		} catch (error) {
			assert.equal(error.code, 'ESRCH');
		}
}

async function frozen(pids, work) {
	signal(pids, 'SIGSTOP');
	try {
		await work();
	} finally {
		signal(pids, 'SIGCONT');
	}
}

// Reads of all kinds of moments in it: each is an answer, and soon.
async function readers(until) {
	let longest = 0;

	while (Date.now() < until) {
		const start = Date.now();
		const answer = await morel.get('/session');

		longest = Math.max(longest, Date.now() - start);
		if (answer.status !== 200)
			refusal(answer);
		assert.equal((await morel.get('/healthz')).status, 200);
		await sleep(20);
	}
	return longest;
}

for (const [what, pids] of [['PostgreSQL', all],
	['every backend of PostgreSQL', backends]])
	test(`K7 ${what} frozen for ${FREEZE / 1000} s under eight writers: a 503 in the time `
		+ 'that was promised, and all is well when it thaws',
	{ timeout: 240000 }, async (t) => {
		let longest = 0;
		const seen = await writing(async () => {
			await sleep(1000);
			await frozen(pids(), async () => {
				longest = Math.max(...await Promise.all(
					Array.from({ length: 4 }, () =>
						readers(Date.now() + FREEZE))));
			});
			await wellIn(2000 * slow);
			await sleep(500);
		});

		t.diagnostic(JSON.stringify({ ...seen, longest,
			titles: seen.titles.length }));
		assert.ok(seen.refused > 0);
		assert.ok(longest < 4500 * slow, `a reader: ${longest} ms`);
		assert.ok(seen.longest < 5500 * slow, `a writer: ${seen.longest} ms`);
		await eachOnce(seen);
	});

test('nobody died of it but those who were killed', () => {
	const died = server.log().match(/restarting worker/g) ?? [];

	assert.equal(died.length, 5);
});
