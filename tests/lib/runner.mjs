// Runs test files, each in a process of its own and some of them at once.
//
//   node tests/lib/runner.mjs [--limit SECONDS] [--sum FILE] FILE...
//
// `node --test` does as much, but differently from version to version; this
// is the same on Node 18 and 20, and does not let what hangs keep all else:
//
//   a test has a limit (limits.mjs), and so has all of it: what is under way
//   by then is ended and named, what has not begun is named too;
//   a file that is alive a minute after its tests is ended, and failed.
//
// A file with a line `// alone: why` shares the machine with no other.
// ACQUIS_TEST_JOBS is how many run at once (as many as there are processors,
// four at most).  Names of failed tests are added to ACQUIS_TEST_DIR/failed.
// The last line is `N passed, N failed`, in the file for the sum as well; the
// exit status is 1 when one failed.

import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, statSync, writeFileSync }
	from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { mark } from './events.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const slow = Number(process.env.ACQUIS_SLOW ?? 1);
const own = process.env.ACQUIS_TEST_DIR;
const afterTests = 60000 * slow;
// A test may name a limit of its own: of no more than this, in the short form.
const silence = (process.env.ACQUIS_TEST_LONG ? 1500000 : 300000) * slow;
const jobs = Number(process.env.ACQUIS_TEST_JOBS
	?? Math.min(os.cpus().length, 4));
const { values: { limit, sum }, positionals: files } = parseArgs({
	options: { limit: { type: 'string' }, sum: { type: 'string' } },
	allowPositionals: true });
const count = { passed: 0, failed: 0, skipped: 0 };
const running = new Set();
const began = Date.now();
let last, over = false;

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const indented = (text) => text.replace(/^(?=.)/gm, '      ');

function flush({ file, lines }) {
	if (lines.length > 0 && file !== last) {
		console.log(`-- ${file}`);
		last = file;
	}
	for (const line of lines.splice(0))
		console.log(line);
}

// While two run, each waits for its end to be told of.
function print(run, text) {
	run.lines.push(text);
	if (running.size < 2)
		flush(run);
}

function failed(run, name, why, ms) {
	const time = ms === undefined ? '' : ` (${seconds(ms)})`;

	run.failed++;
	count.failed++;
	print(run, `not ok ${name}${time}\n${indented(why)}`);
	if (own)
		appendFileSync(path.join(own, 'failed'), `${run.file}: ${name}\n`);
}

const heard = {
	begun(run, { name }) {
		run.under = name;
	},
	passed(run, { name, ms }) {
		run.under = null;
		run.passed++;
		count.passed++;
		print(run, `  ok ${name} (${seconds(ms)})`);
	},
	skipped(run, { name, why }) {
		run.under = null;
		count.skipped++;
		print(run, `  ok ${name} # SKIP ${why}`);
	},
	failed(run, { name, ms, why }) {
		run.under = null;
		failed(run, name, why, ms);
	},
	said(run, { text }) {
		print(run, `     # ${text}`);
	},
};

// Of the group, for what a test waits for ends with it.
function signal({ child }, name) {
	try {
		process.kill(-child.pid, name);
	} catch { /* it has ended */ }
}

function end(run, why) {
	if (run.ended)
		return;
	run.ended = true;
	failed(run, run.under ?? (run.heard ? 'after its tests' : 'before its tests'),
		why);
	signal(run, 'SIGTERM');
	setTimeout(signal, 10000, run, 'SIGKILL').unref();
}

// One that says nothing hangs where no limit of a test can end it.
function watch(run) {
	const most = run.heard && run.under === null ? afterTests : silence;

	clearTimeout(run.timer);
	run.timer = setTimeout(end, most, run, `ended: silent for ${
		seconds(most)}`);
}

function hear(run, text) {
	if (!text.startsWith(mark)) {
		print(run, text);
		return;
	}
	const event = JSON.parse(text.slice(mark.length));

	heard[event.kind](run, event);
	run.heard = true;
	watch(run);
}

const fresh = (file) => ({ file, lines: [], passed: 0, failed: 0,
	heard: false, under: null, ended: false });

function start(file) {
	const run = { ...fresh(file), began: Date.now() };

	run.child = spawn('setpriv', ['--pdeathsig', 'TERM', process.execPath,
		'--import', path.join(here, 'limits.mjs'),
		'--test-reporter', path.join(here, 'events.mjs'),
		'--test-reporter-destination', 'stdout', file],
	{ detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
	createInterface({ input: run.child.stdout }).on('line',
		(text) => hear(run, text));
	watch(run);
	running.add(run);
	return new Promise((done) => {
		// Who was left behind may hold the other end of its output.
		run.child.on('exit', () => setTimeout(() =>
			run.child.stdout.destroy(), 2000).unref());
		run.child.on('close', (status, name) => {
			clearTimeout(run.timer);
			running.delete(run);
			if ((status !== 0 || run.under !== null) && run.failed === 0)
				failed(run, run.under ?? 'the file',
					`ended with ${name ?? `status ${status}`}`);
			print(run, `   ${run.passed} passed, ${run.failed} failed, ${
				seconds(Date.now() - run.began)}`);
			flush(run);
			done();
		});
	});
}

async function each(list, workers) {
	await Promise.all(Array.from({ length: workers }, async () => {
		while (list.length > 0 && !over)
			await start(list.shift());
	}));
}

function stop(why, left) {
	over = true;
	for (const run of running)
		end(run, why);
	for (const run of left.map(fresh)) {
		failed(run, 'all of it', `not begun: ${why}`);
		flush(run);
	}
}

const alone = files.filter((file) => /^\/\/ alone: /m.test(
	readFileSync(file, 'utf8')));
// The longest first, as far as one can tell: the last one runs by itself.
const together = files.filter((file) => !alone.includes(file))
	.sort((a, b) => statSync(b).size - statSync(a).size);
const left = () => [...together.splice(0), ...alone.splice(0)];

if (limit !== undefined)
	setTimeout(() => stop(`ended after the ${limit} s of the suite`, left()),
		limit * 1000).unref();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
	process.on(name, () => stop(`ended by ${name}`, left()));
await each(together, jobs);
await each(alone, 1);
if (count.skipped > 0)
	console.log(`${count.skipped} skipped`);
console.log(`${seconds(Date.now() - began)}, ${jobs} at once`);
const line = `${count.passed} passed, ${count.failed} failed`;

console.log(line);
if (sum !== undefined)
	writeFileSync(sum, `${line}\n`);
process.exitCode = count.failed > 0 || count.passed + count.skipped === 0
	? 1 : 0;
