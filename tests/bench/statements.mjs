// Scripts for pgbench made from db/queries/*.sql, so that what pgbench runs
// is what the server runs: the same statements, with the same parameters, in
// the same batches.
//
//	dashboardScript()   what GET /learners/{id}/dashboard asks, one batch
//	marksScript()       what PATCH /evaluations/{id}/marks asks, two batches
//	options(values)     -D arguments for the names a script needs
//
// `$n` of a statement becomes the variable that is given for it.  Numbers of
// a script: `learner`, `revision`.  Texts cannot be made in a pgbench script,
// so they are given with -D and are the same in every transaction.

import fs from 'node:fs';

const queries = new URL('../../db/queries/', import.meta.url);

// A statement with a variable for each parameter, in order.
function statement(name, ...parameters) {
	const sql = fs.readFileSync(new URL(`${name}.sql`, queries), 'utf8')
		.replace(/^--.*\n/gm, '')
		.replace(/--.*$/gm, '')
		.trim();
	const used = new Set([...sql.matchAll(/\$(\d+)/g)].map(m => +m[1]));

	if (used.size !== parameters.length)
		throw new Error(`${name}.sql takes ${used.size} parameters`);
	// A cast keeps its colons: pgbench reads :name, not ::name.
	return sql.replace(/\$(\d+)/g, (all, n) => parameters[n - 1]);
}

const enter = statement('enter', ':token', ':allowed', ':request');

function batch(...statements) {
	return ['\\startpipeline', ...statements, '\\endpipeline'].join('\n');
}

// Learners `first` to `first + learners - 1` of `step` ids a school.
export function dashboardScript() {
	return `\\set learner :first + random(0, :learners - 1)
${batch(enter,
		statement('dashboard_head', ':learner', ':framework'),
		statement('dashboard_evaluations'),
		statement('dashboard_positions'))}
`;
}

// One line of text a learner, the other one each time, so that every mark
// that is sent changes something.  Each client has an evaluation of its own,
// and knows its revision because nobody else writes it.
function save(marks) {
	return [statement('sheet_save', ':evaluation', ':learners', marks,
		':comments', 'array_fill(:revision::integer, ARRAY[:lines::integer])',
		':lines'),
	'COMMIT;'];
}

export function marksScript() {
	return `\\set evaluation :client_id + 1
${batch('BEGIN;', enter,
		statement('evaluation_touch', ':evaluation', ':revision'),
		statement('evaluation_facts', ':evaluation'),
		statement('sheet_hold', ':evaluation', ':learners'),
		statement('evaluation_lock', ':evaluation', ':learners'))}
\\if :revision % 2
${batch(...save(':marks_odd'))}
\\else
${batch(...save(':marks_even'))}
\\endif
\\set revision :revision + 1
`;
}

export function options(values) {
	return Object.entries(values).flatMap(([k, v]) => ['-D', `${k}=${v}`]);
}
