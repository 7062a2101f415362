// The world of the authorization matrix: one of each kind of thing, for each
// way in which it may stand to an actor, and one actor of each kind.
//
//	const world = await openWorld(server);
//	world.actors.teacher        a signed-in client; partner has a key
//	world.things.learners       { own, same, other, absent }
//	await world.digest()        all that is stored, as one text
//
// Own: Zoé of 2MELEC, whom Morel teaches and Claire is the guardian of.  Same:
// Paul of 1MCV, whom Petit teaches.  Other: Rose of the school next door,
// taught by Simon.  What is written about each of them bears the name in
// `marks`, so that an answer shows whose it is.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ABSENT } from './access.mjs';
import { client } from './client.mjs';
import { contract } from './contract.mjs';
import { around, unlimited } from './feed.mjs';
import { PASSWORD, seedSchool } from './school.mjs';
import { clientOptions } from './server.mjs';
import { form, samples } from './siecle.mjs';
import { framework, positions, tag } from './trade.mjs';

export const marks = { own: 'MARQUE-ZOE', same: 'MARQUE-PAUL',
	other: 'MARQUE-ROSE' };

const people = { administrator: 'admin', ddfpt: 'durand', head: 'leroy',
	teacher: 'morel', learner: 'zoe', guardian: 'claire', tutor: 'tuteur',
	master: 'maitre' };
const UAI = { essais: '0999001W', voisin: '0999002X' };

// Ids of six digits, each kind of its own thousands: an id that is taken for
// one of another kind finds nothing, and all have the length of ABSENT.
async function spreadIds(server) {
	const columns = await server.sql(`SELECT c.table_name AS name,
		pg_get_serial_sequence(c.table_name, c.column_name) AS sequence
		FROM information_schema.columns c
		WHERE c.table_schema = 'public' AND c.is_identity = 'YES'
		ORDER BY 1`);

	for (const [i, { sequence }] of columns.entries())
		await server.sql('SELECT setval($1, $2)',
			[sequence, 110000 + 10000 * i]);
}

async function seed(server) {
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));

	await owner.connect();
	const school = await seedSchool(owner);
	await owner.end();
	return school;
}

// Somebody more, with the password of all.
async function addPerson(server, school, name, role) {
	const [{ id }] = await server.sql(`INSERT INTO person (school_id,
		first_name, last_name, login, source)
		VALUES ($1, 'Camille', upper($2::text), $2, 'manual')
		RETURNING id::text`, [school, name]);

	await server.sql('INSERT INTO person_role VALUES ($1, $2, $3)',
		[school, id, role]);
	await server.sql(`INSERT INTO credential (school_id, person_id, password)
		SELECT $1, $2, password FROM credential LIMIT 1`, [school, id]);
	return id;
}

// A row again, some of its columns otherwise; its id.
async function copyRow(server, table, id, change) {
	const columns = (await server.sql(`SELECT column_name AS name
		FROM information_schema.columns
		WHERE table_name = $1 AND is_identity = 'NO'
		  AND is_generated = 'NEVER'`, [table])).map((c) => c.name);
	const [row] = await server.sql(`INSERT INTO ${table} (${columns})
		SELECT ${columns.map((c) => change[c] ?? c)} FROM ${table}
		WHERE id = $1 RETURNING id::text`, [id]);

	return row.id;
}

// Everything that is stored, but for what a refusal leaves on purpose: who
// tried, what was looked at, how much of a rate is used up.
const passing = ['session', 'sign_in_try', 'look', 'idempotency', 'trace',
	'partner_pull', 'migration'];

async function digest(server) {
	const tables = (await server.sql(`SELECT c.relname AS name
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1`))
		.map((t) => t.name).filter((name) => !passing.some((p) =>
			name === p || name.startsWith(`${p}_`)));
	const hashes = await Promise.all(tables.map((name) => server.sql(
		`SELECT md5(string_agg(r::text, '' ORDER BY r::text)) AS h
		   FROM (SELECT to_jsonb(t) - 'rate_due' AS r FROM "${name}" t) x`)));

	return tables.map((name, i) => `${name} ${hashes[i][0].h}`);
}

/* --- what there is to be asked for --- */

class World {
	constructor(server, school) {
		Object.assign(this, { server, school, password: PASSWORD,
			origin: server.base, actors: {} });
	}

	account(name) {
		const voisin = ['voisin', 'simon', 'rose'].includes(name);

		return { login: this.school.login[name] ?? name,
			password: PASSWORD, school: voisin ? UAI.voisin : UAI.essais };
	}

	fresh() {
		return client(this.server);
	}

	async enter(name) {
		const browser = this.fresh();
		const { status, text } = await browser.login(this.account(name));

		assert.equal(status, 201, `${name}: ${text}`);
		return browser;
	}

	signIn(actor) {
		return this.enter(people[actor]);
	}

	// After a change of password: the former one, and a session again.
	async restore(actor) {
		await this.server.sql(`UPDATE credential SET password = (
			SELECT c.password FROM credential c WHERE c.person_id = $1),
			must_change = false WHERE person_id = $2`,
		[this.school.person.adam, this.school.person[people[actor]]]);
		this.actors[actor] = await this.signIn(actor);
	}

	teacherOf(relation) {
		return relation === 'own' ? this.actors.teacher
			: this.teachers[relation];
	}

	digest() {
		return digest(this.server);
	}

	// A draft with one position and a mark, to be confirmed.
	async prepare(teacher, learner, id, mark = '') {
		const f = await framework(teacher, id);
		const saved = await teacher.put(`/learners/${learner}/draft`,
			{ positions: positions(f, { C1: '3t',
				[f.competencies[0].code]: '3t' }),
			findings: `Constats ${mark}`, advice: `Conseils ${mark}` },
			{ ifMatch: '*' });

		assert.equal(saved.status, 200, saved.text);
		return f;
	}

	// A confirmed assessment.
	async confirm(teacher, learner, id, mark) {
		const f = await this.prepare(teacher, learner, id, mark);
		const made = await teacher.post(`/learners/${learner}`
			+ '/interim-assessments', { confirmation: 'CONFIRMATION' });

		assert.equal(made.status, 201, made.text);
		return { f, made };
	}

	// An evaluation of a learner, and two assessments, the last with its
	// grade: a radar is drawn of two.
	async assess(relation, learner, id) {
		const teacher = this.teachers[relation];
		await this.confirm(teacher, learner, id, marks[relation]);
		const { f, made } = await this.confirm(teacher, learner, id,
			marks[relation]);
		const [{ id: competency, criteria: [criterion] }] = f.competencies;
		const at = `/interim-assessments/${made.body.id}`;
		const weights = await teacher.put(`${at}/weights`, { weights:
			[{ competency_id: competency, percent: '100' }] },
		{ ifMatch: tag(made.body.version) });
		assert.equal(weights.status, 200, weights.text);
		const grade = await teacher.request('PUT', `${at}/grade`, undefined,
			{ ifMatch: weights.headers.etag });
		assert.equal(grade.status, 200, grade.text);
		const evaluation = await teacher.post('/evaluations', {
			title: marks[relation], framework_id: id, visible: true,
			complexity: id === 'bacpro-melec' ? 'D' : undefined,
			criterion_ids: [criterion], learner_ids: [learner] });
		assert.equal(evaluation.status, 201, evaluation.text);
		this.competency = competency;
		this.criterion = criterion;
		return { interim: made.body.id, evaluation: evaluation.body.id };
	}
}

async function setTerms(who) {
	const now = await who.get('/terms');
	const body = { school_year: '2025-2026', kind: 'T', terms: around() };
	const set = await who.put('/terms', body,
		{ ifMatch: now.headers.etag });

	assert.equal(set.status, 200, set.text);
	return body;
}

const key = (who) => who.post('/partner-accesses', { name: 'Pronote',
	scopes: ['assessments:read', 'roster:read'] });

async function addKeys(world, next) {
	const [own, same, other] = await Promise.all([key(world.actors.ddfpt),
		key(world.actors.ddfpt), key(next)]);
	const pull = await key(world.actors.ddfpt);

	assert.equal(pull.status, 201, pull.text);
	await unlimited(world.server);
	world.actors.partner = client(world.server, { token: pull.body.key });
	return { own: own.body.id, same: same.body.id, other: other.body.id };
}

async function addImports(world) {
	// As it is: the school is one of 2025-2026.
	const { body, type } = form({ staff: readFileSync(join(samples,
		'01-initial/sts_emp_0999001W_2025.xml')) });
	const analyse = async () => {
		const made = await world.actors.administrator.post('/imports', body,
			{ type });

		assert.ok(made.status < 300, made.text);
		return made.body.id;
	};
	const same = await analyse(); // given up for the next one
	const own = await analyse();

	world.files = { bytes: body, type };
	return { own, same, other: await copyRow(world.server, 'import', own, {
		school_id: world.school.id.voisin,
		author_id: world.school.person.voisin }) };
}

const known = (byRelation) => ({ absent: ABSENT, ...byRelation });

// Of somebody else of the school and of another; one's own differ from actor
// to actor (lib/access.mjs, ready).
async function addBrowsers(world, next, path) {
	const first = async (who) => (await who.get(path)).body.items[0].id;
	const same = await first(await world.enter('roux'));

	return { own: same, same, other: await first(next) };
}

async function addThings(world) {
	const { actors, school: { person, class: group } } = world;
	const next = await world.enter('voisin');
	const own = await world.assess('own', person.zoe, 'bacpro-melec');
	const same = await world.assess('same', person.paul, 'bacpro-mcv-a');
	const mcv = { competency: world.competency, criterion: world.criterion };
	const other = await world.assess('other', person.rose, 'bacpro-melec');
	const of = (name) => known({ own: own[name], same: same[name],
		other: other[name] });
	const learners = known({ own: person.zoe, same: person.paul,
		other: person.rose });
	const versions = (await actors.administrator.get('/frameworks')).body
		.items.slice(0, 3).map((f) => f.id);

	Object.assign(world, mcv);
	world.things = { learners, people: learners,
		classes: known({ own: group['2MELEC'], same: group['1MCV'],
			other: group.voisin2MELEC }),
		evaluations: of('evaluation'),
		'interim-assessments': of('interim'), assessments: of('interim'),
		frameworks: known({ own: 'bacpro-melec', same: 'bacpro-mcv-a',
			other: versions[2] }),
		problems: known({ own: 'locked', same: 'forbidden',
			other: 'not-found' }),
		'partner-accesses': known(await addKeys(world, next)),
		imports: known(await addImports(world)),
		sessions: known(await addBrowsers(world, next, '/sessions')),
		devices: known(await addBrowsers(world, next, '/devices')) };
	const list = (await actors.partner.get('/partner/frameworks')).body.items
		.map((f) => [f.code, f.version]);
	world.things.versions = { own: list[0], same: list[1] ?? list[0],
		other: list[2] ?? list[0], absent: [ABSENT, '1'] };
}

export async function openWorld(server) {
	await spreadIds(server);
	const world = new World(server, await seed(server));
	const { school } = world;

	for (const [name, role] of [['tuteur', 'tutor'], ['maitre', 'master']])
		school.person[name] = await addPerson(server, school.id.essais, name,
			role);
	await server.sql('UPDATE school SET guardians_open = true, '
		+ 'learners_see_grade = true');
	for (const [actor, name] of Object.entries(people))
		world.actors[actor] = await world.enter(name);
	world.actors.anyone = client(server);
	world.teachers = { own: world.actors.teacher,
		same: await world.enter('petit'), other: await world.enter('simon') };
	await setTerms(await world.enter('voisin'));
	const terms = await setTerms(world.actors.ddfpt);
	await addThings(world);
	const { body: now } = await world.actors.administrator.get('/settings');
	const settings = Object.fromEntries(contract().doc.components.schemas
		.SettingsIn.required.map((member) => [member, now[member]]));
	const { made } = await world.confirm(world.actors.teacher,
		school.person.lina, 'bacpro-melec');
	Object.assign(world, { terms, settings, period: '2025-T2',
		copied: made.body.id, spare: school.person.hugo });
	return world;
}
