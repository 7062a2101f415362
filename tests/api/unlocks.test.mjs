// Interim assessments: unlocked, changed, confirmed again, and what hangs on
// them meanwhile.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { acted, confirmed, frozen, grid, of, openInterims, read, savedGrade,
	school, server, signedIn, text, who } from './lib/interims.mjs';
import { confirm, confirmAgain, counters, evaluation, inDays, positions,
	saveDraft, unlock } from './lib/path.mjs';
import { clientOptions, slow } from './lib/server.mjs';

before(openInterims);
after(() => server?.stop());

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

test('T2 unlocks are in the journal', async () => {
	const acts = await acted();

	for (const act of ['unlock', 'relock'])
		assert.ok(acts.includes(act), act);
});

test('L5 the counters are what the covers say', async () => {
	const { counted, kept } = await counters(server);

	assert.deepEqual(kept, counted);
	assert.ok(Object.keys(kept.evaluation).length > 0);
});
