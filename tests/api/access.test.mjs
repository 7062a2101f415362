// Who may do what (reliability.md 7): every route, every actor, and things
// that are one's own, of the school, of another school and nowhere.  Which
// answer is right follows from the table the server itself uses.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import pg from 'pg';
import { clientOptions, startServer } from './lib/server.mjs';
import { bodyOf, call, carried, expected, readTable, relations, thing }
	from './lib/access.mjs';
import { marks, openWorld } from './lib/access_world.mjs';
import { client } from './lib/client.mjs';
import { unlimited } from './lib/feed.mjs';

let server, world, table, cells;
const answers = new Map();

const name = ({ route, actor, relation }) =>
	`${actor} ${route.method} ${route.path}${route.holes
		? ` ${relation}` : ''}`;

before(async () => {
	// How many exports an hour has is another test's (T2).
	server = await startServer({ env: { ACQUIS_EXPORTS_PER_HOUR: '9999' } });
	world = await openWorld(server);
	table = await readTable();
	const actors = table.roles.filter((role) => world.actors[role]);
	cells = table.routes.flatMap((route) => actors.flatMap((actor) =>
		(route.holes ? relations : ['own']).map((relation) => ({ route,
			actor, relation,
			wanted: expected(table, route, actor, relation) }))));
});

after(() => server?.stop());

// Some at a time, and all the differences of them together.
async function each(list, work, abreast = 8) {
	const wrong = [];
	const rest = [...list];

	await Promise.all(Array.from({ length: abreast }, async () => {
		for (let cell = rest.shift(); cell; cell = rest.shift())
			await work(cell).catch((fault) =>
				wrong.push(`${name(cell)}: ${fault.message}`));
	}));
	assert.deepEqual(wrong.sort(), []);
}

// Let in: done, or refused for the state of what was found.  A write whose
// body is but an example may be about nothing: let in is then all that is not
// a refusal of the actor.
function isIn({ route }, status) {
	if (route.safe || status < 300)
		return status < 300;
	return carried(route) ? [409, 412, 423].includes(status)
		: status < 500 && ![401, 403].includes(status);
}

function judge(cell, answer) {
	const { wanted } = cell;

	assert.ok(wanted === 'in' ? isIn(cell, answer.status)
		: answer.status === wanted, `${answer.status}, not ${wanted}: `
		+ answer.text.slice(0, 300));
}

test('A1: every cell that the table refuses is refused, and nothing changes',
	async () => {
		const refused = cells.filter((cell) => cell.wanted !== 'in');
		const before_ = await world.digest();

		await each(refused, async (cell) => {
			const answer = await call(world, cell.route, cell.actor,
				cell.relation);
			answers.set(name(cell), answer);
			judge(cell, answer);
		});
		assert.deepEqual(await world.digest(), before_);
		console.log(`# ${refused.length} cells refused`);
	});

// Everything but what is of one request: its id, its instant, its path.
function likeness({ status, rawHeaders, bytes }, id) {
	const passing = ['date', 'x-request-id'];
	const headers = [];

	for (let i = 0; i < rawHeaders.length; i += 2)
		if (!passing.includes(rawHeaders[i].toLowerCase()))
			headers.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
	return [status, ...headers, bytes.toString('latin1')
		.replace(/"request_id":"\w+"/, '').replaceAll(id, 'ID')].join('\n');
}

test('A2: a thing of another school answers byte for byte like one that is not'
	+ ' there', async () => {
	const there = cells.filter((cell) => cell.relation === 'other'
		&& cell.wanted === 404);

	await each(there, async (cell) => {
		const other = answers.get(name(cell));
		const absent = answers.get(name({ ...cell, relation: 'absent' }));
		const id = (relation) => [thing(world, cell.route, relation)]
			.flat()[0];
		assert.equal(likeness(other, id('other')),
			likeness(absent, id('absent')));
	});
	console.log(`# ${there.length} pairs alike`);
});

test('A3: a member that a body may not have is refused, for whoever may write',
	async () => {
		const members = { school_id: '1', id: '1', person_id: '1',
			author_id: '1', revision: 1, roles: ['administrator'] };
		const writes = cells.filter(({ route, wanted, relation }) =>
			wanted === 'in' && relation === 'own' && !route.safe
			&& /json/.test(route.type) && !['session_create',
				'password_put'].includes(route.id));
		const before_ = await world.digest();

		assert.ok(writes.length > 20, `only ${writes.length}`);
		await each(writes, async (cell) => {
			const { bytes } = bodyOf(world, cell.route, 'own') ?? {};
			const own = JSON.parse(bytes ?? '{}');

			for (const [member, value] of Object.entries(members)) {
				if (member in own)
					continue;
				const { status, text } = await call(world, cell.route,
					cell.actor, 'own', { body: { type: cell.route.type,
						bytes: JSON.stringify({ ...own, [member]: value }) } });
				assert.equal(status, 400, `${member}: ${status} ${text}`);
			}
		});
		assert.deepEqual(await world.digest(), before_);
	});

// Whose marks an answer may bear: the table says how far reading goes.
function shown({ route, actor }, text) {
	const { rights } = table.resources[route.resource];
	const scope = rights[actor]?.[route.right];
	const whole = ['nation', 'school'].includes(scope);

	assert.ok(!text.includes(marks.other), 'shows another school');
	if (['learner', 'guardian', 'tutor', 'master'].includes(actor) || !whole)
		assert.ok(['taught', 'author'].includes(scope)
			|| !text.includes(marks.same), 'shows somebody else');
}

test('A1: every cell that the table grants is let in, and shows no more than'
	+ ' it grants', async () => {
	const granted = cells.filter((cell) => cell.wanted === 'in');
	const reads = granted.filter((cell) => cell.route.safe);
	const writes = granted.filter((cell) => !cell.route.safe);
	const work = async (cell) => {
		const answer = await call(world, cell.route, cell.actor,
			cell.relation, { prepared: true });
		judge(cell, answer);
		shown(cell, answer.text);
	};

	await each(reads, work);
	await each(writes, work, 1);
	console.log(`# ${reads.length} cells read, ${writes.length} written; `
		+ `${cells.length} cells of ${table.routes.length} routes and `
		+ `${new Set(cells.map((c) => c.actor)).size} actors in all`);
});

// --- A2, where the id is not in the path ---

test('A2: an id of another school in a query, a cursor or a body is like one of'
	+ ' nowhere', async () => {
	const { things, actors } = world;
	// Lists in an order that a row of theirs stands for; others go by the
	// number, which says nothing of what it is the number of.
	const ordered = { classes: things.classes.other,
		evaluations: things.evaluations.other,
		people: things.people.other };
	const absent = '999999';
	const alike = async (who, method, at, body, id) => {
		const [other, none] = await Promise.all([id, absent].map((x) =>
			who.request(method, at.replaceAll('ID', x), body && JSON.stringify(
				body).replaceAll('ID', x))));
		assert.equal(likeness(other, id), likeness(none, absent),
			`${method} ${at}`);
		assert.ok(!other.text.includes(marks.other), at);
	};
	const lists = table.routes.filter((r) => r.safe && !r.partner
		&& !r.roles.includes('anyone') && !r.holes);
	const ids = { class_id: things.classes.other,
		learner_id: things.learners.other, person_id: things.people.other };
	let count = 0;

	for (const r of lists)
		for (const { name: filter } of r.parameters) {
			const who = actors[r.roles.find((role) => actors[role])];
			const id = filter === 'after' ? ordered[r.first] : ids[filter];

			if (id && ++count)
				await alike(who, 'GET', `${r.at}?${filter}=ID`, null, id);
		}
	await alike(actors.teacher, 'GET', `/learners/${things.learners.own}`
		+ '/interim-assessments?after=ID', null,
	things['interim-assessments'].other);
	await alike(actors.teacher, 'POST', '/evaluations', { title: 'Une',
		framework_id: 'bacpro-melec', complexity: 'D',
		criterion_ids: ['melec.comp.c1.k1'], learner_ids: ['ID'] },
	things.learners.other);
	await alike(actors.teacher, 'POST', `/interim-assessments/${
		things['interim-assessments'].own}/weights/copy`,
	{ interim_ids: ['ID'] }, things['interim-assessments'].other);
	assert.ok(count >= 6, `only ${count} filters`);
});

// --- A4 ---

// What the API's own role finds in each table of a school, with the school
// next door set, and with none.
async function leaks() {
	const tables = (await server.sql(`SELECT c.relname AS name FROM pg_class c
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'school_id'
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
		  AND has_table_privilege('acquis_api', c.oid, 'SELECT')
		ORDER BY 1`)).map((t) => t.name);
	const found = [];
	let rows = 0;

	for (const name of tables) {
		const [own] = await server.sql(`SELECT count(*)::integer AS n
			FROM "${name}" WHERE school_id = $1`, [world.school.id.essais]);
		rows += own.n;
		for (const set of [world.school.id.voisin, '']) {
			const [{ n }] = await asApi(set, `SELECT count(*)::integer AS n
				FROM "${name}" WHERE school_id = ${world.school.id.essais}`);
			if (n > 0)
				found.push(`${name}: ${n}`);
		}
	}
	return { found, tables: tables.length, rows };
}

async function asApi(school, query) {
	const db = new pg.Client(clientOptions(server.env.ACQUIS_DATABASE_URL));

	await db.connect();
	try {
		await db.query(`BEGIN; SET LOCAL acquis.school = '${school}'`);
		return (await db.query(query)).rows;
	} finally {
		await db.end();
	}
}

test('A4: with another school set, or none, no table shows a row; a policy that'
	+ ' is dropped is found', async () => {
	const { found, tables, rows } = await leaks();

	assert.deepEqual(found, []);
	assert.ok(tables > 15 && rows > 30, `${tables} tables, ${rows} rows`);
	await server.sql('ALTER POLICY own_school ON enrolment USING (true)');
	try {
		assert.match((await leaks()).found.join(), /^enrolment: \d+/);
	} finally {
		await server.sql('ALTER POLICY own_school ON enrolment '
			+ 'USING (school_id = acquis.school())');
	}
});

// --- A5 ---

test('A5: what anybody may see is no key: an id, a prefix, a digest',
	async () => {
		const { things, school } = world;
		const [access] = await server.sql(`SELECT prefix,
			encode(secret, 'hex') AS digest FROM partner_access LIMIT 1`);
		const [session] = await server.sql(
			'SELECT encode(token, \'hex\') AS digest, '
			+ 'encode(token, \'base64\') AS text FROM session LIMIT 1');
		const words = [things.learners.own, school.person.admin,
			access.prefix, access.digest, session.digest,
			`ck_${access.prefix}_${'A'.repeat(43)}`,
			`ck_${access.prefix}_${access.digest.slice(0, 43)}`,
			session.text.replaceAll('+', '-').replaceAll('/', '_')
				.replace(/[=\n]/g, '')];
		let n = 0;

		for (const word of words)
			for (const at of ['/partner/me', '/home', '/people']) {
				const headers = { authorization: `Bearer ${word}`,
					cookie: `__Host-session=${word}; session=${word}`,
					'x-forwarded-for': `192.0.2.${++n}` };
				const { status } = await client(server).get(at, { headers });
				assert.equal(status, 401, `${at}: ${word}`);
			}
	});

test('A5: a key that ran out or was revoked: 401, one for something else or of'
	+ ' another network: 403', async () => {
	const { ddfpt } = world.actors;
	const make = async (more) => {
		const made = await ddfpt.post('/partner-accesses', { name: 'Essai',
			scopes: ['assessments:read', 'roster:read'], ...more });
		assert.equal(made.status, 201, made.text);
		return made.body;
	};
	const old = await make();
	const revoked = await make();
	const kinds = [[old, () => 401], [revoked, () => 401],
		[await make({ scopes: ['lsl:read'] }), (r) => r.scope ? 403 : null],
		[await make({ networks: ['192.0.2.0/24'] }), () => 403]];
	const partner = table.routes.filter((r) => r.partner);

	await unlimited(server);
	await server.sql(`UPDATE partner_access SET expires_at = now()
		WHERE id = $1`, [old.id]);
	await ddfpt.del(`/partner-accesses/${revoked.id}`);
	for (const [{ key }, wanted] of kinds) {
		const actors = { ...world.actors,
			partner: client(server, { token: key }) };
		for (const route of partner.filter((r) => wanted(r))) {
			const { status, text } = await call({ ...world, actors,
				origin: world.origin }, route, 'partner', 'own');
			assert.equal(status, wanted(route),
				`${route.method} ${route.path}: ${text}`);
		}
	}
});
