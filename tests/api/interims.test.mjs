// Interim assessments: prepared, confirmed, unlocked, confirmed again.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { client } from './lib/client.mjs';
import { competencies, confirm, confirmAgain, counters, evaluation, inDays,
	positions, saveDraft, unlock, MELEC, WORD } from './lib/path.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { clientOptions, slow, startServer } from './lib/server.mjs';

let server;
let school;
let grid;
const who = {};

async function signedIn(name) {
	const c = client(server);

	await c.login({ login: school.login[name], password: PASSWORD });
	return c;
}

const of = (name) => school.person[name];
const draftOf = (name) => `/learners/${of(name)}/draft`;
const text = (positioned) => ({ positions: positioned,
	findings: 'Constat.', advice: 'Conseil.' });

// One whole assessment of a learner, from nothing.
async function confirmed(name, teacher = 'morel') {
	await saveDraft(who[teacher], of(name),
		{ positions: await positions(server) });
	const made = await confirm(who[teacher], of(name));

	assert.equal(made.status, 201, made.text);
	return made.body;
}

const read = (name, id) => who[name].get(`/interim-assessments/${id}`);

async function frozen(id) {
	const [row] = await server.sql(
		'SELECT frozen FROM evaluation WHERE id = $1', [id]);

	return row.frozen;
}

// A grade of the first revision.
const savedGrade = (id) => server.sql(`INSERT INTO grade (school_id,
		interim_id, revision, interim_revision, positions, weights,
		origin, value_table, factor_bp, rounding, sum, hundredths,
		value, author_id)
	SELECT school_id, interim_id, 1, 1, positions, '{10000}', 'typed',
	       'regular', 10000, 'half_point_up', 0, 1333, 1350, author_id
	  FROM interim_revision WHERE interim_id = $1`, [id]);

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	for (const name of ['morel', 'petit', 'roux', 'durand', 'leroy', 'admin',
		'zoe', 'adam', 'claire', 'simon', 'paul'])
		who[name] = await signedIn(name);
	grid = await evaluation(server, school, { title: 'Tableau',
		marks: { zoe: '341', adam: '111', lina: '222', hugo: '.4' } });
});
after(() => server?.stop());

test('M-212 a draft is there before the first save, with revision 0',
	async () => {
		const r = await who.morel.get(draftOf('zoe'));

		assert.equal(r.status, 200);
		assert.match(r.headers.etag, /^"0-/);
		assert.equal(r.body.revision, 0);
		assert.deepEqual(r.body.positions, []);
		assert.equal(r.body.missing.length,
			(await competencies(server)).length);
		assert.deepEqual(r.body.evaluations.map((e) => [e.id, e.revision]),
			[[grid, 1]]);
		assert.equal(r.body.evaluations_changed, false);
	});

test('M-213 M-214 the nine values of a position are kept as they were given',
	async () => {
		const all = await competencies(server);
		const values = [[null, null]];

		for (const level of [1, 2, 3, 4])
			for (const objective of ['intermediate', 'terminal'])
				values.push([level, objective]);
		const sent = values.map(([level, objective], i) => ({
			competency_id: all[i].id, level, objective }));
		const r = await who.morel.put(draftOf('zoe'), text(sent),
			{ ifMatch: '"0"' });

		assert.equal(r.status, 200);
		assert.deepEqual(r.body.positions, sent);
		assert.equal(r.body.missing.length, all.length - 9);
		assert.equal(r.body.author.id, of('morel'));
		assert.deepEqual((await who.morel.get(draftOf('zoe'))).body, r.body);
	});

test('M-213 a level without objective, NE with one, level 5: refused with '
	+ 'the place', async () => {
	const [c] = await competencies(server);
	const bad = [[3, null], [null, 'terminal'], [5, 'terminal'],
		[0, 'terminal'], [2, 'other'], ['3', 'terminal']];

	for (const [level, objective] of bad) {
		const r = await who.morel.put(draftOf('zoe'),
			text([{ competency_id: c.id, level, objective }]),
			{ ifMatch: '*' });

		assert.equal(r.status, 422, `${level} ${objective}`);
		assert.match(r.body.errors[0].pointer, /^\/positions\/0/);
	}
	for (const list of [
		[{ competency_id: 'rien', level: 1, objective: 'terminal' }],
		[{ competency_id: c.id, level: 1, objective: 'terminal' },
			{ competency_id: c.id, level: 2, objective: 'terminal' }]])
		assert.equal((await who.morel.put(draftOf('zoe'), text(list),
			{ ifMatch: '*' })).status, 422);
});

test('M-219 findings and advice hold 20000 characters after NFC, not 20001',
	async () => {
		const put = (findings) => who.morel.put(draftOf('zoe'),
			{ positions: [], findings, advice: '' },
			{ ifMatch: '*' });
		const composed = await put('e\u0301'.repeat(20000));

		assert.equal(composed.status, 200);
		assert.equal(composed.body.findings, 'é'.repeat(20000));
		assert.equal((await put('é'.repeat(20001))).status, 422);
		assert.equal((await put('a\r\nb\rc')).body.findings, 'a\nb\nc');
		assert.equal((await put('a\u0007b')).status, 422);
	});

test('L4 If-Match is needed; of two who read the same draft one '
	+ 'saves', async () => {
	const { headers } = await who.morel.get(draftOf('zoe'));
	const put = (ifMatch) => who.morel.put(draftOf('zoe'), text([]),
		{ ifMatch });

	assert.equal((await put(undefined)).status, 428);
	const many = await Promise.all(Array.from({ length: 16 },
		() => put(headers.etag)));
	const won = many.filter((r) => r.status === 200);

	assert.equal(won.length, 1);
	assert.ok(many.every((r) => [200, 412].includes(r.status)));
	const stale = await put('"0"');

	assert.equal(stale.status, 412);
	assert.equal(`"${stale.body.current_revision}"`, won[0].headers.etag);
});

test('M-222 a draft thrown away is empty; its old number never fits again',
	async () => {
		const r = await who.morel.put(draftOf('zoe'), text([]),
			{ ifMatch: '*' });

		assert.equal((await who.morel.del(draftOf('zoe'),
			{ ifMatch: '"1"' })).status, 412);
		assert.equal((await who.morel.del(draftOf('zoe'),
			{ ifMatch: r.headers.etag })).status, 204);
		assert.equal((await who.morel.get(draftOf('zoe'))).body.revision,
			0);
		await who.morel.put(draftOf('zoe'), text([]), { ifMatch: '"0"' });
		assert.equal((await who.morel.put(draftOf('zoe'), text([]),
			{ ifMatch: r.headers.etag })).status, 412);
	});

test('A1 A2 drafts: who teaches the learner writes, the DDFPT reads, nobody '
	+ 'else', async () => {
	const get = async (name, learner) =>
		(await who[name].get(draftOf(learner))).status;
	const put = async (name, learner) => (await who[name].put(
		draftOf(learner), text([]), { ifMatch: '*' })).status;

	assert.equal(await get('durand', 'zoe'), 200);
	assert.equal(await get('roux', 'zoe'), 200);
	assert.equal(await get('petit', 'zoe'), 404);
	assert.equal(await get('roux', 'lina'), 404);
	for (const [name, status] of [['durand', 200], ['roux', 200],
		['petit', 404], ['leroy', 403], ['simon', 404]])
		assert.equal((await who[name].get(
			`${draftOf('zoe')}/radar.svg`)).status, status, name);
	for (const name of ['leroy', 'admin', 'zoe', 'claire'])
		assert.equal(await get(name, 'zoe'), 403, name);
	assert.equal(await get('simon', 'zoe'), 404);
	assert.equal(await put('roux', 'adam'), 200);
	assert.equal(await put('roux', 'lina'), 404);
	assert.equal(await put('petit', 'zoe'), 404);
	assert.equal(await put('durand', 'zoe'), 403);
	assert.equal(await put('simon', 'zoe'), 404);
});

test('A1 A2 what a learner tells of the draft is what asking for it answers',
	async () => {
		for (const [name, learner] of [['morel', 'zoe'], ['roux', 'zoe'],
			['roux', 'lina'], ['petit', 'zoe'], ['durand', 'lina'],
			['leroy', 'zoe'], ['zoe', 'zoe']]) {
			const path = `/learners/${of(learner)}`;
			const c = who[name];
			const seen = await c.get(path);
			const { status } = await c.get(draftOf(learner));
			const written = (await c.put(draftOf(learner), text([]),
				{ ifMatch: '"9999"' })).status;
			const access = written === 412 ? 'write'
				: status === 200 ? 'read' : 'none';
			const told = [`${name}, ${learner}`, access];

			assert.deepEqual([told[0], seen.body.draft_access], told);
			if (name !== 'zoe')
				assert.equal((await c.get(`/classes/${
					school.class['2MELEC']}/learners`)).body.items
					.find(({ id }) => id === of(learner)).draft_access,
				access, told[0]);
			assert.deepEqual([told[0], (await c.get(`${path}/dashboard`))
				.body.draft_access], told);
		}
	});

test('M-217 G-09 every competency needs a position; what lacks is named',
	async () => {
		const all = await positions(server);

		await saveDraft(who.morel, of('lina'),
			{ positions: all.slice(2) });
		const r = await confirm(who.morel, of('lina'));

		assert.equal(r.status, 422);
		assert.equal(r.body.code, 'validation');
		assert.deepEqual(r.body.missing, ['C1', 'C2']);
		assert.deepEqual(r.body.errors.map((e) => e.pointer),
			all.slice(0, 2).map((p) => `/positions/${p.competency_id}`));
		assert.equal(await frozen(grid), 0);
	});

test('M-223 L4 only the exact word confirms', async () => {
	await saveDraft(who.morel, of('lina'),
		{ positions: await positions(server) });
	for (const word of ['confirmation', 'CONFIRMATION ', ' CONFIRMATION',
		'CONFIRMATIONS', 'CONFIRMATIОN', ''])
		assert.equal((await confirm(who.morel, of('lina'),
			{ confirmation: word })).body.code, 'confirmation-word', word);
	assert.equal((await who.morel.post(
		`/learners/${of('lina')}/interim-assessments`, {})).status, 422);
	assert.equal((await server.sql('SELECT id FROM interim')).length, 0);
});

test('M-223 M-224 M-225 a confirmed assessment is whole, archived, and holds '
	+ 'its evaluations', async () => {
	const bilan = await confirmed('lina');
	const r = await read('morel', bilan.id);

	assert.equal(bilan.state, 'confirmed');
	assert.equal(bilan.revision, 1);
	assert.equal(bilan.latest, true);
	assert.equal(bilan.radar, false);
	assert.equal(bilan.learner.id, of('lina'));
	assert.equal(bilan.author.last_name, 'MOREL');
	assert.equal(bilan.positions.length,
		(await competencies(server)).length);
	assert.deepEqual(bilan.evaluations.map((e) => [e.id, e.revision]),
		[[grid, 1]]);
	assert.deepEqual(r.body, bilan);
	assert.equal(await frozen(grid), 1);
	assert.equal((await who.morel.get(draftOf('lina'))).body.revision, 0);
	assert.equal((await who.morel.patch(`/interim-assessments/${bilan.id}`,
		{ advice: 'non' }, { ifMatch: r.headers.etag })).status, 423);
});

test('a locked answer says what holds it and who can open it', async () => {
	const { body: { items: [bilan] } } = await who.morel.get(
		`/learners/${of('lina')}/interim-assessments`);
	const r = await who.morel.patch(`/interim-assessments/${bilan.id}`,
		{ advice: 'non' }, { ifMatch: `"${bilan.version}"` });

	assert.deepEqual(r.body.lock, { interim_id: bilan.id,
		learner_id: of('lina'), confirmed_at: bilan.confirmed_at,
		author: bilan.author, unlockers: ['ddfpt'] });
});

test('L4 a mark changed after the preview makes the confirmation stale',
	async () => {
		await saveDraft(who.roux, of('adam'),
			{ positions: await positions(server) });
		await server.sql(`UPDATE sheet SET revision = revision + 1
			WHERE learner_id = $1`, [of('adam')]);
		assert.equal((await who.roux.get(draftOf('adam'))).body
			.evaluations_changed, true);
		assert.equal((await confirm(who.roux, of('adam'))).status, 412);
		const { body } = await who.roux.get(draftOf('adam'));
		const seen = body.evaluations.map(({ id, revision }) =>
			({ id, revision }));

		assert.equal((await confirm(who.roux, of('adam'),
			{ evaluations: [] })).status, 412);
		assert.equal((await confirm(who.roux, of('adam'),
			{ evaluations: seen }, { ifMatch: '"1"' })).status, 412);
		const made = await confirm(who.roux, of('adam'),
			{ evaluations: seen }, { ifMatch: `"${body.revision}"` });

		assert.equal(made.status, 201);
		assert.equal(await frozen(grid), 2);
	});

test('P3 a sheet that says nothing is not taken in', async () => {
	const empty = await evaluation(server, school, { title: 'vide',
		marks: { hugo: '...', ines: '' } });
	const bilan = await confirmed('hugo');

	assert.deepEqual(bilan.evaluations.map((e) => e.id), [grid]);
	assert.equal(await frozen(empty), 0);
});

test('I1 the same key confirms once and answers the same', async () => {
	await saveDraft(who.morel, of('ines'),
		{ positions: await positions(server) });
	const key = { key: 'once-ines-1' };
	const [a, b] = await Promise.all([
		confirm(who.morel, of('ines'), {}, key),
		confirm(who.morel, of('ines'), {}, key)]);
	const c = await confirm(who.morel, of('ines'), {}, key);

	assert.equal(c.status, 201);
	assert.ok([a, b].some((r) => r.body.id === c.body.id));
	assert.equal((await server.sql(
		'SELECT id FROM interim WHERE learner_id = $1',
		[of('ines')])).length, 1);
});

test('M-229 M-230 M-231 a list from the oldest on, whole, page by page',
	async () => {
		const path = `/learners/${of('zoe')}/interim-assessments`;

		assert.deepEqual((await who.morel.get(path)).body,
			{ items: [], next: null });
		const made = [];

		for (let i = 0; i < 3; i++)
			made.push(await confirmed('zoe'));
		const { body } = await who.morel.get(path);

		assert.deepEqual(body.items.map((i) => i.id),
			made.map((i) => i.id));
		assert.deepEqual(body.items.map((i) => i.latest),
			[false, false, true]);
		assert.deepEqual(body.items.map((i) => i.radar),
			[false, true, true]);
		const first = await who.morel.get(`${path}?limit=2`);
		const second = await who.morel.get(
			`${path}?limit=2&after=${first.body.next}`);

		assert.match(first.headers.link, /rel="next"/);
		assert.deepEqual([...first.body.items, ...second.body.items],
			body.items);
		assert.equal((await who.morel.get(`${path}?limit=0`)).status, 400);
		assert.deepEqual((await who.morel.get(
			`${path}?framework=bacpro-mcv-a`)).body.items, []);
	});

test('M-210 A2 who may read an assessment: 404 for everybody else',
	async () => {
		const { body: { items: [bilan] } } = await who.zoe.get(
			`/learners/${of('zoe')}/interim-assessments`);

		for (const name of ['morel', 'petit', 'durand', 'leroy', 'zoe'])
			assert.equal((await read(name, bilan.id)).status, 200, name);
		for (const name of ['adam', 'simon', 'claire'])
			assert.equal((await read(name, bilan.id)).status, 404, name);
		assert.equal((await read('admin', bilan.id)).status, 403);
		await server.sql('UPDATE school SET guardians_open = true');
		assert.equal((await read('claire', bilan.id)).status, 200);
		for (const path of ['', '/revisions', '/revisions/1'])
			assert.equal((await who.simon.get(
				`/interim-assessments/${bilan.id}${path}`)).status, 404);
	});

test('M-109 a learner and a guardian are not told of an evaluation that was '
	+ 'hidden or deleted under an unlocked assessment', async () => {
	const made = { zoe: '1' };
	const secret = await evaluation(server, school,
		{ title: 'Secrète', marks: made });
	const gone = await evaluation(server, school,
		{ title: 'Supprimée', marks: made });
	const bilan = await confirmed('zoe');
	const path = `/interim-assessments/${bilan.id}`;
	const etag = async (id) => ({ ifMatch: (await who.morel.get(
		`/evaluations/${id}`)).headers.etag });
	const told = (name) => Promise.all(['', '/revisions/1']
		.map(async (part) => {
			const { body } = await who[name].get(path + part);
			const ids = body.evaluations.map((e) => e.id);

			return [secret, gone].map((id) => ids.includes(id));
		}));

	assert.deepEqual(await told('zoe'),
		Array(2).fill([true, true]));
	await unlock(who.durand, bilan.id);
	assert.equal((await who.morel.patch(`/evaluations/${secret}`,
		{ visible: false }, await etag(secret))).status, 200);
	assert.equal((await who.morel.del(`/evaluations/${gone}`,
		await etag(gone))).status, 204);
	await server.sql('UPDATE school SET guardians_open = true');
	for (const name of ['zoe', 'claire']) {
		assert.deepEqual(await told(name),
			Array(2).fill([false, false]), name);
		assert.ok(!(await who[name].get(path)).text.includes('Secrète'));
	}
	assert.deepEqual(await told('morel'),
		Array(2).fill([true, true]));
});

test('M-227 L5 only the DDFPT unlocks, with a reason and an end', async () => {
	const bilan = await confirmed('lina');

	for (const name of ['morel', 'leroy', 'admin', 'zoe', 'claire'])
		assert.equal((await unlock(who[name], bilan.id)).status, 403, name);
	assert.equal((await unlock(who.simon, bilan.id)).status, 403);
	for (const body of [{ reason: '' }, { reason: '  \u00a0\n ' },
		{ reason: 'x'.repeat(1001) }])
		assert.equal((await unlock(who.durand, bilan.id, body)).body
			.errors[0].pointer, '/reason');
	for (const end of [inDays(0), inDays(-1), inDays(94), '2026-02-30',
		'demain', inDays(7) + 'x'])
		assert.equal((await unlock(who.durand, bilan.id,
			{ expires_at: end })).body.errors[0].pointer, '/expires_at');
	assert.equal((await who.durand.post(
		`/interim-assessments/${bilan.id}/unlock`,
		{ reason: 'x' })).status, 422);
	assert.equal((await unlock(who.durand, bilan.id, {},
		{ ifMatch: '"99"' })).status, 412);
	const r = await unlock(who.durand, bilan.id);

	assert.equal(r.status, 200);
	assert.equal(r.body.state, 'unlocked');
	assert.equal(r.body.unlock.author.last_name, 'DURAND');
	assert.equal(r.body.unlock.reason, 'Erreur de saisie sur C4');
	assert.equal((await unlock(who.durand, bilan.id)).status, 409);
});

test('M-227 M-228 G-10 L4 unlocked, changed, confirmed again: a new revision, '
	+ 'the former one stays', async () => {
	const bilan = await confirmed('ines');
	const open = await unlock(who.durand, bilan.id);
	const change = (body, ifMatch) => who.morel.patch(
		`/interim-assessments/${bilan.id}`, body, { ifMatch });

	assert.equal((await change({ advice: 'a' }, undefined)).status, 428);
	assert.equal((await change({ advice: 'a' }, '"1"')).status, 412);
	assert.equal((await who.petit.patch(`/interim-assessments/${bilan.id}`,
		{ advice: 'a' }, { ifMatch: open.headers.etag })).status, 403);
	const changed = await change({ advice: 'Mieux.',
		positions: await positions(server, { level: 4 }) },
	open.headers.etag);

	assert.equal(changed.status, 200);
	assert.equal(changed.body.findings, bilan.findings);
	assert.equal(changed.body.advice, 'Mieux.');
	assert.equal(changed.body.positions[0].level, 4);
	await server.sql(`UPDATE person SET login = 'ines.robert' WHERE id = $1`,
		[of('ines')]);
	const ines = await signedIn('ines');
	const seen = (await ines.get(`/interim-assessments/${bilan.id}`)).body;

	assert.deepEqual([seen.state, seen.advice, seen.unlock],
		['confirmed', bilan.advice, null]);
	assert.equal((await confirmAgain(who.morel, bilan.id,
		{ confirmation: 'confirmation' })).status, 422);
	assert.equal((await confirmAgain(who.petit, bilan.id)).status, 403);
	const again = await confirmAgain(who.morel, bilan.id);

	assert.equal(again.status, 200);
	assert.equal(again.body.id, bilan.id);
	assert.equal(again.body.revision, 2);
	assert.equal(again.body.confirmed_at, bilan.confirmed_at);
	assert.equal((await confirmAgain(who.morel, bilan.id)).status, 409);
	const first = (await who.morel.get(
		`/interim-assessments/${bilan.id}/revisions/1`)).body;

	assert.equal(first.advice, bilan.advice);
	assert.equal(first.unlocked.reason, 'Erreur de saisie sur C4');
	assert.equal((await who.morel.get(
		`/interim-assessments/${bilan.id}/revisions/3`)).status, 404);
});

test('M-228 a competency taken away while unlocked is asked for again',
	async () => {
		const bilan = await confirmed('ines');
		const open = await unlock(who.durand, bilan.id);

		await who.morel.patch(`/interim-assessments/${bilan.id}`,
			{ positions: (await positions(server)).slice(1) },
			{ ifMatch: open.headers.etag });
		const r = await confirmAgain(who.morel, bilan.id);

		assert.equal(r.status, 422);
		assert.deepEqual(r.body.missing, ['C1']);
	});

test('P3 an unlock past its end locks again: what was confirmed stands',
	async () => {
		const own = await evaluation(server, school,
			{ title: 'à lui', marks: { hugo: '1' } });
		const bilan = await confirmed('hugo');
		const open = await unlock(who.durand, bilan.id);
		const before = await frozen(grid);
		const changed = await who.morel.patch(
			`/interim-assessments/${bilan.id}`,
			{ advice: 'perdu' }, { ifMatch: open.headers.etag });

		await server.sql(`UPDATE interim SET unlock_ends_at = now()
			WHERE id = $1`, [bilan.id]);
		const r = (await read('morel', bilan.id)).body;

		assert.deepEqual([r.state, r.advice, r.unlock],
			['confirmed', bilan.advice, null]);
		assert.equal((await who.morel.patch(
			`/interim-assessments/${bilan.id}`, { advice: 'non' },
			{ ifMatch: changed.headers.etag })).status, 423);
		assert.equal((await confirmAgain(who.morel, bilan.id)).status, 409);
		const e = await who.morel.get(`/evaluations/${own}`);

		assert.equal(await frozen(own), 1);
		assert.equal((await who.morel.patch(`/evaluations/${own}/marks`,
			{ marks: [{ learner_id: of('hugo'), mark: 'fail',
				criterion_id: e.body.items[0].id }] },
			{ ifMatch: e.headers.etag })).status, 423);
		assert.equal((await unlock(who.durand, bilan.id)).status, 200);
		assert.equal(await frozen(grid), before);
		const notes = await server.sql(`SELECT person_id, before FROM journal
			WHERE act = 'relock' AND subject_id = $1`, [bilan.id]);

		assert.equal(notes.length, 1);
		assert.equal(notes[0].person_id, null);
		assert.equal(notes[0].before.advice, 'perdu');
	});

test('P3 M-227 who only reads finds an unlock past its end locked: '
	+ 'assessment, evaluation, home screen', async () => {
	const own = await evaluation(server, school,
		{ title: 'relue', marks: { adam: '2' } });
	const bilan = await confirmed('adam');
	const open = await unlock(who.durand, bilan.id);
	const home = async () => (await who.morel.get('/home')).body.unlocked
		.map((u) => u.interim_id);
	assert.ok((await home()).includes(bilan.id));
	assert.equal((await who.morel.get(`/evaluations/${own}`)).body.frozen,
		false);
	await server.sql(`UPDATE interim SET unlock_ends_at = now()
		WHERE id = $1`, [bilan.id]);

	const r = await who.morel.get(`/interim-assessments/${bilan.id}`,
		{ ifNoneMatch: open.headers.etag });
	assert.deepEqual([r.status, r.body.state, r.body.unlock],
		[200, 'confirmed', null]);
	assert.equal((await who.morel.get(`/evaluations/${own}`)).body.frozen,
		true);
	assert.ok(!(await home()).includes(bilan.id));
	assert.equal((await server.sql(`SELECT FROM journal
		WHERE act = 'relock' AND subject_id = $1
		  AND person_id IS NULL`, [bilan.id])).length, 1);
});

test('P3 M-227 who reads does not wait for who is at it: the clock answers',
	async () => {
		const bilan = await confirmed('adam');
		await unlock(who.durand, bilan.id);
		await server.sql(`UPDATE interim SET unlock_ends_at = now()
			WHERE id = $1`, [bilan.id]);
		const other = new pg.Client(clientOptions(
			server.env.ACQUIS_OWNER_URL));
		await other.connect();
		await other.query('BEGIN');
		await other.query(`SELECT FROM evaluation e WHERE e.id IN (
			SELECT evaluation_id FROM interim_cover
			 WHERE interim_id = $1) FOR UPDATE`, [bilan.id]);
		const start = Date.now();
		const r = await read('morel', bilan.id);
		const took = Date.now() - start;
		const home = await who.morel.get('/home');

		await other.query('ROLLBACK');
		await other.end();
		assert.equal(r.body.state, 'confirmed');
		assert.ok(!home.body.unlocked.some((u) =>
			u.interim_id === bilan.id));
		assert.ok(took < 300 * slow, `${took} ms`);
		const [row] = await server.sql(
			'SELECT state FROM interim WHERE id = $1', [bilan.id]);
		assert.equal(row.state, 'unlocked');
		await read('morel', bilan.id);
		const [now] = await server.sql(
			'SELECT state FROM interim WHERE id = $1', [bilan.id]);
		assert.equal(now.state, 'confirmed');
	});

test('A1 what is being changed is a draft: who teaches the learner and the '
	+ 'DDFPT read it, others what was confirmed', async () => {
	const bilan = await confirmed('zoe');
	const open = await unlock(who.durand, bilan.id);
	await who.morel.patch(`/interim-assessments/${bilan.id}`,
		{ advice: 'En cours.', findings: 'À revoir.',
			positions: await positions(server, { level: 1 }) },
		{ ifMatch: open.headers.etag });

	for (const name of ['morel', 'durand']) {
		const seen = (await read(name, bilan.id)).body;
		assert.deepEqual([seen.state, seen.advice, seen.findings,
			seen.positions[0].level],
		['unlocked', 'En cours.', 'À revoir.', 1], name);
	}
	for (const name of ['petit', 'leroy']) {
		const seen = (await read(name, bilan.id)).body;
		assert.deepEqual([seen.state, seen.advice, seen.findings,
			seen.positions[0].level, seen.unlock.reason],
		['unlocked', bilan.advice, bilan.findings,
			bilan.positions[0].level, 'Erreur de saisie sur C4'], name);
		const list = (await who[name].get(
			`/learners/${of('zoe')}/interim-assessments`)).body.items;
		assert.ok(list.every((i) => i.advice !== 'En cours.'), name);
	}
	await confirmAgain(who.morel, bilan.id);
	assert.equal((await read('leroy', bilan.id)).body.advice, 'En cours.');
});

test('P3 R-17 an unlock runs out over a mark that was changed: the same words '
	+ 'are a new revision, over the mark as it is', async () => {
	const own = await evaluation(server, school,
		{ title: 'corrigée', marks: { hugo: '1' } });
	const other = await evaluation(server, school,
		{ title: 'à côté', marks: { ines: '' } });
	const bilan = await confirmed('hugo');
	const mark = async (id, name, value) => {
		const e = await who.morel.get(`/evaluations/${id}`);

		return (await who.morel.patch(`/evaluations/${id}/marks`,
			{ marks: [{ learner_id: of(name), mark: value,
				criterion_id: e.body.items[0].id }] },
			{ ifMatch: e.headers.etag })).status;
	};
	const told = async () => (await server.sql(`SELECT partner_rev::int AS rev
		FROM interim WHERE id = $1`, [bilan.id]))[0].rev;
	const covered = (i) => i.evaluations.find((e) => e.id === own).revision;

	await savedGrade(bilan.id);
	await unlock(who.durand, bilan.id);
	assert.equal(await mark(own, 'hugo', 'autonomous'), 200);
	await server.sql(`UPDATE interim SET unlock_ends_at = now()
		WHERE id = $1`, [bilan.id]);
	const rev = await told();

	assert.equal(await mark(other, 'ines', 'fail'), 200);
	const now = (await read('morel', bilan.id)).body;

	assert.deepEqual([now.state, now.revision, now.version, now.confirmed_at],
		['confirmed', 2, bilan.version + 2, bilan.confirmed_at]);
	assert.deepEqual([now.positions, now.findings, now.advice, now.author],
		[bilan.positions, bilan.findings, bilan.advice, bilan.author]);
	assert.equal(covered(now), covered(bilan) + 1);
	assert.deepEqual(now.evaluations.map((e) => e.id),
		bilan.evaluations.map((e) => e.id));
	assert.equal(now.grade.state, 'stale');
	assert.ok(await told() > rev);
	assert.equal(await mark(own, 'hugo', 'fail'), 423);
	const [note] = await server.sql(`SELECT after FROM journal
		WHERE act = 'relock' AND subject_id = $1`, [bilan.id]);

	assert.equal(note.after.revision, 2);
	assert.equal(note.after.taken[own], covered(now));
	for (const [n, shown] of [[1, bilan], [2, now]]) {
		const { body } = await who.morel.get(
			`/interim-assessments/${bilan.id}/revisions/${n}`);

		assert.equal(covered(body), covered(shown), String(n));
		assert.equal(body.advice, bilan.advice);
	}
});

test('L5 an evaluation held twice is free only when both are unlocked',
	async () => {
		const one = await evaluation(server, school,
			{ title: 'deux fois', marks: { zoe: '1', adam: '2' } });
		const zoe = await confirmed('zoe');
		const adam = await confirmed('adam');

		assert.equal(await frozen(one), 2);
		await unlock(who.durand, zoe.id);
		assert.equal(await frozen(one), 1);
		await unlock(who.durand, adam.id);
		assert.equal(await frozen(one), 0);
		await confirmAgain(who.morel, zoe.id);
		assert.equal(await frozen(one), 1);
	});

test('R-17 an unlock makes the grade stale, the same content brings it back',
	async () => {
		const bilan = await confirmed('lina');

		await savedGrade(bilan.id);
		const grade = async (name) =>
			(await read(name, bilan.id)).body.grade;

		assert.equal((await grade('morel')).value, '13.50');
		assert.equal((await grade('morel')).state, 'saved');
		await unlock(who.durand, bilan.id);
		assert.equal((await grade('morel')).state, 'stale');
		await confirmAgain(who.morel, bilan.id);
		assert.equal((await grade('morel')).state, 'stale');
		const lina = await signedIn('lina');

		assert.equal((await lina.get(`/interim-assessments/${bilan.id}`))
			.body.grade, null);
		await server.sql('UPDATE school SET learners_see_grade = true');
		assert.equal((await lina.get(`/interim-assessments/${bilan.id}`))
			.body.grade.value, '13.50');
		await server.sql('UPDATE school SET learners_see_grade = false');
	});

test('the feed: a replaced assessment is withdrawn, and comes back when the '
	+ 'newer one is unlocked (partner-api 5.1, 5.7, 5.9)', async () => {
	const shown = async () => (await server.sql(
		`SELECT id::text, partner_rev::int AS rev, withdrawn_at IS NULL AS on
		   FROM interim WHERE learner_id = $1 ORDER BY id`, [of('paul')]));
	const make = async () => {
		await saveDraft(who.petit, of('paul'), { positions:
			await positions(server, { framework: 'bacpro-mcv-a' }) });
		return (await confirm(who.petit, of('paul'))).body;
	};

	await make();
	const second = await make();
	const one = await shown();

	assert.deepEqual(one.map((i) => i.on), [false, true]);
	await unlock(who.durand, second.id);
	const two = await shown();

	assert.deepEqual(two.map((i) => i.on), [true, false]);
	await confirmAgain(who.petit, second.id);
	const three = await shown();

	assert.deepEqual(three.map((i) => i.on), [false, true]);
	for (const [before, now] of [[one, two], [two, three]])
		for (const i of [0, 1])
			assert.ok(now[i].rev > before[i].rev);
	assert.equal(three[1].id, second.id);
});

test('an assessment belongs to the term that holds its day', async () => {
	await server.sql(`INSERT INTO term (school_id, school_year, kind, index,
			starts_on, ends_on, framework_ids)
		VALUES ($1, 2025, 'T', 1, current_date - 30, current_date + 30,
		        '{}'),
		       ($1, 2025, 'S', 2, current_date - 30, current_date + 30,
		        '{${MELEC}}')`, [school.id.essais]);
	assert.equal((await confirmed('zoe')).term_id, '2025-S2');
	await saveDraft(who.petit, of('paul'), { positions:
		await positions(server, { framework: 'bacpro-mcv-a' }) });
	assert.equal((await confirm(who.petit, of('paul'))).body.term_id,
		'2025-T1');
});

test('P3 revisions of a school are one chain of hashes over what they say',
	async () => {
		const rows = await server.sql(
			`SELECT r.interim_id, r.revision, i.learner_id,
			        i.framework_key, r.author_id,
			        extract(epoch FROM r.confirmed_at)::text AS at,
			        r.positions, r.findings, r.advice,
			        encode(r.sha256, 'hex') AS sha256,
			        encode(r.previous, 'hex') AS previous,
			        (SELECT coalesce(jsonb_object_agg(
			                    c.evaluation_id, c.sheet_revision),
			                    '{}')::text
			           FROM interim_cover c
			          WHERE c.interim_id = r.interim_id
			            AND c.revision = r.revision) AS taken
			   FROM interim_revision r
			   JOIN interim i ON i.id = r.interim_id
			  ORDER BY r.chain`);
		let previous = '0'.repeat(64);

		assert.ok(rows.length > 15);
		for (const r of rows) {
			assert.equal(r.previous, previous);
			previous = createHash('sha256').update([previous,
				r.interim_id, r.revision, r.learner_id,
				r.framework_key, r.author_id, r.at, r.positions,
				Buffer.byteLength(r.findings), r.findings,
				Buffer.byteLength(r.advice), r.advice,
				r.taken].join('\n')).digest('hex');
			assert.equal(r.sha256, previous);
		}
		const { body } = await who.morel.get(
			`/interim-assessments/${rows[0].interim_id}/revisions`);

		assert.equal(body.items[0].sha256, rows[0].sha256);
	});

test('T2 drafts, confirmations and unlocks are in the journal', async () => {
	const acts = (await server.sql(`SELECT act, count(*)::int AS n
		FROM journal GROUP BY act`)).map((r) => r.act);

	for (const act of ['position', 'confirm', 'unlock', 'relock',
		'draft_delete'])
		assert.ok(acts.includes(act), act);
});

test('L5 the counters are what the covers say', async () => {
	const { counted, kept } = await counters(server);

	assert.deepEqual(kept, counted);
	assert.ok(Object.keys(kept.evaluation).length > 0);
});

test('an unknown member, a query argument we do not know: 400', async () => {
	assert.equal((await confirm(who.morel, of('zoe'), { force: true }))
		.status, 400);
	assert.equal((await who.morel.get(
		`/interim-assessments/1?x=1`)).status, 400);
	assert.equal((await who.morel.put(draftOf('zoe'),
		{ ...text([]), revision: 3 }, { ifMatch: '*' })).status, 400);
	assert.ok(WORD);
});
