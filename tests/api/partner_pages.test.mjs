// Pulls of partners that take many pages, and the cursors between them:
// partner-api.md 5.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { everything, many } from './lib/feed.mjs';
import { ids, openFeed } from './lib/partner.mjs';

const [LEARNERS, WIDE] = process.env.ACQUIS_TEST_LONG ? [2000, 500]
	: [400, 100];
let server, school, who, pronote, partner, pull, clock;

before(async () => {
	({ server, school, who, pronote, partner, pull, clock } =
		await openFeed());
});
after(() => server?.stop());

test(`${LEARNERS} learners paged by 7 are those paged by ${WIDE}`, async () => {
	await many(server, school, LEARNERS);
	const by7 = await everything(pronote, '?limit=7&division=2BULK');
	const wide = await everything(pronote, `?limit=${WIDE}&division=2BULK`);

	assert.equal(wide.pages.length, 4);
	assert.equal(by7.pages.length, Math.ceil(LEARNERS / 7));
	assert.equal(wide.items.length, LEARNERS);
	assert.deepEqual(by7.items, wide.items);
	assert.ok(wide.pages.every((p) =>
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
			assert.equal(new Set([...ids(seen), id]).size, LEARNERS);
		}
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
