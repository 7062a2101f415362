// Every operation of the contract against what may happen to any of them:
// nobody signed in, the wrong role, no such thing, a format it has not, an
// argument it does not know, a body of another type or too large, no
// If-Match, the base away.  Made from openapi.yaml, so a new operation is in.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { parse } from 'yaml';
import { clientOptions, root, startServer } from './lib/server.mjs';
import { client } from './lib/client.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';
import { framework, confirm } from './lib/trade.mjs';

const doc = parse(readFileSync(path.join(root, 'openapi.yaml'), 'utf8'));
const who = { administrator: 'admin', ddfpt: 'durand', head: 'leroy',
	teacher: 'morel', learner: 'zoe', guardian: 'claire' };
const browsers = {};
let server, school, key;

const operations = Object.entries(doc.paths).flatMap(([at, item]) =>
	Object.entries(item).filter(([method]) =>
		['get', 'post', 'put', 'patch', 'delete'].includes(method))
		.map(([method, o]) => ({ at, method: method.toUpperCase(), o,
			partner: at.startsWith('/api/v1/partner/'),
			roles: o['x-roles'] ?? [],
			parameters: (o.parameters ?? []).map(resolve),
			documents: (status) => String(status) in o.responses })));
const api = operations.filter((x) => x.at.startsWith('/api/v1'));

function resolve(node) {
	while (node.$ref)
		node = node.$ref.slice(2).split('/').reduce((n, k) => n[k], doc);
	return node;
}

before(async () => {
	server = await startServer();
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	await server.sql('UPDATE school SET guardians_open = true');
	for (const [role, name] of Object.entries(who)) {
		browsers[role] = client(server);
		const { status } = await browsers[role].login(
			{ login: school.login[name], password: PASSWORD });
		assert.equal(status, 201, name);
	}
	const made = await browsers.ddfpt.post('/partner-accesses',
		{ name: 'Essai', scopes: ['assessments:read', 'roster:read'],
			expires_at: '2099-01-01T00:00:00Z' });
	assert.equal(made.status, 201, made.text);
	key = made.body.key;
	await server.sql('UPDATE partner_access SET per_minute = 6000, '
		+ 'burst = 1000');
});

after(() => server?.stop());

// The body of the contract's own example, or the least there can be.
function bodyOf(x) {
	const content = resolve(x.o.requestBody ?? {}).content ?? {};
	const json = content['application/json']
		?? content['application/merge-patch+json'];

	if (content['multipart/form-data'])
		return { bytes: '--x--\r\n', type: 'multipart/form-data; boundary=x' };
	if (!json)
		return {};
	return { bytes: JSON.stringify(json.example ?? {}),
		type: Object.keys(content)[0] };
}

// An address a call: ten wrong keys from one are all that is listened to.
let calls = 0;

function options(x, more = {}) {
	const headers = { ...more.headers };

	calls++;
	headers['x-forwarded-for'] ??= `10.${calls >> 16}.${calls >> 8 & 255}.`
		+ `${calls & 255}`;

	if (x.parameters.some((p) => p.name === 'If-Match'))
		headers['if-match'] = '"1"';
	if (x.parameters.some((p) => p.name === 'Idempotency-Key' && p.required))
		headers['idempotency-key'] = 'matrix-key-000001';
	return { ...more, headers: { ...headers, ...more.headers } };
}

const filled = (x) => x.at.replace('/api/v1', '')
	.replace(/\{\w+\}/g, '999999');

function call(browser, x, more = {}) {
	const { bytes, type } = bodyOf(x);

	return browser.request(x.method, filled(x) + (more.query ?? ''),
		more.body ?? bytes, options(x, { type, ...more }));
}

const anyone = (x) => x.roles.includes('anyone');
const allowed = (x) => x.partner ? client(server, { token: key })
	: browsers[Object.keys(who).find((r) => x.roles.includes(r))]
		?? client(server);
const limited = (status) => api.filter((x) => x.documents(status));

test('S4: an unsafe request without its CSRF token: 403 on every operation',
	async () => {
		for (const x of api.filter((y) => y.method !== 'GET' && !y.partner
			&& !anyone(y))) {
			const answer = await call(allowed(x), x,
				{ headers: { 'x-csrf-token': null } });
			assert.equal(answer.status, 403, `${x.method} ${x.at}`);
			assert.equal(answer.body.code, 'csrf');
		}
	});

test('M-003 S3: who must change the password first can do nothing else',
	async () => {
		await server.sql(`UPDATE credential SET must_change = true
			WHERE person_id = $1`, [school.person.petit]);
		const petit = client(server);
		const session = await petit.login(
			{ login: school.login.petit, password: PASSWORD });
		assert.equal(session.body.password_change_required, true);
		for (const x of api.filter((y) => y.method === 'GET' && !anyone(y)
			&& !y.partner && !/\/(session|second-factor)$/.test(y.at)))
			assert.equal((await call(petit, x)).status, 403, x.at);
		const changed = await petit.put('/session/password',
			{ current_password: PASSWORD, new_password: 'Nouveau-2026-xy' });
		assert.equal(changed.status, 200);
		assert.equal((await petit.get('/classes')).status, 200);
	});

test('H: a format that is not there: 406', async () => {
	for (const x of limited(406)) {
		const answer = await call(allowed(x), x,
			{ headers: { accept: 'image/x-nothing' } });
		assert.equal(answer.status, 406, `${x.method} ${x.at}`);
	}
});

test('H: an argument nobody knows: 400', async () => {
	for (const x of limited(400)) {
		const answer = await call(allowed(x), x, { query: '?zz=1' });
		assert.equal(answer.status, 400, `${x.method} ${x.at}`);
	}
});

test('S4: a body of another type: 415', async () => {
	for (const x of limited(415)) {
		const answer = await call(allowed(x), x,
			{ body: 'x=1', type: 'text/plain' });
		assert.equal(answer.status, 415, `${x.method} ${x.at}`);
	}
});

test('H3: a body beyond the limit of its route: 413', async () => {
	for (const x of limited(413)) {
		const big = '{"x":"' + 'x'.repeat(5 << 20) + '"}';
		const body = bodyOf(x).type?.startsWith('multipart')
			? `--x\r\nContent-Disposition: form-data; name="staff"; `
				+ `filename="a.xml"\r\n\r\n${'x'.repeat(21 << 20)}\r\n--x--\r\n`
			: big;
		const answer = await call(allowed(x), x, { body });
		assert.equal(answer.status, 413, `${x.method} ${x.at}`);
	}
});

test('L4: what somebody edits without saying which state was read: 428',
	async () => {
		for (const x of limited(428)) {
			const answer = await call(allowed(x), x,
				{ headers: { 'if-match': null } });
			assert.equal(answer.status, 428, `${x.method} ${x.at}`);
		}
	});

test('A2: a thing that is not there, for whoever may: 404', async () => {
	const bodies = {
		interim_unlock: { reason: 'x', expires_at: tomorrow() },
		interim_confirm: { confirmation: 'CONFIRMATION' },
		interim_create: { confirmation: 'CONFIRMATION' },
		interim_change: { advice: 'x' },
		weights_copy: { interim_ids: ['999998'] },
		weights_put: { weights: [] },
		draft_put: { positions: [], findings: '', advice: '' },
		evaluation_change: { title: 'x' },
		import_commit: {},
	};

	for (const x of limited(404).filter((y) => /\{/.test(y.at))) {
		const body = bodies[x.o.operationId];
		const answer = await call(allowed(x), x,
			body ? { body: JSON.stringify(body) } : {});
		assert.equal(answer.status, 404,
			`${x.method} ${x.at}: ${answer.status} ${answer.text}`);
	}
});

function tomorrow() {
	return new Date(Date.now() + 86400000).toISOString().slice(0, 10);
}

test('ux.md 7: nothing changed, same tag: 304 without a body', async () => {
	const melec = await framework(browsers.teacher, 'bacpro-melec');
	const zoe = school.person.zoe;
	await confirm(browsers.teacher, melec, zoe, { C1: '4t' });
	const interim = await confirm(browsers.teacher, melec, zoe, { C1: '3t' });
	const [{ id: group }] = await server.sql(`SELECT id FROM class_group
		WHERE code = '2MELEC' AND school_id = $1`, [school.id.essais]);
	const weights = `/interim-assessments/${interim.id}/weights`;
	await browsers.teacher.put(weights, { weights: [{ competency_id:
		'melec.comp.c1', percent: '100' }] },
	{ ifMatch: `"${interim.version}"` });
	await browsers.teacher.put(`/learners/${zoe}/draft`,
		{ positions: [{ competency_id: 'melec.comp.c1', level: 2,
			objective: 'terminal' }], findings: '', advice: '' },
		{ ifMatch: '*' });
	const evaluation = await browsers.teacher.post('/evaluations',
		{ title: 'Une', framework_id: 'bacpro-melec', complexity: 'D',
			criterion_ids: ['melec.comp.c1.k1'], learner_ids: [String(zoe)] });
	const ids = { classes: group, learners: zoe,
		'interim-assessments': interim.id, evaluations: evaluation.body.id,
		frameworks: 'bacpro-melec', people: zoe };

	for (const x of limited(304).filter((y) => y.method === 'GET'
		&& !y.partner && !y.at.includes('/imports/'))) {
		const at = x.at.replace('/api/v1', '').replace(/\{revision\}/, '1')
			.replace(/\/([a-z-]+)\/\{\w+\}/, (all, kind) =>
				`/${kind}/${ids[kind]}`);
		const browser = x.roles.includes('teacher') ? browsers.teacher
			: allowed(x);
		const first = await browser.get(at);
		assert.equal(first.status, 200, `${at}: ${first.text}`);
		const again = await browser.get(at,
			{ ifNoneMatch: first.headers.etag });
		assert.equal(again.status, 304, at);
		assert.equal(again.bytes.length, 0);
	}
});

test('C2: the contract, its page, health and problems answer anybody',
	async () => {
		const nobody = client(server);

		for (const at of ['/docs', '/healthz', '/readyz', '/metrics',
			'/openapi.yaml', '/problems/locked']) {
			assert.equal((await nobody.get(at)).status, 200, at);
			assert.equal((await nobody.get(at,
				{ headers: { accept: 'image/x-nothing' } })).status, 406, at);
		}
		assert.equal((await nobody.get('/problems/none')).status, 404);
		const { headers } = await nobody.get('/openapi.yaml');
		assert.equal((await nobody.get('/openapi.yaml',
			{ ifNoneMatch: headers.etag })).status, 304);
	});

test('M-051: the administrator gives a one-time password', async () => {
	const given = await browsers.administrator.request('POST',
		`/people/${school.person.nina}/password`);

	assert.equal(given.status, 200, given.text);
	const nina = client(server);
	const session = await nina.login({ login: given.body.login,
		password: given.body.password });
	assert.equal(session.body.password_change_required, true);
});

test('K7: the base away: 503 with Retry-After on every operation', async () => {
	const admin = new pg.Client(clientOptions(process.env.ACQUIS_SUPER_URL));
	await admin.connect();
	await admin.query(`ALTER DATABASE ${server.database} ALLOW_CONNECTIONS false`);
	await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = $1 AND usename = 'acquis_api'`, [server.database]);
	try {
		for (const x of limited(503)) {
			const answer = await call(allowed(x), x, x.at.endsWith('/session')
				&& x.method === 'POST' ? { body: JSON.stringify(
					{ login: 'a', password: 'b' }) } : {});
			if ([400, 422].includes(answer.status))
				continue; // the example was refused before the base was asked
			assert.equal(answer.status, 503, `${x.method} ${x.at}`);
			assert.ok(Number(answer.headers['retry-after']) > 0);
		}
	} finally {
		await admin.query(`ALTER DATABASE ${server.database}
			ALLOW_CONNECTIONS true`);
		await admin.end();
	}
});
