// Imports that go on after their answer: told how far they are, cancelled,
// killed in the middle.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { client } from './lib/client.mjs';
import { stories } from './lib/import_school.mjs';
import { slow } from './lib/server.mjs';
import * as siecle from './lib/siecle.mjs';
import { PASSWORD, UAI, folder, imported, makeSchool, sample }
	from './lib/siecle.mjs';

const working = new Set(['reading', 'planning', 'applying']);

// Whoever writes the last rows of an import waits while somebody holds.
const it = stories(async (server) => {
	await server.sql('CREATE TABLE hold (it integer)');
	await server.sql('GRANT SELECT ON hold TO acquis_api');
	await server.sql(`CREATE FUNCTION held() RETURNS trigger
		LANGUAGE plpgsql AS $$ BEGIN
		WHILE EXISTS (SELECT FROM hold) LOOP
			PERFORM pg_sleep(0.02);
		END LOOP;
		RETURN NULL; END $$`);
	await server.sql(`CREATE TRIGGER held BEFORE INSERT ON guardianship
		FOR EACH STATEMENT EXECUTE FUNCTION held()`);
});

const hold = () => it.server.sql('INSERT INTO hold VALUES (1)');
const release = () => it.server.sql('DELETE FROM hold');

const story = (title, work) => it.story(title, async (t) => {
	await release();
	await work(t);
});

const analyse = (files = folder('01-initial'), options = {}) =>
	siecle.analyse(it.admin, files, { later: true, ...options });
const commit = (id, body = {}, options = {}) =>
	it.admin.post(`/imports/${id}/commit?later=true`, body, options);
const cancel = (id) => it.admin.post(`/imports/${id}/cancel`);
const read = async (id) => (await it.admin.get(`/imports/${id}`)).body;

// Asked until it is as wanted; every state on the way.
async function until(id, wanted) {
	const end = Date.now() + 30000 * slow;
	const states = [];

	for (;;) {
		const now = await read(id);

		states.push(now.state);
		if (wanted(now))
			return { ...now, states };
		assert.ok(Date.now() < end, `${id}: ${states.at(-1)}`);
		await sleep(30);
	}
}

const ended = (id) => until(id, ({ state }) => !working.has(state));

async function preview(files) {
	const { body: { id } } = await analyse(files);
	const now = await ended(id);

	assert.equal(now.state, 'previewed', JSON.stringify(now.problem));
	return id;
}

// No transaction of an import is left, of a worker that was killed neither.
async function over() {
	const end = Date.now() + 30000 * slow;
	let n = 1;

	while (n > 0 && Date.now() < end) {
		[{ n }] = await it.server.sql(`SELECT count(*)::int AS n
			FROM pg_locks l JOIN pg_database d ON d.oid = l.database
			WHERE l.locktype = 'advisory' AND l.classid = 4711
			  AND d.datname = current_database()`);
		await sleep(20);
	}
	assert.equal(n, 0);
}

async function learners() {
	const [{ n }] = await it.server.sql(`SELECT count(*)::int AS n FROM person
		WHERE school_id = $1 AND track IS NOT NULL`, [it.ids.school]);

	return n;
}

story('M-026 an analysis goes on after its answer, and ends in the preview',
	async () => {
		const first = await analyse();

		assert.equal(first.status, 202, first.text.slice(0, 600));
		assert.equal(first.headers.location,
			`/api/v1/imports/${first.body.id}`);
		assert.equal(first.headers['retry-after'], '1');
		assert.equal(first.body.state, 'reading');
		assert.deepEqual(first.body.files.map((f) => [f.name, f.kind]),
			[['staff.xml', null], ['learners.xml', null],
				['guardians.xml', null]]);
		const done = await ended(first.body.id);
		const waited = await siecle.analyse(it.admin, folder('01-initial'));

		assert.equal(done.progress, null);
		assert.equal(done.problem, null);
		assert.equal(done.state, 'previewed');
		assert.deepEqual(done.lines, waited.body.lines);
		assert.deepEqual(done.counts, waited.body.counts);
		assert.deepEqual(done.files, waited.body.files);
	});

story('M-026 an import that goes on is told to whoever comes later', async () => {
	const id = await preview();

	await hold();
	const begun = await commit(id);
	assert.equal(begun.status, 202, begun.text.slice(0, 300));
	assert.equal(begun.body.state, 'applying');
	const now = await until(id, ({ progress }) => progress.percent >= 70);

	assert.equal(now.state, 'applying');
	assert.equal(now.progress.step, 'writing');
	// Another page, the list, and the same once more.
	const other = client(it.server);
	await other.login({ school: UAI, login: 'admin', password: PASSWORD });
	const list = await other.get('/imports');
	assert.equal(list.body.items[0].id, id);
	assert.equal(list.body.items[0].state, 'applying');
	assert.ok(list.body.items[0].progress.percent >= 70);
	const one = await other.get(`/imports/${id}`);
	assert.equal(one.headers['retry-after'], '1');
	assert.equal((await other.get(`/imports/${id}`,
		{ ifNoneMatch: one.headers.etag })).status, 304);
	assert.equal(await learners(), 0);

	await release();
	const done = await ended(id);
	assert.equal(done.state, 'committed');
	assert.equal(await learners(), imported);
	assert.notEqual((await other.get(`/imports/${id}`,
		{ ifNoneMatch: one.headers.etag })).status, 304);
});

story('M-027 files that are refused afterwards say what they would have said',
	async () => {
		const bad = { learners: sample(
			'malformed/m04-billion-laughs.xml') };
		const waited = await siecle.analyse(it.admin, bad);
		const { body: { id } } = await analyse(bad);
		const now = await ended(id);
		const { request_id: a, ...told } = now.problem;
		const { request_id: b, ...said } = waited.body;

		assert.ok(a !== b);
		assert.equal(now.state, 'refused');
		assert.deepEqual(told, said);
		assert.equal(now.problem.code, 'xml_doctype');
		assert.equal(now.problem.errors[0].pointer, '/learners');
		assert.equal(await learners(), 0);
	});

story('mass_departure stops a commit that went on, and the preview stays',
	async () => {
		const first = await preview();

		await commit(first);
		assert.equal((await ended(first)).state, 'committed');
		const { staff, learners: all } = folder('01-initial');
		const id = await preview({ staff, learners: Buffer.from(
			all.toString('latin1').replaceAll(
				/2MELEC<\/CODE_STRUCTURE>/g,
				'Inactifs</CODE_STRUCTURE>'), 'latin1') });
		await commit(id);
		const no = await ended(id);

		assert.equal(no.state, 'previewed');
		assert.equal(no.problem.code, 'mass_departure');
		assert.equal(await learners(), imported);
		const again = await commit(id, { confirm: ['mass_departure'] },
			{ ifMatch: `"${no.revision}"` });
		assert.equal(again.status, 202, again.text.slice(0, 300));
		const yes = await ended(id);
		assert.equal(yes.state, 'committed');
		assert.equal(yes.problem, null);
	});

story('what a commit can be refused at once is refused at once', async () => {
	const id = await preview();

	assert.equal((await commit(id, { confirm: 7 })).status, 422);
	assert.equal((await commit(id, {}, { ifMatch: '"9"' })).status, 412);
	assert.equal((await commit(404404)).status, 404);
	assert.equal((await read(id)).state, 'previewed');
});

story('an analysis is cancelled, and a preview is let go of', async () => {
	const { body: { id } } = await analyse();
	const gone = await cancel(id);

	assert.equal(gone.status, 200, gone.text.slice(0, 300));
	assert.equal(gone.body.state, 'cancelled');
	assert.equal((await cancel(id)).body.code, 'conflict');
	assert.equal((await commit(id)).body.code, 'conflict');
	const next = await preview();
	assert.equal((await cancel(next)).body.state, 'cancelled');
	assert.equal((await read(id)).state, 'cancelled');
	const [{ kept }] = await it.server.sql(`SELECT count(*)::int AS kept
		FROM import WHERE school_id = $1 AND staff IS NOT NULL`,
	[it.ids.school]);
	assert.equal(kept, 0);
	const notes = await it.server.sql(`SELECT subject_id FROM journal
		WHERE school_id = $1 AND act = 'import_cancel' ORDER BY id`,
	[it.ids.school]);
	assert.deepEqual(notes.map((n) => n.subject_id), [id, next]);
});

story('X3 cancelled while it is applied, an import leaves nothing behind',
	async () => {
		const id = await preview();
		const was = await siecle.everything(it.server, it.ids.school);

		await hold();
		await commit(id);
		await until(id, ({ progress }) => progress.percent >= 70);
		const stopped = await cancel(id);
		assert.equal(stopped.status, 200);
		assert.equal(stopped.body.state, 'previewed');
		await release();
		await over();
		assert.equal(await siecle.everything(it.server, it.ids.school), was);
		assert.equal(await learners(), 0);
		await commit(id);
		assert.equal((await ended(id)).state, 'committed');
		assert.equal(await learners(), imported);
	});

story('X3 a second import while one is at work waits its turn', async () => {
	const id = await preview();

	await hold();
	await commit(id);
	for (const other of [await analyse(), await commit(id)]) {
		assert.equal(other.status, 409, other.text.slice(0, 300));
		assert.equal(other.body.code, 'in-progress');
	}
	await release();
	assert.equal((await ended(id)).state, 'committed');
	assert.equal(await learners(), imported);
});

story('I1 sent twice with one key, an import is one', async () => {
	const one = await analyse(undefined, { key: 'later-0001' });
	const two = await analyse(undefined, { key: 'later-0001' });

	assert.equal(one.status, 202);
	// A form has another boundary each time: another body.
	assert.equal(two.status, 422);
	await ended(one.body.id);
	const first = await commit(one.body.id, {}, { key: 'later-0002' });
	const second = await commit(one.body.id, {}, { key: 'later-0002' });

	assert.equal(second.headers['idempotent-replayed'], 'true');
	assert.deepEqual(second.body, first.body);
	assert.equal((await ended(one.body.id)).state, 'committed');
	assert.equal(await learners(), imported);
});

// Those of Kore that work for the server, not the one that keeps keys.
function workers() {
	return execFileSync('pgrep', ['-P', String(it.server.pid)])
		.toString().trim().split('\n').map(Number);
}

story('X3 K2 a worker killed while it applies an import: nothing is applied, '
	+ 'whoever waits is told, and the import can be applied again', async () => {
	const id = await preview();
	const was = await siecle.everything(it.server, it.ids.school);

	await hold();
	await commit(id);
	await until(id, ({ progress }) => progress.percent >= 70);
	for (const pid of workers()) {
		it.server.expectRestarts(1);
		process.kill(pid, 'SIGKILL');
	}
	await release();
	// Nobody has to wait ten seconds here for it to be ten seconds later.
	await it.server.sql(`UPDATE import_job
		SET alive_at = alive_at - interval '10 seconds'
		WHERE school_id = $1`, [it.ids.school]);
	let now;
	do {
		await sleep(50);
		now = await it.admin.get(`/imports/${id}`).catch(() => null);
	} while (now?.status !== 200);

	assert.equal(now.body.state, 'previewed');
	assert.equal(now.body.problem.code, 'interrupted');
	assert.equal(await siecle.everything(it.server, it.ids.school), was);
	await over();
	const again = await commit(id);
	assert.equal(again.status, 202, again.text);
	const done = await ended(id);
	assert.equal(done.state, 'committed', JSON.stringify(done.problem));
	assert.equal(await learners(), imported);
});

story('a job that nobody has heard of is over: its analysis has failed',
	async () => {
		const { body: { id } } = await analyse();

		await ended(id);
		// As a killed worker leaves it.
		await it.server.sql(`UPDATE import SET state = 'analysing',
			staff = NULL, learners = NULL, guardians = NULL
			WHERE school_id = $1`, [it.ids.school]);
		await it.server.sql(`INSERT INTO import_job
			(school_id, import_id, work, alive_at)
			VALUES ($1, $2, 'analysis',
				now() - interval '11 seconds')`, [it.ids.school, id]);
		const now = await read(id);

		assert.equal(now.state, 'failed');
		assert.equal(now.problem.code, 'interrupted');
		const next = await analyse();
		assert.equal(next.status, 202);
		assert.equal((await ended(next.body.id)).state, 'previewed');
		assert.equal((await read(id)).state, 'failed');
	});

story('A2 nobody else sees or cancels the import of a school', async () => {
	const id = await preview();
	const teacher = client(it.server);

	await teacher.login({ school: UAI, login: 'marc.morel',
		password: PASSWORD });
	assert.equal((await teacher.post(`/imports/${id}/cancel`)).status, 403);
	await makeSchool(it.server, '0999002X').catch(() => {});
	const other = client(it.server);
	await other.login({ school: '0999002X', login: 'admin',
		password: PASSWORD });
	assert.equal((await other.post(`/imports/${id}/cancel`)).status, 404);
	assert.equal((await read(id)).state, 'previewed');
});
