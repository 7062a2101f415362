// `make run`, as somebody who clones the project meets it: scripts/run.sh with
// everything built.  Each test has a data folder and a port of its own.

import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync,
	statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clientOptions } from '../api/lib/server.mjs';
import { seedSchool, PASSWORD } from '../api/lib/school.mjs';

const root = path.resolve(import.meta.dirname
	?? path.dirname(new URL(import.meta.url).pathname), '../..');
const folders = [];

after(() => {
	for (const folder of folders) {
		execFileSync('scripts/pg.sh', ['destroy', folder],
			{ cwd: root, stdio: 'ignore' });
		rmSync(folder, { recursive: true, force: true });
	}
});

function dataFolder() {
	const folder = mkdtempSync(path.join(tmpdir(), 'acquis-run-'));

	chmodSync(folder, 0o755);
	folders.push(folder);
	return folder;
}

async function freePort() {
	const socket = net.createServer().listen(0, '127.0.0.1');

	await once(socket, 'listening');
	const { port } = socket.address();
	socket.close();
	return port;
}

// What this shell knows of a database is not for the runs: theirs is private.
const bare = { ...process.env };
for (const name of ['ACQUIS_DATABASE_URL', 'ACQUIS_OWNER_URL',
	'ACQUIS_SUPER_URL', 'ACQUIS_DEMO'])
	delete bare[name];

// Resolves when it serves and has said so, or when it has ended.  It stops
// when the tests are killed.
async function run(data, port, env = {}) {
	const child = spawn('setpriv', ['--pdeathsig', 'TERM', 'scripts/run.sh'], {
		cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...bare, ACQUIS_DATA: data, ACQUIS_PORT: String(port),
			ACQUIS_WORKERS: '2', ...env } });
	const server = { child, out: '', code: null };
	const start = Date.now();

	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (d) => { server.out += d; });
	const ended = once(child, 'exit').then(([code, signal]) => {
		server.code = code ?? signal;
	});
	server.ended = ended;
	while (server.code === null && Date.now() - start < 60000) {
		if (/Ctrl-C stops it/.test(server.out)
			&& (await status(port, '/readyz')) === 200)
			break;
		await sleep(50);
	}
	server.took = Date.now() - start;
	server.stop = async (signal = 'SIGTERM') => {
		child.kill(signal);
		await ended;
	};
	return server;
}

function status(port, where, options = {}) {
	return new Promise((resolve) => {
		const request = http.request({ port, host: '127.0.0.1', path: where,
			agent: false, ...options }, (answer) => {
			answer.resume();
			resolve(answer.statusCode);
		});
		request.on('error', () => resolve(0));
		request.end(options.body);
	});
}

async function signIn(port, account) {
	const answer = await fetch(`http://127.0.0.1:${port}/api/v1/session`,
		{ method: 'POST', body: JSON.stringify({ login: account.login,
			password: account.password, school: account.school }),
		headers: { 'content-type': 'application/json',
			origin: `http://127.0.0.1:${port}` } });
	const body = await answer.json();

	return { status: answer.status, csrf: body.csrf_token,
		cookie: answer.headers.get('set-cookie')?.split(';')[0], body };
}

// pid, and the pid of who started it.
function processes() {
	return readdirSync('/proc').filter((p) => /^\d+$/.test(p))
		.flatMap((pid) => {
			try {
				const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
				const [, parent] = stat.slice(stat.lastIndexOf(')') + 2)
					.split(' ');

				return [{ pid: Number(pid), parent: Number(parent) }];
			} catch {
				return [];
			}
		});
}

// Everything of a run, killed at once as a power cut would.
function killAll(server, data) {
	const first = (file) => Number.parseInt(readFileSync(
		path.join(data, file), 'utf8'), 10);
	const heads = [server.child.pid, first('kore.pid'),
		first('pg/data/postmaster.pid')];
	const rest = processes().filter((p) => heads.includes(p.parent)
		&& !heads.includes(p.pid)).map((p) => p.pid);

	assert.ok(rest.length > 4, `only ${rest}`);
	for (const pid of [...heads, ...rest])
		try {
			process.kill(pid, 'SIGKILL');
		} catch { /* ended by itself */ }
}

const data = dataFolder();
let port, accounts;

test('make run: an empty machine serves the demonstration school, one account'
	+ ' per role, for the owner\'s eyes only', async () => {
	port = await freePort();
	const server = await run(data, port);

	assert.equal(server.code, null, server.out);
	const file = path.join(data, 'demo-accounts.json');
	accounts = JSON.parse(readFileSync(file, 'utf8'));
	assert.equal(statSync(file).mode & 0o777, 0o600);
	const roles = accounts.map((a) => a.role);
	for (const role of ['administrator', 'ddfpt', 'head', 'teacher',
		'learner', 'partner'])
		assert.ok(roles.includes(role), `${role} in ${roles}`);
	assert.match(server.out, new RegExp(`http://127\\.0\\.0\\.1:${port}`));
	for (const account of accounts.filter((a) => a.role !== 'partner')) {
		const session = await signIn(port, account);
		assert.equal(session.status, 201, account.role);
		assert.ok(session.body.roles.includes(account.role));
	}
	assert.equal(await status(port, '/'), 200);
	await server.stop();
	assert.equal(server.code, 0, server.out);
});

test('make run: a second start takes under 5 s, with all data there',
	async () => {
		const server = await run(data, port);

		assert.equal(server.code, null, server.out);
		assert.ok(server.took < 5000, `${server.took} ms`);
		const teacher = accounts.find((a) => a.role === 'teacher');
		assert.equal((await signIn(port, teacher)).status, 201);
		await server.stop();
	});

test('make run: the database opens to root, its owner and the server, to the '
	+ 'server as acquis_api only (A4)', {
	skip: process.getuid() !== 0 && 'an ordinary user is all three' },
async () => {
	const server = await run(data, port);
	const may = (user, role) => spawnSync('setpriv', [`--reuid=${user}`,
		`--regid=${user}`, '--clear-groups', 'psql', '-XAtc', 'SELECT 1',
		execFileSync('scripts/pg.sh', ['url', data, role],
			{ cwd: root, encoding: 'utf8' }).trim()],
	{ cwd: '/', encoding: 'utf8' }).stdout === '1\n';
	const worker = process.env.ACQUIS_USER ?? 'acquis';

	try {
		assert.ok(may(worker, 'acquis_api'));
		assert.ok(!may(worker, 'acquis_owner'));
		assert.ok(!may(worker, 'postgres'));
		for (const user of ['www-data', 'daemon'])
			for (const role of ['acquis_api', 'acquis_owner', 'postgres'])
				assert.ok(!may(user, role), `${user} ${role}`);
	} finally {
		await server.stop();
	}
});

test('make run: a port that is taken is one clear sentence', async () => {
	const socket = net.createServer().listen(0, '127.0.0.1');
	await once(socket, 'listening');
	const server = await run(dataFolder(), socket.address().port);
	socket.close();

	assert.equal(server.code, 1);
	assert.match(server.out, /port \d+/i);
	assert.match(server.out, /ACQUIS_PORT/);
});

// What a folder holds, by name and content; `lock` says who runs on it.
function held(folder) {
	return readdirSync(folder, { withFileTypes: true })
		.filter((f) => f.name !== 'lock')
		.flatMap((f) => {
			const where = path.join(folder, f.name);

			return f.isDirectory() ? [where, ...held(where)]
				: [`${where}: ${readFileSync(where, 'utf8')}`];
		});
}

// It ends by itself with one sentence, and leaves the folder as it was.
async function refuses(folder, reason, env) {
	const was = held(folder);
	const server = await run(folder, await freePort(), env);

	if (server.code === null)
		await server.stop();
	assert.equal(server.code, 1, server.out);
	assert.match(server.out, reason);
	assert.match(server.out, /^acquis: [^\n]+\n$/, 'one sentence');
	assert.deepEqual(held(folder), was);
}

test('make run: a cluster of an older PostgreSQL is said to be one, and is '
	+ 'left as it is', async () => {
	const folder = dataFolder();
	const cluster = path.join(folder, 'pg/data');

	mkdirSync(cluster, { recursive: true });
	writeFileSync(path.join(cluster, 'PG_VERSION'), '14\n');
	if (process.getuid() === 0)
		execFileSync('chown', ['-R', 'postgres:',
			path.join(folder, 'pg')]);
	await refuses(folder, /made by PostgreSQL 14 .* pg_upgrade/);
});

test('make run: what is no cluster is not taken for one', async () => {
	const folder = dataFolder();

	mkdirSync(path.join(folder, 'pg/data'), { recursive: true });
	writeFileSync(path.join(folder, 'pg/data/diary'), 'private\n');
	await refuses(folder, /is not a PostgreSQL cluster/);
});

test('make run: without PostgreSQL, one sentence says how to install it',
	async () => {
		await refuses(dataFolder(),
			/PostgreSQL 15 is not installed.*scripts\/install\.sh/,
			{ ACQUIS_PG_BIN: '/nowhere/bin' });
	});

test('make run: a disk that is full is said before anything is made',
	{ skip: process.getuid() !== 0 && 'only root can make a small disk' },
	() => {
		const folder = dataFolder();
		const { status: code, stdout, stderr } = spawnSync('unshare',
			['-m', 'sh', '-c', `mount -t tmpfs -o size=50m none "$0"
				scripts/run.sh; code=$?; ls -A "$0"; exit $code`,
			folder], { cwd: root, encoding: 'utf8',
				env: { ...bare, ACQUIS_DATA: folder } });

		assert.equal(code, 1, stderr);
		assert.match(stderr, /^acquis: .* has only \d+ MB free: [^\n]+\n$/);
		assert.equal(stdout, '');
	});

test('make run: settings that cannot be are said before anything is made',
	async () => {
		const folder = dataFolder();

		await refuses(folder, /ACQUIS_WORKERS must be/,
			{ ACQUIS_WORKERS: '0' });
		await refuses(folder, /ACQUIS_PORT must be/,
			{ ACQUIS_PORT: '80x' });
		if (process.getuid() === 0)
			await refuses(folder, /no user "nobody-here"/,
				{ ACQUIS_USER: 'nobody-here' });
	});

test('make run: two on one data folder: the second says so', async () => {
	const one = await run(data, port);
	const two = await run(data, await freePort());

	assert.equal(two.code, 1);
	assert.match(two.out, /already|running|in use/i);
	assert.equal(await status(port, '/readyz'), 200);
	await one.stop();
});

// A data folder that a version with these migrations has left.
async function leftBy(migrations, work) {
	const folder = dataFolder();
	const pgSh = (...args) => execFileSync('scripts/pg.sh', args,
		{ cwd: root, encoding: 'utf8' }).trim();

	pgSh('start', folder);
	const owner = pgSh('url', folder, 'acquis_owner');
	execFileSync('build/acquis', ['migrate', migrations], { cwd: root,
		env: { ...bare, ACQUIS_OWNER_URL: owner }, stdio: 'pipe' });
	const sql = new pg.Client(clientOptions(owner));
	await sql.connect();
	try {
		await work(sql);
	} finally {
		await sql.end();
	}
	pgSh('stop', folder);
	return folder;
}

test('make run: the data of the first version is migrated and served',
	async () => {
		const old = path.join(dataFolder(), 'migrations');
		mkdirSync(old);
		cpSync(path.join(root, 'migrations/0001_school.sql'),
			path.join(old, '0001_school.sql'));
		const folder = await leftBy(old, seedSchool);
		const at = await freePort();
		const server = await run(folder, at, { ACQUIS_DEMO: '0' });

		assert.equal(server.code, null, server.out);
		assert.match(server.out, /^Migrated: 0002_framework\.sql$/m);
		const morel = await signIn(at, { login: 'marc.morel',
			password: PASSWORD });
		assert.equal(morel.status, 201);
		assert.equal(morel.body.school.name,
			'Lycée professionnel des Essais');
		await server.stop();
	});

test('make run: on the data of a newer version, one sentence, nothing changed',
	async () => {
		const newer = path.join(dataFolder(), 'migrations');
		cpSync(path.join(root, 'migrations'), newer, { recursive: true });
		writeFileSync(path.join(newer, '9000_future.sql'),
			'CREATE TABLE future (id integer);\n');
		const folder = await leftBy(newer, seedSchool);
		const server = await run(folder, await freePort());

		assert.equal(server.code, 1, server.out);
		assert.match(server.out, /^acquis: the base is newer [^\n]+\n$/,
			'one sentence');
		execFileSync('scripts/pg.sh', ['start', folder], { cwd: root });
		const dump = execFileSync('scripts/pg.sh', ['psql', folder,
			'acquis_owner', '-Atc', 'SELECT max(number) FROM migration'],
		{ cwd: root, encoding: 'utf8' });
		execFileSync('scripts/pg.sh', ['stop', folder], { cwd: root });
		assert.equal(dump, '9000\n');
	});

test('make run: without a school, it says how to make one; after that no more',
	async () => {
		const folder = dataFolder();
		const env = { ACQUIS_DEMO: '0' };
		const add = ['school', 'add', '0999001W', 'Essais', '2025'];
		const acquis = () => execFileSync('scripts/acquis.sh', add, {
			cwd: root, encoding: 'utf8',
			env: { ...bare, ACQUIS_DATA: folder } });
		let server = await run(folder, await freePort(), env);

		assert.match(server.out, new RegExp('^No school yet: '
			+ `ACQUIS_DATA='${folder}' scripts/acquis\\.sh `
			+ 'school add UAI "NAME" YEAR$', 'm'));
		await server.stop();
		// PostgreSQL is stopped now, then it runs.
		assert.match(acquis(), /^login +admin$/m);
		const other = await freePort();
		server = await run(folder, other, env);
		assert.doesNotMatch(server.out, /No school/);
		add[2] = '0999002X';
		const [, password] = /^password +(\S+)$/m.exec(acquis());
		assert.equal((await signIn(other, { login: 'admin', password,
			school: '0999002X' })).status, 201);
		await server.stop();
		assert.equal(server.code, 0, server.out);
	});

test('make run: kill -9 of everything loses nothing that was acknowledged (K1)',
	async () => {
		let server = await run(data, port);
		const teacher = accounts.find((a) => a.role === 'teacher');
		const me = await signIn(port, teacher);
		const headers = { 'content-type': 'application/json',
			origin: `http://127.0.0.1:${port}`, cookie: me.cookie,
			'x-csrf-token': me.csrf };
		const api = `http://127.0.0.1:${port}/api/v1`;
		const classes = await (await fetch(`${api}/classes`,
			{ headers })).json();
		const mine = classes.items.find((c) =>
			c.framework_id === 'bacpro-melec');
		const learners = await (await fetch(
			`${api}/classes/${mine.id}/learners`, { headers })).json();
		const acknowledged = [];
		let stop = false;
		const writers = Array.from({ length: 4 }, async (_, w) => {
			for (let i = 0; !stop; i++) {
				const title = `Écrite ${w}-${i}`;
				const answer = await fetch(`${api}/evaluations`,
					{ method: 'POST', headers, body: JSON.stringify({ title,
						framework_id: 'bacpro-melec', complexity: 'D',
						criterion_ids: ['melec.comp.c1.k1'],
						learner_ids: [learners.items[0].id] }) })
					.catch(() => null);
				if (answer?.status === 201)
					acknowledged.push(title);
				else if (answer)
					assert.fail(`${answer.status} ${await answer.text()}`);
			}
		});

		await sleep(1500);
		killAll(server, data);
		stop = true;
		await Promise.all(writers);
		await server.ended;
		assert.ok(acknowledged.length > 10, `${acknowledged.length}`);
		server = await run(data, port);
		assert.equal(server.code, null, server.out);
		const again = await signIn(port, teacher);
		const titles = new Set();
		for (let after = ''; after !== null;) {
			const page = await (await fetch(`${api}/evaluations?limit=200`
				+ (after && `&after=${encodeURIComponent(after)}`),
			{ headers: { cookie: again.cookie } })).json();
			page.items.forEach((e) => titles.add(e.title));
			after = page.next;
		}
		assert.deepEqual(acknowledged.filter((t) => !titles.has(t)), []);
		await server.stop();
		assert.equal(server.code, 0, server.out);
	});
