// Prints and pictures of interim assessments, opened with other programs.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { confirm, evaluation, positions, saveDraft, unlock }
	from './lib/path.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { startServer } from './lib/server.mjs';

let server;
let school;
let folder;
const who = {};
const bilans = {};

const of = (name) => school.person[name];

async function confirmed(name, more = {}) {
	const saved = await saveDraft(who.morel, of(name), {
		positions: await positions(server, more), ...more.texts });

	assert.equal(saved.status, 200, saved.text);
	const made = await confirm(who.morel, of(name));

	assert.equal(made.status, 201, made.text);
	(bilans[name] ??= []).push(made.body);
}

// The text of a PDF, after qpdf has found nothing wrong with it.
function opened(bytes) {
	const file = join(folder, 'print.pdf');

	writeFileSync(file, bytes);
	execFileSync('qpdf', ['--check', file]);
	return execFileSync('pdftotext', ['-layout', file, '-'],
		{ encoding: 'utf8' });
}

function pages(bytes) {
	const file = join(folder, 'print.pdf');

	writeFileSync(file, bytes);
	return Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file],
		{ encoding: 'utf8' }))[1]);
}

before(async () => {
	server = await startServer();
	folder = mkdtempSync(join(tmpdir(), 'acquis-documents-'));
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	for (const name of ['morel', 'petit', 'durand', 'leroy', 'admin', 'zoe',
		'adam', 'simon', 'claire']) {
		who[name] = client(server);
		await who[name].login({ login: school.login[name],
			password: PASSWORD });
	}
	await evaluation(server, school, { marks: { zoe: '341', adam: '111' } });
	await confirmed('zoe', { level: 2, objective: 'intermediate',
		texts: { findings: 'Premier constat.' } });
	await confirmed('zoe', { level: 3,
		texts: { findings: 'Second constat : l\'été, à Œuilly.' } });
	await confirmed('adam', { level: 1 });
});
after(async () => {
	if (folder)
		rmSync(folder, { recursive: true });
	await server?.stop();
});

const pdf = (c, id, options) =>
	c.get(`/interim-assessments/${id}.pdf`, options);

test('M-236 a print says whose assessment it is, when, by whom, and what',
	async () => {
		const r = await pdf(who.morel, bilans.zoe[1].id);

		assert.equal(r.status, 200);
		assert.equal(r.headers['content-type'], 'application/pdf');
		assert.match(r.headers['content-disposition'],
			/attachment; .*MARTIN.*\.pdf/);
		const text = opened(r.bytes);

		for (const words of ['Zoé', 'MARTIN', 'MOREL', '2MELEC',
			'Lycée professionnel des Essais', 'l\'été, à Œuilly',
			'Vérifier chaque serrage', 'C13'])
			assert.ok(text.includes(words), words);
		assert.ok(!text.includes('Premier constat'));
	});

test('F-12 the same content has the same bytes, for every reader',
	async () => {
		const [a, b, c] = await Promise.all([who.morel, who.leroy, who.zoe]
			.map((w) => pdf(w, bilans.zoe[1].id)));

		assert.ok(a.bytes.equals(b.bytes));
		assert.ok(a.bytes.equals(c.bytes));
		assert.equal((await pdf(who.zoe, bilans.zoe[1].id,
			{ ifNoneMatch: a.headers.etag })).status, 304);
	});

test('M-238 all of a learner, oldest first', async () => {
	const r = await who.zoe.get(
		`/learners/${of('zoe')}/interim-assessments.pdf`);
	const text = opened(r.bytes);
	const one = await pdf(who.zoe, bilans.zoe[0].id);

	assert.equal(r.status, 200);
	assert.ok(text.indexOf('Premier constat')
		< text.indexOf('Second constat'));
	assert.ok(pages(r.bytes) > pages(one.bytes));
	assert.equal((await who.morel.get(
		`/learners/${of('lina')}/interim-assessments.pdf`)).status, 404);
});

test('M-237 the last of every learner of a class, in the order of the list',
	async () => {
		const r = await who.morel.get(`/classes/${school.class['2MELEC']}`
			+ '/interim-assessments/latest.pdf');
		const text = opened(r.bytes);

		assert.equal(r.status, 200);
		assert.ok(text.indexOf('BERNARD') < text.indexOf('MARTIN'));
		assert.ok(text.includes('Second constat'));
		assert.ok(!text.includes('Premier constat'));
		for (const id of [school.class['1MCV'],
			school.class.voisin2MELEC, '999999'])
			assert.equal((await who.morel.get(`/classes/${id}`
				+ '/interim-assessments/latest.pdf')).status, 404);
		const group = await who.morel.get(`/classes/${school.class.TP1}`
			+ '/interim-assessments/latest.pdf');

		assert.ok(opened(group.bytes).includes('BERNARD'));
	});

test('M-237 a class of thirty takes its time on a thread: others are '
	+ 'answered meanwhile', async () => {
	await server.sql(`WITH p AS (
			INSERT INTO person (school_id, first_name, last_name, track)
			SELECT $1, 'Prénom', 'NOM ' || n, 'school'
			  FROM generate_series(1, 30) n RETURNING id
		), e AS (
			INSERT INTO enrolment (school_id, class_id, learner_id)
			SELECT $1, $2, id FROM p
		), i AS (
			INSERT INTO interim (school_id, learner_id, framework_key,
				state, revision, confirmed_at)
			SELECT $1, p.id, f.key, 'confirmed', 1, now()
			  FROM p, framework f
			 WHERE f.id = 'bacpro-melec' AND f.current
			RETURNING id
		)
		INSERT INTO interim_revision (school_id, interim_id, revision,
			author_id, positions, findings, advice, sha256, previous,
			chain)
		SELECT $1, id, 1, $3, repeat('3t', 13), 'x', 'y', '\\x00',
		       '\\x00', 100000 + id
		  FROM i`,
	[school.id.essais, school.class['2MELEC'], of('morel')]);
	const done = [];
	const big = who.morel.get(`/classes/${school.class['2MELEC']}`
		+ '/interim-assessments/latest.pdf')
		.then((r) => done.push(['class', r]));
	const small = Array.from({ length: 10 }, () =>
		who.zoe.get('/session').then((r) => done.push(['session', r])));

	await Promise.all([big, ...small]);
	assert.ok(done.findIndex(([what]) => what === 'class') > 5);
	const [, r] = done.find(([what]) => what === 'class');

	assert.equal(r.status, 200);
	assert.match(opened(r.bytes), /NOM 30/);
});

test('M-227 what is printed is the confirmed revision, also while another '
	+ 'is being written', async () => {
	const bilan = bilans.adam[0];
	const first = await pdf(who.adam, bilan.id);
	const open = await unlock(who.durand, bilan.id);

	await who.morel.patch(`/interim-assessments/${bilan.id}`,
		{ findings: 'En cours de saisie.' },
		{ ifMatch: open.headers.etag });
	const r = await pdf(who.morel, bilan.id);

	assert.ok(!opened(r.bytes).includes('En cours de saisie'));
	assert.ok(r.bytes.equals(first.bytes));
});

test('the grade is printed only where the school shows it to learners',
	async () => {
		const bilan = bilans.zoe[1];

		await server.sql(`INSERT INTO grade (school_id, interim_id, revision,
				interim_revision, positions, weights, origin,
				value_table, factor_bp, rounding, sum, hundredths,
				value, author_id)
			SELECT school_id, interim_id, 1, 1, positions, '{10000}',
			       'typed', 'regular', 10000, 'half_point_up', 0,
			       1433, 1450, author_id
			  FROM interim_revision WHERE interim_id = $1`, [bilan.id]);
		const printed = async () =>
			/14,50?/.test(opened((await pdf(who.morel, bilan.id)).bytes));

		assert.equal(await printed(), false);
		await server.sql('UPDATE school SET learners_see_grade = true');
		assert.equal(await printed(), true);
	});

test('M-235 a radar from two assessments on, none for the first', async () => {
	const [first, second] = bilans.zoe;
	const path = (b) => `/interim-assessments/${b.id}/radar`;

	assert.equal((await who.zoe.get(`${path(first)}.svg`)).status, 404);
	assert.equal((await who.zoe.get(`${path(first)}.png`)).status, 404);
	const svg = await who.zoe.get(`${path(second)}.svg`);

	assert.equal(svg.status, 200);
	assert.equal(svg.headers['content-type'], 'image/svg+xml');
	assert.match(svg.text, /<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
	assert.match(svg.text, /C13/);
	assert.equal((await who.zoe.get(`${path(second)}.svg`,
		{ ifNoneMatch: svg.headers.etag })).status, 304);
});

test('M-235 a PNG as wide as is asked for', async () => {
	const path = `/interim-assessments/${bilans.zoe[1].id}/radar.png`;
	const width = (bytes) => bytes.readUInt32BE(16);

	assert.equal(width((await who.zoe.get(path)).bytes), 800);
	assert.equal(width((await who.zoe.get(`${path}?size=200`)).bytes), 200);
	assert.equal(width((await who.zoe.get(`${path}?size=2000`)).bytes),
		2000);
	for (const size of ['199', '2001', 'x', '-1'])
		assert.equal((await who.zoe.get(`${path}?size=${size}`)).status,
			400);
});

test('M-221 G-06 the preview shows the draft over the last assessment, alone '
	+ 'when there is none', async () => {
	const path = (name) => `/learners/${of(name)}/draft/radar.svg`;

	await saveDraft(who.morel, of('lina'),
		{ positions: await positions(server) });
	await saveDraft(who.morel, of('zoe'),
		{ positions: await positions(server, { level: 4 }) });
	const alone = await who.morel.get(path('lina'));
	const over = await who.durand.get(path('zoe'));

	assert.equal(alone.status, 200);
	assert.equal(over.status, 200);
	assert.ok(over.text.length > alone.text.length);
	assert.equal((await who.morel.get(path('adam'))).status, 200);
	for (const name of ['zoe', 'leroy', 'admin'])
		assert.equal((await who[name].get(path('zoe'))).status, 403);
	assert.equal((await who.simon.get(path('zoe'))).status, 404);
});

test('A1 A2 prints are for who follows the learner', async () => {
	const [bilan] = bilans.zoe;

	for (const [name, status] of Object.entries({ adam: 404, simon: 404,
		claire: 404, admin: 403, petit: 403, leroy: 200 }))
		assert.equal((await pdf(who[name], bilan.id)).status, status, name);
	assert.equal((await who.zoe.get(`/classes/${school.class['2MELEC']}`
		+ '/interim-assessments/latest.pdf')).status, 403);
	assert.equal((await who.adam.get(
		`/learners/${of('zoe')}/interim-assessments.pdf`)).status, 404);
});
