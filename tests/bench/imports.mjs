// Reading, planning and writing the preview of a school's files, beside expat
// alone (import_bench.c): they take turns, on one thread.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './tools.mjs';

const root = join(import.meta.dirname
	?? new URL('.', import.meta.url).pathname, '../..');

// Milliseconds of CPU, medians: { plain, preview, ratio }.
export function measureImport(runs, learners = 2000) {
	const dir = mkdtempSync(join(tmpdir(), 'acquis-bench-'));

	try {
		execFileSync('python3', [join(root,
			'tests/data/samples/gen_siecle.py'), 'school',
		'--learners', String(learners), '--year', '2026', '--out', dir],
		{ stdio: 'ignore' });
		// The staff first: it says of which school the others are.
		const files = readdirSync(dir).sort((a, b) =>
			b.startsWith('sts_emp') - a.startsWith('sts_emp'));
		const rounds = execFileSync(join(root, 'build/import_bench'),
			[String(runs), ...files.map((name) => join(dir, name))])
			.toString().trim().split('\n')
			.map((line) => line.split(' ').map(Number));

		return { plain: median(rounds.map(([plain]) => plain)),
			preview: median(rounds.map(([, preview]) => preview)),
			ratio: median(rounds.map(([a, b]) => b / a)) };
	} finally {
		rmSync(dir, { recursive: true });
	}
}
