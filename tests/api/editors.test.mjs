// Eight people change marks while four confirm and the DDFPT unlocks, all at
// once and for a while: 5 seconds, 60 in the long form, or
// ACQUIS_TEST_SECONDS; and until all that can happen has.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { confirm, counters, evaluation, positions, unlock }
	from './lib/path.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { startServer } from './lib/server.mjs';

const seconds = Number(process.env.ACQUIS_TEST_SECONDS
	?? (process.env.ACQUIS_TEST_LONG ? 60 : 5));
const wanted = ['edit 200', 'edit 423', 'confirm 201', 'unlock 200'];
const learners = ['zoe', 'adam', 'lina', 'hugo', 'ines'];
const answers = new Map();
const evaluations = [];
let server;
let school;
let everything;
let end;

const any = (list) => list[Math.floor(Math.random() * list.length)];

async function signedIn(name) {
	const c = client(server);

	const { status } = await c.login(
		{ login: school.login[name], password: PASSWORD });
	assert.equal(status, 201);
	return c;
}

const goesOn = () => Date.now() < end || Date.now() < end + 30000
	&& !wanted.every((one) => answers.has(one));

// Every answer is one that was foreseen, whoever came first.
function met(who, answer, foreseen) {
	const key = `${who} ${answer.status}`;

	answers.set(key, (answers.get(key) ?? 0) + 1);
	assert.ok(foreseen.includes(answer.status), `${key}: ${answer.text}`);
	return answer;
}

async function edits(morel) {
	while (goesOn()) {
		const path = `/evaluations/${any(evaluations)}`;
		const { headers, body } = met('read', await morel.get(path), [200]);

		met('edit', await morel.patch(`${path}/marks`, { marks: [{
			learner_id: school.person[any(learners)],
			criterion_id: any(body.items).id,
			mark: any(['fail', 'partial', 'assisted', 'autonomous']) }] },
		{ ifMatch: headers.etag }), [200, 409, 412, 423]);
	}
}

async function confirms(morel) {
	while (goesOn()) {
		const learner = school.person[any(learners)];
		const path = `/learners/${learner}/draft`;
		const draft = met('draft', await morel.get(path), [200]);

		met('save', await morel.put(path, { positions: everything,
			findings: '', advice: '' }, { ifMatch: draft.headers.etag }),
		[200, 409, 412]);
		met('confirm', await confirm(morel, learner, {}, {
			key: `editors-${Math.random()}` }), [201, 409, 412, 422]);
	}
}

async function unlocks(durand) {
	while (goesOn()) {
		const { body } = await durand.get('/learners/'
			+ `${school.person[any(learners)]}/interim-assessments`);
		const open = body.items.filter((i) => i.state === 'confirmed');

		for (const one of open)
			met('unlock', await unlock(durand, one.id), [200, 409]);
		await new Promise((done) => setTimeout(done, 150));
	}
}

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	everything = await positions(server);
	for (let i = 0; i < 6; i++)
		evaluations.push(await evaluation(server, school, {
			title: `n° ${i}`, marks: Object.fromEntries(
				learners.map((name) => [name, i < 3 ? '123' : ''])) }));
});
after(() => server?.stop());

test(`L2 eight editors, four who confirm, one who unlocks, ${seconds} s: `
	+ 'nothing moves under a confirmed assessment',
{ timeout: (seconds + 60) * 1000 }, async () => {
	// One after the other: more than ten tries at once are held to be
	// guesses (S1).
	const morels = [];
	for (let i = 0; i < 12; i++)
		morels.push(await signedIn('morel'));
	const durand = await signedIn('durand');

	end = Date.now() + seconds * 1000;
	await Promise.all([...morels.slice(0, 8).map(edits),
		...morels.slice(8).map(confirms), unlocks(durand)]);
	for (const done of wanted)
		assert.ok(answers.get(done) > 0, `${done}: ${[...answers]}`);
	const moved = await server.sql(
		`SELECT c.interim_id, c.evaluation_id
		   FROM interim_cover c
		   JOIN interim i ON i.id = c.interim_id
		    AND i.revision = c.revision AND i.state = 'confirmed'
		   JOIN sheet s ON s.evaluation_id = c.evaluation_id
		    AND s.learner_id = i.learner_id
		  WHERE s.revision <> c.sheet_revision`);
	const { counted, kept } = await counters(server);

	assert.deepEqual(moved, []);
	assert.deepEqual(kept, counted);
});

test('P3 no mark changed between a confirmation and its unlock', async () => {
	const broken = await server.sql(
		`WITH held AS (
			SELECT c.evaluation_id, i.learner_id, k.id AS since,
			       (SELECT min(u.id) FROM journal u
			         WHERE u.act = 'unlock' AND u.id > k.id
			           AND u.subject_id = c.interim_id) AS until
			  FROM interim_cover c
			  JOIN interim i ON i.id = c.interim_id
			  JOIN journal k ON k.act = 'confirm'
			   AND k.subject_id = c.interim_id)
		SELECT j.id FROM journal j
		  JOIN held h ON h.evaluation_id = j.subject_id
		   AND h.learner_id = j.learner_id
		 WHERE j.act = 'marks' AND j.id > h.since
		   AND (h.until IS NULL OR j.id < h.until)`);

	assert.deepEqual(broken, []);
});

test('P3 the chain of revisions has no gap and no fork', async () => {
	const rows = await server.sql(
		`SELECT encode(sha256, 'hex') AS own, encode(previous, 'hex') AS before
		   FROM interim_revision ORDER BY chain`);

	rows.forEach((r, i) => assert.equal(r.before,
		i === 0 ? '0'.repeat(64) : rows[i - 1].own));
	assert.ok(rows.length > 3);
});

test('no worker had to be restarted', () => {
	assert.doesNotMatch(server.log(), /restarting worker/);
});
