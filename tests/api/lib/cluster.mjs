// A PostgreSQL of one's own, for tests that kill or freeze it: in the one of
// the suite other files would be met.  Everything startServer() does from now
// on in this process is done there.
//
//	const cluster = await ownCluster();
//	cluster.processes()          pids, the postmaster first
//	cluster.backends(database)   those of the server's own connections
//	await cluster.destroy()

import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { root, tool } from './server.mjs';

const run = promisify(execFile);
const script = path.join(root, 'scripts/pg.sh');

// What a process that may just have ended says of itself, or ''.
function told(ask) {
	try {
		return ask();
	} catch {
		return '';
	}
}

// A process of PostgreSQL stands in the directory of its data.
function standingIn(place) {
	return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)
		&& told(() => readlinkSync(`/proc/${pid}/cwd`)) === place)
		.map(Number);
}

export async function ownCluster() {
	const dir = await mkdtemp(path.join(process.env.ACQUIS_TEST_DIR, 'pg-'));
	const ask = async (...args) =>
		(await run(script, args, { cwd: root })).stdout.trim();

	await chmod(dir, 0o711);
	await ask('start', dir);
	Object.assign(process.env, {
		ACQUIS_OWNER_URL: await ask('url', dir, 'acquis_owner'),
		ACQUIS_DATABASE_URL: await ask('url', dir, 'acquis_api'),
		ACQUIS_SUPER_URL: await ask('url', dir, 'postgres', 'postgres'),
	});
	await tool(['migrate']);
	await tool(['frameworks', 'frameworks']);
	const place = realpathSync(path.join(dir, 'pg/data'));
	const postmaster = () => Number(readFileSync(
		path.join(place, 'postmaster.pid'), 'utf8').split('\n')[0]);

	return {
		processes: () => [postmaster(), ...standingIn(place)
			.filter((pid) => pid !== postmaster())],
		backends: (database) => standingIn(place).filter((pid) =>
			told(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
				.includes(`acquis_api ${database}`)),
		destroy: () => ask('destroy', dir),
	};
}
