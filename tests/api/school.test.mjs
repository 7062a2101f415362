// A school that begins with nothing: `acquis school add`, then what its
// administrator does with the pages.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { client } from './lib/client.mjs';
import { root, startServer, toolFile } from './lib/server.mjs';
import { UAI, applied, expected, folder, imported, left, year }
	from './lib/siecle.mjs';

const run = promisify(execFile);
const NAME = 'Lycée professionnel des Essais';
const CHOSEN = 'Atelier-2B-vert';
const { initial } = expected;

let server;

before(async () => {
	server = await startServer();
});
after(() => server?.stop());

// One sentence, exit 1 and nothing made.
async function refused(args, reason) {
	const schools = await server.tool('school', 'list');
	const end = await run(toolFile, ['school', ...args],
		{ cwd: root, env: server.env }).catch((error) => error);

	assert.equal(end.code, 1, end.stdout);
	assert.match(end.stderr, reason);
	assert.match(end.stderr, /^acquis: [^\n]+\n$/, 'one sentence');
	assert.equal(await server.tool('school', 'list'), schools);
}

function printed(text) {
	const [, login] = /^login +(\S+)$/m.exec(text);
	const [, password] = /^password +(\S+)$/m.exec(text);

	return { school: UAI, login, password };
}

async function column(text) {
	return (await server.sql(text)).map((row) => Object.values(row)[0]);
}

const sorted = (list) => [...list].sort();

test('M-001 M-003 M-023 M-024 M-025 M-026 a school is added, its '
	+ 'administrator signs in, chooses a password and imports it all',
async () => {
	const said = await server.tool('school', 'add', UAI, NAME,
		String(year));
	const account = printed(said);
	const admin = client(server);

	assert.equal(account.login, 'admin');
	assert.equal((await admin.login(account)).status, 201);
	assert.equal((await admin.get('/imports')).status, 403);
	assert.equal((await admin.put('/session/password', {
		current_password: account.password,
		new_password: CHOSEN })).status, 200);
	assert.equal((await client(server).login(account)).status, 401);
	const me = await client(server).login(
		{ ...account, password: CHOSEN });
	assert.deepEqual(me.body.roles, ['administrator']);
	assert.equal(me.body.school.name, NAME);

	const { staff, ...others } = folder('01-initial');
	await applied(admin, { staff });
	await applied(admin, others);

	const groups = (kind) => column(`SELECT code FROM class_group
		WHERE kind = '${kind}' AND active`);
	assert.deepEqual(sorted(await groups('class')),
		sorted(initial.divisions));
	assert.deepEqual(sorted(await groups('group')),
		sorted(initial.groups));
	assert.deepEqual(sorted(await column(`SELECT login FROM person
		WHERE staff_key IS NOT NULL AND active`)),
	sorted(initial.staff.filter((s) => s.imported)
		.map((s) => s.login)));
	const learners = await server.sql(`SELECT p.login, c.code AS class
		FROM person p
		JOIN enrolment e ON e.school_id = p.school_id
		 AND e.learner_id = p.id AND e.active
		JOIN class_group c ON c.school_id = e.school_id
		 AND c.id = e.class_id AND c.kind = 'class'
		WHERE p.track IS NOT NULL AND p.active`);
	const wanted = new Map(initial.learners.map((l) =>
		[l.login, l.division]));
	assert.equal(learners.length, imported);
	for (const { login, class: code } of learners)
		assert.equal(code, wanted.get(login), login);
	const [links] = await column(`SELECT count(*) FROM guardianship
		WHERE legal AND active`);
	assert.equal(Number(links),
		initial.legal_links_of_active_learners - left * 2);
});

test('M-254 a school that is added has three terms, one after the other, '
	+ 'from the first to the last day of its year', async () => {
	const terms = await server.sql(`SELECT t.index, t.kind,
		t.starts_on = coalesce(lag(t.ends_on) OVER (ORDER BY t.index)
			+ 1, o.year_starts_on) AS follows,
		t.index < 3 OR t.ends_on = o.year_ends_on AS ends,
		o.year_starts_on::text, o.year_ends_on::text
		FROM term t JOIN school o USING (school_id)
		WHERE o.uai = '${UAI}' ORDER BY t.index`);

	assert.deepEqual(terms, [1, 2, 3].map((index) => ({ index, kind: 'T',
		follows: true, ends: true, year_starts_on: `${year}-09-01`,
		year_ends_on: `${year + 1}-08-31` })));
});

test('M-001 what is no school is refused in one sentence', async () => {
	await refused(['add', UAI, NAME, String(year)],
		/the school 0999001W is there already/);
	await refused(['add', '0999001X', NAME, '2025'],
		/"0999001X" is not a UAI: the letter of 0999001 is W/);
	await refused(['add', '999001W', NAME, '2025'], /is not a UAI/);
	await refused(['add', '0999002X', ' ', '2025'], /the name/);
	for (const wrong of ['25', '2025-2027', '2025x', '20256', '-2025', ''])
		await refused(['add', '0999002X', NAME, wrong],
			/is not a school year/);
	await refused(['add', '0999002X', NAME, '2025', '--login', 'A dmin'],
		/is not a login/);
	for (const args of [[], ['add'], ['add', '0999002X'], ['remove'],
		['add', '0999002X', NAME, '2025', '--city', 'Ici'],
		['add', '0999002X', NAME, '2025', '--login']])
		await refused(args, /usage: acquis school/);
});

test('M-003 a second school has an administrator of its own, whose login '
	+ 'may be chosen', async () => {
	const said = await server.tool('school', 'add', '0999002X', 'Voisin',
		`${year}-${year + 1}`, '--login', 'chef');
	const account = { ...printed(said), school: '0999002X' };
	const other = client(server);

	assert.equal(account.login, 'chef');
	assert.equal((await other.login(account)).status, 201);
	assert.equal(await server.tool('school', 'list'),
		`${UAI} ${year} ${NAME}\n0999002X ${year} Voisin\n`);
});

test('S4 the one-time password of `acquis school add` is good for a week, '
	+ 'and is kept nowhere', async () => {
	const said = await server.tool('school', 'add', '0999003Y', 'Tiers',
		String(year));
	const account = { ...printed(said), school: '0999003Y' };
	const stored = await column(`SELECT password FROM credential`);

	assert.ok(stored.every((hash) => hash.startsWith('$argon2id$')
		&& !hash.includes(account.password)));
	await server.sql(`UPDATE credential SET changed_at = now()
		- interval '7 days 1 minute' WHERE must_change`);
	assert.equal((await client(server).login(account)).status, 401);
});
