// Imports of SIECLE and STSWEB files: analysed, then applied.

import assert from 'node:assert/strict';
import { client } from './lib/client.mjs';
import { stories } from './lib/import_school.mjs';
import * as siecle from './lib/siecle.mjs';
import { PASSWORD, UAI, expected, folder, imported, left, makeSchool }
	from './lib/siecle.mjs';

const it = stories();
const { story } = it;
const analyse = (files, options, who = it.admin) =>
	siecle.analyse(who, files, options);
const commit = (preview, body, options) =>
	siecle.commit(it.admin, preview, body, options);
const applied = (files, body) => siecle.applied(it.admin, files, body);
const everything = () => siecle.everything(it.server, it.ids.school);

story('M-026 an analysis tells what would change and writes none of it',
	async () => {
		const people = await it.number(
			'SELECT count(*) FROM person WHERE school_id = $1',
			[it.ids.school]);
		const preview = await analyse(folder('01-initial'));
		const { counts } = preview.body;

		assert.equal(preview.status, 201, preview.text.slice(0, 900));
		assert.equal(preview.headers.etag, '"1"');
		assert.equal(preview.headers.location,
			`/api/v1/imports/${preview.body.id}`);
		assert.equal(preview.body.state, 'previewed');
		assert.equal(counts.staff.created,
			expected.initial.staff_imported);
		assert.equal(counts.learners.created, imported);
		assert.equal(counts.classes.created, 3);
		assert.equal(counts.groups.created, 3);
		assert.deepEqual(preview.body.to_confirm, []);
		assert.equal(people, await it.number('SELECT count(*) '
			+ 'FROM person WHERE school_id = $1', [it.ids.school]));
		const read = await it.admin.get(`/imports/${preview.body.id}`);
		assert.equal((await it.admin.get(`/imports/${preview.body.id}`,
			{ ifNoneMatch: read.headers.etag })).status, 304);
		assert.deepEqual(read.body, preview.body);
	});

story('M-029 M-030 a commit creates staff, classes, learners and guardians',
	async () => {
		const { body: { counts } } = await analyse(
			folder('01-initial'));
		const done = await applied(folder('01-initial'));

		assert.equal(done.state, 'committed');
		assert.deepEqual(done.counts, counts);
		assert.equal(await it.number(`SELECT count(*) FROM person
			WHERE school_id = $1 AND track IS NOT NULL
			  AND active`, [it.ids.school]), imported);
		const people = await it.server.sql(`SELECT siecle_id::text AS key,
			login, ine, track FROM person
			WHERE school_id = $1 AND track IS NOT NULL`,
		[it.ids.school]);
		for (const p of people) {
			const e = expected.initial.learners.find((l) =>
				String(l.eleve_id) === p.key);
			assert.equal(p.login, e.login);
			assert.equal(p.ine, e.ine);
			assert.equal(p.track, e.statut === 'AP'
				? 'apprentice' : 'school');
		}
		const staff = await it.server.sql(`SELECT p.login, r.role
			FROM person p JOIN person_role r
			  ON r.school_id = p.school_id AND r.person_id = p.id
			WHERE p.school_id = $1 AND p.staff_key IS NOT NULL
			ORDER BY p.login`, [it.ids.school]);
		assert.deepEqual(staff.map((s) => s.login),
			expected.initial.staff.filter((s) => s.imported)
				.map((s) => s.login).sort());
		assert.equal(staff.find((s) => s.login
			=== 'gabrielle.chatelain').role, 'head');
		assert.equal(await it.number(`SELECT count(*) FROM guardianship
			WHERE school_id = $1 AND legal AND active`,
		[it.ids.school]) + left * 2 >= expected.initial
			.legal_links_of_active_learners, true);
		assert.ok(await it.number(`SELECT count(*) FROM teaching
			WHERE school_id = $1`, [it.ids.school]) > 0);
	});

story('M-034 an import is in the journal, with who asked for it', async () => {
	const done = await applied(folder('01-initial'));
	const rows = await it.server.sql(`SELECT person_id, subject_id, after
		FROM journal WHERE school_id = $1 AND act = 'import'`,
	[it.ids.school]);

	assert.equal(rows.length, 1);
	assert.equal(rows[0].person_id, it.ids.administrator);
	assert.equal(rows[0].subject_id, done.id);
	assert.deepEqual(rows[0].after.counts, done.counts);
	assert.equal(await it.number(`SELECT count(*) FROM import
		WHERE school_id = $1 AND staff IS NOT NULL`,
	[it.ids.school]), 0);
});

story('M-032 X3 the same files again change nothing', async () => {
	await applied(folder('01-initial'));
	const was = (await everything()).replace(/import .*/, '');
	const again = await applied(folder('01-initial'));

	for (const kind of Object.keys(again.counts)) {
		const { same, left_out: out, ...others } = again.counts[kind];
		assert.ok(Object.values(others).every((n) => n === 0),
			`${kind} ${JSON.stringify(others)}`);
		assert.ok(same > 0 || kind === 'guardians');
		assert.ok(out >= 0);
	}
	assert.equal((await everything()).replace(/import .*/, ''), was);
});

story('M-032 the same school in UTF-8 changes nothing', async () => {
	await applied(folder('01-initial'));
	const again = await applied(folder('02-initial-utf8'));

	assert.equal(again.counts.learners.same, imported);
	assert.equal(again.counts.learners.changed, 0);
});

story('M-032 M-033 a year goes on: who leaves is kept, without access',
	async () => {
		await applied(folder('01-initial'));
		const logins = await it.server.sql(`SELECT id, login FROM person
			WHERE school_id = $1 AND login IS NOT NULL`,
		[it.ids.school]);
		const done = await applied(folder('04-reimport'),
			{ confirm: ['mass_departure'] });

		assert.ok(done.counts.learners.created >= 3);
		assert.ok(done.counts.learners.leaving >= 1);
		for (const key of expected.reimport.deactivated) {
			const [p] = await it.server.sql(`SELECT active, left_on
				FROM person WHERE school_id = $1
				  AND siecle_id = $2`, [it.ids.school, key]);
			assert.ok(p === undefined || !p.active, String(key));
		}
		for (const { id, login } of logins) {
			const [p] = await it.server.sql(`SELECT login FROM person
				WHERE school_id = $1 AND id = $2`,
			[it.ids.school, id]);
			assert.equal(p.login, login);
		}
		const [[was, now]] = expected.reimport
			.siecle_id_changed_same_ine;
		assert.equal(await it.number(`SELECT count(*) FROM person
			WHERE school_id = $1 AND siecle_id = $2`,
		[it.ids.school, was]), 0);
		assert.equal(await it.number(`SELECT count(*) FROM person
			WHERE school_id = $1 AND siecle_id = $2`,
		[it.ids.school, now]), 1);
	});

story('M-035 a teacher who is gone is hidden and signed out', async () => {
	await applied(folder('01-initial'));
	const [gone] = expected.reimport.staff_deactivated;
	const [{ id }] = await it.server.sql(`SELECT id FROM person
		WHERE school_id = $1 AND staff_key = $2`, [it.ids.school, gone]);
	await it.server.sql(`INSERT INTO session (token, school_id, person_id,
			roles, idle, expires_at)
		VALUES (sha256($2::text::bytea), $1, $2::bigint, 8, '1 hour',
			now() + interval '1 hour')`, [it.ids.school, id]);

	await applied(folder('04-reimport'), { confirm: ['mass_departure'] });
	const [p] = await it.server.sql(`SELECT active, left_on IS NOT NULL AS d
		FROM person WHERE school_id = $1 AND id = $2`,
	[it.ids.school, id]);
	assert.deepEqual(p, { active: false, d: true });
	assert.equal(await it.number(`SELECT count(*) FROM session
		WHERE school_id = $1 AND person_id = $2`,
	[it.ids.school, id]), 0);
});

story('M-024 staff first, then learners: two imports make one school',
	async () => {
		const { staff, learners, guardians } = folder('01-initial');

		await applied({ staff });
		const done = await applied({ learners, guardians });
		assert.equal(done.counts.learners.created, imported);
		assert.equal(done.counts.staff.leaving, 0);
	});

story('X3 a commit that fails on its last rows writes none of them',
	async () => {
		await it.server.sql(`CREATE FUNCTION no_link() RETURNS trigger
			LANGUAGE plpgsql AS $$ BEGIN
			RAISE EXCEPTION 'disk full'; END $$`);
		await it.server.sql(`CREATE TRIGGER no_link BEFORE INSERT
			ON guardianship FOR EACH ROW EXECUTE FUNCTION
			no_link()`);
		try {
			const preview = await analyse(folder('01-initial'));
			const was = await everything();
			const answer = await commit(preview);

			assert.equal(answer.status, 500);
			assert.equal(await everything(), was);
		} finally {
			await it.server.sql('DROP TRIGGER no_link '
				+ 'ON guardianship');
			await it.server.sql('DROP FUNCTION no_link');
		}
		const done = await applied(folder('01-initial'));
		assert.equal(done.counts.learners.created, imported);
	});

story('who only looks like somebody known waits for an answer', async () => {
	await applied({ staff: folder('01-initial').staff });
	const [e] = expected.initial.learners;
	const [{ id }] = await it.server.sql(`INSERT INTO person (school_id,
			last_name, first_name, birth_date, track, source)
		VALUES ($1, $2, $3, $4, 'school', 'manual') RETURNING id`,
	[it.ids.school, e.nom_famille, e.prenom, e.naissance]);
	const { staff, ...others } = folder('01-initial');
	const preview = await analyse(others);

	assert.ok(staff);
	assert.equal(preview.body.probable.length, 1,
		JSON.stringify(preview.body.counts.learners));
	assert.equal(preview.body.probable[0].known.id, id);
	const done = await commit(preview,
		{ same: [preview.body.probable[0].key] });
	assert.equal(done.status, 200, done.text.slice(0, 300));
	assert.equal(await it.number(`SELECT id FROM person
		WHERE school_id = $1 AND siecle_id = $2`,
	[it.ids.school, e.eleve_id]), Number(id));
	assert.deepEqual(done.body.probable, []);
});

story('a preview of people who changed since is not applied', async () => {
	await applied(folder('01-initial'));
	const preview = await analyse(folder('04-reimport'));

	await it.server.sql(`UPDATE person SET first_name = 'Autre'
		WHERE school_id = $1 AND siecle_id = 996001`, [it.ids.school]);
	const was = await everything();
	const answer = await commit(preview, { confirm: ['mass_departure'] });
	assert.equal(answer.status, 409);
	assert.equal(answer.body.code, 'conflict');
	assert.equal(await everything(), was);
});

story('a preview is applied once, and abandoned by the next', async () => {
	const first = await analyse(folder('01-initial'));
	const second = await analyse(folder('01-initial'));
	const abandoned = await it.admin.get(`/imports/${first.body.id}`);

	assert.equal(abandoned.body.state, 'abandoned');
	assert.equal((await commit(first)).body.code, 'conflict');
	assert.equal((await commit(second, {}, { ifMatch: '"7"' })).status,
		412);
	assert.equal((await commit(second, {}, { ifMatch: '"1"' })).status,
		200);
	assert.equal((await commit(second)).body.code, 'conflict');
	const list = await it.admin.get('/imports?limit=1');
	assert.equal(list.body.items[0].id, second.body.id);
	const rest = await it.admin.get(`/imports?after=${list.body.next}`);
	assert.deepEqual(rest.body.items.map((i) => i.id), [first.body.id]);
});

story('X3 two commits at once: one applies all of it, the other nothing',
	async () => {
		const preview = await analyse(folder('01-initial'));
		const answers = await Promise.all([commit(preview),
			commit(preview), commit(preview)]);
		const status = answers.map((a) => a.status).sort();

		assert.deepEqual(status, [200, 409, 409]);
		for (const a of answers.filter((x) => x.status === 409))
			assert.match(a.body.code, /^(in-progress|conflict)$/);
		assert.equal(await it.number(`SELECT count(*) FROM person
			WHERE school_id = $1 AND track IS NOT NULL`,
		[it.ids.school]), imported);
	});

story('I1 a commit sent twice with one key is carried out once', async () => {
	const preview = await analyse(folder('01-initial'),
		{ key: 'import-0001' });
	const one = await commit(preview, {}, { key: 'commit-0001' });
	const two = await commit(preview, {}, { key: 'commit-0001' });

	assert.equal(one.status, 200);
	assert.equal(two.status, 200);
	assert.equal(two.headers['idempotent-replayed'], 'true');
	assert.deepEqual(two.body, one.body);
});

story('M-059 classes are attached to the diploma of their training',
	async () => {
		const preview = await analyse(folder('01-initial'));
		const mcv = preview.body.mefs.find((m) =>
			m.class_codes.includes('1 MCV B'));
		const bad = await commit(preview, { mefs: [{ mef: mcv.mef,
			framework_id: 'bacpro-mcv-b', class_level: 'CM2' }] });

		assert.equal(bad.status, 422);
		assert.equal(bad.body.errors[0].pointer,
			'/mefs/0/class_level');
		const done = await commit(preview, { mefs: [{ mef: mcv.mef,
			framework_id: 'bacpro-mcv-a', class_level: '1re' }] });
		assert.equal(done.status, 200, done.text.slice(0, 400));
		const classes = await it.server.sql(`SELECT code, framework_id,
			class_level FROM class_group WHERE school_id = $1
			AND kind = 'class' ORDER BY code`, [it.ids.school]);
		assert.deepEqual(classes.map((c) => [c.code, c.framework_id]),
			[['1 MCV B', 'bacpro-mcv-a'],
				['2MELEC', 'bacpro-melec'],
				['CAPELEC1', 'cap-electricien']]);
		const next = await analyse(folder('01-initial'));
		assert.equal(next.body.mefs.find((m) => m.mef === mcv.mef)
			.framework_id, 'bacpro-mcv-a');
	});

story('M-031 the report is a file to keep', async () => {
	const done = await applied(folder('01-initial'));
	const csv = await it.admin.get(
		`/imports/${done.id}/report.csv?dialect=fr`);
	const rows = csv.text.trim().split('\r\n');

	assert.equal(csv.status, 200);
	assert.match(csv.headers['content-disposition'], /import_.*\.csv/);
	assert.equal(rows.length,
		1 + done.lines_total + done.anomalies_total);
	assert.match(csv.text, /zoe\.dartagnan-loeuvr/);
	assert.match(rows[0], /^\ufeff?Fichier;Ligne;/);
});

story('A2 only an administrator imports, and only for her school',
	async () => {
		const preview = await analyse(folder('01-initial'));
		const teacher = client(it.server);
		await teacher.login({ school: UAI, login: 'marc.morel',
			password: PASSWORD });

		for (const path of ['/imports', `/imports/${preview.body.id}`])
			assert.equal((await teacher.get(path)).status, 403);
		assert.equal((await analyse(folder('01-initial'), {},
			teacher)).status, 403);
		await makeSchool(it.server, '0999002X');
		const other = client(it.server);
		await other.login({ school: '0999002X', login: 'admin',
			password: PASSWORD });
		assert.equal((await other.get(`/imports/${preview.body.id}`))
			.status, 404);
		assert.equal((await other.post(
			`/imports/${preview.body.id}/commit`, {})).status, 404);
	});
