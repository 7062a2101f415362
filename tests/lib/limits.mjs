// Loaded before each test file (runner.mjs): a test or a hook that names no
// limit of its own is given one, so that what hangs costs itself alone, and
// each test says that it begins, for who has to name what was under way.
// `node --test-timeout` would do the first; Node 18 has none.

import { createRequire, syncBuiltinESMExports } from 'node:module';
import { setImmediate as turn } from 'node:timers/promises';
import { begun } from './events.mjs';

const timeout = (process.env.ACQUIS_TEST_LONG ? 1200000 : 240000)
	* Number(process.env.ACQUIS_SLOW ?? 1);
const runner = createRequire(import.meta.url)('node:test');
const { test } = runner;

function limited(name, ...rest) {
	const work = rest.pop();
	const [options] = rest;

	return test(name, { timeout, ...options }, async (t) => {
		await turn(); // the one before is told of first
		begun(name);
		return work(t);
	});
}

runner.test = limited;
for (const hook of ['before', 'after', 'beforeEach', 'afterEach']) {
	const plain = runner[hook];

	runner[hook] = (work, options) => plain(work, { timeout, ...options });
}
syncBuiltinESMExports();
