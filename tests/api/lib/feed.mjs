// What the tests of the partner feed share: a key, terms around today, and
// assessments made by the hundred.
//
//	const { key, id } = await access(durand);     all scopes
//	const pronote = client(server, { token: key });
//	await unlimited(server);                      no 429 from now on
//	await setTerms(durand);                       T2 is open today
//	await everything(pronote, '?limit=7');        all pages of a pull
//	await many(server, school, 2000);             learners with a bilan each

import assert from 'node:assert/strict';
import { inDays } from './path.mjs';

export const SCOPES = ['assessments:read', 'roster:read'];

export async function access(who, body) {
	const made = await who.post('/partner-accesses',
		{ name: 'PRONOTE', scopes: SCOPES, ...body });

	assert.equal(made.status, 201, made.text);
	return made.body;
}

export const unlimited = (server) => server.sql(
	'UPDATE partner_access SET per_minute = 60000, burst = 100000');

// T1 over, T2 open, T3 to come.
export const around = (open = true) => [
	{ index: 1, starts_on: inDays(-200), ends_on: inDays(-101) },
	{ index: 2, starts_on: inDays(-100), ends_on: inDays(60),
		closed: !open },
	{ index: 3, starts_on: inDays(61), ends_on: inDays(120) },
];

export async function setTerms(who, body) {
	const now = await who.get('/terms');
	const set = await who.put('/terms', { school_year: '2025-2026',
		kind: 'T', terms: around(), ...body },
	{ ifMatch: now.headers.etag });

	assert.equal(set.status, 200, set.text);
	return set;
}

// Every item of a pull, its pages and the through_rev they agree on.
export async function everything(partner, query = '') {
	const pages = [];
	let cursor = null;

	do {
		const r = await partner.get(`/partner/assessments${query}${
			cursor ? `${query ? '&' : '?'}cursor=${
				encodeURIComponent(cursor)}` : ''}`);

		assert.equal(r.status, 200, r.text);
		pages.push(r.body);
		cursor = r.body.next_cursor;
	} while (cursor);
	assert.equal(new Set(pages.map((p) => p.through_rev)).size, 1);
	return { items: pages.flatMap((p) => p.items), pages,
		through: pages[0].through_rev };
}

// Learners of a new class, each with a confirmed assessment, by SQL.
export async function many(server, school, count, code = '2BULK') {
	const [{ ids }] = await server.sql(`WITH class AS (
		INSERT INTO class_group (school_id, school_year, kind, code,
			name, framework_id)
		VALUES ($1, 2025, 'class', $3, $3, 'bacpro-melec')
		RETURNING id
	), learner AS (
		INSERT INTO person (school_id, last_name, first_name, track)
		SELECT $1, 'MASSE' || n, 'Élève', 'school'
		  FROM generate_series(1, $2::integer) n
		RETURNING id
	), enrolled AS (
		INSERT INTO enrolment (school_id, class_id, learner_id)
		SELECT $1, c.id, l.id FROM class c, learner l
	)
	SELECT array_agg(id) AS ids FROM learner`,
	[school.id.essais, count, code]);

	await server.sql(`WITH made AS (
		INSERT INTO interim (school_id, learner_id, framework_key,
			state, revision, confirmed_at, term_id, partner_rev)
		SELECT $1, l.id, f.key, 'confirmed', 1, now(),
		       (SELECT t.id FROM term t WHERE t.school_id = $1
			   AND t.kind = 'T' AND t.index = 2),
		       (SELECT partner_rev FROM school WHERE school_id = $1)
			   + l.n
		  FROM unnest($2::bigint[]) WITH ORDINALITY AS l (id, n),
		       framework f
		 WHERE f.id = 'bacpro-melec' AND f.current
		RETURNING id, partner_rev
	), clock AS (
		UPDATE school SET partner_rev = (SELECT max(partner_rev)
			FROM made)
		 WHERE school_id = $1
	)
	INSERT INTO interim_revision (school_id, interim_id, revision,
		author_id, positions, findings, advice, sha256, previous,
		chain)
	SELECT $1, id, 1, $3, repeat('3t', 13), 'Constat', 'Conseil', '', '',
	       partner_rev
	  FROM made`, [school.id.essais, ids, school.person.morel]);
	// What autovacuum does within a minute of any import.
	await server.sql('ANALYZE person, enrolment, interim, interim_revision');
	return ids;
}
