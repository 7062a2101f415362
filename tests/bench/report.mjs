// README.md of this folder: what was measured, on what, and what came out.

import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

async function version(command, ...args) {
	const { stdout } = await run(command, args).catch(
		() => ({ stdout: '' }));

	return stdout.trim().split('\n')[0];
}

// What the figures were taken on, a line each.
export async function machine(server, psql) {
	const cpus = os.cpus();
	const kore = await version('dpkg-query', '-W', '-f',
		'${Package} ${Version}', 'kore');

	return [
		`${cpus[0].model.trim()}, ${cpus.length} processors, `
		+ `${Math.round(os.totalmem() / 2 ** 30)} GB, `
		+ `Linux ${os.release()}`,
		`PostgreSQL ${(await psql(server, '-c',
			'SHOW server_version')).split(' ')[0]}, ${kore}, `
		+ `Node.js ${process.version}, `
		+ await version('chromium', '--version'),
		`${new Date().toISOString().slice(0, 10)}, load of the machine `
		+ `at the end ${os.loadavg()[0].toFixed(1)}`,
	];
}

function cells(results) {
	const rows = results.map(r => [r.ratio, r.reach,
		r.ok ? 'yes' : '**no**', r.work, r.against, r.figures]);

	return [['measured', 'to reach', 'reached', 'work', 'against',
		'medians'], ...rows];
}

export function printResults(results, lines) {
	const missed = results.filter(r => !r.ok).length;

	return `\n${lines.join('\n')}\n${results.length - missed} reached, `
		+ `${missed} not reached`;
}

export function writeReadme(results, lines) {
	const [head, ...rows] = cells(results);
	const table = [head, head.map(() => '---'), ...rows]
		.map(row => `| ${row.join(' | ')} |`).join('\n');
	const file = new URL('intro.md', import.meta.url);

	return `${fs.readFileSync(file, 'utf8')}
## Results

${lines.map(line => `- ${line}`).join('\n')}

${table}
`;
}
