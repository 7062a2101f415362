// `make install` below a DESTDIR, and what systemd would do with it: each line
// of the units run as the user, in the order and with the environment they
// say.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync,
	readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, root } from '../api/lib/server.mjs';

const asRoot = process.getuid() === 0;
const worker = asRoot ? process.env.ACQUIS_USER ?? 'acquis' : null;
const to = mkdtempSync(path.join(tmpdir(), 'acquis-install-'));
const lib = path.join(to, 'usr/local/lib/acquis');
const conf = path.join(to, 'etc/acquis/acquis.conf');
const state = path.join(to, 'var/lib/acquis');
const runtime = path.join(to, 'run/acquis');
const started = [];
let port;

// Nothing of this shell's database; what make told its children is not for
// another make.
const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) =>
	!/^(ACQUIS_(?!USER)|MAKE|MFLAGS|NODE_)/.test(name)));

function make(...args) {
	return spawnSync('make', ['--no-print-directory', ...args,
		`DESTDIR=${to}`, 'NAME=acquis.lycee.example'],
	{ cwd: root, env: bare, encoding: 'utf8' });
}

// Where things are to be, they are below `to`.
const below = (text) => text.replace(
	/(?<![\w/])(\/usr\/local|\/etc\/acquis|\/var\/lib\/acquis|\/run\/acquis)/g,
	`${to}$1`);

// { ExecStart: [line], User: [name], … } of an installed unit.
function unit(name) {
	const text = readFileSync(path.join(to, 'etc/systemd/system', name),
		'utf8');
	const out = {};

	for (const [, key, value] of text.matchAll(/^(\w+)=(.*)$/gm))
		(out[key] ??= []).push(below(value));
	return out;
}

// As systemd reads EnvironmentFile: a minus is "if it is there".
function environment(u) {
	const out = { PATH: bare.PATH, LANG: 'C.UTF-8',
		...bare.ACQUIS_USER && { ACQUIS_USER: bare.ACQUIS_USER } };
	const lines = (u.Environment ?? []).flatMap((l) => l.split(' '));

	for (const file of u.EnvironmentFile ?? [])
		if (existsSync(file.slice(1)))
			lines.push(...readFileSync(file.slice(1), 'utf8').split('\n'));
	for (const line of lines) {
		const found = /^([A-Z_]+)=(?:"((?:[^"\\]|\\.)*)"|(.*))$/.exec(line);

		if (found)
			out[found[1]] = found[2]?.replace(/\\(.)/g, '$1') ?? found[3];
	}
	if (u.RuntimeDirectory)
		out.RUNTIME_DIRECTORY = runtime;
	return out;
}

function command(u, line) {
	const privileged = line.startsWith('+');
	const words = line.replace(/^\+/, '').split(' ');
	const user = u.User?.[0];

	return asRoot && !privileged
		? ['setpriv', `--reuid=${user}`, '--regid', execFileSync('id',
			['-g', user], { encoding: 'utf8' }).trim(), '--init-groups',
		'--no-new-privs', '--bounding-set=-all', '--inh-caps=-all',
		'--pdeathsig', 'TERM', ...words]
		: ['setpriv', '--pdeathsig', 'TERM', ...words];
}

function step(u, line, more = {}) {
	const [program, ...args] = command(u, line);

	return execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe',
		cwd: u.WorkingDirectory?.[0] ?? '/',
		env: { ...environment(u), ...more } });
}

// Until it has ended; in a session of its own, as systemd has it.
function serve(u) {
	const [program, ...args] = command(u, u.ExecStart[0]);
	const child = spawn(program, args, { detached: true, env: environment(u),
		cwd: u.WorkingDirectory?.[0] ?? '/',
		stdio: ['ignore', 'pipe', 'pipe'] });
	const service = { child, log: '', ended: once(child, 'exit') };

	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (d) => { service.log += d; });
	started.push(child);
	return service;
}

function files(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((f) =>
		f.isDirectory() ? files(path.join(folder, f.name))
			: [path.relative(to, path.join(folder, f.name))]);
}

before(async () => {
	chmodSync(to, 0o755);
	port = await freePort();
});

after(() => {
	for (const child of started)
		if (child.exitCode === null && child.signalCode === null)
			child.kill('SIGKILL');
	rmSync(to, { recursive: true, force: true });
});

test('make install: below DESTDIR, what runs and nothing of the source; what'
	+ ' was set is kept', () => {
	const first = make('install');

	assert.equal(first.status, 0, first.stderr);
	const there = files(to);
	for (const file of ['usr/local/bin/acquis',
		'usr/local/lib/acquis/build/acquis.so',
		'usr/local/lib/acquis/migrations/0001_school.sql',
		'usr/local/lib/acquis/frontend/index.html',
		'etc/acquis/acquis.conf', 'etc/acquis/nginx.conf',
		'etc/systemd/system/acquis.service',
		'etc/systemd/system/acquis-postgresql.service',
		'etc/systemd/system/acquis-traces.timer',
		'usr/local/lib/acquis/docs/operators.md'])
		assert.ok(there.includes(file), file);
	assert.deepEqual(there.filter((f) => /\.[cho]$|tests|query/.test(f)), []);
	for (const file of there.filter((f) => /^etc/.test(f)))
		assert.doesNotMatch(readFileSync(path.join(to, file), 'utf8'),
			/@[A-Z]+@/, file);
	assert.match(readFileSync(path.join(to, 'etc/acquis/nginx.conf'), 'utf8'),
		/server_name acquis\.lycee\.example;/);
	assert.equal(statSync(conf).mode & 0o777, 0o640);

	writeFileSync(conf, `ACQUIS_PORT=${port}\nACQUIS_WORKERS=2\n`);
	writeFileSync(path.join(lib, 'migrations/0000_gone.sql'), '');
	assert.equal(make('install').status, 0);
	assert.equal(readFileSync(conf, 'utf8'),
		`ACQUIS_PORT=${port}\nACQUIS_WORKERS=2\n`);
	assert.ok(!existsSync(path.join(lib, 'migrations/0000_gone.sql')));
});

test('make install: the units are good and leave little to break into', {
	skip: spawnSync('systemd-analyze', ['--version']).status !== 0
		&& 'systemd is not installed' }, () => {
	const folder = path.join(to, 'units');

	mkdirSync(folder);
	const units = ['acquis-postgresql.service', 'acquis.service'].map((name) => {
		const file = path.join(folder, name);

		writeFileSync(file, below(readFileSync(path.join(to,
			'etc/systemd/system', name), 'utf8')));
		return file;
	});
	const said = spawnSync('systemd-analyze', ['verify', '--man=no', ...units],
		{ encoding: 'utf8', env: { ...bare, SYSTEMD_UNIT_PATH: `${folder}:` } });
	assert.doesNotMatch(said.stderr, /acquis/);
	for (const file of units) {
		const { status, stdout } = spawnSync('systemd-analyze', ['security',
			'--no-pager', '--offline=true', '--threshold=20', file],
		{ encoding: 'utf8' });
		assert.equal(status, 0, stdout.split('\n').slice(-3).join('\n'));
	}
});

test('make install: the units, line by line, serve an empty machine, twice,'
	+ ' and their command works on their data', async () => {
	mkdirSync(runtime, { recursive: true });
	if (asRoot)
		chownSync(runtime, Number(execFileSync('id', ['-u', worker])),
			Number(execFileSync('id', ['-g', worker])));
	const login = {};

	for (const time of [1, 2]) {
		const base = unit('acquis-postgresql.service');
		const app = unit('acquis.service');
		if (!asRoot)
			delete base.User;

		step(base, base.ExecStartPre[0]);
		const postgres = serve(base);
		for (let i = 0; i < 200 && spawnSync(path.join(lib,
			'scripts/pg.sh'), ['psql', state, 'postgres', '-Atc', 'SELECT 1'])
			.status !== 0; i++)
			await sleep(50);
		step(app, app.ExecStartPre[0]);
		const kore = serve(app);
		step(app, app.ExecStartPost[0]);

		const at = `http://127.0.0.1:${port}`;
		assert.equal((await fetch(`${at}/readyz`)).status, 200, kore.log);
		assert.equal((await fetch(at)).status, 200);
		if (time === 1)
			Object.assign(login, Object.fromEntries([...execFileSync('sh',
				['-c', below(readFileSync(path.join(to,
					'usr/local/bin/acquis'), 'utf8')), 'acquis',
				'school', 'add', '0999001W', 'Essais', '2025'],
				{ encoding: 'utf8', env: bare })
				.matchAll(/^(login|password) +(\S+)$/gm)]
				.map(([, k, v]) => [k, v])));
		const signed = await fetch(`${at}/api/v1/session`, { method: 'POST',
			body: JSON.stringify(login), headers: { origin: at,
				'content-type': 'application/json' } });
		assert.equal(signed.status, 201, await signed.text());
		const owner = readFileSync(`/proc/${kore.child.pid}/environ`, 'utf8');
		assert.doesNotMatch(owner, /ACQUIS_OWNER_URL/);
		// What the command did left the database running.
		assert.equal((await fetch(`${at}/readyz`)).status, 200);

		step(app, app.ExecStop[0].replace('$MAINPID', kore.child.pid));
		await kore.ended;
		postgres.child.kill(base.KillSignal[0]);
		await postgres.ended;
		assert.equal(postgres.child.exitCode, 0, postgres.log);
	}
});

test('make uninstall: the program goes, data and settings stay, and it says'
	+ ' where', () => {
	const { status, stderr } = make('uninstall');

	assert.equal(status, 0, stderr);
	assert.ok(!existsSync(lib));
	assert.deepEqual(files(path.join(to, 'usr')), []);
	assert.deepEqual(files(path.join(to, 'etc')),
		['etc/acquis/acquis.conf', 'etc/acquis/nginx.conf']);
	assert.ok(existsSync(path.join(state, 'pg/data/PG_VERSION')));
	assert.match(stderr, new RegExp(`data stay in ${state}`));
});
