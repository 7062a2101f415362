// The learner dashboard as a Node.js team would write it: Fastify and pg as
// their documentation advises.  One process a core (node:cluster), a pool in
// each, prepared (named) statements, a response schema, frameworks kept in
// memory.  The session is looked up and kept alive, the role and the school
// are conditions of every statement, and the answer is the same JSON as that
// of GET /api/v1/learners/{id}/dashboard: bench.mjs compares the two before
// it measures.  It has no ETag, no request id and no row-level security.
//
//	PGHOST=… PGDATABASE=… PORT=… node tests/bench/fastify/server.mjs

import cluster from 'node:cluster';
import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { dashboardSchema } from './schema.mjs';
import { loadFrameworks, buildDashboard } from './dashboard.mjs';
import * as sql from './sql.mjs';

const PROCESSES = 2;
const STAFF_WHO_READ = 14;

// bigint and date as text: that is what the JSON holds.
pg.types.setTypeParser(pg.types.builtins.DATE, text => text);

async function serve() {
	const pool = new pg.Pool({ max: 10 });
	const app = Fastify({ logger: false });
	const frameworks = await loadFrameworks(pool);

	app.decorateRequest('session', null);
	app.addHook('onRequest', async (request, reply) => {
		request.session = await findSession(pool, request);
		if (!request.session)
			return reply.code(401).send({ title: 'Session' });
	});
	app.get('/api/v1/learners/:id/dashboard', {
		schema: {
			params: { type: 'object', properties: {
				id: { type: 'string', pattern: '^[0-9]{1,18}$' },
			} },
			response: { 200: dashboardSchema },
		},
	}, async (request, reply) => {
		const found = await load(pool, request.session,
			request.params.id);

		if (!found)
			return reply.code(404).send({ title: 'Absent' });
		return buildDashboard(frameworks, found);
	});
	await app.listen({ port: Number(process.env.PORT),
		host: '127.0.0.1' });
}

async function findSession(pool, request) {
	const cookie = /(?:^|; *)__Host-session=([^;]+)/
		.exec(request.headers.cookie ?? '');

	if (!cookie)
		return null;
	const token = createHash('sha256').update(cookie[1]).digest();
	const { rows: [session] } = await pool.query({ ...sql.session,
		values: [token] });
	if (session?.idle_minute)
		await pool.query({ ...sql.sessionSeen, values: [token] });
	return session;
}

async function load(pool, session, learner) {
	const { rows: [head] } = await pool.query({ ...sql.head,
		values: [session.school_id, learner, session.roles,
			session.person_id] });

	if (!head || !((session.roles & STAFF_WHO_READ)
		|| head.id === session.person_id || head.is_guardian))
		return null;
	const values = [session.school_id, learner, head.framework_id];
	const [evaluations, interims, drafts] = await Promise.all([
		pool.query({ ...sql.evaluations, values }),
		pool.query({ ...sql.interims, values }),
		session.roles & 10
			? pool.query({ ...sql.draft, values })
			: { rows: [] },
	]);
	return { head, evaluations: evaluations.rows, interims: interims.rows,
		draft: drafts.rows[0] };
}

if (cluster.isPrimary) {
	for (let i = 0; i < PROCESSES; i++)
		cluster.fork();
	cluster.on('exit', () => process.exit(1));
	process.on('SIGTERM', () => process.exit(0));
} else {
	process.on('disconnect', () => process.exit(0));
	await serve();
}
