// The choices of a school, and what they change.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
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
		'claire', 'voisin']) {
		who[name] = client(server);
		await who[name].login({ login: school.login[name],
			password: PASSWORD });
	}
});
after(() => server?.stop());

const read = (name = 'durand') => who[name].get('/settings');

// What is written is what was read, with some members changed.
async function put(changes, { by = 'durand', ifMatch } = {}) {
	const now = await read('durand');
	const { revision, preview, ...rest } = now.body;

	return who[by].put('/settings', { ...rest, ...changes },
		{ ifMatch: ifMatch ?? now.headers.etag });
}

// [raw, grade] of a level with a table
const line = (r, table, level) => {
	const l = r.body.preview.find((p) => p.value_table === table
		&& p.level === level);

	return [l.raw, l.grade];
};

test('R-02 R-03 R-10 G-19 G-20 the defaults of a new school', async () => {
	const r = await read();
	const { preview, ...settings } = r.body;

	assert.equal(r.status, 200);
	assert.deepEqual(settings, { revision: 1,
		school_name: 'Lycée professionnel des Essais', school_city: '',
		school_email: null, value_table: 'regular',
		intermediate_factor_bp: 10000, rounding: 'half_point_up',
		learners_see_grade: false, guardians_open: false,
		freeze_scope: 'evaluation', partner_findings: false,
		order_by: 'assessed_on', second_factor: 'offered' });
	assert.match(r.headers.etag, /^"1-[0-9a-f]{16}"$/);
	assert.equal((await who.morel.get('/settings',
		{ ifNoneMatch: r.headers.etag })).status, 304);
});

test('R-02 two lines show what each table makes of the same learner',
	async () => {
		const r = await read();

		assert.equal(r.body.preview.length, 6);
		assert.deepEqual(line(r, 'regular', 3), ['13.33', '13.50']);
		assert.deepEqual(line(r, 'regular', 2), ['6.67', '7.00']);
		assert.deepEqual(line(r, 'dnb', 3), ['16.00', '16.00']);
		assert.deepEqual(line(r, 'dnb', 2), ['10.00', '10.00']);
		assert.deepEqual(line(r, 'quarters', 3), ['15.00', '15.00']);
		assert.deepEqual(line(r, 'quarters', 2), ['10.00', '10.00']);
	});

test('R-10 the lines follow the rounding chosen', async () => {
	const rounded = {
		half_point_up: ['13.50', '7.00'], tenth_up: ['13.40', '6.70'],
		point_up: ['14.00', '7.00'],
		half_point_nearest: ['13.50', '6.50'],
		tenth_nearest: ['13.30', '6.70'],
		point_nearest: ['13.00', '7.00'],
	};

	for (const [rounding, [three, two]] of Object.entries(rounded)) {
		const r = await put({ rounding });

		assert.equal(r.status, 200, r.text);
		assert.equal(line(r, 'regular', 3)[1], three, rounding);
		assert.equal(line(r, 'regular', 2)[1], two, rounding);
	}
	assert.equal((await put({ rounding: 'half_point_up_exact' })).status,
		422);
	await assert.rejects(server.sql(
		`UPDATE school SET rounding = 'half_point_up_exact'`),
	/school_rounding_known/);
});

test('R-02 R-03 G-19 every choice is kept, and noted from and to',
	async () => {
		const chosen = { school_name: 'Lycée Neuf',
			school_city: 'Nancy', school_email: 'lycee@example.org',
			value_table: 'dnb', intermediate_factor_bp: 5000,
			rounding: 'tenth_up', learners_see_grade: true,
			guardians_open: true, freeze_scope: 'learner',
			partner_findings: true, order_by: 'modification',
			second_factor: 'required' };
		const before = (await read()).body.revision;
		const r = await put(chosen, { by: 'leroy' });
		const { preview, revision, ...settings } = r.body;

		assert.equal(r.status, 200, r.text);
		assert.deepEqual(settings, chosen);
		assert.equal(revision, before + 1);
		assert.equal(r.headers.etag, `"${revision}"`);
		assert.deepEqual((await read('morel')).body, r.body);
		const [note] = await server.sql(
			`SELECT person_id::text, before, after FROM journal
			  WHERE act = 'settings' ORDER BY id DESC LIMIT 1`);
		assert.equal(note.person_id, school.person.leroy);
		assert.equal(note.before.order_by, 'assessed_on');
		assert.equal(note.after.order_by, 'modification');
		const { school_name, school_city, school_email, ...rest }
			= chosen;
		const kept = await who.admin.put('/settings', rest,
			{ ifMatch: r.headers.etag });
		assert.equal(kept.body.school_name, 'Lycée Neuf');
		assert.equal(kept.body.school_email, 'lycee@example.org');
		assert.equal((await put({ school_email: null })).body
			.school_email, null);
	});

test('two who change the settings at once: the second is told', async () => {
	const { headers: { etag }, body: { revision } } = await read();
	const first = await put({ learners_see_grade: false },
		{ ifMatch: etag });
	const second = await put({ learners_see_grade: true },
		{ ifMatch: etag });

	assert.equal(first.status, 200);
	assert.equal(second.status, 412);
	assert.equal(second.body.code, 'stale');
	assert.equal(second.body.current_revision, revision + 1);
	assert.equal((await read()).body.learners_see_grade, false);
	const { body } = await read();
	assert.equal((await who.durand.put('/settings', body)).status, 428);
});

test('what no rule knows is refused, with where', async () => {
	for (const [pointer, value] of Object.entries({
		value_table: 'mine', intermediate_factor_bp: 10001,
		rounding: 'up', learners_see_grade: 1, guardians_open: null,
		freeze_scope: 'class', partner_findings: 'yes',
		order_by: 'title', school_name: '', school_email: 'nowhere',
		school_city: 'x'.repeat(101) })) {
		const r = await put({ [pointer]: value });

		assert.equal(r.status, 422, pointer);
		assert.equal(r.body.errors[0].pointer, `/${pointer}`);
	}
	for (const bp of [-1, 0.5, '5000'])
		assert.equal((await put({ intermediate_factor_bp: bp })).status,
			422);
	const unknown = await put({ school_year: 2030 });
	assert.equal(unknown.status, 400);
	assert.equal(unknown.body.errors[0].pointer, '/school_year');
});

test('settings are read by staff and changed by who runs the school',
	async () => {
		assert.equal((await read('morel')).status, 200);
		for (const name of ['zoe', 'claire'])
			assert.equal((await read(name)).status, 403);
		for (const by of ['morel', 'zoe'])
			assert.equal((await put({}, { by })).status, 403);
		assert.equal((await put({}, { by: 'admin' })).status, 200);
		assert.equal((await read('voisin')).body.school_name,
			'Lycée professionnel Voisin');
	});
