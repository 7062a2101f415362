// A learner's path, made by SQL: evaluations with marks, and the steps from a
// draft to a confirmed interim assessment through the API.
//
//	const id = await evaluation(server, school, { title, marks: { zoe: '34' } });
//	await saveDraft(morel, zoe, { level: 3 });   every competency positioned
//	const bilan = await confirm(morel, zoe);     the answer of the creation
//
// Marks are packed as domain/mark.h has them, one character an item; items
// are the first criteria of the framework unless given.

export const WORD = { confirmation: 'CONFIRMATION' };
export const MELEC = 'bacpro-melec';

export async function evaluation(server, school, {
	title = 'Pose d\'un tableau', author = 'morel', marks = {},
	items = [1, 2, 3], dropped = [], complexity = 'D', visible = true,
	context = 'school', framework = MELEC, assessedOn = '2025-10-02',
	at = school.id.essais } = {}) {
	const [{ id }] = await server.sql(
		`INSERT INTO evaluation (school_id, framework_key, title,
			complexity, context, class_level, school_year,
			assessed_on, visible, author_id, items, dropped)
		SELECT $1, f.key, $2, $3, $4, '2nde', 2025, $5, $6, $7,
		       $8::smallint[], $9::smallint[]
		  FROM framework f WHERE f.id = $10 AND f.current
		RETURNING id::text`,
		[at, title, complexity, context, assessedOn, visible,
			school.person[author], items, dropped, framework]);

	for (const [who, line] of Object.entries(marks))
		await server.sql(
			`INSERT INTO sheet (school_id, learner_id,
				evaluation_id, marks)
			VALUES ($1, $2, $3, $4)`,
			[at, school.person[who], id, line]);
	return id;
}

// Competencies of a framework, in its order.
export async function competencies(server, framework = MELEC) {
	return server.sql(
		`SELECT c.id, c.code, c.title
		   FROM competency c
		   JOIN framework f ON f.key = c.framework_key
		  WHERE f.id = $1 AND f.current
		  ORDER BY c.number`, [framework]);
}

export async function positions(server, { level = 3,
	objective = 'terminal', framework, some = {} } = {}) {
	const all = await competencies(server, framework);

	return all.map((c) => ({ competency_id: c.id, level,
		objective: level === null ? null : objective, ...some[c.code] }));
}

// Saves over whatever stands.
export async function saveDraft(who, learner, body) {
	return who.put(`/learners/${learner}/draft`,
		{ findings: 'Organise bien son poste.',
			advice: 'Vérifier chaque serrage.', ...body },
		{ ifMatch: '*' });
}

export function confirm(who, learner, body, options) {
	return who.post(`/learners/${learner}/interim-assessments`,
		{ ...WORD, ...body }, options);
}

export function inDays(n) {
	return new Date(Date.now() + n * 86400000).toISOString().slice(0, 10);
}

export function unlock(who, id, body, options) {
	return who.post(`/interim-assessments/${id}/unlock`,
		{ reason: 'Erreur de saisie sur C4', expires_at: inDays(7),
			...body }, options);
}

export function confirmAgain(who, id, body, options) {
	return who.post(`/interim-assessments/${id}/confirm`,
		{ ...WORD, ...body }, options);
}

// { evaluation: { id: n }, sheet: { 'evaluation/learner': n } } counted from
// the covers of what is confirmed, and as the rows have it.
export async function counters(server) {
	const counted = await server.sql(
		`SELECT c.evaluation_id AS e, i.learner_id AS l
		   FROM interim i
		   JOIN interim_cover c ON c.school_id = i.school_id
		    AND c.interim_id = i.id AND c.revision = i.revision
		  WHERE i.state = 'confirmed'`);
	const count = (rows, key) => {
		const out = {};

		for (const row of rows)
			out[key(row)] = (out[key(row)] ?? 0) + 1;
		return out;
	};
	const kept = async (table, key) => Object.fromEntries(
		(await server.sql(`SELECT ${key} AS key, frozen FROM ${table}
			WHERE frozen > 0`)).map((r) => [r.key, r.frozen]));

	return {
		counted: { evaluation: count(counted, (r) => r.e),
			sheet: count(counted, (r) => `${r.e}/${r.l}`) },
		kept: { evaluation: await kept('evaluation', 'id'),
			sheet: await kept('sheet',
				`evaluation_id || '/' || learner_id`) },
	};
}
