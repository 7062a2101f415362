// The second factor: codes of a telephone, ten on paper, and that nothing
// goes around them.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import pg from 'pg';
import { clientOptions, startServer } from './lib/server.mjs';
import { client } from './lib/client.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';

let server, school;

const account = (name) => ({ login: school.login[name], password: PASSWORD });

// RFC 6238 and RFC 4648, written apart from the server's.
function codeOf(secret, step) {
	const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
		.indexOf(c).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac('sha1', key).update(counter).digest();
	const at = mac.at(-1) & 15;

	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000)
		.padStart(6, '0');
}

const now = async () => Number((await server.sql(
	'SELECT floor(extract(epoch FROM now()) / 30) AS n'))[0].n);

before(async () => {
	server = await startServer();
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
});

after(() => server?.stop());

async function enrolled(name) {
	const who = client(server);
	await who.login(account(name));
	const { body, status } = await who.post('/second-factor');
	assert.equal(status, 200);
	const done = await who.post('/second-factor/confirm',
		{ code: codeOf(body.secret, await now() - 1) });
	assert.equal(done.status, 200, done.text);
	return { who, ...body, codes: done.body.recovery_codes };
}

// The next code that was not used.
const fresh = (name) => server.sql(`UPDATE second_factor SET last_step = 0
	WHERE person_id = $1`, [school.person[name]]);

test('S6: the codes are those of RFC 6238', () => {
	const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

	assert.deepEqual([59, 1111111109, 1234567890, 20000000000]
		.map((t) => codeOf(secret, Math.floor(t / 30))),
	['287082', '081804', '005924', '353130']);
});

test('S6: once enrolled, a password alone opens nothing', async () => {
	const { secret, uri, qr, codes } = await enrolled('durand');
	assert.match(uri, /^otpauth:\/\/totp\/Acquis:denis\.durand\?secret=/);
	assert.ok(uri.includes(secret));
	assert.ok(qr.length > 20 && qr.every((row) => row.length === qr.length));
	assert.equal(new Set(codes).size, 10);

	const half = client(server);
	const session = await half.login(account('durand'));
	assert.equal(session.body.second_factor_required, true);
	for (const path of ['/home', '/classes', '/sessions', '/session/email'])
		assert.equal((await half.get(path)).status, 403, path);
	assert.equal((await half.put('/session/password', { current_password:
		PASSWORD, new_password: 'Atelier-vert-12' })).status, 403);
	assert.equal((await half.post('/second-factor')).status, 409);
	assert.equal((await half.post('/second-factor/removal',
		{ password: PASSWORD })).status, 403);

	await fresh('durand');
	const step = await now();
	for (const code of ['000000', codeOf(secret, step - 3),
		codeOf(secret, step + 3), 'aaaa-bbbb-cccc-dddd'])
		assert.equal((await half.post('/session/second-factor', { code }))
			.status, 422);
	const cookie = half.jar.get('__Host-session');
	const passed = await half.post('/session/second-factor',
		{ code: codeOf(secret, await now()) });
	assert.equal(passed.status, 200, passed.text);
	assert.equal(passed.body.second_factor_required, false);
	assert.notEqual(half.jar.get('__Host-session'), cookie);
	assert.equal((await half.get('/home')).status, 200);
	half.jar.set('__Host-session', cookie);
	assert.equal((await half.get('/session')).status, 401);
});

test('S6: a code is good once, even for two at the same moment', async () => {
	const { secret } = await enrolled('leroy');
	const two = [client(server), client(server), client(server)];
	await fresh('leroy');
	for (const who of two)
		await who.login(account('leroy'));
	const code = codeOf(secret, await now());
	const answers = await Promise.all(two.map((who) =>
		who.post('/session/second-factor', { code })));

	assert.deepEqual(answers.map((a) => a.status).sort(), [200, 422, 422]);
});

test('S6: a recovery code is good once; new ones void the others; guesses are'
	+ ' counted', async () => {
	const { who, codes } = await enrolled('petit');
	const pass = async (code) => {
		const half = client(server);
		await half.login(account('petit'));
		return half.post('/session/second-factor', { code });
	};

	assert.equal((await pass(codes[0].toUpperCase())).status, 200);
	assert.equal((await pass(codes[0])).status, 422);
	assert.equal((await who.get('/second-factor')).body.recovery_codes_left, 9);
	assert.equal((await who.post('/second-factor/recovery-codes',
		{ password: 'not-this-one' })).status, 422);
	const renewed = await who.post('/second-factor/recovery-codes',
		{ password: PASSWORD });
	assert.equal((await pass(codes[1])).status, 422);
	for (let i = 0; i < 8; i++)
		assert.equal((await pass('000000')).status, 422);
	assert.equal((await pass(renewed.body.recovery_codes[0])).status, 429);
	assert.doesNotMatch(JSON.stringify(await server.sql(
		'SELECT * FROM journal')), new RegExp(codes[0]));
});

test('S6: where the school requires it, who runs it enrols before anything'
	+ ' else; others are offered it', async () => {
	const admin = client(server);
	await admin.login(account('admin'));
	const { body: { revision, preview, ...was }, headers } =
		await admin.get('/settings');
	assert.equal(was.second_factor, 'offered');
	assert.equal((await admin.put('/settings', { ...was,
		second_factor: 'maybe' }, { ifMatch: headers.etag })).status, 422);
	assert.equal((await admin.put('/settings', { ...was,
		second_factor: 'required' }, { ifMatch: headers.etag })).status, 200);
	const session = await admin.login(account('admin'));
	assert.equal(session.body.enrolment_required, true);
	assert.equal((await admin.get('/people')).status, 403);
	assert.equal((await admin.get('/second-factor')).body.required, true);
	const { body } = await admin.post('/second-factor');
	const done = await admin.post('/second-factor/confirm',
		{ code: codeOf(body.secret, await now()) });
	assert.equal(done.status, 200);
	assert.equal((await admin.get('/people')).status, 200);
	assert.equal((await admin.get('/session')).body.enrolment_required, false);
	const teacher = client(server);
	assert.equal((await teacher.login(account('morel'))).body
		.enrolment_required, false);
	assert.equal((await admin.post('/second-factor/removal',
		{ password: PASSWORD })).status, 204);
	assert.equal((await admin.get('/session')).body.enrolment_required, true);
	assert.equal((await admin.get('/people')).status, 403);
	await server.sql(`UPDATE school SET second_factor = 'offered'`);
});

test('S6: an administrator lets in who lost the telephone', async () => {
	const { who } = await enrolled('roux');
	const admin = client(server);
	await admin.login(account('admin'));
	const at = `/people/${school.person.roux}/second-factor`;

	assert.equal((await who.del(at)).status, 403);
	assert.equal((await admin.del(at)).status, 204);
	assert.equal((await admin.del(at)).status, 204);
	assert.equal((await admin.del(
		`/people/${school.person.admin}/second-factor`)).body.code,
	'own-rights');
	assert.equal((await admin.post(
		`/people/${school.person.admin}/password`, {})).body.code,
	'own-rights');
	assert.equal((await who.get('/session')).status, 401);
	const again = client(server);
	assert.equal((await again.login(account('roux'))).body
		.second_factor_required, false);
});
