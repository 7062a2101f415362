// The authorization matrix: who may do what, as `acquis access` prints it,
// against every operation of openapi.yaml.
//
//	const table = await readTable();       resources, and routes of both
//	expected(table, route, actor, relation)   'in', 401, 403 or 404
//	const world = await openWorld(server); things of every kind, and actors
//	await call(world, route, actor, relation)
//
// An actor is a role of the table; a relation is how the thing that is asked
// for stands to the actor: own, same (of the school, not own), other (of
// another school), absent.
//
// A new route needs nothing here as long as its body is an example of
// openapi.yaml (or in `bodies`) and the things of its path are of a known kind
// (`things`); what has to be so before a write goes through is in `ready`.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { contract } from './contract.mjs';
import { tool } from './server.mjs';

export const relations = ['own', 'same', 'other', 'absent'];
const methods = ['get', 'post', 'put', 'patch', 'delete'];

function resolve(doc, node) {
	while (node?.$ref)
		node = node.$ref.slice(2).split('/').reduce((n, k) => n[k], doc);
	return node;
}

const shape = (method, path) =>
	`${method} ${path.replace(/\{\w+\}/g, '{}')}`;

// Each route of the table with what the contract says of it.
export async function readTable() {
	const table = JSON.parse(await tool(['access']));
	const { doc } = contract();
	const known = new Map();

	for (const [at, item] of Object.entries(doc.paths))
		for (const method of methods.filter((m) => item[m]))
			known.set(shape(method.toUpperCase(), at), item[method]);
	const routes = table.routes.map((r) => {
		const o = known.get(shape(r.method, r.path));
		const content = resolve(doc, o?.requestBody)?.content ?? {};

		assert.ok(o, `${r.method} ${r.path} is not in openapi.yaml`);
		return { ...r, id: o.operationId, scope: o['x-scope'], statuses: Object.keys(o.responses),
			at: r.path.replace('/api/v1', ''),
			parameters: (o.parameters ?? []).map((p) => resolve(doc, p)),
			type: Object.keys(content)[0],
			example: Object.values(content).map((c) => c.example)
				.find(Boolean),
			safe: r.method === 'GET',
			first: /^\/(?:api\/v1\/)?(?:partner\/)?([\w-]+)/.exec(r.path)[1],
			holes: (r.path.match(/\{/g) ?? []).length };
	});
	return { ...table, routes };
}

const reach = {
	nation: ['own', 'same', 'other'],
	school: ['own', 'same'],
	taught: ['own'], self: ['own'], child: ['own'],
	author: ['own', 'same'], // whoever it is about: the own lines of it
	trainee: [], // nobody has any yet
};
const within = (scope, relation) => (reach[scope] ?? []).includes(relation);

// What somebody looks at who asks for this path.  What is made of a learner's
// draft is, while it is made, a draft.
function looked(route) {
	if (route.id === 'interim_create')
		return 'draft';
	return route.id === 'interim_change' ? 'interim' : route.resource;
}

// 401 no account of this door, 403 no right at all, or none to what may be
// seen, 404 not to be seen.
export function expected(table, route, actor, relation) {
	const { rights } = table.resources[route.resource];
	const door = route.partner ? actor === 'partner'
		: actor !== 'partner' && actor !== 'anyone';

	if (route.roles.includes('anyone'))
		return relation === 'absent' && route.holes ? 404 : 'in';
	if (!door)
		return 401;
	if (!rights[actor][route.right])
		return 403;
	if (!route.holes || within(rights[actor][route.right], relation))
		return 'in';
	const seen = table.resources[looked(route)].rights[actor].read;
	return route.right !== 'read' && within(seen, relation) ? 403 : 404;
}

/* --- things, of each kind and relation --- */

export const ABSENT = '999999';

export function thing(world, route, relation) {
	const kinds = world.things;
	const kind = route.at.startsWith('/partner/frameworks')
		? kinds.versions : kinds[route.first];

	assert.ok(kind, `things of ${route.path} are not known: lib/access.mjs`);
	return kind[relation];
}

// The path with the ids of a relation in it.
function filled(world, route, relation, id) {
	if (!route.holes)
		return route.at;
	const given = [id ?? thing(world, route, relation)].flat();
	let n = 0;

	return route.at.replace(/\{(\w+)\}/g, (all, name) =>
		name === 'revision' ? '1' : given[n++] ?? world.spare);
}

const learnerOf = (w, relation) => w.things.learners[relation];
const POSITION = { competency_id: 'melec.comp.c1', level: 3,
	objective: 'terminal' };
const mcv = (w, relation) => w.things.learners.same
	=== learnerOf(w, relation);

// Bodies that are right whatever they are sent to.
const bodies = {
	session_create: (w) => w.account('nina'),
	// Another each time: of one there are few an hour.
	password_forgotten: () => ({ login: `nobody.${++calls}` }),
	email_put: (w) => ({ email: null, password: w.password }),
	password_put: (w) => ({ current_password: w.password,
		new_password: 'Nouveau-2026-xy' }),
	evaluation_create: (w, relation) => ({ title: 'Une de plus',
		framework_id: 'bacpro-melec', complexity: 'D', visible: true,
		criterion_ids: ['melec.comp.c1.k1'],
		learner_ids: [learnerOf(w, relation)] }),
	evaluation_change: () => ({ title: 'Un autre titre' }),
	marks_change: (w, relation) => ({ marks: [{ learner_id:
		learnerOf(w, relation), mark: 'autonomous', criterion_id:
		mcv(w, relation) ? w.criterion : 'melec.comp.c1.k1' }] }),
	draft_put: (w, relation) => ({ positions: mcv(w, relation) ? []
		: [POSITION], findings: '', advice: '' }),
	interim_change: () => ({ advice: 'Un autre conseil.' }),
	interim_unlock: () => ({ reason: 'Erreur de saisie',
		expires_at: new Date(Date.now() + 86400000).toISOString()
			.slice(0, 10) }),
	weights_put: (w, relation) => ({ weights: [{ percent: '100',
		competency_id: mcv(w, relation) ? w.competency
			: POSITION.competency_id }] }),
	weights_copy: (w) => ({ interim_ids: [w.copied], overwrite: true }),
	term_put: (w) => w.terms,
	settings_put: (w) => w.settings,
	person_change: () => ({ phone: '0102030405', roles: ['learner'] }),
	partner_access_create: () => ({ name: 'Un de plus',
		scopes: ['roster:read'] }),
	partner_delivery_create: (w) => ({ period: w.period, through_rev: 0,
		accepted: 0, rejected: [] }),
	import_create: (w) => w.files,
};

export function bodyOf(world, route, relation) {
	const body = bodies[route.id]?.(world, relation) ?? route.example
		?? (/json/.test(route.type) ? {} : undefined);

	if (body?.bytes)
		return body;
	return body && { bytes: JSON.stringify(body), type: route.type };
}

/* --- what a write needs before it goes through --- */

const etag = async (who, path) => {
	const answer = await who.get(path);

	assert.equal(answer.status, 200, `${path}: ${answer.text}`);
	return answer.headers.etag;
};
const tagged = (path) => async (w, { id, relation }) =>
	({ ifMatch: await etag(w.teacherOf(relation), `${path}/${id}`) });

async function confirmed(w, { id, relation }) {
	const teacher = w.teacherOf(relation);
	const { body } = await teacher.get(`/interim-assessments/${id}`);

	if (body.state === 'unlocked') {
		const done = await teacher.post(`/interim-assessments/${id}/confirm`,
			{ confirmation: 'CONFIRMATION' });
		assert.equal(done.status, 200, done.text);
	}
	return { ifMatch: await etag(teacher, `/interim-assessments/${id}`) };
}

async function unlocked(w, { id, relation }) {
	await confirmed(w, { id, relation });
	const done = await w.actors.ddfpt.post(
		`/interim-assessments/${id}/unlock`, bodies.interim_unlock());
	assert.equal(done.status, 200, done.text);
	return { ifMatch: done.headers.etag };
}

async function weighted(w, cell) {
	const { ifMatch } = await confirmed(w, cell);
	const done = await w.teacherOf(cell.relation).put(
		`/interim-assessments/${cell.id}/weights`,
		bodies.weights_put(w, cell.relation), { ifMatch });
	assert.equal(done.status, 200, done.text);
	return { ifMatch: done.headers.etag };
}

// An administrator gives masters and nothing else.
async function apprentice(w, { actor, id }) {
	const track = (name) => w.server.sql(
		'UPDATE person SET track = $2 WHERE id = $1', [id, name]);

	if (actor !== 'administrator')
		return {};
	await track('apprentice');
	return { after: () => track('school') };
}

const aside = async (w, { actor }) => ({ as: await w.signIn(actor) });

// One more browser of the actor's own, and what it is there.
const ownLast = (path) => async (w, { actor }) => {
	const who = await w.signIn(actor);
	return { as: who, id: (await who.get(path)).body.items[0].id };
};

const ready = {
	session_create: (w) => ({ as: w.fresh() }),
	session_delete: aside,
	session_end_others: async (w, { actor }) => ({
		as: await w.signIn(actor), after: async () => {
			w.actors[actor] = await w.signIn(actor);
		} }),
	session_end: ownLast('/sessions'),
	device_delete: ownLast('/devices'),
	device_notice: ownLast('/devices'),
	password_put: async (w, { actor }) => ({ as: await w.signIn(actor),
		after: () => w.restore(actor) }),
	evaluation_change: tagged('/evaluations'),
	marks_change: tagged('/evaluations'),
	evaluation_delete: async (w, { actor }) => {
		const { body } = await w.actors[actor].post('/evaluations',
			bodies.evaluation_create(w, 'own'));
		return { id: body.id,
			ifMatch: await etag(w.actors[actor], `/evaluations/${body.id}`) };
	},
	draft_put: () => ({ ifMatch: '*' }),
	draft_delete: async (w, { actor, id, relation }) => {
		const done = await w.actors[actor].put(`/learners/${id}/draft`,
			bodies.draft_put(w, relation), { ifMatch: '*' });
		return { ifMatch: done.headers.etag };
	},
	interim_create: async (w, { actor }) => {
		await w.prepare(w.actors[actor], w.spare, 'bacpro-melec');
		return { id: w.spare };
	},
	interim_change: unlocked,
	interim_confirm: unlocked,
	interim_unlock: confirmed,
	weights_put: confirmed,
	weights_delete: weighted,
	weights_model: confirmed,
	weights_copy: weighted,
	grade_put: weighted,
	term_put: async (w, { actor }) =>
		({ ifMatch: await etag(w.actors[actor], '/terms') }),
	settings_put: async (w, { actor }) =>
		({ ifMatch: await etag(w.actors[actor], '/settings') }),
	account_reset: (w) => ({ id: w.spare }),
	person_change: async (w, { id }) =>
		({ ifMatch: await etag(w.actors.administrator, `/people/${id}`) }),
	person_hide: (w) => ({ id: w.spare, after: () => w.server.sql(
		`UPDATE person SET active = true, left_on = NULL WHERE id = $1`,
		[w.spare]) }),
	guardian_put: (w, { id }) => ({ id: [id, w.school.person.claire] }),
	guardian_delete: async (w, { id }) => {
		const ids = [id, w.school.person.petit];
		const done = await w.actors.administrator.put(
			`/people/${ids[0]}/guardians/${ids[1]}`, { legal: false });
		assert.equal(done.status, 200, done.text);
		return { id: ids };
	},
	supervision_create: (w, cell) => apprentice(w, cell),
	supervision_delete: async (w, cell) => {
		const { after } = await apprentice(w, cell);
		const path = `/learners/${cell.id}/supervisors`;

		await w.actors.ddfpt.post(path, { first_name: 'Luc',
			last_name: 'ARTISAN', despite_duplicates: true });
		const { body } = await w.actors.ddfpt.get(path);
		return { id: [cell.id, body.items[0].person.id], after };
	},
	partner_delivery_create: () => ({ headers:
		{ 'idempotency-key': randomUUID() } }),
};

// Is it known here what lets a write through?
export const carried = (route) => route.id in bodies || route.id in ready
	|| route.holes > 0;

/* --- a call --- */

// An address a call: ten wrong keys from one are all that is listened to.
let calls = 0;

function headersOf(route) {
	const wants = (name) => route.parameters.some((p) => p.name === name);

	calls++;
	return { 'x-forwarded-for': `10.${calls >> 16 & 255}.`
		+ `${calls >> 8 & 255}.${calls & 255}`,
	...(wants('If-Match') && { 'if-match': '"1"' }),
	...(route.partner && wants('Idempotency-Key')
		&& { 'idempotency-key': randomUUID() }) };
}

export async function call(world, route, actor, relation, options = {}) {
	for (let tries = 0; ; tries++) {
		const answer = await once(world, route, actor, relation, options);

		// Any write may meet another that is at the same rows.
		if (answer.body?.code !== 'in-progress' || tries === 9)
			return answer;
	}
}

async function once(world, route, actor, relation,
	{ prepared = false, query = '', body }) {
	const cell = { actor, relation, id: route.holes
		? thing(world, route, relation) : null };
	const first = prepared ? await ready[route.id]?.(world, cell) : null;
	const sent = body ?? bodyOf(world, route, relation);
	const answer = await (first?.as ?? world.actors[actor]).request(
		route.method, filled(world, route, relation, first?.id) + query,
		sent?.bytes, { type: sent?.type, headers: { ...headersOf(route),
			origin: world.origin,
			...(first?.ifMatch && { 'if-match': first.ifMatch }),
			...first?.headers } });

	await first?.after?.();
	return answer;
}
