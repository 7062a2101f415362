// The terms of a school year: all of one kind at once.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { around } from './lib/feed.mjs';
import { confirm, inDays, positions, saveDraft } from './lib/path.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { startServer } from './lib/server.mjs';

let server;
let school;
const who = {};

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	for (const name of ['morel', 'durand', 'leroy', 'admin', 'zoe',
		'voisin']) {
		who[name] = client(server);
		await who[name].login({ login: school.login[name],
			password: PASSWORD });
	}
});
after(() => server?.stop());

const list = (query = '', name = 'durand') => who[name].get(`/terms${query}`);

async function put(body, { by = 'durand', ifMatch } = {}) {
	return who[by].put('/terms', { school_year: '2025-2026', kind: 'T',
		terms: around(), ...body },
	{ ifMatch: ifMatch ?? (await list()).headers.etag });
}

const semesters = [
	{ index: 1, starts_on: '2025-09-01', ends_on: '2026-01-31' },
	{ index: 2, starts_on: '2026-02-01', ends_on: '2026-07-04' },
];

// What both ETags begin with; the rest is of what each says.
const revision = ({ headers }) => Number(/^"(\d+)/.exec(headers.etag)[1]);

test('a school begins without terms; the ETag is that of the settings',
	async () => {
		const r = await list();

		assert.equal(r.status, 200);
		assert.deepEqual(r.body, { items: [], next: null });
		assert.equal(revision(r), revision(await who.durand.get('/settings')));
	});

test('M-058 M-254 three terms are set at once, holidays between them allowed',
	async () => {
		const r = await put();
		const [one, two] = r.body.items;

		assert.equal(r.status, 200, r.text);
		assert.deepEqual(one, { id: '2025-T1', school_year: '2025-2026',
			kind: 'T', index: 1, label: 'Trimestre 1',
			starts_on: inDays(-200), ends_on: inDays(-101),
			framework_ids: [], closed_at: null,
			pull_state: 'closed' });
		assert.equal(two.pull_state, 'open');
		assert.equal(r.body.items[2].pull_state, 'upcoming');
		assert.deepEqual((await list()).body, r.body);
		assert.deepEqual((await list('?school_year=2025-2026')).body,
			r.body);
		assert.deepEqual((await list('?school_year=2024-2025')).body
			.items, []);
		assert.equal(revision(await who.durand.get('/settings')), revision(r));
		const [note] = await server.sql(`SELECT after FROM journal
			WHERE act = 'terms'`);
		assert.equal(note.after.length, 3);
	});

test('two semesters for one diploma stand beside the terms of the others',
	async () => {
		const r = await put({ kind: 'S', terms: semesters,
			framework_ids: ['bacpro-mcv-a'] });

		assert.deepEqual(r.body.items.map((t) => t.id), ['2025-S1',
			'2025-S2', '2025-T1', '2025-T2', '2025-T3']);
		assert.deepEqual(r.body.items[0].framework_ids,
			['bacpro-mcv-a']);
		assert.equal(r.body.items[0].label, 'Semestre 1');
	});

test('M-255 closed by hand it stays closed since then, until opened again',
	async () => {
		const closed = await put({ terms: around(false) });
		const { closed_at: at } = closed.body.items
			.find((t) => t.id === '2025-T2');

		assert.match(at, /Z$/);
		await server.sql(`UPDATE term SET closed_at = '2025-12-12T10:00Z'
			WHERE closed_at IS NOT NULL`);
		const again = await put({ terms: around(false) });
		assert.equal(again.body.items.find((t) => t.id === '2025-T2')
			.closed_at, '2025-12-12T10:00:00Z');
		assert.equal(again.body.items.find((t) => t.id === '2025-T2')
			.pull_state, 'closed');
		const open = await put();
		assert.equal(open.body.items.find((t) => t.id === '2025-T2')
			.pull_state, 'open');
	});

test('terms that are not all of a kind, in order, apart: refused', async () => {
	const [a, b, c] = around();
	const wrong = {
		'two of three': [a, b],
		'out of order': [b, a, c],
		'one twice': [a, a, c],
		'backwards': [{ ...a, starts_on: a.ends_on,
			ends_on: a.starts_on }, b, c],
		'overlapping': [a, { ...b, starts_on: a.ends_on }, c],
	};

	for (const [why, terms] of Object.entries(wrong)) {
		const r = await put({ terms });

		assert.equal(r.status, 422, why);
		assert.equal(r.body.errors[0].pointer, '/terms', why);
	}
	for (const [pointer, body] of Object.entries({
		'/school_year': { school_year: '2025-2027' },
		'/kind': { kind: 'Q' },
		'/framework_ids': { framework_ids: ['bacpro-nowhere'] },
		'/terms/0/starts_on': { terms: [{ ...a,
			starts_on: '2025-02-30' }, b, c] },
		'/terms/1/closed': { terms: [a, { ...b, closed: 'no' }, c] },
		'/terms/2/index': { terms: [a, b, { ...c, index: 4 }] } })) {
		const r = await put(body);

		assert.equal(r.status, 422, pointer);
		assert.equal(r.body.errors[0].pointer, pointer);
	}
	assert.equal((await put({ framework_ids: ['bacpro-ga', 'bacpro-ga'] }))
		.status, 422);
	assert.equal((await list('?school_year=2025')).status, 400);
});

test('two who set terms at once: the second is told', async () => {
	const { headers: { etag } } = await list();

	assert.equal((await put({}, { ifMatch: etag })).status, 200);
	const late = await put({}, { ifMatch: etag });
	assert.equal(late.status, 412);
	assert.equal(late.body.current_revision, revision(await list()));
	assert.equal((await who.durand.put('/terms', { school_year: '2025-2026',
		kind: 'T', terms: around() })).status, 428);
});

test('a bilan goes with its day when terms are moved', async () => {
	await saveDraft(who.morel, school.person.zoe,
		{ positions: await positions(server) });
	const { body } = await confirm(who.morel, school.person.zoe);
	const at = async () => (await server.sql(
		`SELECT t.school_year || '-' || t.kind || t.index AS term
		   FROM interim i JOIN term t ON t.id = i.term_id
		  WHERE i.id = $1`, [body.id]))[0].term;
	const [a, b, c] = around();

	assert.equal(await at(), '2025-T2');
	await put({ terms: [a, { ...b, ends_on: inDays(-1) },
		{ ...c, starts_on: inDays(0) }] });
	assert.equal(await at(), '2025-T3');
	await put();
	assert.equal(await at(), '2025-T2');
});

test('terms are read by staff and set by who runs the school', async () => {
	assert.equal((await list('', 'morel')).status, 200);
	assert.equal((await list('', 'zoe')).status, 403);
	for (const by of ['morel', 'zoe'])
		assert.equal((await put({}, { by })).status, 403);
	for (const by of ['leroy', 'admin'])
		assert.equal((await put({}, { by })).status, 200);
	assert.deepEqual((await list('', 'voisin')).body.items, []);
});
