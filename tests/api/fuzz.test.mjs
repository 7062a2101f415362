// Every operation of openapi.yaml, asked for what nearly makes sense and for
// what does not, by a teacher, an administrator, a partner and nobody.
//
// Requests are drawn from the contract's own schemas, now and then with
// something odd in a place, always in the same order (the seed is fixed;
// ACQUIS_FUZZ_SEED and ACQUIS_FUZZ_RUNS change it).  Whatever is asked: an
// answer, never a 500, and one that fits the contract.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import pg from 'pg';
import { clientOptions, startServer } from './lib/server.mjs';
import { client } from './lib/client.mjs';
import { contract } from './lib/contract.mjs';
import { access, setTerms, unlimited } from './lib/feed.mjs';
import { confirm, evaluation, positions, saveDraft } from './lib/path.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';

const seed = Number(process.env.ACQUIS_FUZZ_SEED ?? 20251002);
const runs = Number(process.env.ACQUIS_FUZZ_RUNS
	?? (process.env.ACQUIS_TEST_LONG ? 1500 : 500));
const { doc, operations } = contract();

const oddText = ['', ' ', '\u0000', '\ud800', '\u202e', 'é'.repeat(400),
	'x'.repeat(5000), '\'; DROP TABLE person; --', '${7*7}', '😀', '%s%n',
	'<script>alert(1)</script>', '=1+1', '../../etc/passwd', '\r\nX: y',
	'2025-02-30', '9999-99-99', '0', '-1', '1e9', 'NaN', '\\', '"'];
const odd = fc.oneof(fc.constantFrom(...oddText), fc.constantFrom(null, true,
	0, -1, 1.5, 2147483647, 2147483648, 1e300, [], {}, [[]], { '': null }),
fc.string({ maxLength: 20 }), fc.jsonValue({ maxDepth: 3 }));
const oddSegment = fc.oneof(fc.constantFrom('0', '-1', '00012', '1e3', 'abc',
	'999999999999999999', '9999999999999999999', '%00', '%ff', '%C3%A9',
	'..%2f..', '%2e%2e', '%', '%zz', ';', '1;2', '~', 'x'.repeat(200)),
fc.webSegment({ minLength: 1 }).map((s) => s || '1'));

let server, school, who, pool;

function resolved(node) {
	while (node?.$ref)
		node = node.$ref.slice(2).split('/').reduce((at, key) =>
			at[key.replaceAll('~1', '/').replaceAll('~0', '~')], doc);
	return node;
}

// Values that mean something: ids that are there, words that open.
function known(name) {
	const all = { confirmation: ['CONFIRMATION'], learner_id: pool.learner,
		learner_ids: pool.learner, criterion_id: pool.criterion,
		criterion_ids: pool.criterion, competency_id: pool.competency,
		competency_ids: pool.competency, interim_ids: pool.interim,
		framework_id: ['bacpro-melec'], mark: pool.mark,
		complexity: ['D', 'Int', 'B'], percent: ['12.50', '50', '0'],
		class_id: pool.class, id: pool.assessment };

	return all[name];
}

function textOf(schema, name) {
	const words = known(name);

	if (words?.length > 0)
		return fc.constantFrom(...words);
	if (schema.format === 'date')
		return fc.date({ min: new Date('2024-01-01'),
			max: new Date('2027-12-31'), noInvalidDate: true })
			.map((d) => d.toISOString().slice(0, 10));
	if (schema.pattern)
		return fc.stringMatching(new RegExp(schema.pattern));
	return fc.string({ minLength: schema.minLength ?? 0,
		maxLength: Math.min(schema.maxLength ?? 40, 80) });
}

function objectOf(schema, depth) {
	const names = Object.keys(schema.properties ?? {});

	return fc.record(Object.fromEntries(names.map((name) =>
		[name, valueOf(schema.properties[name], name, depth + 1)])),
	{ requiredKeys: (schema.required ?? []).filter((n) =>
		names.includes(n)) });
}

function soundOf(schema, name, depth) {
	const parts = schema.oneOf ?? schema.anyOf;
	const types = [schema.type].flat().filter(Boolean);

	if (schema.enum)
		return fc.constantFrom(...schema.enum);
	if ('const' in schema)
		return fc.constant(schema.const);
	if (parts)
		return fc.oneof(...parts.map((p) => valueOf(p, name, depth)));
	if (schema.allOf)
		return fc.tuple(...schema.allOf.map((p) => valueOf(p, name,
			depth))).map((all) => Object.assign({}, ...all));
	if (types.length > 1)
		return fc.oneof(...types.map((type) =>
			soundOf({ ...schema, type }, name, depth)));
	switch (types[0]) {
	case 'string': return textOf(schema, name);
	case 'integer': case 'number':
		return fc.integer({ min: schema.minimum ?? -5,
			max: schema.maximum ?? 100000 });
	case 'boolean': return fc.boolean();
	case 'null': return fc.constant(null);
	case 'array': return fc.array(valueOf(schema.items ?? {}, name,
		depth + 1), { minLength: schema.minItems ?? 0, maxLength:
		Math.max(schema.minItems ?? 0, 4) });
	default: return depth > 6 ? fc.constant({}) : objectOf(schema, depth);
	}
}

// One value in fifteen is not what it should be.
function valueOf(node, name, depth = 0) {
	return fc.oneof({ weight: 14, arbitrary:
		soundOf(resolved(node) ?? {}, name, depth) },
	{ weight: 1, arbitrary: odd });
}

function segmentOf(path, name) {
	const kinds = { classes: pool.class, learners: pool.learner,
		evaluations: pool.evaluation, imports: ['1'],
		'interim-assessments': pool.interim, people: pool.subject,
		frameworks: ['bacpro-melec'], assessments: pool.assessment,
		'partner-accesses': ['999'] };
	const part = path.split('/').find((p) => kinds[p]);
	const good = name === 'id' && part ? kinds[part] : ['1', 'bacpro-melec'];

	return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...good) },
		{ weight: 1, arbitrary: oddSegment });
}

function pathOf(path) {
	const names = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);

	return fc.tuple(...names.map((name) => segmentOf(path, name)))
		.map((values) => values.reduce((at, value, i) =>
			at.replace(`{${names[i]}}`, () => value), path));
}

function queryOf(parameters) {
	const pairs = parameters.filter((p) => p.in === 'query').map((p) =>
		fc.option(valueOf(p.schema, p.name).map((value) =>
			[p.name, String(value)]), { nil: null, freq: 2 }));

	return fc.tuple(fc.tuple(...pairs), fc.boolean(), fc.nat(40)).map(
		([all, again, stray]) => {
			const given = all.filter(Boolean);

			if (again && given.length > 1)
				given.push(given[0]);
			if (stray === 0)
				given.push(['colour', 'red']);
			const text = given.map((pair) => pair.map((s) =>
				encodeURIComponent(s.toWellFormed?.() ?? s
					.replace(/[\ud800-\udfff]/g, '')))
				.join('=')).join('&');
			return stray === 1 ? `${text}&%ff=%` : text;
		});
}

// Mostly the JSON of a value, sometimes with a byte of it changed.
function bodyOf(operation) {
	const content = resolved(operation.requestBody)?.content;

	if (!content)
		return fc.constant({});
	const type = Object.keys(content)[0];
	const whole = type.startsWith('multipart')
		? fc.string({ maxLength: 200 })
		: valueOf(content[type].schema, '').map((v) => JSON.stringify(v));

	return fc.tuple(whole, fc.nat(9), fc.nat(), fc.constantFrom('"', '{',
		'\\u0000', '\u0001', ',', ']', '9', '')).map(
		([text, change, at, by]) => ({ type, body: change > 0 ? text
			: text.slice(0, at % (text.length + 1)) + by
				+ text.slice(at % (text.length + 1) + 1) }));
}

function requestOf({ method, path, operation }) {
	const item = Object.values(doc.paths).find((p) =>
		p[method.toLowerCase()] === operation);
	const parameters = [...(operation.parameters ?? []),
		...(item.parameters ?? [])].map(resolved);

	return fc.record({ method: fc.constant(method), path: pathOf(path),
		query: queryOf(parameters), body: bodyOf(operation),
		actor: path.includes('/partner/')
			? fc.constantFrom('partner', 'partner', 'morel', 'nobody')
			: fc.constantFrom('morel', 'morel', 'durand', 'admin',
				'nobody'),
		ifMatch: fc.constantFrom('*', '*', '"1"', '"2"', 'W/"1"',
			'"99999999999999999999"', 'x', undefined),
		key: fc.constantFrom(undefined, undefined, 'once-0001', 'short',
			'é'.repeat(8)),
		language: fc.constantFrom('fr', 'en', 'de;q=0', '*') });
}

before(async () => {
	server = await startServer();
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	who = { nobody: client(server) };
	for (const name of ['morel', 'durand', 'admin']) {
		who[name] = client(server);
		await who[name].login({ login: school.login[name],
			password: PASSWORD });
	}
	await setTerms(who.durand);
	const { key } = await access(who.durand);
	await unlimited(server);
	who.partner = client(server, { token: key });
	await fillPool();
});

after(() => server?.stop());

async function fillPool() {
	const ids = async (sql) => (await server.sql(sql)).map((r) => r.id);
	const { zoe, adam, rose, lina, tom } = school.person;
	const made = [];

	for (const learner of [zoe, adam]) {
		await saveDraft(who.morel, learner,
			{ positions: await positions(server) });
		made.push((await confirm(who.morel, learner)).body.id);
	}
	const open = await evaluation(server, school, { marks: { lina: '34' } });
	pool = { learner: [zoe, adam, lina, rose], class: Object.values(
		school.class), evaluation: [open], interim: made, subject: [tom],
	mark: await ids('SELECT DISTINCT code AS id FROM level'
		+ ' LIMIT 8').catch(() => ['A']),
	criterion: await ids(`SELECT c.id FROM criterion c JOIN framework f
		ON f.key = c.framework_key WHERE f.id = 'bacpro-melec' LIMIT 6`),
	competency: await ids(`SELECT c.id FROM competency c JOIN framework f
		ON f.key = c.framework_key WHERE f.id = 'bacpro-melec'`),
	assessment: ['1'] };
	const pulled = await who.partner.get('/partner/assessments');
	pool.assessment = pulled.body.items.map((i) => i.id);
}

// Signing out is part of it.
async function signedIn(name) {
	if (school.login[name] && who[name].jar.size === 0)
		await who[name].login({ login: school.login[name],
			password: PASSWORD });
	return who[name];
}

async function send(r) {
	const path = r.path.replace('/api/v1', '')
		+ (r.query ? `?${r.query}` : '');
	const options = { type: r.body.type, ifMatch: r.ifMatch,
		key: /^[ -~]*$/.test(r.key ?? '') ? r.key : encodeURI(r.key),
		headers: { 'accept-language': r.language } };
	const actor = await signedIn(r.actor);
	const answer = await actor.request(r.method, path, r.body.body, options);

	assert.notEqual(answer.status, 500, answer.text);
	return answer.status;
}

test(`X6 ${runs} requests near the contract: each is answered, as the contract`
	+ ' says, and never with 500', async (t) => {
	const all = fc.oneof(...operations.filter((o) => o.method !== 'HEAD')
		.map(requestOf));
	const faults = new Map(), seen = {};

	for (const r of fc.sample(all, { seed, numRuns: runs })) {
		const status = await send(r).catch((fault) => {
			const said = fault.message.replace(/x{100,}/g, 'x…');

			faults.set(said.replace(/\d+/g, 'N'), `${said}\n  ${r.actor
			} ${r.method} ${r.path} ${r.body.body ?? ''}`);
			return 'fault';
		});
		seen[status] = (seen[status] ?? 0) + 1;
	}
	t.diagnostic(JSON.stringify(seen));
	assert.deepEqual([...faults.values()], []);
	// Drawn well: enough of it got past the gate.
	assert.ok(seen[200] > runs / 10, JSON.stringify(seen));
	assert.ok(!server.log().includes('restarting worker'));
});
