// Who was there: what is read, taken out, unlocked and signed into leaves a
// trace, and each sees those that are for the own eyes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { client } from './lib/client.mjs';
import { confirm, evaluation, positions, saveDraft, unlock }
	from './lib/path.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { root, startServer } from './lib/server.mjs';

const FROM = '203.0.113.7';
const seen = { headers: { 'x-forwarded-for': FROM } };
const paths = parse(readFileSync(join(root, 'openapi.yaml'), 'utf8')).paths;
const who = {};
let server;
let school;
let bilan;

async function signedIn(name) {
	const browser = client(server);
	const { status } = await browser.login({ login: school.login[name],
		password: PASSWORD });

	assert.equal(status, 201, name);
	return browser;
}

before(async () => {
	server = await startServer({ workers: 1 });
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	await server.sql('UPDATE school SET guardians_open = true, '
		+ 'learners_see_grade = true');
	for (const name of ['morel', 'petit', 'durand', 'leroy', 'admin', 'zoe',
		'adam', 'claire', 'voisin'])
		who[name] = await signedIn(name);
	await evaluation(server, school, { marks: { zoe: '344' } });
	await saveDraft(who.morel, school.person.zoe,
		{ positions: await positions(server) });
	const r = await confirm(who.morel, school.person.zoe);
	assert.equal(r.status, 201, r.text);
	bilan = r.body.id;
	await saveDraft(who.morel, school.person.zoe,
		{ positions: await positions(server) });
});
after(() => server?.stop());

// The traces of one answer, as the base has them.
const of = (answer) => server.sql(`SELECT act, kind, page, address::text,
	person_id::text AS person, learner_id::text AS learner, subject,
	subject_id::text AS id, now() - at < interval '1 minute' AS now
	FROM trace WHERE request_id = $1 ORDER BY id`,
[answer.headers['x-request-id']]);

const list = async (name, query = '') =>
	(await who[name].get(`/traces${query}`)).body.items;

const exported = /\.(csv|xlsx|pdf)$/;
const file = /^\/api\/v1\/(learners\/\{id\}|interim-assessments\/\{id\}|classes\/\{id\}\/grading$)/;
const pages = Object.entries(paths)
	.filter(([at, o]) => o.get && (file.test(at) || exported.test(at))
		&& o.get['x-roles'].includes('ddfpt'))
	.map(([at]) => at.replace('/api/v1', ''));

function filled(page) {
	const id = page.startsWith('/learners') ? school.person.zoe
		: page.startsWith('/classes') ? school.class['2MELEC'] : bilan;

	return page.replace('{id}', id).replace('{revision}', '1');
}

test('T1 each page of a learner\'s file and each export leaves one trace: who, '
	+ 'what, whose, when, from where', async () => {
	assert.ok(pages.length >= 15, pages);
	for (const page of pages) {
		const browser = await signedIn('durand');
		const r = await browser.get(filled(page), seen);
		const [trace, ...more] = await of(r);

		// No grade was saved to be explained.
		assert.ok([200, 404, 409].includes(r.status), page);
		assert.equal(more.length, 0, page);
		assert.deepEqual(trace, { page,
			act: exported.test(page) ? 'export' : 'read',
			kind: page === '/traces.csv' ? 'account' : 'pedagogy',
			address: `${FROM}/32`, person: school.person.durand,
			learner: page.startsWith('/classes')
				|| page === '/traces.csv' ? null
				: school.person.zoe,
			subject: page.startsWith('/classes') ? 'class_group' : null,
			id: page.startsWith('/classes') ? school.class['2MELEC']
				: null, now: true }, page);
	}
});

test('T1 what is one\'s own, or not to be seen, leaves none', async () => {
	const { zoe, rose } = school.person;

	for (const [name, path, status] of [
		['zoe', `/learners/${zoe}/dashboard`, 200],
		['zoe', `/interim-assessments/${bilan}.pdf`, 200],
		['adam', `/learners/${zoe}/dashboard`, 404],
		['durand', `/learners/${rose}/dashboard`, 404],
		['durand', '/learners/999999/dashboard', 404],
		['admin', `/learners/${zoe}/dashboard`, 403],
		['voisin', `/classes/${school.class['2MELEC']}/grades.csv`, 403],
		['durand', `/classes/${school.class.voisin2MELEC}/grades.csv`, 404],
	]) {
		const r = await who[name].get(path);

		assert.equal(r.status, status, `${name} ${path}`);
		assert.deepEqual(await of(r), [], `${name} ${path}`);
	}
});

test('T1 the same page again within a minute is one reading; from another '
	+ 'address, in another session or of another learner it is not',
async () => {
	const { lina, hugo } = school.person;
	const page = (id) => `/learners/${id}/dashboard`;
	const first = await signedIn('leroy');
	const traced = async (browser, id, options) =>
		(await of(await browser.get(page(id), options))).length;

	assert.equal(await traced(first, lina), 1);
	assert.equal(await traced(first, lina), 0);
	assert.equal(await traced(first, hugo), 1);
	assert.equal(await traced(first, lina, seen), 1);
	assert.equal(await traced(await signedIn('leroy'), lina), 1);
});

test('T1 sign-in, and sign-in that failed, with no word of what was typed',
	async () => {
		const typed = 'Mot-de-passe-tape-1';
		const tries = [
			[{ login: 'zoe.martin', password: typed }, 'sign_in_failed',
				school.person.zoe],
			[{ login: typed, password: 'x', school: '0999001W' },
				'sign_in_failed', null],
			[{ login: 'zoe.martin', password: PASSWORD }, 'sign_in',
				school.person.zoe],
		];

		for (const [body, act, id] of tries) {
			const r = await client(server).request('POST', '/session',
				body, seen);
			const [trace] = await of(r);

			assert.equal(trace.act, act, r.text);
			assert.equal(trace.kind, 'account');
			assert.equal(trace.id, id);
			assert.equal(trace.address, `${FROM}/32`);
		}
		const nobody = await client(server).request('POST', '/session',
			{ login: 'nobody', password: typed }, seen);
		assert.equal(nobody.status, 401);
		assert.deepEqual(await of(nobody), []);
		const [{ n }] = await server.sql(`SELECT count(*)::integer AS n
			FROM trace t WHERE t::text ILIKE $1`, [`%${typed}%`]);
		assert.equal(n, 0);
	});

test('T1 an unlock, a password, an access, settings: one each, from where',
	async () => {
		const reset = await who.admin.request('POST',
			`/people/${school.person.tom}/password`, {}, seen);
		const key = await who.admin.request('POST', '/partner-accesses',
			{ name: 'PRONOTE', scopes: ['roster:read'],
				expires_at: '2099-01-01T00:00:00Z' }, seen);
		const opened = await unlock(who.durand, bilan, {}, seen);

		for (const [r, act, kind] of [[reset, 'password', 'account'],
			[key, 'partner_access', 'account'],
			[opened, 'unlock', 'pedagogy']]) {
			const [trace, ...more] = await of(r);

			assert.ok(r.status < 300, r.text);
			assert.equal(more.length, 0, act);
			assert.deepEqual([trace.act, trace.kind, trace.address],
				[act, kind, `${FROM}/32`]);
		}
		const [{ n }] = await server.sql(`SELECT count(*)::integer AS n
			FROM trace t WHERE strpos(t::text, $1) > 0
			OR strpos(t::text, $2) > 0`,
		[reset.body.password, key.body.key]);
		assert.equal(n, 0, 'a secret is in the traces');

		const call = await client(server, { token: key.body.key })
			.get('/partner/learners', seen);
		const [trace] = await of(call);
		assert.equal(call.status, 200, call.text);
		assert.deepEqual([trace.act, trace.page, trace.address],
			['call', '/partner/learners', `${FROM}/32`]);
		const [last] = await list('leroy', '?act=call');
		assert.deepEqual(last.access,
			{ id: key.body.id, name: 'PRONOTE' });
	});

test('T1 saving marks is work: it is in the journal and leaves no trace',
	async () => {
		await evaluation(server, school, { marks: { hugo: '344' } });
		await server.sql(`UPDATE sheet SET marks = '444'
			WHERE learner_id = $1`, [school.person.hugo]);
		const count = async (table) => (await server.sql(
			`SELECT count(DISTINCT act)::integer AS n FROM ${table}
			WHERE act IN ('marks', 'position', 'confirm')`))[0].n;

		assert.equal(await count('journal'), 3);
		assert.equal(await count('trace'), 0);
	});

test('P10 each sees what is for the own eyes (reliability.md 7)', async () => {
	const { zoe, adam, morel, durand, claire } = school.person;
	await who.claire.get(`/learners/${zoe}/dashboard`);
	await who.morel.get(`/learners/${zoe}/dashboard`);
	await who.petit.get(`/learners/${adam}/dashboard`);

	assert.deepEqual(new Set((await list('leroy')).map((t) => t.kind)),
		new Set(['account', 'pedagogy']));
	assert.ok((await list('admin')).every((t) => t.kind === 'account'));
	assert.ok((await list('durand')).every((t) => t.kind === 'pedagogy'
		|| t.person.id === durand));
	const own = await list('morel');
	assert.ok(own.length > 0);
	assert.ok(own.every((t) => t.person?.id === morel));

	for (const [name, reader] of [['zoe', claire], ['claire', morel]]) {
		const mine = await list(name);

		assert.ok(mine.some((t) => t.person.id === reader), name);
		assert.ok(mine.some((t) => t.class?.code === '2MELEC'), name);
		for (const t of mine) {
			assert.ok(['read', 'export'].includes(t.act));
			assert.ok(t.learner === null || t.learner.id === zoe);
			assert.notEqual(t.person.id, school.person[name]);
			assert.equal(t.address, null);
			assert.equal(t.request_id, null);
		}
	}
	assert.deepEqual((await list('claire', `?learner_id=${adam}`)), []);
	await server.sql('UPDATE school SET guardians_open = false');
	assert.deepEqual(await list('claire'), []);
	await server.sql('UPDATE school SET guardians_open = true');
	assert.ok((await list('voisin')).every((t) =>
		t.person.id === school.person.voisin));
});

test('T1 a learner or a person is asked for, an act, a day; pages go on',
	async () => {
		const { zoe, durand } = school.person;
		const all = await list('leroy', '?limit=200');
		const walked = [];

		assert.deepEqual(all.map((t) => Number(t.id)),
			all.map((t) => Number(t.id)).sort((a, b) => b - a));
		for (let after = ''; after !== null;) {
			const { body } = await who.leroy.get(`/traces?limit=7${after}`);

			walked.push(...body.items);
			after = body.next === null ? null : `&after=${body.next}`;
		}
		assert.deepEqual(walked.map((t) => t.id), all.map((t) => t.id));

		const same = async (query, mean) => assert.deepEqual(
			(await list('leroy', `?limit=200&${query}`)).map((t) => t.id),
			all.filter(mean).map((t) => t.id), query);
		await same(`person_id=${durand}`, (t) => t.person?.id === durand);
		await same('act=unlock&act=sign_in',
			(t) => ['unlock', 'sign_in'].includes(t.act));
		await same(`learner_id=${zoe}`, (t) => t.learner?.id === zoe
			|| t.class?.id === school.class['2MELEC']);
		await same('from=2099-01-01', () => false);
		await same('to=2000-01-01', () => false);
		for (const wrong of ['from=hier', 'to=2026-02-30', 'limit=0'])
			assert.equal((await who.leroy.get(`/traces?${wrong}`)).status,
				400, wrong);
	});

test('T1 X4 traces as CSV, nothing of which a spreadsheet runs', async () => {
	await server.sql(`UPDATE person SET usual_name = '=1+1',
		first_name = '=2+2' WHERE id = $1`, [school.person.ines]);
	await who.durand.get(`/learners/${school.person.ines}/dashboard`);
	const r = await who.leroy.get(`/traces.csv?dialect=fr&learner_id=${
		school.person.ines}&act=read`);
	const [head, line] = r.text.split('\r\n');

	assert.equal(r.status, 200);
	assert.equal(head.replace('\ufeff', ''),
		'Instant (UTC);Nature;Page;Qui;À propos de;Adresse;Requête');
	assert.match(line, /^\d{4}-\d\d-\d\dT[\d:]{8}Z;Consultation;/);
	assert.match(line,
		/;\/learners\/\{id\}\/dashboard;Denis DURAND;'=2\+2 =1\+1;127\.0/);
	assert.equal((await who.leroy.get('/traces.csv?sep=tab')).status, 200);
	assert.equal((await who.leroy.get('/traces.csv?dialect=x')).status, 400);
});

test('T2 a sixth class or list within an hour is refused, traced and told; '
	+ 'the same again is not another', async () => {
	const classes = (await server.sql(`INSERT INTO class_group (school_id,
		school_year, kind, code, name, framework_id, class_level)
		SELECT $1, 2025, 'class', c, c, 'bacpro-melec', '2nde'
		FROM unnest(ARRAY['A', 'B', 'C', 'D', 'E']) c
		RETURNING id::text`, [school.id.essais])).map((row) => row.id);
	const last = classes.pop();
	const browser = await signedIn('leroy');

	assert.equal((await browser.get('/traces.csv')).status, 200);
	await server.sql(`INSERT INTO trace (school_id, kind, act, person_id,
		page, subject, subject_id, at)
		VALUES ($1, 'pedagogy', 'export', $2, '/classes/{id}/grades.csv',
			'class_group', 999, now() - interval '61 minutes')`,
	[school.id.essais, school.person.leroy]);
	for (const id of classes)
		for (const ending of ['csv', 'xlsx'])
			assert.equal((await browser.get(
				`/classes/${id}/grades.${ending}`)).status, 200);
	const r = await browser.get(`/classes/${last}/grades.csv`, seen);
	assert.equal(r.status, 429, r.text);
	assert.equal(r.body.code, 'export-limit');
	const [trace, ...more] = await of(r);
	assert.equal(more.length, 0);
	assert.deepEqual([trace.act, trace.id, trace.address],
		['export_refused', last, `${FROM}/32`]);
	assert.ok((await list('durand', '?act=export_refused')).length > 0,
		'the DDFPT sees it at once');
	assert.match(server.log(), new RegExp(`person ${school.person.leroy} of `
		+ `school ${school.id.essais} exports too much`));
	assert.match((await browser.get('/metrics')).text,
		/^acquis_exports_refused_total 1$/m);

	const again = await signedIn('leroy');
	for (const [name, path] of [
		[again, `/classes/${classes[0]}/grades.csv`],
		[browser, `/learners/${school.person.zoe}/dashboard`],
		[browser, `/interim-assessments/${bilan}.pdf`],
		[who.durand, `/classes/${last}/grades.csv`],
	])
		assert.equal((await name.get(path)).status, 200, path);
});

test('T1 traces go after a year, or as soon as six months if the operator '
	+ 'says so, and never earlier', async () => {
	const count = async () => (await server.sql(
		'SELECT count(*)::integer AS n FROM trace'))[0].n;
	const before = await count();

	await server.sql(`INSERT INTO trace (school_id, kind, act, at)
		SELECT $1, 'account', 'old', now() - m * interval '1 month'
		FROM unnest(ARRAY[5, 7, 11, 13]) m`, [school.id.essais]);
	await server.sql(`INSERT INTO trace_file
		SELECT school_id, $1, id FROM trace WHERE act = 'old'`,
	[school.person.zoe]);
	assert.match(await server.tool('traces', 'forget'),
		/^Forgotten: 1 traces older than 12 months/);
	assert.equal(await count(), before + 3);
	await assert.rejects(server.tool('traces', 'forget', '5'),
		/"5" is not 6 to 12 months/);
	assert.match(await server.tool('traces', 'forget', '6'), /^Forgotten: 2/);
	assert.equal(await count(), before + 1);
});
