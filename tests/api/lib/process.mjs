// What the server's processes hold.
//
//	const [pid] = workers(server);
//	resident(pid)                    // { all, own }, kB
//	files(pid)                       // open descriptors

import { readdirSync, readFileSync } from 'node:fs';

const read = (path) => readFileSync(`/proc/${path}`, 'utf8');

// Kore's workers, children of the parent that we started.
export function workers({ pid }) {
	return read(`${pid}/task/${pid}/children`).trim().split(' ')
		.filter((child) => /wrk/.test(read(`${child}/cmdline`)))
		.map(Number);
}

// `own` is without the pages of programs and fonts, which others share.
export function resident(pid) {
	const status = read(`${pid}/status`);
	const kilobytes = (name) => Number(
		new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]);

	return { all: kilobytes('VmRSS'), own: kilobytes('RssAnon') };
}

export const files = (pid) => readdirSync(`/proc/${pid}/fd`).length;
