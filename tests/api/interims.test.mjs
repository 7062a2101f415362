// Interim assessments: prepared, confirmed, read.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { acted, confirmed, draftOf, frozen, grid, of, openInterims, read, school,
	server, text, who } from './lib/interims.mjs';
import { competencies, confirm, evaluation, positions, saveDraft, unlock,
	MELEC, WORD } from './lib/path.mjs';

before(openInterims);
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

test('an unknown member, a query argument we do not know: 400', async () => {
	assert.equal((await confirm(who.morel, of('zoe'), { force: true }))
		.status, 400);
	assert.equal((await who.morel.get(
		`/interim-assessments/1?x=1`)).status, 400);
	assert.equal((await who.morel.put(draftOf('zoe'),
		{ ...text([]), revision: 3 }, { ifMatch: '*' })).status, 400);
	assert.ok(WORD);
});

test('T2 drafts and confirmations are in the journal', async () => {
	const acts = await acted();

	for (const act of ['position', 'confirm', 'draft_delete'])
		assert.ok(acts.includes(act), act);
});
