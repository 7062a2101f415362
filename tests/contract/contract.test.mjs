// The contract itself: lint, routes both ways (C2), and what tests produced.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { contract, seenResponses } from '../api/lib/contract.mjs';
import { root, tool } from '../api/lib/server.mjs';

const run = promisify(execFile);
const suites = (process.env.ACQUIS_TEST_SUITES ?? '').split(' ');
const whole = suites.includes('api') && !process.env.ACQUIS_TEST_ONLY;

// Names of parameters are free: {id} and {learner_id} are the same hole.
const shape = (line) => line.trim().replace(/\{\w+\}/g, '{}');

test('openapi.yaml passes the linter', async () => {
	const env = { ...process.env, REDOCLY_TELEMETRY: 'off',
		REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

	await run(path.join(root, 'node_modules/.bin/redocly'),
		['lint', '--config', 'redocly.yaml', 'openapi.yaml'],
		{ cwd: root, env }).catch((fault) => {
		assert.fail(`${fault.stdout}\n${fault.stderr}`);
	});
});

test('C2: the routes served are the routes documented', async () => {
	const lines = (await tool(['routes'])).split('\n').filter(Boolean);
	const served = new Set(lines.map(shape));
	const documented = new Set(contract().operations
		.map((o) => shape(`${o.method} ${o.path}`)));

	assert.deepEqual({
		served_not_documented:
			[...served].filter((r) => !documented.has(r)),
		documented_not_served:
			[...documented].filter((r) => !served.has(r)),
	}, { served_not_documented: [], documented_not_served: [] });
});

// Who may call: the table of rights says, the contract repeats it for those
// who read it.  A script never may more than the person it belongs to.
test('A1: x-roles are those that the table of rights makes of each route',
	async () => {
		const access = JSON.parse(await tool(['access']));
		const told = new Map(access.routes.map((r) =>
			[shape(`${r.method} ${r.path}`), r.roles.includes('anyone')
				? ['anyone'] : r.roles.filter((x) => x !== 'script')]));
		const wrong = contract().operations.filter((o) => {
			const roles = o.operation['x-roles'] ?? [];
			const may = told.get(shape(`${o.method} ${o.path}`));

			return String(roles) !== String(may);
		}).map((o) => `${o.method} ${o.path}: table ${told.get(
			shape(`${o.method} ${o.path}`))}, x-roles `
			+ `${o.operation['x-roles']}`);

		assert.deepEqual(wrong, []);
	});

// What an operation does, and what tests/api/matrix.test.mjs can do to any of
// them, has to be seen for each.  The others come from mechanisms shared by
// all (locks, revisions, limits): each has to be seen somewhere.  500 is what
// nobody knows how to produce; who finds a way mends it.
const shared = new Set(['409', '410', '412', '422', '423', '429', '503']);
const status = (line) => line.split(' ').at(-1);

test('every documented response was produced by a test',
	{ skip: whole ? false : 'the api suite did not run as a whole' }, () => {
		const seen = seenResponses();
		const somewhere = new Set([...seen].map(status));

		assert.deepEqual(contract().documented.filter((line) =>
			status(line) !== '500' && !shared.has(status(line))
			&& !seen.has(line)), []);
		assert.deepEqual([...shared].filter((s) => !somewhere.has(s)), []);
	});
