// All measurements, one after the other; see run.sh.
//
// Two that are compared take turns, A B A B, and a ratio is one of each, so
// that what else the machine does meanwhile is felt by both; the median of
// the ratios is told.

import assert from 'node:assert';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../api/lib/server.mjs';
import { measureImport } from './imports.mjs';
import { measurePrint } from './print.mjs';
import { machine, printResults, writeReadme } from './report.mjs';
import { ENTRY, savesFile, savesValues } from './saves.mjs';
import { dashboardScript, marksScript } from './statements.mjs';
import { children, get, holdings, learnerPath, median, pgbench, psql, seed,
	startFastify, token, wrk } from './tools.mjs';

const short = process.env.BENCH === 'short';
const size = short
	? { rounds: 2, seconds: 3, schools: 10, prints: 5, mixed: 20000 }
	: { rounds: 7, seconds: 6, schools: 200, prints: 15, mixed: 500000 };
const parts = { dashboard, schools, save, print, imports, mixed };
// Clients of pgbench: enough to keep it busy; to write, as many as the two
// workers have connections for it, so that as many share a flush of the log.
const READERS = 8;
const WRITERS = 12;
const chosen = process.argv.slice(2);
const results = [];

function tell(row) {
	results.push(row);
	console.log(`${row.ok ? '   ' : 'NOT'} ${row.ratio.padStart(8)}`
		+ `  (${row.reach})  ${row.work}, ${row.against}`
		+ `\n              ${row.figures}`);
}

function rate(n) {
	return `${Math.round(n)}/s`;
}

const shown = (n) => n >= 10 ? n.toFixed(1) : n.toFixed(2);

// --- the learner dashboard ---

// Many learners of school 1, entered as one teacher.
const dashboardValues = { token: token('bench-1-1'), allowed: 62,
	request: 'bench-0000000001', first: 1001, learners: 210 };

async function sameAnswers(one, other) {
	for (const learner of [1001, 1099, 1210])
		assert.deepStrictEqual(
			JSON.parse(await get(one, learnerPath(learner))),
			JSON.parse(await get(other, learnerPath(learner))));
}

async function dashboardRounds(server, fastify) {
	const script = dashboardScript();
	const env = { BENCH_WORK: 'dashboard' };
	const out = [];

	for (let i = -1; i < size.rounds; i++) {
		// The first one warms up.
		const seconds = i < 0 ? 2 : size.seconds;
		const ours = await wrk(server.base, seconds, env);
		const bare = await pgbench(server, script, READERS, seconds,
			dashboardValues);
		const node = await wrk(fastify.base, seconds, env);

		assert.equal(ours.failed + node.failed, 0);
		if (i >= 0)
			out.push({ ours, bare, node });
	}
	return out;
}

async function dashboard(server) {
	const fastify = await startFastify(server);

	try {
		await sameAnswers(server.base, fastify.base);
		const all = await dashboardRounds(server, fastify);
		const of = (pick) => median(all.map(pick));
		const bare = of(r => r.ours.rate / r.bare);
		const node = of(r => r.ours.rate / r.node.rate);
		const p99 = of(r => r.ours.p99 / r.node.p99);

		tell({ work: 'learner dashboard', against:
			'the same batch in pgbench', ratio: shown(bare),
		reach: '≥ 0.8', ok: bare >= 0.8, figures:
			`${rate(of(r => r.ours.rate))} against `
			+ rate(of(r => r.bare)) });
		tell({ work: 'learner dashboard', against: 'Fastify and pg',
			ratio: shown(node), reach: '≥ 4', ok: node >= 4,
			figures: `${rate(of(r => r.ours.rate))} against `
			+ rate(of(r => r.node.rate)) });
		tell({ work: 'learner dashboard, p99', against:
			'Fastify and pg', ratio: shown(p99), reach: '≤ 1',
		ok: p99 <= 1, figures:
			`${shown(of(r => r.ours.p99))} ms against `
			+ `${shown(of(r => r.node.p99))} ms` });
	} finally {
		await fastify.stop();
	}
}

// --- one school alone and among many ---

async function schools(server) {
	const many = await startServer({ workers: 2 });
	const all = [];

	try {
		const [, marks] = (await seed(many, size.schools, ENTRY))
			.split('|');

		for (let i = -1; i < size.rounds; i++) {
			const seconds = i < 0 ? 4 : size.seconds;
			const [among, alone] = [await wrk(many.base, seconds,
				{ BENCH_WORK: 'dashboard',
					BENCH_SCHOOLS: String(size.schools) }),
			await wrk(server.base, seconds,
				{ BENCH_WORK: 'dashboard' })];

			assert.equal(among.failed + alone.failed, 0);
			if (i >= 0)
				all.push({ among: among.rate,
					alone: alone.rate });
		}
		const ratio = median(all.map(r => r.among / r.alone));

		tell({ work: `learner dashboard, ${size.schools} schools, `
			+ `${(marks / 1e6).toFixed(1)} million marks`,
		against: 'a base with one school', ratio: shown(ratio),
		reach: '≥ 0.8', ok: ratio >= 0.8, figures:
			`${rate(median(all.map(r => r.among)))} against `
			+ rate(median(all.map(r => r.alone))) });
	} finally {
		await many.stop();
	}
}

// --- saving a grid ---

async function save(server) {
	const script = marksScript();
	const all = [];

	for (let i = -1; i < size.rounds; i++) {
		const seconds = i < 0 ? 2 : size.seconds;
		const ours = await wrk(server.base, seconds, {
			BENCH_WORK: 'save', BENCH_SAVES: await savesFile(server) });
		const bare = await pgbench(server, script, WRITERS, seconds,
			await savesValues(server));

		assert.equal(ours.failed, 0, ours.statuses);
		if (i >= 0)
			all.push({ ours, bare });
	}
	const ratio = median(all.map(r => r.ours.rate / r.bare));

	tell({ work: 'saving a grid of 30 × 12', against:
		'the same statements in pgbench', ratio: shown(ratio),
	reach: '≥ 0.6', ok: ratio >= 0.6, figures:
		`${rate(median(all.map(r => r.ours.rate)))} against `
		+ `${rate(median(all.map(r => r.bare)))}; p99 `
		+ `${shown(median(all.map(r => r.ours.p99)))} ms` });
}

// --- printing ---

async function print(server) {
	const p = await measurePrint(server, { times: size.prints,
		rounds: Math.min(size.rounds, 3) });

	tell({ work: 'one assessment as PDF', against:
		'Chromium, warm tab', ratio: shown(p.ratio), reach: '≥ 10',
	ok: p.ratio >= 10, figures:
		`${shown(p.one)} ms against ${shown(p.tab)} ms` });
	tell({ work: 'a class of 30 as PDF', against: 'Chromium, warm tab',
		ratio: shown(p.ratioAll), reach: '≥ 10', ok: p.ratioAll >= 10,
		figures: `${shown(p.all)} ms against ${shown(p.tabAll)} ms` });
	tell({ work: 'a class of 30 as PDF', against: 'CPU of the workers',
		ratio: `${Math.round(p.cpu)} ms`, reach: '≤ 150 ms',
		ok: p.cpu <= 150, figures: 'all threads, database not' });
}

// --- the files of a school ---

async function imports() {
	const m = measureImport(short ? 5 : 15);

	tell({ work: 'preview of an import of 2,000 learners, CPU', against:
		'a plain expat pass over the same files',
	ratio: shown(m.ratio), reach: '≤ 5', ok: m.ratio <= 5, figures:
		`${shown(m.preview)} ms against ${shown(m.plain)} ms` });
}

// --- nothing is kept ---

async function mix(server, requests) {
	const env = { BENCH_WORK: 'mixed',
		BENCH_SAVES: await savesFile(server) };
	let done = 0;

	for (let seconds = 3; done < requests; seconds = 20) {
		const out = await wrk(server.base, seconds, env);

		assert.equal(out.failed, 0, out.statuses);
		done += out.requests;
		env.BENCH_SAVES = await savesFile(server);
	}
	await sleep(3000); // the last connections are closed
	return { done, workers: children(server.pid)
		.map(pid => ({ pid, ...holdings(pid) })) };
}

async function mixed(server) {
	const before = await mix(server, size.mixed / 5);
	const after = await mix(server, size.mixed);
	const growth = after.workers.map((w, i) => ({
		resident: w.resident - before.workers[i].resident,
		files: w.files - before.workers[i].files }));
	const most = Math.max(...growth.map(g => g.resident));
	const files = Math.max(...growth.map(g => g.files));
	const restarts = (server.log().match(/restarting worker/g) ?? [])
		.length;

	tell({ work: `${after.done} mixed requests, resident memory`,
		against: `after ${before.done} to warm up`,
		ratio: `${most > 0 ? '+' : ''}${most} KiB`,
		reach: '< 1 MB a worker', ok: most < 1000, figures:
		after.workers.map(w => `${w.resident} KiB`).join(', ') });
	tell({ work: 'the same, open files', against: 'the same',
		ratio: `${files > 0 ? '+' : ''}${files}`, reach: '0',
		ok: files <= 0 && restarts === 0, figures:
		`${after.workers.map(w => w.files).join(', ')} a worker; `
		+ `${restarts} restarts` });
}

const server = await startServer({ workers: 2 });

try {
	for (const name of chosen)
		assert(parts[name], `no part ${name}`);
	await seed(server, 1, ENTRY);
	for (const [name, measure] of Object.entries(parts))
		if (chosen.length === 0 || chosen.includes(name))
			await measure(server);
	console.log(printResults(results, await machine(server, psql)));
	if (!short && chosen.length === 0)
		fs.writeFileSync(new URL('README.md', import.meta.url),
			writeReadme(results, await machine(server, psql)));
} finally {
	await server.stop();
}
process.exitCode = results.every(r => r.ok) ? 0 : 1;
