// What partners pull, and what they never see: partner-api.md 3 to 6 and 8.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { client } from './lib/client.mjs';
import { access, around, everything, many, setTerms, unlimited }
	from './lib/feed.mjs';
import { competencies, confirm, confirmAgain, inDays, positions, saveDraft,
	unlock } from './lib/path.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { clientOptions, root, startServer } from './lib/server.mjs';

const FINDINGS = 'Constat qui reste à la maison.';
const long = Boolean(process.env.ACQUIS_TEST_LONG);
let server;
let school;
let pronote;
const who = {};

const of = (name) => school.person[name];
const pull = (query = '', options) =>
	pronote.get(`/partner/assessments${query}`, options);
const one = (id, options) =>
	pronote.get(`/partner/assessments/${id}`, options);

// A partner with a key of its own, not slowed down.
async function partner(body, by = 'durand') {
	const made = await access(who[by], body);

	await unlimited(server);
	return { ...made, pull: client(server, { token: made.key }) };
}

async function validated(name, { teacher = 'morel', framework, ...body } = {}) {
	await saveDraft(who[teacher], of(name), { positions: await positions(
		server, { framework, some: { C2: { level: null, objective: null },
			C3: { level: 2, objective: 'intermediate' } } }),
	findings: FINDINGS, advice: 'Vérifier\nchaque serrage.', ...body });
	const made = await confirm(who[teacher], of(name));

	assert.equal(made.status, 201, made.text);
	return made.body;
}

async function graded(id) {
	const model = await who.morel.post(
		`/interim-assessments/${id}/weights/model`, {});
	const saved = await who.morel.put(`/interim-assessments/${id}/grade`,
		undefined, { ifMatch: model.headers.etag });

	assert.equal(saved.status, 200, saved.text);
	return saved.body;
}

const clock = async () => Number((await server.sql(
	'SELECT partner_rev FROM school WHERE school_id = $1',
	[school.id.essais]))[0].partner_rev);

const revs = (items) => items.map((i) => i.rev);
const ids = (items) => items.map((i) => i.id);

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	for (const name of ['morel', 'petit', 'durand', 'leroy', 'admin', 'zoe',
		'voisin', 'simon']) {
		who[name] = client(server);
		await who[name].login({ login: school.login[name],
			password: PASSWORD });
	}
	await setTerms(who.durand);
	pronote = (await partner()).pull;
});
after(() => server?.stop());

// --- accesses ---

test('an access shows its key once and keeps only a digest of it',
	async () => {
		const made = await who.admin.post('/partner-accesses', {
			name: 'PRONOTE', scopes: ['roster:read'],
			networks: ['192.0.2.0/24', '2001:db8::/32'],
			expires_at: '2099-01-01T00:00:00Z' });

		assert.equal(made.status, 201, made.text);
		assert.match(made.body.key, /^ck_[0-9a-f]{8}_[\w-]{43}$/);
		assert.equal(made.body.key.slice(3, 11), made.body.prefix);
		assert.equal(made.headers['cache-control'], 'no-store');
		assert.equal(made.headers.location,
			`/api/v1/partner-accesses/${made.body.id}`);
		const list = await who.durand.get('/partner-accesses?limit=1');

		assert.equal(list.body.items[0].id, made.body.id);
		assert.equal(list.body.items[0].state, 'active');
		assert.deepEqual(list.body.items[0].networks,
			['192.0.2.0/24', '2001:db8::/32']);
		assert.ok(list.body.next && list.headers.link);
		const rest = await who.durand.get(
			`/partner-accesses?after=${list.body.next}`);
		assert.ok(rest.body.items.every((a) => a.id !== made.body.id));
		const secret = made.body.key.slice(12);
		const rows = JSON.stringify(await server.sql(
			`SELECT a::text FROM partner_access a
			UNION ALL SELECT j::text FROM journal j`));
		assert.ok(!rows.includes(secret));
	});

test('an access lasts 60 days past the school year unless told', async () => {
	await server.sql(`UPDATE school SET year_ends_on = '2099-08-31'`);
	const made = await access(who.durand);

	assert.equal(made.expires_at, '2099-10-30T23:00:00Z');
});

test('an access is refused with no scope, a bad network or a past end',
	async () => {
		const bad = {
			'/name': { name: '' }, '/scopes': { scopes: [] },
			'/networks': { networks: ['192.0.2.1/24'] },
			'/expires_at': { expires_at: '2020-01-01T00:00:00Z' },
		};

		for (const [pointer, body] of Object.entries({ ...bad })) {
			const r = await who.durand.post('/partner-accesses',
				{ name: 'X', scopes: ['lsl:read'], ...body });

			assert.equal(r.status, 422, pointer);
			assert.equal(r.body.errors[0].pointer, pointer);
		}
		for (const body of [{ scopes: ['all'] },
			{ scopes: ['lsl:read', 'lsl:read'] },
			{ expires_at: 'tomorrow' }, { networks: [1] }])
			assert.equal((await who.durand.post('/partner-accesses',
				{ name: 'X', scopes: ['lsl:read'], ...body }))
				.status, 422, JSON.stringify(body));
	});

test('accesses are for the administrator and the DDFPT', async () => {
	for (const name of ['morel', 'leroy', 'zoe']) {
		assert.equal((await who[name].get('/partner-accesses')).status,
			403);
		assert.equal((await who[name].post('/partner-accesses',
			{ name: 'X', scopes: ['lsl:read'] })).status, 403);
	}
	const made = await access(who.durand);

	assert.equal((await who.voisin.del(`/partner-accesses/${made.id}`))
		.status, 404);
	assert.ok(!(await who.voisin.get('/partner-accesses')).body.items
		.some((a) => a.id === made.id));
});

test('missing, malformed, unknown, expired and revoked keys: one answer',
	async () => {
		const old = await partner();
		const gone = await partner();
		const bodies = [];

		await server.sql(`UPDATE partner_access SET expires_at = now()
			WHERE id = $1`, [old.id]);
		assert.equal((await who.durand.del(
			`/partner-accesses/${gone.id}`)).status, 204);
		assert.equal((await who.durand.del(
			`/partner-accesses/${gone.id}`)).status, 204);
		const wrong = old.key.slice(0, -2)
			+ (old.key.endsWith('AA') ? 'BB' : 'AA');

		for (const token of [undefined, 'x', 'ck_0_0',
			`ck_00000000_${'A'.repeat(43)}`, wrong, old.key,
			gone.key]) {
			const r = await client(server, { token })
				.get('/partner/me');

			assert.equal(r.status, 401);
			assert.equal(r.body.code, 'unauthenticated');
			bodies.push({ ...r.body, request_id: '' });
		}
		for (const body of bodies)
			assert.deepEqual(body, bodies[0]);
		const states = (await who.durand.get('/partner-accesses'))
			.body.items;
		assert.equal(states.find((a) => a.id === old.id).state,
			'expired');
		assert.equal(states.find((a) => a.id === gone.id).state,
			'revoked');
	});

test('a session is no key and a key is no session', async () => {
	assert.equal((await who.admin.get('/partner/me')).status, 401);
	assert.equal((await pronote.get('/classes')).status, 401);
});

test('403 scope_missing and address_refused', async () => {
	const roster = await partner({ scopes: ['roster:read'] });
	const there = await partner({ networks: ['192.0.2.0/24'] });
	const from = (address) => there.pull.get('/partner/me',
		{ headers: { 'x-forwarded-for': address } });

	assert.equal((await roster.pull.get('/partner/learners')).status, 200);
	const scope = await roster.pull.get('/partner/assessments');

	assert.equal(scope.status, 403);
	assert.equal(scope.body.code, 'scope_missing');
	assert.equal((await from('192.0.2.7')).status, 200);
	assert.equal((await from('198.51.100.1')).body.code,
		'address_refused');
	assert.equal((await there.pull.get('/partner/me')).status, 403);
});

test('M-252 partners pull: nothing but a receipt can be sent', async () => {
	for (const path of ['/partner/me', '/partner/periods',
		'/partner/learners', '/partner/assessments',
		'/partner/assessments/1'])
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
			assert.equal((await pronote.request(method, path))
				.status, 405, `${method} ${path}`);
});

// --- who, when, what ---

test('an access is told its school, scopes and limits', async () => {
	const r = await pronote.get('/partner/me');

	assert.equal(r.status, 200);
	assert.equal(r.headers['cache-control'], 'no-store');
	assert.deepEqual(r.body.school, { uai: '0999001W',
		name: 'Lycée professionnel des Essais', school_year: 2025 });
	assert.deepEqual(r.body.scopes, ['assessments:read', 'roster:read']);
	assert.deepEqual(r.body.limits, { page_max: 500 });
});

test('M-254 periods say which is open and for which frameworks',
	async () => {
		const r = await pronote.get('/partner/periods');

		assert.deepEqual(r.body.items.map((p) => [p.id, p.pull_state]), [
			['2025-T1', 'closed'], ['2025-T2', 'open'],
			['2025-T3', 'upcoming']]);
		assert.equal(r.body.items[0].label, 'Trimestre 1');
		assert.ok(r.body.items[0].frameworks.some((f) =>
			f.code === 'MELEC' && f.version === '1'));
		assert.deepEqual((await pronote.get(
			'/partner/periods?school_year=2024')).body.items, []);
		const bad = await pronote.get('/partner/periods?school_year=x');
		assert.equal(bad.status, 400);
		assert.equal(bad.body.code, 'bad_parameter');
	});

test('frameworks: codes of competencies, immutable, strong ETag',
	async () => {
		const list = await pronote.get('/partner/frameworks');

		assert.ok(list.body.items.some((f) => f.code === 'MELEC'));
		const r = await pronote.get('/partner/frameworks/MELEC/1');

		assert.equal(r.status, 200);
		assert.deepEqual(r.body.competencies.map((c) => c.code),
			(await competencies(server)).map((c) => c.code));
		assert.deepEqual(r.body.competencies.map((c) => c.order),
			r.body.competencies.map((c, i) => i + 1));
		assert.ok(r.body.competencies[0].units.length > 0);
		assert.match(r.headers.etag, /^"/);
		assert.equal((await pronote.get('/partner/frameworks/MELEC/1',
			{ ifNoneMatch: r.headers.etag })).status, 304);
		const mcv = await pronote.get('/partner/frameworks/MCV-A/1');
		assert.ok(mcv.body.competencies.every((c) => c.parent));
		for (const where of ['MELEC/2', 'MELEC/x', 'NONE/1'])
			assert.equal((await pronote.get(
				`/partner/frameworks/${where}`)).body.code,
			'not_found');
	});

test('the roster tells identities, page by page, of those who are there',
	async () => {
		const all = await pronote.get('/partner/learners');
		const names = all.body.items.map((l) => l.last_name);

		assert.equal(all.status, 200);
		assert.deepEqual(names, ['MARTIN', 'BERNARD', 'DUBOIS', 'THOMAS',
			'ROBERT', 'RICHARD', 'SIMON', 'MOREAU']);
		assert.equal(all.body.items[0].division, '2MELEC');
		assert.equal((await pronote.get('/partner/learners',
			{ ifNoneMatch: all.headers.etag })).status, 304);
		const pages = [];
		let r = await pronote.get('/partner/learners?limit=3');

		pages.push(...r.body.items);
		while (r.body.next_cursor) {
			r = await pronote.get('/partner/learners?limit=3'
				+ `&cursor=${r.body.next_cursor}`);
			pages.push(...r.body.items);
		}
		assert.deepEqual(pages, all.body.items);
		assert.equal((await pronote.get(
			'/partner/learners?framework=MELEC')).body.items.length, 5);
	});

test('divisions 1 MCV B and A&P are found by their encoded codes',
	async () => {
		await many(server, school, 2, '1 MCV B');
		await many(server, school, 3, 'A&P');
		const roster = async (query) => (await pronote.get(
			`/partner/learners?${query}`)).body.items.length;
		const bilans = async (query) => (await everything(pronote,
			`?${query}`)).items.length;

		for (const count of [roster, bilans]) {
			assert.equal(await count('division=1%20MCV%20B'), 2);
			assert.equal(await count('division=A%26P'), 3);
			assert.equal(await count(
				'division=A%26P&division=1%20MCV%20B'), 5);
			assert.equal(await count('division=A'), 0);
		}
	});

// --- assessments ---

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

test('2,000 learners paged by 7 are those paged by 500', async () => {
	await many(server, school, 2000);
	const by7 = await everything(pronote, '?limit=7&division=2BULK');
	const by500 = await everything(pronote, '?limit=500&division=2BULK');

	assert.equal(by500.pages.length, 4);
	assert.equal(by7.pages.length, 286);
	assert.equal(by500.items.length, 2000);
	assert.deepEqual(by7.items, by500.items);
	assert.ok(by500.pages.every((p) =>
		(p.next_cursor ?? '').length <= 512));
});

test('a row changed between two pages shows once in this pull and the next',
	async () => {
		for (const place of [0, 15]) {
			const first = await pull('?limit=10&division=2BULK');
			const all = await everything(pronote,
				'?limit=500&division=2BULK');
			const { id, learner } = all.items[place];
			const seen = [...first.body.items];
			let cursor = first.body.next_cursor;

			await server.sql(`UPDATE person
				SET first_name = first_name || 'x'
				WHERE id = $1`, [learner.id]);
			while (cursor) {
				const r = await pull('?limit=10&division=2BULK'
					+ `&cursor=${cursor}`);

				assert.equal(r.body.through_rev,
					first.body.through_rev);
				seen.push(...r.body.items);
				cursor = r.body.next_cursor;
			}
			const next = await everything(pronote, '?division=2BULK'
				+ `&since=${first.body.through_rev}`);

			assert.deepEqual(ids(next.items), [id]);
			assert.equal(new Set(ids(seen)).size, seen.length);
			assert.equal(seen.filter((i) => i.id === id).length,
				place < 10 ? 1 : 0);
			assert.equal(new Set([...ids(seen), id]).size, 2000);
		}
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

// --- cursors ---

test('a key revoked between two pages: 401', async () => {
	const p = await partner();
	const first = await p.pull.get('/partner/assessments?limit=1');

	assert.ok(first.body.next_cursor);
	await who.durand.del(`/partner-accesses/${p.id}`);
	assert.equal((await p.pull.get('/partner/assessments?limit=1'
		+ `&cursor=${first.body.next_cursor}`)).status, 401);
});

test('a cursor forged, of another access or for other filters: 400',
	async () => {
		const { body: { next_cursor: cursor } } = await pull('?limit=1');
		const other = await partner();
		const bad = async (who, query) => {
			const r = await who.get(`/partner/assessments?${query}`);

			assert.equal(r.status, 400, query);
			assert.equal(r.body.code, 'cursor_invalid');
		};

		assert.ok(cursor.length <= 512);
		for (let i = 0; i < cursor.length; i += 7)
			await bad(pronote, `limit=1&cursor=${cursor.slice(0, i)}${
				cursor[i] === 'A' ? 'B' : 'A'}${
				cursor.slice(i + 1)}`);
		await bad(pronote, 'limit=1&cursor=');
		await bad(pronote, `limit=1&cursor=${'A'.repeat(600)}`);
		await bad(other.pull, `limit=1&cursor=${cursor}`);
		await bad(pronote, `since=0&cursor=${cursor}`);
		await bad(pronote, `division=2MELEC&cursor=${cursor}`);
		await bad(pronote, `framework=MELEC&cursor=${cursor}`);
		await bad(pronote, `period=2025-T2&cursor=${cursor}`);
		assert.equal((await pronote.get(
			`/partner/learners?cursor=${cursor}`)).status, 400);
		assert.equal((await pull(`?limit=3&cursor=${cursor}`)).status,
			200);
	});

test('a cursor of the day before yesterday: 410 cursor_expired', async () => {
	const { body: { next_cursor: cursor } } = await pull('?limit=1');
	const bytes = Buffer.from(cursor, 'base64url');
	const p = await partner();
	const [{ key }] = await server.sql(
		`SELECT sha256(secret || int8send($1) || int8send($2)) AS key
		   FROM feed_secret`, [school.id.essais, p.id]);
	const aged = (seconds) => {
		const numbers = Buffer.from(bytes.subarray(0, 32));

		numbers.writeBigInt64BE(numbers.readBigInt64BE(0)
			- BigInt(seconds));
		return Buffer.concat([numbers, createHmac('sha256', key)
			.update(numbers)
			.update('/api/v1/partner/assessments\ncurrent\n-1\n')
			.digest()]).toString('base64url');
	};
	const at = (seconds) => p.pull.get(
		`/partner/assessments?cursor=${aged(seconds)}`);

	assert.equal((await at(0)).status, 200);
	assert.equal((await at(23 * 3600)).status, 200);
	const old = await at(25 * 3600);
	assert.equal(old.status, 410);
	assert.equal(old.body.code, 'cursor_expired');
});

test('since before what is kept, or never given out: 410 resync_required',
	async () => {
		const through = await clock();
		const resync = async (since) => {
			const r = await pull(`?since=${since}`);

			assert.equal(r.status, 410);
			assert.equal(r.body.code, 'resync_required');
		};

		await resync(through + 1);
		await server.sql(`UPDATE school SET partner_floor = 1001
			WHERE school_id = $1`, [school.id.essais]);
		await resync(1000);
		assert.equal((await pull('?since=1001&limit=1')).status, 200);
	});

test('bad parameters are named', async () => {
	for (const query of ['limit=0', 'limit=501', 'since=-1', 'since=x',
		'period=2025-T4', 'period=now', 'other=1', 'since=',
		Array(21).fill('division=A').join('&')]) {
		const r = await pull(`?${query}`);

		assert.equal(r.status, 400, query);
		assert.equal(r.body.code, 'bad_parameter');
	}
	assert.equal((await pull('?period=1999-T1')).status, 404);
});

// --- receipts and the log ---

test('receipts are kept once: replayed, or refused with another body',
	async () => {
		const body = { period: '2025-T2', through_rev: 1015, accepted: 14,
			rejected: [{ id: '12', reason: 'learner_not_found',
				detail: 'Inconnu' }] };
		const send = (sent, key) => pronote.post('/partner/deliveries',
			sent, { key });
		const first = await send(body, 'receipt-0000000001');
		const again = await send(body, 'receipt-0000000001');
		const other = await send({ ...body, accepted: 13 },
			'receipt-0000000001');

		assert.equal(first.status, 201, first.text);
		assert.deepEqual(first.body.rejected, body.rejected);
		assert.equal(again.status, 200);
		assert.equal(again.headers['idempotent-replayed'], 'true');
		assert.deepEqual(again.body, first.body);
		assert.equal(other.status, 422);
		assert.equal(other.body.code, 'idempotency_mismatch');
		const two = await Promise.all([1, 2, 3].map(() =>
			send(body, 'receipt-0000000002')));
		assert.deepEqual(two.map((r) => r.status).sort(),
			[200, 200, 201]);
		assert.equal(new Set(two.map((r) => r.body.id)).size, 1);
		assert.equal((await send(body)).body.code, 'bad_parameter');
		assert.equal((await send(body, 'short')).status, 400);
		for (const wrong of [{ period: '2024-T1' }, { accepted: -1 },
			{ rejected: [{ id: '1', reason: 'dunno' }] }])
			assert.equal((await send({ ...body, ...wrong },
				'receipt-0000000003')).status, 422);
		assert.equal((await send({ ...body, extra: 1 },
			'receipt-0000000003')).status, 400);
	});

test('each pull is logged without names and shown to the DDFPT',
	async () => {
		const p = await partner();

		await p.pull.get('/partner/assessments?division=2MELEC&since=1001');
		await p.pull.post('/partner/deliveries', { period: '2025-T2',
			through_rev: 1, accepted: 2, rejected: [] },
		{ key: 'receipt-0000000009' });
		const mine = (await who.durand.get('/partner-accesses')).body
			.items.find((a) => a.id === p.id);

		assert.equal(mine.last_pull.request,
			'/assessments?division=2MELEC&since=1001');
		assert.equal(mine.last_pull.address, '127.0.0.1');
		assert.ok(mine.last_pull.items > 0);
		assert.equal(mine.last_delivery.accepted, 2);
		const log = JSON.stringify(await server.sql(
			'SELECT request FROM partner_pull'));
		assert.ok(!/MARTIN|Zo[ée]|cursor/.test(log));
	});

// --- how often ---

test('60 requests a minute, 20 at once; then 429 with Retry-After',
	async () => {
		const { key } = await access(who.durand);
		const p = client(server, { token: key });
		const answers = [];

		for (let i = 0; i < 30; i++)
			answers.push(await p.get('/partner/me'));
		const statuses = answers.map((r) => r.status);
		const refused = answers.find((r) => r.status === 429);

		assert.ok(statuses.slice(0, 20).every((s) => s === 200));
		assert.ok(statuses.filter((s) => s === 200).length <= 22);
		assert.equal(refused.body.code, 'too_many_requests');
		assert.ok(Number(refused.headers['retry-after']) > 0);
		await server.sql(`UPDATE partner_access
			SET rate_due = rate_due - interval '1 minute'`);
		assert.equal((await p.get('/partner/me')).status, 200);
		assert.equal((await pronote.get('/partner/me')).status, 200);
	});

test(`${long ? '10,000' : '300'} wrong keys stay slow and quiet`, async () => {
	const before = server.log().length;
	const count = long ? 10000 : 300;
	const from = { 'x-forwarded-for': '198.51.100.77' };
	const seen = {};
	const wrong = (i) => client(server, { token:
		`ck_${i.toString(16).padStart(8, '0')}_${'A'.repeat(43)}` })
		.get('/partner/assessments', { headers: from, check: i < 20 });

	assert.equal((await pronote.get('/partner/me', { headers: from }))
		.status, 200);
	for (let i = 0; i < count; i++) {
		const { status } = await wrong(i);

		seen[status] = (seen[status] ?? 0) + 1;
	}
	const minutes = long ? 3 : 2;
	assert.ok(seen[401] >= 10 && seen[401] <= 10 * minutes,
		JSON.stringify(seen));
	assert.equal(seen[401] + seen[429], count);
	assert.equal((await wrong(1)).headers['retry-after'], '60');
	// A known key at that address is served, and so are other addresses.
	assert.equal((await pronote.get('/partner/me', { headers: from }))
		.status, 200);
	assert.equal((await client(server, { token: 'ck_0' })
		.get('/partner/me', { headers:
			{ 'x-forwarded-for': '203.0.113.9' } })).status, 401);
	assert.equal(server.log().length, before);
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
