// From an interim assessment to a grade out of 20, as a teacher does it.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import pg from 'pg';
import { clientOptions, startServer } from './lib/server.mjs';
import { client } from './lib/client.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';
import { framework, confirm, tag } from './lib/trade.mjs';

let server, school, morel, petit, durand, zoe, claire, melec, classId;
const interim = {};

async function signIn(name) {
	const browser = client(server);
	const answer = await browser.login(
		{ login: school.login[name], password: PASSWORD });

	assert.equal(answer.status, 201);
	return browser;
}

before(async () => {
	server = await startServer();
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	[morel, petit, durand, zoe, claire] = await Promise.all(
		['morel', 'petit', 'durand', 'zoe', 'claire'].map(signIn));
	melec = await framework(morel, 'bacpro-melec');
	classId = (await morel.get('/classes')).body.items
		.find((c) => c.code === '2MELEC').id;
	const four = { C1: '4t', C2: '3t', C4: '3t', C8: '2t' };
	interim.zoe = await confirm(morel, melec, school.person.zoe, four);
	interim.adam = await confirm(morel, melec, school.person.adam,
		{ C1: '2t', C2: '2t', C4: '4t', C8: '3i' });
	interim.lina = await confirm(morel, melec, school.person.lina,
		{ C1: '4t', C2: '3t', C4: '3t', C5: '2t' });
	interim.hugo = await confirm(morel, melec, school.person.hugo, {});
});

after(() => server?.stop());

const id = (code) => melec.competencies.find((c) => c.code === code).id;
const weights = (given) => ({ weights: Object.entries(given)
	.map(([code, percent]) => ({ competency_id: id(code), percent })) });
const path = (name, rest = '') =>
	`/interim-assessments/${interim[name].id}${rest}`;

async function current(name) {
	const grading = await morel.get(`/classes/${classId}/grading`);
	const row = grading.body.learners.find((l) =>
		l.assessment?.id === interim[name].id);

	return row.weighting;
}

async function put(name, given) {
	return morel.put(path(name, '/weights'), weights(given),
		{ ifMatch: tag((await current(name)).version) });
}

test('M-239 M-240: the grading window lists every learner of the class with'
	+ ' the last interim assessment', async () => {
	const { status, body } = await morel.get(`/classes/${classId}/grading`);

	assert.equal(status, 200);
	assert.equal(body.learners.length, 5);
	assert.equal(body.learners.filter((l) => l.assessment).length, 4);
	assert.equal(body.framework_id, 'bacpro-melec');
	assert.equal(body.competencies.length, 13);
	const names = body.learners.map((l) => l.learner.last_name);
	assert.deepEqual(names, ['BERNARD', 'DUBOIS', 'MARTIN', 'ROBERT',
		'THOMAS']);
});

test('M-241 M-242 R-06: after each entry what remains to be shared out is'
	+ ' told, and there is no grade', async () => {
	const answer = await put('zoe', { C1: '25', C2: '25,00', C4: '25.0' });

	assert.equal(answer.status, 200);
	assert.equal(answer.body.remainder, '25.00');
	assert.equal(answer.body.grade, null);
	assert.equal(answer.body.state, 'incomplete');
	assert.equal(answer.headers.etag, tag(answer.body.version));
});

test('M-243 R-07 V1: the grade appears at exactly 100 %', async () => {
	const answer = await put('zoe', { C1: '25', C2: '25', C4: '25', C8: '25' });

	assert.equal(answer.body.remainder, '0.00');
	assert.deepEqual(answer.body.grade, { value: '13.50', raw: '13.33' });
	assert.equal(answer.body.state, 'proposed');
});

test('R-05 V20: a weight on a competency not assessed is refused and changes'
	+ ' nothing', async () => {
	const before = await current('zoe');
	const answer = await put('zoe', { C1: '90', C3: '10' });

	assert.equal(answer.status, 422);
	assert.equal(answer.body.errors[0].pointer, '/weights/1/percent');
	assert.deepEqual(await current('zoe'), before);
});

test('R-06: more than 100 % is refused with the remainder', async () => {
	const answer = await put('zoe', { C1: '60', C2: '50' });

	assert.equal(answer.status, 422);
	assert.equal(answer.body.code, 'weights-not-100');
	assert.equal(answer.body.remainder, '-10.00');
});

test('R-05: percents have two decimals at most and lie in 0..100', async () => {
	for (const percent of ['12.345', '-1', '101', 'dix', '1 2', '1e1', '']) {
		const answer = await put('zoe', { C1: percent });
		assert.equal(answer.status, 422, percent);
	}
	const twice = await morel.put(path('zoe', '/weights'),
		{ weights: [...weights({ C1: '10' }).weights,
			...weights({ C1: '20' }).weights] },
		{ ifMatch: tag((await current('zoe')).version) });
	assert.equal(twice.status, 422);
});

test('L4: weights without If-Match are 428, with an old one 412 and nothing'
	+ ' changes', async () => {
	const before = await current('zoe');
	const none = await morel.put(path('zoe', '/weights'), weights({ C1: '1' }));
	assert.equal(none.status, 428);
	const old = await morel.put(path('zoe', '/weights'), weights({ C1: '1' }),
		{ ifMatch: tag(before.version - 1) });
	assert.equal(old.status, 412);
	assert.equal(old.body.current_revision, before.version);
	assert.deepEqual(await current('zoe'), before);
});

test('M-249 M-251 R-16: saving keeps an immutable record of what the grade'
	+ ' was made of', async () => {
	const answer = await morel.put(path('zoe', '/grade'), {},
		{ ifMatch: tag((await current('zoe')).version) });

	assert.equal(answer.status, 200);
	assert.equal(answer.body.state, 'saved');
	assert.equal(answer.body.saved_grade.value, '13.50');
	const [row] = await server.sql(`SELECT * FROM grade
		WHERE interim_id = $1`, [interim.zoe.id]);
	assert.equal(row.hundredths, 1333);
	assert.equal(row.value, 1350);
	assert.equal(row.value_table, 'regular');
	await assert.rejects(server.sql('UPDATE grade SET value = 2000'),
		/append-only/);
	const read = await morel.get(path('zoe'));
	assert.equal(read.body.grade.value, '13.50');
});

test('M-249: a grade is not saved while the weights are not at 100 %',
	async () => {
		await put('adam', { C1: '50' });
		const answer = await morel.put(path('adam', '/grade'), {},
			{ ifMatch: tag((await current('adam')).version) });

		assert.equal(answer.status, 422);
		assert.equal(answer.body.code, 'weights-not-100');
		assert.equal(answer.body.remainder, '50.00');
	});

test('R-07 V19: an interim assessment that is NE everywhere cannot be graded',
	async () => {
		const answer = await morel.put(path('hugo', '/grade'), {},
			{ ifMatch: tag((await current('hugo')).version) });

		assert.equal((await current('hugo')).state, 'not_gradable');
		assert.equal(answer.status, 409);
	});

test('M-244 R-14: weights are copied to the same profile, never levels',
	async () => {
		const answer = await morel.post(path('zoe', '/weights/copy'),
			{ interim_ids: [interim.adam.id], overwrite: true });

		assert.equal(answer.status, 200);
		const [result] = answer.body.results;
		assert.equal(result.copied, true);
		// Levels 2, 2, 4, 3 at a quarter each: 1+1+3+2 of 12 thirds of 20.
		assert.deepEqual(result.weighting.grade,
			{ value: '12.00', raw: '11.67' });
		assert.equal(result.weighting.origin, 'copied');
	});

test('M-244 R-14: another profile is refused with the competencies that'
	+ ' differ', async () => {
	const answer = await morel.post(path('zoe', '/weights/copy'),
		{ interim_ids: [interim.lina.id] });

	assert.equal(answer.status, 409);
	assert.equal(answer.body.code, 'profile-mismatch');
	assert.deepEqual(answer.body.missing, ['C5']);
	assert.deepEqual(answer.body.extra, ['C8']);
});

test('M-244 R-14: weights that are there are replaced only when asked',
	async () => {
		const answer = await morel.post(path('zoe', '/weights/copy'),
			{ interim_ids: [interim.adam.id] });

		assert.equal(answer.status, 409);
		assert.equal(answer.body.results[0].has_weights, true);
	});

test('M-245 M-246 R-11 R-13: the model is shared over what was assessed, in'
	+ ' its order of importance', async () => {
	const answer = await morel.post(path('lina', '/weights/model'), {});

	assert.equal(answer.status, 200);
	assert.equal(answer.body.remainder, '0.00');
	const by = Object.fromEntries(answer.body.weights
		.map((w) => [w.competency_id, Number(w.percent)]));
	// Raw model of C1, C2, C4, C5: 900, 1260, 2100, 700 (of 4960).
	assert.equal(by[id('C1')], 18.15);
	assert.equal(by[id('C2')], 25.40);
	assert.equal(by[id('C4')], 42.34);
	assert.equal(by[id('C5')], 14.11);
	assert.equal(answer.body.origin, 'model_redistributed');
	assert.ok(Number(answer.body.coverage) < 50);
});

test('M-245: the model of MELEC is shown as reported, with the figures of the'
	+ ' framework', async () => {
	const { body } = await morel.get(`/classes/${classId}/grading`);

	assert.equal(body.model.status, 'reported');
	assert.deepEqual(body.model.weights.map((w) => w.percent),
		['7.50', '10.50', '5.00', '17.50', '5.84', '5.83', '5.83', '11.67',
			'5.00', '7.50', '5.00', '7.00', '5.83']);
});

test('M-248 R-15: reset sets all weights to zero; the saved grade stays',
	async () => {
		const answer = await morel.del(path('zoe', '/weights'),
			{ ifMatch: tag((await current('zoe')).version) });

		assert.equal(answer.status, 200);
		assert.equal(answer.body.remainder, '100.00');
		assert.equal(answer.body.grade, null);
		assert.equal(answer.body.saved_grade.value, '13.50');
	});

test('M-247: each learner has weights of its own', async () => {
	await put('zoe', { C1: '40', C2: '30', C4: '20', C8: '10' });
	const a = await current('zoe'), b = await current('adam');

	assert.notDeepEqual(a.weights.map((w) => w.percent),
		b.weights.map((w) => w.percent));
});

test('rules.md 5: the explanation adds up and says it in a sentence',
	async () => {
		await put('zoe', { C1: '40', C2: '30', C4: '20', C8: '10' });
		await morel.put(path('zoe', '/grade'), {},
			{ ifMatch: tag((await current('zoe')).version) });
		const { status, body } = await morel.get(
			path('zoe', '/grade/explanation'));

		assert.equal(status, 200);
		assert.equal(body.terms.length, 4);
		assert.equal(body.excluded.length, 9);
		// 40 % at 3/3, 30 % and 20 % at 2/3, 10 % at 1/3 of 20.
		assert.equal(body.rounded_from, '15.33');
		assert.equal(body.note, '15.50');
		const sum = body.terms.reduce((n, t) => n + Number(t.points), 0);
		assert.ok(Math.abs(sum - 15.333) < 0.01, String(sum));
		const shares = body.terms.reduce((n, t) =>
			n + Math.round(Number(t.share_of_note_pct) * 10), 0);
		assert.equal(shares, 1000);
		assert.match(body.sentence, /4 compétences sur 13 comptent/);
		assert.match(body.sentence, /C1 apporte le plus \(8,00 points\)/);
		const english = await morel.get(path('zoe', '/grade/explanation'),
			{ headers: { 'accept-language': 'en' } });
		assert.match(english.body.sentence, /C1 brings the most \(8\.00/);
	});

test('rules.md 6: learners and guardians do not see the grade unless the'
	+ ' school shows it', async () => {
	assert.equal((await zoe.get(path('zoe', '/grade/explanation'))).status, 404);
	assert.equal((await zoe.get(path('zoe'))).body.grade, null);
	await server.sql('UPDATE school SET learners_see_grade = true');
	const shown = await zoe.get(path('zoe', '/grade/explanation'));
	await server.sql('UPDATE school SET learners_see_grade = false');
	assert.equal(shown.status, 200);
	assert.equal((await zoe.get(path('adam', '/grade/explanation'))).status,
		404);
	assert.equal((await claire.get(path('zoe', '/grade/explanation'))).status,
		404);
});

test('A1 A2: to a colleague of another class there are no grades', async () => {
	const version = (await current('zoe')).version;
	const answer = await petit.put(path('zoe', '/weights'),
		weights({ C1: '10' }), { ifMatch: tag(version) });

	assert.equal(answer.status, 404);
	assert.equal((await petit.get(`/classes/${classId}/grading`)).status, 404);
	const read = await petit.get(path('zoe'));
	assert.equal(read.status, 200);
	assert.equal(read.body.grade, null);
	assert.notEqual((await morel.get(path('zoe'))).body.grade, null);
	assert.equal((await durand.put(path('zoe', '/weights'),
		weights({ C1: '10' }), { ifMatch: tag(version) })).status, 403);
	assert.equal((await zoe.get(`/classes/${classId}/grading`)).status, 403);
	assert.equal((await current('zoe')).version, version);
});

test('A2: an interim assessment of another school is absent, as one that does'
	+ ' not exist', async () => {
	const simon = await signIn('simon');
	const version = tag((await current('zoe')).version);
	const foreign = await simon.put(path('zoe', '/weights'),
		weights({ C1: '10' }), { ifMatch: version });
	const absent = await simon.put('/interim-assessments/999999/weights',
		weights({ C1: '10' }), { ifMatch: version });

	assert.equal(foreign.status, 404);
	assert.equal(absent.status, 404);
	const same = ({ request_id, instance, ...rest }) => rest;
	assert.deepEqual(same(foreign.body), same(absent.body));
});

test('I1: the same save with one key fifty times in parallel is carried out'
	+ ' once', async () => {
	const before = await current('adam');
	const answers = await Promise.all(Array.from({ length: 50 }, () =>
		morel.post(path('zoe', '/weights/copy'),
			{ interim_ids: [interim.adam.id], overwrite: true },
			{ key: 'copy-once-0001' })));
	const statuses = answers.map((a) => a.status);

	assert.ok(statuses.every((s) => [200, 409].includes(s)), `${statuses}`);
	const first = answers.filter((a) => a.status === 200
		&& a.headers['idempotent-replayed'] !== 'true');
	assert.equal(first.length, 1);
	for (const a of answers.filter((x) => x.status === 200))
		assert.deepEqual(a.body, first[0].body);
	assert.equal((await current('adam')).version, before.version + 1);
});

test('I2: the same key with another body is refused, another person\'s key is'
	+ ' another key', async () => {
	const answer = await morel.post(path('zoe', '/weights/copy'),
		{ interim_ids: [interim.lina.id], overwrite: true },
		{ key: 'copy-once-0001' });

	assert.equal(answer.status, 422);
	assert.equal(answer.body.code, 'idempotency-mismatch');
	const other = await petit.post(path('zoe', '/weights/copy'),
		{ interim_ids: [interim.adam.id], overwrite: true },
		{ key: 'copy-once-0001' });
	assert.equal(other.status, 404);
});

test('R-17 G-10: an unlock makes the grade stale; a new save makes it current'
	+ ' again', async () => {
	const version = (await current('zoe')).version;
	const end = new Date(Date.now() + 5 * 86400000).toISOString().slice(0, 10);
	const unlocked = await durand.post(path('zoe', '/unlock'),
		{ reason: 'Erreur de saisie', expires_at: end });
	assert.equal(unlocked.status, 200, unlocked.text);
	const locked = await morel.put(path('zoe', '/weights'),
		weights({ C1: '100' }),
		{ ifMatch: tag((await current('zoe')).version) });
	assert.equal(locked.status, 423);
	assert.match(locked.body.detail, /débloqué/);
	const again = await morel.post(path('zoe', '/confirm'),
		{ confirmation: 'CONFIRMATION' });
	assert.equal(again.status, 200, again.text);
	const stale = await current('zoe');
	assert.equal(stale.state, 'stale');
	assert.equal(stale.saved_grade.state, 'stale');
	assert.ok(stale.version > version);
	const saved = await morel.put(path('zoe', '/grade'), {},
		{ ifMatch: tag(stale.version) });
	assert.equal(saved.body.state, 'saved');
	const [{ count }] = await server.sql(`SELECT count(*) FROM grade
		WHERE interim_id = $1`, [interim.zoe.id]);
	assert.equal(Number(count), 3);
});

test('M-250: the CSV of the class opens in a French spreadsheet', async () => {
	const { status, headers, bytes } = await morel.get(
		`/classes/${classId}/grades.csv?dialect=fr`);
	const text = bytes.toString('utf8');

	assert.equal(status, 200);
	assert.equal(text.codePointAt(0), 0xfeff);
	const lines = text.slice(1).split('\r\n');
	assert.equal(lines[0], "INE;Nom;Nom d'usage;Prénom;Né(e) le;Division;"
		+ 'Diplôme;Période;Date du bilan;Note /20;Mention');
	assert.equal(lines.at(-1), '');
	const zoeLine = lines.find((l) => l.includes('MARTIN')).split(';');
	assert.equal(zoeLine[9], '15,50');
	const hugoLine = lines.find((l) => l.includes('THOMAS')).split(';');
	assert.deepEqual(hugoLine.slice(9), ['', 'NE']);
	assert.match(headers['content-disposition'], /notes_2MELEC\.csv/);
	const again = await morel.get(`/classes/${classId}/grades.csv?dialect=fr`,
		{ ifNoneMatch: headers.etag });
	assert.equal(again.status, 304);
});

test('M-250: the other dialect is RFC 4180 with dots and ISO dates',
	async () => {
		const { bytes } = await morel.get(`/classes/${classId}/grades.csv`);
		const lines = bytes.toString('utf8').split('\r\n');

		assert.match(lines[0], /^INE,Nom,/);
		assert.match(lines.find((l) => l.includes('MARTIN')), /,15\.50,/);
		const weightsFile = await morel.get(`/classes/${classId}/weights.csv`);
		assert.equal(weightsFile.status, 200);
	});

test('R-20: the details of the class: a level, an objective and a weight for each'
	+ ' competency, then the raw grade and the grade', async () => {
	const { status, headers, bytes } = await morel.get(
		`/classes/${classId}/grade-details.csv?dialect=fr`);
	const rows = bytes.toString('utf8').slice(1).trimEnd().split('\r\n')
		.map((line) => line.split(';'));
	const of = (name) => Object.fromEntries(rows[0].map((column, i) =>
		[column, rows.find((row) => row[1] === name)[i]]));
	const zoe = of('MARTIN');
	const codes = rows[0].filter((column) => /^C\d+ poids/.test(column));

	assert.equal(status, 200);
	assert.match(headers['content-disposition'], /notes_detail_2MELEC\.csv/);
	assert.ok(rows.every((row) => row.length === rows[0].length));
	assert.deepEqual(rows[0].slice(0, 7), ['INE', 'Nom', 'Prénom',
		'Date du bilan', 'C1 niveau', 'C1 visée', 'C1 poids (%)']);
	assert.equal(codes.length, 13);
	assert.equal(zoe['Note /20'], '15,50');
	assert.match(zoe['Note brute /20'], /^\d+,\d\d$/);
	assert.equal(codes.reduce((sum, column) => sum
		+ Number(zoe[column].replace(',', '.')), 0), 100);
	for (const column of codes.filter((one) => zoe[one] !== ''))
		assert.match(zoe[column.replace('poids (%)', 'niveau')], /^[1-4]$/);
	const hugo = of('THOMAS');
	assert.deepEqual([hugo['Note brute /20'], hugo['Note /20']], ['', '']);
	const again = await morel.get(
		`/classes/${classId}/grade-details.csv?dialect=fr`,
		{ ifNoneMatch: headers.etag });
	assert.equal(again.status, 304);
});

test('M-250 R-20: the workbook of the class is one', async () => {
	const { status, bytes, headers } = await morel.get(
		`/classes/${classId}/grades.xlsx`);

	assert.equal(status, 200);
	assert.equal(bytes.subarray(0, 2).toString(), 'PK');
	const again = await morel.get(`/classes/${classId}/grades.xlsx`);
	assert.equal(again.headers.etag, headers.etag);
});

test('T1: weights and grades are in the journal, from and to', async () => {
	const acts = await server.sql(`SELECT act, count(*)::int AS n FROM journal
		WHERE subject = 'interim' AND act IN ('weights', 'grade')
		GROUP BY act ORDER BY act`);

	assert.deepEqual(acts.map((a) => a.act), ['grade', 'weights']);
	assert.ok(acts.every((a) => a.n >= 3));
});
