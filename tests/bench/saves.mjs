// The grids to be saved: what wrk sends and what pgbench is given, the same
// marks of the same 30 learners.

import fs from 'node:fs';
import { csrf, psql, scratch, token } from './tools.mjs';

export const ENTRY = 64; // evaluations of seed.sql that nothing holds
export const LINES = 30;
const ITEMS = 12;
const FIRST_LEARNER = 1211;
const TEACHERS = 32;
// Every mark changes at each save: these two take turns.
const ODD = { code: 'autonomous', mark: '4' };
const EVEN = { code: 'partial', mark: '2' };

function learners() {
	return Array.from({ length: LINES }, (_, i) => FIRST_LEARNER + i);
}

function body(criteria, code) {
	return JSON.stringify({ marks: learners().flatMap(
		learner => criteria.map(criterion => ({
			learner_id: String(learner), criterion_id: criterion,
			mark: code }))) });
}

// Every evaluation as at first, and no dead rows from the round before.
async function rest(server) {
	await psql(server, '-c', `UPDATE evaluation SET revision = 1
		WHERE id <= ${ENTRY}`, '-c', `UPDATE sheet SET revision = 1,
		marks = repeat('${EVEN.mark}', ${ITEMS})
		WHERE evaluation_id <= ${ENTRY}`, '-c',
	'VACUUM ANALYZE sheet, evaluation, journal', '-c', 'CHECKPOINT');
}

// For load.lua; the path of the file.
export async function savesFile(server) {
	await rest(server);
	const rows = await psql(server, '-F', ' ', '-c', `
		SELECT e.id, string_agg(c.id, ',' ORDER BY i.place)
		  FROM evaluation e
		 CROSS JOIN unnest(e.items) WITH ORDINALITY AS i (item, place)
		  JOIN criterion c ON c.framework_key = e.framework_key
		                  AND c.number = i.item
		 WHERE e.id <= ${ENTRY} GROUP BY e.id ORDER BY e.id`);
	const file = scratch('saves.txt');

	fs.writeFileSync(file, rows.split('\n').map((row) => {
		const [id, list] = row.split(' ');
		const criteria = list.split(',');
		const cookie = `bench-1-${id % TEACHERS + 1}`;

		return [id, 1, cookie, csrf(cookie), body(criteria, ODD.code),
			body(criteria, EVEN.code)].join(' ');
	}).join('\n'));
	return file;
}

// For marksScript().
export async function savesValues(server) {
	await rest(server);
	const list = (of) => `{${of.join(',')}}`;
	const same = (text) => list(Array(LINES).fill(text));

	return { token: token('bench-1-1'), allowed: 8,
		request: 'bench-0000000001', revision: 1, lines: LINES,
		learners: list(learners()), comments: same('""'),
		marks_odd: same(ODD.mark.repeat(ITEMS)),
		marks_even: same(EVEN.mark.repeat(ITEMS)) };
}
