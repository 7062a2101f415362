// What partners pull, and what they never see: partner-api.md 3 to 6 and 8.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { around, everything, many, setTerms } from './lib/feed.mjs';
import { FINDINGS, ids, openFeed, revs } from './lib/partner.mjs';
import { confirmAgain, inDays, positions, saveDraft, unlock }
	from './lib/path.mjs';
import { clientOptions, root } from './lib/server.mjs';

let server, school, who, pronote, partner, pull, one, validated, clock;

const of = (name) => school.person[name];

async function graded(id) {
	const model = await who.morel.post(
		`/interim-assessments/${id}/weights/model`, {});
	const saved = await who.morel.put(`/interim-assessments/${id}/grade`,
		undefined, { ifMatch: model.headers.etag });

	assert.equal(saved.status, 200, saved.text);
	return saved.body;
}

before(async () => {
	({ server, school, who, pronote, partner, pull, one, validated, clock } =
		await openFeed());
});
after(() => server?.stop());

test('M-253 M-256 M-257 what was validated is served: profile, advice, grade',
	async () => {
		const since = await clock();

		await saveDraft(who.morel, of('adam'),
			{ positions: await positions(server) });
		assert.deepEqual((await everything(pronote, `?since=${since}`))
			.items, []);
		const made = await validated('zoe');
		const r = await pull(`?since=${since}`);
		const [item] = r.body.items;

		assert.equal(r.body.items.length, 1);
		assert.equal(r.headers['cache-control'], 'no-store');
		assert.deepEqual(r.body.school,
			{ uai: '0999001W', school_year: 2025 });
		assert.deepEqual(r.body.period, { id: '2025-T2', kind: 'T',
			index: 2, pull_state: 'open' });
		assert.equal(item.id, made.id);
		assert.equal(item.state, 'validated');
		assert.equal(item.validated_at, made.confirmed_at);
		assert.deepEqual(item.framework,
			{ code: 'MELEC', version: '1' });
		assert.equal(item.subject_code, '071100');
		assert.equal(item.learner.id, of('zoe'));
		assert.equal(item.learner.ine, null);
		assert.equal(item.author.last_name, 'MOREL');
		assert.equal(item.advice, 'Vérifier\nchaque serrage.');
		assert.equal(item.grade, null);
		assert.deepEqual(item.competencies.slice(0, 3), [
			{ code: 'C1', level: 3, objective: 'terminal' },
			{ code: 'C2', level: null, objective: null },
			{ code: 'C3', level: 2, objective: 'intermediate' }]);
		assert.equal(item.competencies.length, 13);
		assert.ok(!r.text.includes('Constat'));
		const alone = await one(made.id);

		assert.deepEqual(alone.body, item);
		assert.equal((await one(made.id,
			{ ifNoneMatch: alone.headers.etag })).status, 304);
	});

test('members and kinds are those of the samples', async () => {
	const sample = JSON.parse(fs.readFileSync(path.join(root,
		'tests/data/samples/partner/assessments-full.json')));
	const r = await pull('?limit=1');
	const keys = (o) => Object.keys(o);

	assert.deepEqual(keys(r.body), keys(sample));
	assert.deepEqual(keys(r.body.items[0]), keys(sample.items[0]));
	for (const part of ['period', 'framework', 'learner', 'author'])
		assert.deepEqual(keys(r.body.items[0][part]),
			keys(sample.items[0][part]));
});

test('a full pull, then since: empty, the same through_rev', async () => {
	for (const name of ['hugo', 'ines'])
		await validated(name);
	const full = await everything(pronote);
	const next = await everything(pronote, `?since=${full.through}`);

	assert.ok(full.items.length >= 3);
	assert.deepEqual([...revs(full.items)].sort((a, b) => a - b),
		revs(full.items));
	assert.deepEqual(next.items, []);
	assert.equal(next.through, full.through);
});

test('an unlock is one tombstone; validated again: same id, higher rev',
	async () => {
		const { id } = (await everything(pronote)).items
			.find((i) => i.learner.id === of('hugo'));
		const before = (await one(id)).body;
		let through = await clock();

		assert.equal((await unlock(who.durand, id)).status, 200);
		const r = await pull(`?since=${through}`);
		const [tomb] = r.body.items;

		assert.equal(r.body.items.length, 1);
		assert.deepEqual(Object.keys(tomb), ['id', 'rev', 'state',
			'withdrawn_at', 'period', 'framework', 'learner']);
		assert.equal(tomb.id, id);
		assert.equal(tomb.state, 'withdrawn');
		assert.ok(tomb.rev > before.rev);
		const gone = await one(id);
		assert.equal(gone.status, 410);
		assert.equal(gone.body.code, 'gone');
		assert.ok(!ids((await everything(pronote)).items).includes(id));
		through = r.body.through_rev;
		assert.equal((await confirmAgain(who.morel, id)).status, 200);
		const again = await everything(pronote, `?since=${through}`);
		assert.deepEqual(ids(again.items), [id]);
		assert.equal(again.items[0].state, 'validated');
		assert.ok(again.items[0].rev > tomb.rev);
	});

test('an unlock whose time is over serves the assessment again',
	async () => {
		const { id } = (await everything(pronote)).items
			.find((i) => i.learner.id === of('hugo'));

		await unlock(who.durand, id);
		await server.sql(`UPDATE interim SET unlock_ends_at = now()
			WHERE id = $1`, [id]);
		assert.equal((await one(id)).status, 200);
	});

test('M-257 R-17 a grade is one change, and not served once stale',
	async () => {
		const { id } = (await everything(pronote)).items
			.find((i) => i.learner.id === of('zoe'));
		let through = await clock();
		const saved = await graded(id);
		const r = await everything(pronote, `?since=${through}`);

		assert.deepEqual(ids(r.items), [id]);
		assert.deepEqual(r.items[0].grade,
			{ value: saved.grade.value, scale: 20 });
		assert.match(r.items[0].grade.value, /^\d+\.\d\d$/);
		await unlock(who.durand, id);
		await confirmAgain(who.morel, id);
		through = r.through;
		const stale = await everything(pronote, `?since=${through}`);
		assert.deepEqual(ids(stale.items), [id]);
		assert.equal(stale.items[0].grade, null);
	});

test('a second bilan of the term replaces the first: a tombstone, no trace',
	async () => {
		const first = (await everything(pronote)).items
			.find((i) => i.learner.id === of('ines'));
		const through = await clock();
		const second = await validated('ines');
		const full = await everything(pronote);
		const since = await everything(pronote, `?since=${through}`);

		assert.deepEqual(full.items
			.filter((i) => i.learner.id === of('ines'))
			.map((i) => i.id), [second.id]);
		assert.deepEqual(since.items.map((i) => [i.id, i.state])
			.sort(), [[first.id, 'withdrawn'],
			[second.id, 'validated']].sort());
	});

test('a learner who leaves is a tombstone, and comes back with the same id',
	async () => {
		const mine = (items) => items
			.filter((i) => i.learner.id === of('ines'));
		const [item] = mine((await everything(pronote)).items);
		let through = await clock();
		const active = (value) => server.sql(
			`UPDATE person SET active = $2 WHERE id = $1`,
			[of('ines'), value]);

		await active(false);
		assert.deepEqual(mine((await everything(pronote,
			`?since=${through}`)).items).map((i) => i.state),
		['withdrawn']);
		await server.sql(`UPDATE enrolment SET active = false
			WHERE learner_id = $1`, [of('ines')]);
		const gone = await everything(pronote,
			`?since=${through}&division=2MELEC`);

		assert.deepEqual(mine(gone.items).map((i) => [i.id, i.state]),
			[[item.id, 'withdrawn']]);
		assert.equal((await one(item.id)).status, 410);
		assert.ok(!ids((await pronote.get('/partner/learners')).body
			.items).includes(of('ines')));
		through = gone.through;
		await active(true);
		await server.sql(`UPDATE enrolment SET active = true
			WHERE learner_id = $1`, [of('ines')]);
		const back = await everything(pronote, `?since=${through}`);
		assert.deepEqual(back.items.map((i) => [i.id, i.state]),
			[[item.id, 'validated']]);
	});

test('an INE that is put right reaches who pulls with since', async () => {
	const through = await clock();

	await server.sql(`UPDATE person SET ine = '990000001AB', siecle_id = 7
		WHERE id = $1`, [of('zoe')]);
	const r = await everything(pronote, `?since=${through}`);

	assert.equal(r.items.length, 1);
	assert.equal(r.items[0].learner.ine, '990000001AB');
	assert.equal(r.items[0].learner.siecle_id, '7');
});

test('two slow validations and a puller in between: nothing is lost',
	async () => {
		const learners = await many(server, school, 2, 'SLOW');
		const found = new Map();
		let { through } = await everything(pronote);
		const slow = [];

		// Each confirms one of them and holds its transaction open.
		for (const learner of learners) {
			const c = new pg.Client(clientOptions(
				server.env.ACQUIS_OWNER_URL));
			await c.connect();
			await c.query('BEGIN');
			await c.query(`SELECT set_config('acquis.school', $1,
				true)`, [school.id.essais]);
			slow.push({ c, settled: c.query(
				`SELECT acquis.interim_settle(i.id)
				   FROM interim i WHERE i.learner_id = $1`,
				[learner]) });
		}
		const look = async () => {
			const r = await everything(pronote, `?since=${through}`);

			({ through } = r);
			for (const i of r.items)
				found.set(i.id,
					(found.get(i.id) ?? 0) + 1);
		};

		await slow[0].settled;
		await look();
		assert.equal(found.size, 0);
		await slow[0].c.query('COMMIT');
		await slow[1].settled;
		await look();
		assert.equal(found.size, 1);
		await slow[1].c.query('COMMIT');
		await look();
		await look();
		assert.deepEqual([...found.values()], [1, 1]);
		for (const { c } of slow)
			await c.end();
	});

test('no body contains an observation; the same request, the same bytes, 304',
	async () => {
		for (const query of ['', '?limit=5', '?since=0',
			'?since=1001&limit=3']) {
			const r = await pull(query);
			const again = await pull(query);

			assert.ok(!r.text.includes('Constat'), query);
			assert.ok(r.bytes.equals(again.bytes), query);
			assert.match(r.headers.etag, /^"/);
			const same = await pull(query,
				{ ifNoneMatch: r.headers.etag });
			assert.equal(same.status, 304);
			assert.equal(same.bytes.length, 0);
			assert.equal(same.headers['cache-control'], 'no-store');
		}
	});

test('G-20 findings are served only where the school turned it on',
	async () => {
		const set = async (partner_findings) => {
			const now = await who.durand.get('/settings');
			const { revision, preview, ...rest } = now.body;
			const r = await who.durand.put('/settings',
				{ ...rest, partner_findings },
				{ ifMatch: now.headers.etag });

			assert.equal(r.status, 200, r.text);
		};
		const { id } = (await everything(pronote)).items
			.find((i) => i.learner.id === of('zoe'));
		const through = await clock();

		assert.equal((await one(id)).body.findings, undefined);
		await set(true);
		assert.equal((await one(id)).body.findings, FINDINGS);
		const changed = await everything(pronote,
			`?since=${through}&limit=500`);
		assert.ok(ids(changed.items).includes(id));
		await set(false);
		assert.equal((await one(id)).body.findings, undefined);
	});

test('nothing of another school is ever seen', async () => {
	const [{ id }] = await server.sql(
		`INSERT INTO interim (school_id, learner_id, framework_key,
			state, revision, confirmed_at)
		SELECT $1, $2, min(key), 'confirmed', 1, now() FROM framework
		RETURNING id::text`, [school.id.voisin, of('rose')]);
	const r = await one(id);

	assert.equal(r.status, 404);
	assert.equal(r.body.code, 'not_found');
	assert.equal((await one('0')).status, 404);
	assert.equal((await one('abc')).status, 404);
	assert.equal((await one('9'.repeat(18))).status, 404);
	const near = await partner({}, 'voisin');
	assert.equal((await near.pull.get('/partner/learners'))
		.body.items.length, 1);
	assert.equal((await near.pull.get('/partner/assessments')).body.code,
		'no_open_period');
});

// --- periods; last, for they are moved ---

test('M-255 a closed period is refused, with the day it closed', async () => {
	const past = await pull('?period=2025-T1');

	assert.equal(past.status, 409);
	assert.equal(past.body.code, 'period_closed');
	assert.ok(past.body.detail.includes(inDays(-100)));
	const future = await pull('?period=2025-T3');
	assert.equal(future.status, 200);
	assert.deepEqual(future.body.items, []);
	assert.equal(future.body.period.pull_state, 'upcoming');
});

test('M-254 closed by hand: no period is open, nothing of it is seen',
	async () => {
		const { items } = await everything(pronote, '?limit=500');

		await setTerms(who.durand, { terms: around(false) });
		assert.equal((await pull()).body.code, 'no_open_period');
		assert.equal((await pull()).status, 409);
		assert.equal((await pull('?period=2025-T2')).body.code,
			'period_closed');
		assert.equal((await one(items[0].id)).status, 404);
		await setTerms(who.durand);
		assert.deepEqual(ids((await everything(pronote, '?limit=500'))
			.items), ids(items));
	});

test('M-254 terms for one diploma, semesters for another: items tell',
	async () => {
		const before = await everything(pronote, '?limit=500');

		await setTerms(who.durand, { kind: 'S',
			framework_ids: ['bacpro-mcv-a'],
			terms: [{ index: 1, starts_on: inDays(-50),
				ends_on: inDays(50) },
			{ index: 2, starts_on: inDays(51),
				ends_on: inDays(100) }] });
		const made = await validated('paul', { teacher: 'petit',
			framework: 'bacpro-mcv-a' });
		const all = await everything(pronote, '?limit=500');

		assert.ok(all.pages.every((p) => p.period === null));
		assert.equal(all.items.length, before.items.length + 1);
		const item = all.items.find((i) => i.id === made.id);
		assert.equal(item.period.id, '2025-S1');
		const mcv = await pull('?framework=MCV-A');
		assert.equal(mcv.body.period.id, '2025-S1');
		assert.deepEqual(ids(mcv.body.items), [made.id]);
		assert.equal((await pull('?framework=MELEC&limit=1')).body
			.period.id, '2025-T2');
		const periods = (await pronote.get('/partner/periods')).body
			.items;
		assert.deepEqual(periods.find((p) => p.id === '2025-S1')
			.frameworks, [{ code: 'MCV-A', version: '1' }]);
		assert.ok(!periods.find((p) => p.id === '2025-T2').frameworks
			.some((f) => f.code === 'MCV-A'));
	});
