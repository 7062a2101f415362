// Accesses of partners: who gives them, what a key opens and how often, what
// is kept of its use: partner-api.md 3 to 8.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { access, everything, many } from './lib/feed.mjs';
import { openFeed } from './lib/partner.mjs';
import { competencies } from './lib/path.mjs';

const long = Boolean(process.env.ACQUIS_TEST_LONG);
let server, school, who, pronote, partner, validated;

before(async () => {
	({ server, school, who, pronote, partner, validated } =
		await openFeed());
});
after(() => server?.stop());

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

		await validated('zoe');
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
