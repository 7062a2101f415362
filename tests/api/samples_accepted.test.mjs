// The samples of SIECLE and STSWEB that must be accepted, row by row of their
// README, and what they leave in the school.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { startServer } from './lib/server.mjs';
import * as siecle from './lib/siecle.mjs';
import { PASSWORD, UAI, expected, folder, imported, left, sample }
	from './lib/siecle.mjs';

let server;
let admin;
let school;
let retired = 0;

const analyse = (files) => siecle.analyse(admin, files);
const applied = (files, body) => siecle.applied(admin, files, body);

before(async () => {
	server = await startServer();
});
after(() => server?.stop());

async function freshSchool() {
	await server.sql('UPDATE school SET uai = $2 WHERE uai = $1', [UAI,
		`${String(9200000 + ++retired)}A`]);
	({ school } = await siecle.makeSchool(server, UAI));
	admin = client(server);
	await admin.login({ school: UAI, login: 'admin',
		password: PASSWORD });
}

function story(title, work) {
	test(title, async (t) => {
		await freshSchool();
		await work(t);
	});
}

const rows = (text) => server.sql(text, [school]);

async function number(text) {
	const [row] = await rows(text);

	return Number(Object.values(row)[0]);
}

const numbers = async (text) =>
	(await rows(text)).map((row) => Number(row.key)).sort();

// All of the school but what tells of its imports.
const everything = async () => (await siecle.everything(server, school))
	.replace(/import .*/, '');

const LEGAL = `SELECT l.siecle_id || ' ' || g.guardian_key AS key
	FROM guardianship s
	JOIN person l ON l.school_id = s.school_id AND l.id = s.learner_id
	JOIN person g ON g.school_id = s.school_id AND g.id = s.guardian_id
	WHERE s.school_id = $1 AND s.active AND s.legal ORDER BY 1`;

const LEARNERS = `FROM person WHERE school_id = $1 AND track IS NOT NULL
	AND active`;

story('M-029 01-initial: three classes, three groups, eight accounts',
	async () => {
		const { counts } = await applied({ staff: folder('01-initial')
			.staff });
		const accounts = await rows(`SELECT r.role, count(*)::int AS n,
			count(*) FILTER (WHERE p.function = 'EDU')::int AS edu
			FROM person p JOIN person_role r
			  ON r.school_id = p.school_id AND r.person_id = p.id
			WHERE p.school_id = $1 AND p.staff_key IS NOT NULL
			GROUP BY 1 ORDER BY 1`);

		assert.equal(counts.classes.created, 3);
		assert.equal(counts.groups.created, 3);
		assert.equal(counts.staff.left_out, 1);
		// Who is in charge of school life marks as a teacher does.
		assert.deepEqual(accounts, [{ role: 'head', n: 1, edu: 0 },
			{ role: 'teacher', n: 7, edu: 1 }]);
		assert.equal(await number(`SELECT count(*) FROM person
			WHERE school_id = $1 AND staff_key IS NOT NULL
			  AND function = 'ADF'`), 0);
		assert.equal(await number(`SELECT count(*) FROM person
			WHERE school_id = $1 AND staff_key IS NOT NULL
			  AND birth_date IS NULL`), 1);
	});

story('M-030 01-initial: forty-five learners of forty-nine, and who is theirs',
	async () => {
		const { counts } = await applied(folder('01-initial'));

		assert.equal(counts.learners.created, imported);
		assert.equal(counts.learners.left_out, 49 - imported);
		assert.equal(await number(`SELECT count(*) ${LEARNERS}`),
			imported);
		assert.equal(await number(`SELECT count(*) ${LEARNERS}
			AND ine IS NULL`), 2);
		assert.equal(await number(`SELECT count(*) ${LEARNERS}
			AND track = 'apprentice'`), 2);
		const lucas = await rows(`SELECT birth_date::text AS day
			${LEARNERS} AND last_name = 'MARTIN'
			AND first_name = 'Lucas'`);
		assert.equal(lucas.length, 3);
		assert.equal(new Set(lucas.map(({ day }) => day)).size, 2);
		assert.equal((await rows(LEGAL)).length, expected.initial
			.legal_links_of_active_learners - left * 2);
	});

story('M-032 02-initial-utf8 after 01-initial: not one character changes',
	async () => {
		await applied(folder('01-initial'));
		const was = await everything();
		const { counts } = await applied(folder('02-initial-utf8'));

		for (const kind of Object.values(counts))
			assert.equal(kind.created + kind.changed + kind.leaving,
				0, JSON.stringify(counts));
		assert.equal(await everything(), was);
	});

const PEOPLE = `SELECT id::text, siecle_id::int, staff_key, guardian_key::int,
	login, ine, usual_name, last_name, first_name, phone, active,
	left_on::text FROM person WHERE school_id = $1`;

const CLASSES = `SELECT l.siecle_id::int AS key, c.code FROM enrolment e
	JOIN class_group c ON c.school_id = e.school_id AND c.id = e.class_id
	JOIN person l ON l.school_id = e.school_id AND l.id = e.learner_id
	WHERE e.school_id = $1 AND e.active AND c.kind = 'class'`;

const GROUPS = `SELECT code FROM class_group WHERE school_id = $1
	AND kind = 'group' AND active`;

const LINKS = `SELECT l.siecle_id::int AS learner, g.guardian_key::int AS adult
	FROM guardianship s
	JOIN person l ON l.school_id = s.school_id AND l.id = s.learner_id
	JOIN person g ON g.school_id = s.school_id AND g.id = s.guardian_id
	WHERE s.school_id = $1 AND s.active`;

async function schoolNow() {
	const people = new Map();

	for (const one of await rows(PEOPLE))
		people.set(one.id, one);
	return { people,
		classes: new Map((await rows(CLASSES)).map(
			({ key, code }) => [key, code])),
		groups: new Set((await rows(GROUPS)).map(({ code }) => code)),
		links: new Set((await rows(LINKS)).map(
			({ learner, adult }) => `${learner} ${adult}`)) };
}

// People of both imports, [before, after], and those of whom it is true.
const both = (was, now) => [...was.people.values()].map((one) =>
	[one, now.people.get(one.id)]);
const keys = (pairs, key, wanted) => pairs.filter(wanted)
	.map(([, one]) => one[key]).sort();

story('M-032 M-033 M-035 04-reimport after 01-initial: what changed, no more',
	async () => {
		await applied(folder('01-initial'));
		const was = await schoolNow();
		await applied(folder('04-reimport'));
		const now = await schoolNow();
		const e = expected.reimport;
		const pairs = both(was, now);
		const learners = pairs.filter(([one]) => one.siecle_id !== null);
		const joined = [...now.people.values()].filter((one) =>
			one.siecle_id !== null && one.active
			&& !was.people.get(one.id)?.active);

		assert.deepEqual(joined.map((one) => one.siecle_id).sort(),
			e.joined_or_returned);
		assert.deepEqual(keys(learners, 'siecle_id', ([a, b]) =>
			a.active && !b.active), e.deactivated);
		assert.equal((await rows(`SELECT 1 ${LEARNERS}`)).length,
			e.learners_active_after - left);
		assert.deepEqual(learners.filter(([a, b]) =>
			a.siecle_id !== b.siecle_id).map(([a, b]) =>
			[a.siecle_id, b.siecle_id]),
		e.siecle_id_changed_same_ine);
		assert.deepEqual(keys(learners, 'siecle_id', ([a, b]) =>
			a.ine === null && b.ine !== null), e.ine_completed);
		assert.deepEqual(keys(learners, 'siecle_id', ([a, b]) =>
			a.usual_name !== b.usual_name
			|| a.last_name !== b.last_name
			|| a.first_name !== b.first_name), e.name_changed);
		assert.deepEqual([...was.classes.keys()].filter((key) =>
			now.classes.has(key)
			&& now.classes.get(key) !== was.classes.get(key)),
		e.division_changed);
		checkStaff(was, now);
		checkAdults(was, now);
		for (const [a, b] of pairs)
			assert.equal(b.login, a.login);
	});

function checkStaff(was, now) {
	const e = expected.reimport;
	const pairs = both(was, now).filter(([one]) => one.staff_key !== null);
	const known = new Set(pairs.map(([one]) => one.staff_key));

	assert.deepEqual([...now.people.values()].filter((one) =>
		one.staff_key !== null && !known.has(one.staff_key))
		.map((one) => one.staff_key), e.staff_joined);
	assert.deepEqual(keys(pairs, 'staff_key', ([a, b]) =>
		a.active && !b.active), e.staff_deactivated);
	assert.deepEqual([...now.groups].filter((g) => !was.groups.has(g)),
		e.groups_added);
	assert.deepEqual([...was.groups].filter((g) => !now.groups.has(g)),
		e.groups_gone);
}

// Who left took their links along; nobody else lost one but who is told.
function checkAdults(was, now) {
	const e = expected.reimport;
	const pairs = both(was, now).filter(([one]) =>
		one.guardian_key !== null);
	const moved = new Map(e.siecle_id_changed_same_ine);
	const gone = new Set(e.deactivated);
	const lost = [...was.links].map((link) => link.split(' ').map(Number))
		.map(([learner, adult]) =>
			[moved.get(learner) ?? learner, adult])
		.filter(([learner, adult]) => !gone.has(learner)
			&& !now.links.has(`${learner} ${adult}`));

	assert.deepEqual(keys(pairs, 'guardian_key', ([a, b]) =>
		a.phone !== b.phone), e.persons_changed);
	assert.deepEqual(lost, e.links_withdrawn);
}

story('M-033 who is due to leave is still here until then', async () => {
	await applied(folder('01-initial'));
	await applied(folder('04-reimport'));
	const [{ active }] = await rows(`SELECT active FROM person
		WHERE school_id = $1 AND last_name = 'FERRÉOL'`);

	assert.equal(active, left === 0);
});

story('M-027 01-initial after 04-reimport: only when that is confirmed',
	async () => {
		await applied(folder('01-initial'));
		await applied(folder('04-reimport'));
		const was = await everything();
		const preview = await analyse(folder('01-initial'));
		const no = await siecle.commit(admin, preview);

		assert.deepEqual(preview.body.to_confirm, ['older_export']);
		assert.equal(no.status, 409);
		assert.equal(no.body.code, 'older_export');
		assert.equal(await everything(), was);
		const yes = await siecle.commit(admin, preview,
			{ confirm: ['older_export'] });
		assert.equal(yes.status, 200, yes.text);
		assert.equal(await number(`SELECT count(*) ${LEARNERS}`),
			imported);
	});

story('M-030 v01: files of before 2016 give the same legal guardians',
	async () => {
		await applied(folder('01-initial'));
		const was = (await rows(LEGAL)).map(({ key }) => key);
		const people = await numbers(`SELECT siecle_id AS key
			${LEARNERS}`);

		await freshSchool();
		await applied({ staff: folder('01-initial').staff });
		const old = '05-variants/v01-old-format-2015';
		const { counts } = await applied({ files: [
			sample(`${old}/ElevesSansAdresses.xml`),
			sample(`${old}/ResponsablesAvecAdresses.xml`)] });

		assert.equal(counts.learners.created, imported);
		assert.deepEqual(await numbers(`SELECT siecle_id AS key
			${LEARNERS}`), people);
		assert.deepEqual((await rows(LEGAL)).map(({ key }) => key), was);
	});

story('M-027 M-033 v08: two learners, and all others missing is confirmed',
	async () => {
		await applied(folder('01-initial'));
		await applied({ files: sample('05-variants/v08-oddities.xml') },
			{ confirm: ['mass_departure'] });
		const here = await rows(`SELECT last_name, usual_name,
			first_name ${LEARNERS} ORDER BY siecle_id`);

		assert.equal(here.length, 2);
		assert.ok(here.some((one) =>
			one.last_name === 'TEST<01> & FILS'), JSON.stringify(here));
		assert.ok(here.some((one) => one.first_name === 'Camille'));
		assert.ok(here.every((one) => one.usual_name === null));
	});

story('M-027 z11: an XML named .zip is an XML, with others missing', async () => {
	await applied(folder('01-initial'));
	const preview = await analyse({ files: sample(
		'malformed/z11-xml-named-zip.zip') });

	assert.equal(preview.status, 201, preview.text);
	assert.deepEqual(preview.body.to_confirm, ['mass_departure']);
});
