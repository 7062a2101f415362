// What the measurements share: load generators, processes, medians.

import { execFile, spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { clientOptions, freePort, root } from '../api/lib/server.mjs';
import { options } from './statements.mjs';

const run = promisify(execFile);
const here = path.join(root, 'tests/bench');
const TICKS = 100; // of /proc, a second

export const CONNECTIONS = 32;

export function median(list) {
	const sorted = [...list].sort((a, b) => a - b);
	const middle = sorted.length >> 1;

	return sorted.length % 2 ? sorted[middle]
		: (sorted[middle - 1] + sorted[middle]) / 2;
}

export function scratch(name) {
	return path.join(process.env.ACQUIS_TEST_DIR, name);
}

function withDatabase(url, name) {
	return url.replace(/dbname=\S+/, `dbname=${name}`);
}

// psql as the superuser, on the base of a server.
export async function psql(server, ...args) {
	const { stdout } = await run('psql', ['-XqAt', '-v',
		'ON_ERROR_STOP=1', ...args, withDatabase(
			process.env.ACQUIS_SUPER_URL, server.database)],
	{ maxBuffer: 1 << 26 });

	return stdout.trim();
}

export function seed(server, schools, entry) {
	return psql(server, '-v', `schools=${schools}`, '-v',
		`entry=${entry}`, '-f', path.join(here, 'seed.sql'));
}

// { requests, seconds, rate, failed, broken, p50, p99 }, times in ms.
export async function wrk(base, seconds, env) {
	const { stdout } = await run('wrk', ['-t2', `-c${CONNECTIONS}`,
		`-d${seconds}s`, '--timeout', '10s', '-s',
		path.join(here, 'load.lua'), base],
	{ env: { ...process.env, BENCH_THREADS: '2', ...env } });
	const out = JSON.parse(stdout.trim().split('\n').pop());

	if (out.broken > 0)
		throw new Error(`connections broke: ${stdout}`);
	return { ...out, rate: out.requests / out.seconds };
}

// Transactions a second, of so many clients.
export async function pgbench(server, script, clients, seconds, values) {
	const file = scratch('pgbench.sql');
	const bin = process.env.ACQUIS_PG_BIN ?? '/usr/lib/postgresql/15/bin';

	fs.writeFileSync(file, script);
	const { stdout, stderr } = await run(path.join(bin, 'pgbench'),
		['-n', '-M', 'prepared', '-c', String(clients),
			'-j', '2', '-T', String(seconds), '-f', file,
			...options(values), withDatabase(
				process.env.ACQUIS_DATABASE_URL,
				server.database)]);
	const [, rate] = /^tps = ([\d.]+)/m.exec(stdout) ?? [];

	if (!rate || /ERROR|aborted/.test(stderr))
		throw new Error(`pgbench: ${stderr}${stdout}`);
	return Number(rate);
}

export function token(cookie) {
	return `\\x${createHash('sha256').update(cookie).digest('hex')}`;
}

// session_csrf() of api/session.c.
export function csrf(cookie) {
	return createHmac('sha256', cookie).update('acquis csrf\0')
		.digest('base64url');
}

export function learnerPath(id) {
	return `/api/v1/learners/${id}/dashboard`;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

// GET over one connection that stays open; the body as a Buffer.
export async function get(base, url, cookie = 'bench-1-1') {
	const request = http.get(base + url, { agent,
		headers: { cookie: `__Host-session=${cookie}` } });
	const [answer] = await once(request, 'response');
	const parts = [];

	for await (const part of answer)
		parts.push(part);
	if (answer.statusCode !== 200)
		throw new Error(`${url}: ${answer.statusCode}`);
	return Buffer.concat(parts);
}

// --- processes ---

export function children(pid) {
	const out = [];

	for (const name of fs.readdirSync('/proc')) {
		if (!/^\d+$/.test(name))
			continue;
		try {
			const stat = fs.readFileSync(`/proc/${name}/stat`,
				'latin1');
			const fields = stat.slice(stat.lastIndexOf(')') + 2)
				.split(' ');
			if (Number(fields[1]) === pid)
				out.push(Number(name));
		} catch {
			// It has ended meanwhile.
		}
	}
	return out;
}

// Milliseconds of CPU that processes have used, their threads included.
export function cpuOf(pids) {
	let ticks = 0;

	for (const pid of pids) {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');

		ticks += Number(fields[11]) + Number(fields[12]);
	}
	return ticks * 1000 / TICKS;
}

// { resident: KiB, files: descriptors } of a process.
export function holdings(pid) {
	const status = fs.readFileSync(`/proc/${pid}/status`, 'latin1');

	return {
		resident: Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]),
		files: fs.readdirSync(`/proc/${pid}/fd`).length,
	};
}

// The peer of fastify/, on the base of a server: { base, stop() }.
export async function startFastify(server) {
	const port = await freePort();
	const base = `http://127.0.0.1:${port}`;
	const owner = clientOptions(server.env.ACQUIS_OWNER_URL);
	const log = fs.openSync(scratch('fastify.log'), 'a');
	const child = spawn('node', [path.join(here, 'fastify/server.mjs')], {
		stdio: ['ignore', log, log],
		env: { ...process.env, NODE_ENV: 'production',
			PORT: String(port), PGHOST: owner.host,
			PGUSER: owner.user, PGDATABASE: owner.database },
	});

	fs.closeSync(log);
	for (let i = 0; i < 100; i++) {
		const answer = await fetch(base).catch(() => null);

		if (answer)
			break;
		await sleep(100);
	}
	await sleep(500); // the other process
	return { base, async stop() {
		child.kill('SIGTERM');
		await once(child, 'exit');
	} };
}
