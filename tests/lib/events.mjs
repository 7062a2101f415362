// What happens in a test file, as lines that runner.mjs tells from all others:
// a reporter of node:test, and begun() for the one thing it would tell late.
//
//	{ kind: 'begun', name }
//	{ kind: 'passed' | 'skipped' | 'failed', name, ms, why }
//	{ kind: 'said', text }                  // t.diagnostic()

import { inspect } from 'node:util';

export const mark = '\x1e';

const line = (event) => `${mark}${JSON.stringify(event)}\n`;
// Node's own sum, which the runner makes for all files.
const sum = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) \d/;

// Written at once: to a pipe, standard output waits.
export function begun(name) {
	process.stdout.write(line({ kind: 'begun', name }));
}

function told({ type, data }) {
	const { name, skip, details } = data;

	if (type === 'test:diagnostic')
		return sum.test(data.message) ? null
			: { kind: 'said', text: data.message };
	if (type !== 'test:pass' && type !== 'test:fail')
		return null;
	return { name, ms: details.duration_ms, ...type === 'test:fail'
		? { kind: 'failed',
			why: inspect(details.error?.cause ?? details.error) }
		: skip === undefined || skip === false ? { kind: 'passed' }
			: { kind: 'skipped', why: String(skip) } };
}

export default async function* events(source) {
	for await (const event of source) {
		const tells = told(event);

		if (tells !== null)
			yield line(tells);
	}
}
