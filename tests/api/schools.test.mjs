// Several schools in one installation, and one that moves to another.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync }
	from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { client } from './lib/client.mjs';
import { confirm, evaluation, positions, saveDraft } from './lib/path.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { root, startServer, toolFile } from './lib/server.mjs';

const run = promisify(execFile);
const place = mkdtempSync(join(tmpdir(), 'acquis-schools-'));
const UAI = '0999001W';
const STAYS = ['mail', 'mail_link', 'session'];
let here;
let there;
let school;
let bilan;
let key;
let files = 0;

const newFile = () => join(place, `school-${++files}`);

async function signedIn(server, name, more = {}) {
	const browser = client(server);
	const answer = await browser.login({ login: school.login[name],
		password: PASSWORD, ...more });

	assert.equal(answer.status, 201, answer.text);
	return browser;
}

before(async () => {
	[here, there] = await Promise.all([startServer({ workers: 1 }),
		startServer({ workers: 1 })]);
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await here.sql(sql, values) }) });
	const morel = await signedIn(here, 'morel');
	const { zoe } = school.person;
	await evaluation(here, school, { marks: { zoe: '344', adam: '1.2' } });
	await saveDraft(morel, zoe, { positions: await positions(here),
		findings: 'Soigneux;\t"é" \\ \\. 😀\n\\.\nfin' });
	const r = await confirm(morel, zoe);
	assert.equal(r.status, 201, r.text);
	bilan = r.body.id;
	const durand = await signedIn(here, 'durand');
	const made = await durand.post('/partner-accesses', { name: 'PRONOTE',
		scopes: ['roster:read'], expires_at: '2099-01-01T00:00:00Z' });
	key = made.body.key;
});
after(async () => {
	await Promise.all([here?.stop(), there?.stop()]);
	rmSync(place, { recursive: true, force: true });
});

// One sentence, exit 1, and nothing of it kept.
async function refused(server, args, reason) {
	const rows = () => server.sql(`SELECT (SELECT count(*) FROM school)
		+ (SELECT count(*) FROM framework) + (SELECT count(*) FROM person)
		+ (SELECT count(*) FROM journal) AS n`);
	const before = await rows();
	const end = await run(toolFile, ['school', ...args],
		{ cwd: root, env: server.env }).catch((error) => error);

	assert.equal(end.code, 1, end.stdout);
	assert.match(end.stderr, reason);
	assert.match(end.stderr, /^acquis: [^\n]+\n$/, 'one sentence');
	assert.deepEqual(await rows(), before);
}

const tablesOf = async (server) => (await server.sql(`SELECT c.relname AS name
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
	WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
	AND a.attname = 'school_id' ORDER BY 1`)).map((row) => row.name);

// All rows of a school by table, without the numbers that differ.
async function rowsOf(server, tables) {
	const rows = await server.sql(tables.map((table) => `SELECT '${table}'
		AS table, to_jsonb(t) - 'school_id' - 'framework_key'
		|| jsonb_build_object('framework', (SELECT f.id || '@' || f.version
			FROM framework f
			WHERE f.key::text = to_jsonb(t) ->> 'framework_key')) AS row
		FROM ${table} t JOIN school o USING (school_id)
		WHERE o.uai = '${UAI}'`).join(' UNION ALL '));
	const sorted = rows.map((r) => ({ ...r, text: JSON.stringify(r.row) }))
		.sort((a, b) => a.text < b.text ? -1 : 1);

	return Object.fromEntries(tables.map((table) => [table,
		sorted.filter((r) => r.table === table).map((r) => r.row)]));
}

async function exported() {
	const file = newFile();

	await here.tool('school', 'export', UAI, file);
	return file;
}

test('M-001 a school moves whole to another installation, row for row, and '
	+ 'its people go on there', async () => {
	const before = await rowsOf(here, await tablesOf(here));
	const file = newFile();
	const said = await here.tool('school', 'export', UAI, file);
	const tables = Object.keys(before).filter((t) => !STAYS.includes(t));
	const total = tables.reduce((n, t) => n + before[t].length, 0);

	assert.match(said, new RegExp(`^Written: ${file}, `
		+ `${tables.length + 1} tables`));
	assert.equal(statSync(file).mode & 0o777, 0o600);
	// Somebody else is there already, whose ids are the same.
	await there.tool('school', 'add', '0999009E', 'Voisin', '2025');
	assert.match(await there.tool('school', 'import', file),
		new RegExp(`^Brought: ${UAI}, ${tables.length} tables, ${total} rows`,
			'm'));
	const now = await rowsOf(there, Object.keys(before));
	for (const table of tables)
		assert.deepEqual(now[table].filter((row) =>
			row.act !== 'school_import'), before[table], table);
	for (const table of STAYS)
		assert.ok(!now[table]?.length, table);

	const page = `/learners/${school.person.zoe}/dashboard`;
	const one = await signedIn(here, 'morel');
	const two = await signedIn(there, 'morel', { school: UAI });
	assert.equal((await two.get(page)).text, (await one.get(page)).text);
	assert.deepEqual((await two.get(`/interim-assessments/${bilan}`)).body,
		(await one.get(`/interim-assessments/${bilan}`)).body);
	assert.equal((await client(there, { token: key })
		.get('/partner/learners')).status, 200);
	const next = await evaluation(there, { ...school, id: { essais:
		(await there.sql('SELECT school_id::text AS id FROM school '
			+ 'WHERE uai = $1', [UAI]))[0].id } }, { marks: { zoe: '4' } });
	const [{ last }] = await here.sql(
		'SELECT max(id)::text AS last FROM evaluation');
	assert.ok(Number(next) > Number(last), 'a new id is new');
});

test('every table that holds school_id is exported, one that is new as well; '
	+ 'who is signed in and what is about to be mailed stay', async () => {
	await here.sql(`CREATE TABLE brand_new (school_id bigint NOT NULL
		REFERENCES school, id bigint GENERATED ALWAYS AS IDENTITY,
		word text, twice text GENERATED ALWAYS AS (word || word) STORED,
		framework_key integer REFERENCES framework,
		PRIMARY KEY (school_id, id))`);
	await here.sql(`INSERT INTO brand_new (school_id, word, framework_key)
		SELECT $1, 'nouveau', min(key) FROM framework`,
	[school.id.essais]);
	const text = readFileSync(await exported(), 'utf8');
	const named = [...text.matchAll(/^table (\w+)$/gm)].map((m) => m[1]);

	await here.sql('DROP TABLE brand_new');
	assert.deepEqual(named.filter((t) => t !== 'framework').sort(),
		[...await tablesOf(here), 'brand_new']
			.filter((t) => !STAYS.includes(t)).sort());
	assert.match(text,
		/^table brand_new\nid, word, framework_key\n\d+\tnouveau\t[\w-]+@1\n/m);
	assert.ok(!text.includes('Voisin'), 'nothing of another school');
});

test('P5 a file that is damaged, cut or not one is refused, nothing is kept',
	async () => {
		const file = await exported();
		const bytes = readFileSync(file);
		const spoilt = newFile();
		const spoil = async (some, reason) => {
			writeFileSync(spoilt, some);
			await refused(there, ['import', spoilt], reason);
		};

		for (let i = 0; i < 6; i++) {
			const wrong = Buffer.from(bytes);
			const at = 20 + Math.floor((bytes.length - 21) * i / 5);

			wrong[at] ^= 1;
			await spoil(wrong, /is damaged|not a school/);
		}
		await spoil(bytes.subarray(0, bytes.length - 1), /is damaged/);
		await spoil(bytes.subarray(0, bytes.lastIndexOf('end ')),
			/is damaged/);
		await spoil(Buffer.concat([bytes, Buffer.from('more\n')]),
			/is damaged/);
		await spoil(randomBytes(3000), /is not a school that Acquis exported/);
		await spoil('', /is not a school that Acquis exported/);
		await refused(there, ['import', join(place, 'nowhere')],
			/nowhere cannot be read/);
	});

test('a school that is there already, and one of another version, are refused',
	async () => {
		const file = await exported();

		await refused(here, ['import', file], /0999001W is there already/);
		const [{ number }] = await there.sql('DELETE FROM migration WHERE '
			+ 'number = (SELECT max(number) FROM migration) RETURNING *');
		await refused(there, ['import', file], /a newer version of Acquis/);
		await there.sql(`INSERT INTO migration (number, name, sha256)
			VALUES ($1, 'other', '\\x00'), ($1 + 1, 'later', '\\x00')`,
		[number]);
		await refused(there, ['import', file], /an older version of Acquis/);
		await there.sql('DELETE FROM migration WHERE number = $1 + 1',
			[number]);
		await refused(there, ['import', file], /another edition of Acquis/);
	});

test('export says why it cannot, and writes over nothing', async () => {
	const file = await exported();

	await refused(here, ['export', UAI, file], /cannot be made: File exists/);
	await refused(here, ['export', '0999005A', newFile()],
		/there is no school 0999005A/);
	await refused(here, ['export', UAI], /usage: acquis school/);
	await refused(here, ['import'], /usage: acquis school/);
});

test('P10 what an operator did to a school is told to its head', async () => {
	const leroy = await signedIn(here, 'leroy');
	const { body } = await leroy.get('/traces?act=school_export');

	assert.ok(body.items.length > 0);
	assert.equal(body.items[0].person, null);
});

test('M-001 a suspended school lets nobody in and says so to who has the '
	+ 'password, to nobody else; resumed, all is as it was', async () => {
	const morel = await signedIn(here, 'morel');
	const simon = await signedIn(here, 'simon');
	const machine = client(here, { token: key });
	const page = `/learners/${school.person.zoe}/dashboard`;
	const before = (await morel.get(page)).text;
	const enter = (password) => client(here).login(
		{ login: school.login.morel, password });

	assert.match(await here.tool('school', 'suspend', UAI),
		/^0999001W is suspended: nobody signs in/);
	assert.equal((await morel.get(page)).status, 401, 'sessions have ended');
	assert.equal((await machine.get('/partner/learners')).status, 401);
	const told = await enter(PASSWORD);
	assert.equal(told.status, 403);
	assert.equal(told.body.code, 'school-suspended');
	assert.match(told.body.detail, /suspendu ; ses données sont conservées/);
	assert.equal(told.headers['set-cookie'], undefined);
	assert.equal((await enter('wrong')).body.code, 'unauthenticated');
	assert.equal((await simon.get('/session')).status, 200,
		'the others go on');
	assert.match(await here.tool('school', 'list'),
		/^0999001W 2025 Lycée professionnel des Essais, suspended$/m);

	assert.match(await here.tool('school', 'resume', UAI), /at work again/);
	assert.equal((await morel.get(page)).status, 401, 'not revived');
	assert.equal((await (await signedIn(here, 'morel')).get(page)).text,
		before);
	assert.equal((await machine.get('/partner/learners')).status, 200);
	await refused(here, ['suspend', '0999005A'],
		/there is no school 0999005A/);
	await refused(here, ['resume', '0999005A'], /there is no school/);
	await refused(here, ['suspend'], /usage: acquis school/);
});

test('M-001 a sign-in that is under way while the school is suspended ends '
	+ 'with no session', async () => {
	await here.tool('school', 'suspend', UAI);
	const [{ n }] = await here.sql(`SELECT count(*)::integer AS n FROM session
		WHERE school_id = $1`, [school.id.essais]);
	assert.equal(n, 0);
	await assert.rejects(here.sql(`INSERT INTO session (token, school_id,
		person_id, roles, idle, expires_at)
		VALUES ('\\x00', $1, $2, 8, interval '1 hour', now() + interval '1 hour')`,
	[school.id.essais, school.person.morel]), /is suspended/);
	await here.tool('school', 'resume', UAI);
});

const OTHER = '0999002X';

// At an address, as a browser that was sent there.
const at = (host) => ({ headers: { host, origin: `http://${host}` } });
const enter = (body, options) => client(here).request('POST', '/session', body,
	options);
const twin = () => ({ login: school.login.morel, password: PASSWORD });

test('M-001 a login of several schools at one address: who has the password '
	+ 'is asked which school, nobody else learns of an account', async () => {
	await here.sql('UPDATE person SET login = $1 WHERE id = $2',
		[school.login.morel, school.person.simon]);
	const asked = await enter(twin());

	assert.equal(asked.status, 409, asked.text);
	assert.equal(asked.body.code, 'school-needed');
	assert.deepEqual(asked.body.schools, [
		{ uai: UAI, name: 'Lycée professionnel des Essais' },
		{ uai: OTHER, name: 'Lycée professionnel Voisin' }]);
	assert.equal(asked.headers['set-cookie'], undefined);
	for (const uai of [UAI, OTHER])
		assert.equal((await enter({ ...twin(), school: uai })).body.school.uai,
			uai);
	const bare = ({ body }) => ({ ...body, request_id: '' });
	assert.deepEqual(bare(await enter({ ...twin(), password: 'wrong' })),
		bare(await enter({ login: 'nobody.here', password: 'wrong' })));

	// Another password in one of them: no question is left.
	await here.sql(`UPDATE credential SET password = 'none' WHERE person_id = $1`,
		[school.person.simon]);
	assert.equal((await enter(twin())).body.school.uai, UAI);
});

test('S1 the question is no way around the limit of tries', async () => {
	const body = { login: school.login.morel, password: 'wrong' };
	const statuses = [];

	for (let i = 0; i < 12; i++)
		statuses.push((await enter(body)).status);
	assert.equal(statuses.at(-1), 429, statuses.join());
	await here.sql('DELETE FROM sign_in_try');
});

test('M-001 a school at an address of its own is the one that is meant there',
	async () => {
		const host = 'essais.acquis.example';

		assert.equal(await here.tool('school', 'address', UAI, host),
			`${UAI} is at ${host}\n`);
		for (const [name, more] of [[host, {}], [host.toUpperCase(), {}],
			[`${host}:8443`, {}], [host, { school: OTHER }]])
			assert.equal((await enter({ ...twin(), ...more }, at(name)))
				.body.school?.uai, UAI, name);
		assert.equal((await enter({ login: school.login.voisin,
			password: PASSWORD }, at(host))).status, 401);
		assert.equal((await enter({ login: school.login.voisin,
			password: PASSWORD })).status, 201);
		assert.match(await here.tool('school', 'list'),
			/^0999001W 2025 Lycée professionnel des Essais, at essais\.acquis\.example$/m);
		await refused(here, ['address', OTHER, host],
			/is the address of another school/);
		for (const wrong of ['Essais.fr', '-a.fr', 'a b', 'a.fr:80', ''])
			await refused(here, ['address', UAI, wrong], /is not a host name/);
		await refused(here, ['address', '0999005A', 'x.fr'], /no school/);
		assert.match(await here.tool('school', 'address', UAI),
			/shares the address of all/);
	});
