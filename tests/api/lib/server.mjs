// A real server on a database of its own, for one test file.
//
//	const server = await startServer();          // migrated, frameworks in
//	const server = await startServer({ demo: true });  // demonstration school
//	server.base                  'http://127.0.0.1:PORT'
//	await server.sql(text, [values])   as the owner: to prepare and to check
//	server.accounts              with demo: [{ role, login, password }]
//	server.pid, server.log()     Kore's parent, and what it has said
//	server.expectRestarts(n)     a test that kills n workers says so
//	await server.away(work)      Kore stopped, work(), started again
//	await server.stop()
//
// Needs the environment of scripts/test.sh.  The database is a copy of the
// template, dropped at the end; the server ends with the test process even
// when that is killed.  Options: `workers` (2), `host` (127.0.0.1),
// `env` (added to the server's).

import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

export const root = path.resolve(import.meta.dirname
	?? path.dirname(new URL(import.meta.url).pathname), '../../..');
const run = promisify(execFile);
const asRoot = process.getuid() === 0;
const templateLock = 20261;
// build/debug: the server under the sanitizers, which want to be loaded first
// and must not take a leak of the parent's for a reason to end.
const build = process.env.ACQUIS_BUILD ?? 'build';
const sanitizers = build === 'build' ? {} : {
	LD_PRELOAD: process.env.ACQUIS_SANITIZER,
	ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=0:exitcode=99',
	UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
};
export const toolFile = path.resolve(root,
	process.env.ACQUIS_TOOL ?? 'build/acquis');
// How many times longer things take there; for waits, not for promises.
export const slow = Number(process.env.ACQUIS_SLOW
	?? (build === 'build' ? 1 : 4));
let count = 0;

function testDir() {
	const dir = process.env.ACQUIS_TEST_DIR;

	if (!dir)
		throw new Error('run the tests with scripts/test.sh');
	return dir;
}

// The node client wants its own shape; libpq's string is name='value' pairs.
export function clientOptions(url) {
	const options = {};

	for (const [, name, quoted, plain] of
		url.matchAll(/(\w+)=(?:'((?:[^'\\]|\\.)*)'|(\S+))/g))
		options[name] = quoted?.replace(/\\(.)/g, '$1') ?? plain;
	return { host: options.host, user: options.user,
		database: options.dbname, port: Number(options.port ?? 5432) };
}

function withDatabase(url, name) {
	return url.replace(/dbname=\S+/, `dbname=${name}`);
}

async function asSuper(work) {
	const client = new pg.Client(clientOptions(
		process.env.ACQUIS_SUPER_URL));

	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

// Copying a database copies everything but the rights on it.
async function copyDatabase(client, from, to) {
	await client.query(
		`CREATE DATABASE ${to} TEMPLATE ${from} OWNER acquis_owner`);
	await client.query(`REVOKE ALL ON DATABASE ${to} FROM PUBLIC`);
	await client.query(`GRANT CONNECT ON DATABASE ${to} TO acquis_api`);
}

function environment(database, data, extra) {
	return { ...process.env, ACQUIS_DATA: data, ...extra,
		ACQUIS_DATABASE_URL: withDatabase(
			process.env.ACQUIS_DATABASE_URL, database),
		ACQUIS_OWNER_URL: withDatabase(
			process.env.ACQUIS_OWNER_URL, database) };
}

// Run the tool on a database; the standard output is returned.
export async function tool(args, database = 'acquis', data = testDir()) {
	const { stdout } = await run(toolFile, args,
		{ cwd: root, env: environment(database, data) });

	return stdout;
}

// The demonstration school takes time, so the first who wants it makes the
// template and the others wait.  The lock belongs to the cluster.
async function demoTemplate(client) {
	const data = path.join(testDir(), 'demo');

	await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
	try {
		const { rowCount } = await client.query(
			`SELECT 1 FROM pg_database WHERE datname = 'demo'`);
		if (rowCount > 0)
			return;
		fs.mkdirSync(data, { recursive: true });
		await client.query('DROP DATABASE IF EXISTS demo_new');
		await copyDatabase(client, 'acquis', 'demo_new');
		await tool(['demo'], 'demo_new', data);
		await client.query('ALTER DATABASE demo_new RENAME TO demo');
	} finally {
		await client.query('SELECT pg_advisory_unlock($1)',
			[templateLock]);
	}
}

export async function freePort() {
	const socket = net.createServer();

	socket.listen(0, '127.0.0.1');
	await once(socket, 'listening');
	const { port } = socket.address();
	socket.close();
	await once(socket, 'close');
	return port;
}

function writeConf(dir, host, port, workers) {
	const values = { PORT: port, WORKERS: workers, ROOT: '.',
		MODULE: `./${build}/acquis.so`, DATA: dir,
		USER: process.env.ACQUIS_USER ?? 'acquis' };
	const text = fs.readFileSync(path.join(root, 'conf/kore.conf'), 'utf8')
		.replace('bind 127.0.0.1', `bind ${host}`)
		.replace(/@(\w+)@/g, (all, name) => values[name] ?? all);
	const file = path.join(dir, 'kore.conf');

	fs.writeFileSync(file, `${text}\npidfile ${dir}/kore.pid\n`);
	return file;
}

function spawnKore(dir, conf, env) {
	const log = fs.openSync(path.join(dir, 'server.log'), 'a');
	const preload = Object.entries(sanitizers)
		.map(([name, value]) => `${name}=${value}`);
	const child = spawn('setpriv', ['--pdeathsig', 'TERM', 'setsid',
		'env', '-u', 'ACQUIS_OWNER_URL', '-u', 'ACQUIS_SUPER_URL',
		...preload, 'stdbuf', '-oL',
		'kore', '-c', conf, asRoot ? '-fn' : '-fnr'],
	{ cwd: root, env, stdio: ['ignore', log, log] });

	fs.closeSync(log);
	return child;
}

async function waitReady(child, base, log) {
	for (let i = 0; i < 200; i++) {
		if (child.exitCode !== null || child.signalCode !== null)
			break;
		const answer = await fetch(`${base}/readyz`)
			.catch(() => null);
		if (answer?.status === 200)
			return;
		await sleep(50);
	}
	child.kill('SIGTERM');
	throw new Error(`the server did not start:\n${log().slice(-2000)}`);
}

// Kore can lose a signal that comes together with another: told again.
async function stopKore(child) {
	for (let i = 0; i < 15; i++) {
		if (child.exitCode !== null || child.signalCode !== null)
			return;
		child.kill('SIGTERM');
		await Promise.race([once(child, 'exit'),
			sleep(1000, null, { ref: false })]);
	}
	child.kill('SIGKILL');
	await once(child, 'exit');
}

export async function startServer({ demo = false, workers = 2,
	host = '127.0.0.1', env } = {}) {
	const name = `t_${process.pid}_${++count}`;
	const dir = path.join(testDir(), 'servers', name);
	const port = await freePort();
	const base = `http://${host}:${port}`;

	fs.mkdirSync(dir);
	await asSuper(async (client) => {
		if (demo)
			await demoTemplate(client);
		await copyDatabase(client, demo ? 'demo' : 'acquis', name);
	});
	const settings = environment(name, dir, { ACQUIS_PORT: String(port),
		G_SLICE: 'always-malloc', ...env }); // as run.sh
	const conf = writeConf(dir, host, port, workers);
	let child = spawnKore(dir, conf, settings);
	const log = () => fs.readFileSync(path.join(dir, 'server.log'), 'utf8');
	await waitReady(child, base, log);
	const owner = new pg.Pool({ max: 4,
		...clientOptions(settings.ACQUIS_OWNER_URL) });

	// A test may kill PostgreSQL under us; the next query says so.
	owner.on('error', () => {});
	return {
		base, port, dir, log,
		get pid() {
			return child.pid;
		},
		database: name, env: settings,
		accounts: demo ? JSON.parse(fs.readFileSync(path.join(
			testDir(), 'demo/demo-accounts.json'), 'utf8')) : [],
		async sql(text, values) {
			return (await owner.query(text, values)).rows;
		},
		tool: (...args) => tool(args, name, dir),
		expectRestarts(n) {
			fs.appendFileSync(path.join(dir, 'restarts'), `${n}\n`);
		},
		async away(work) {
			await stopKore(child);
			await work();
			child = spawnKore(dir, conf, settings);
			await waitReady(child, base, log);
		},
		async stop() {
			await owner.end();
			await stopKore(child);
			await asSuper((client) => client.query(
				`DROP DATABASE ${name} WITH (FORCE)`));
		},
	};
}
