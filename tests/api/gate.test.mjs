// What stands between a request and its handler: shape, origin, JSON,
// conditions, repetition.  Routes that exist from the first day serve as
// examples: what is tested is the gate, not them.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import pg from 'pg';
import { clientOptions, startServer } from './lib/server.mjs';
import { client, raw } from './lib/client.mjs';
import { brokenBodies, strayPaths } from './lib/hostile.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';
import { framework, positions } from './lib/trade.mjs';

let server, school, morel;

const account = (name) => ({ login: school.login[name], password: PASSWORD });

before(async () => {
	server = await startServer();
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	morel = client(server);
	assert.equal((await morel.login(account('morel'))).status, 201);
});

after(() => server?.stop());

const cookie = () => [...morel.jar].map(([k, v]) => `${k}=${v}`).join('; ');

test('ux.md 8.1: 60 header lines are served whole or refused with 431,'
	+ ' never served without their conditions', async () => {
	for (const n of [0, 10, 15, 18, 19, 20, 21, 25, 60]) {
		const more = Array.from({ length: n },
			(_, i) => `X-Padding-${i}: ${i}\r\n`).join('');
		const answer = await raw(server,
			'GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\n'
			+ more + `Cookie: ${cookie()}\r\nConnection: close\r\n\r\n`);

		assert.ok([200, 431].includes(answer.status),
			`${n} lines: ${answer.status}`);
		if (n <= 15)
			assert.equal(answer.status, 200, `${n} lines`);
		if (n >= 25)
			assert.equal(answer.status, 431, `${n} lines`);
	}
});

test('S4: an unsafe request without our own origin is refused with 403 and'
	+ ' changes nothing', async () => {
	const ways = [{ origin: null }, { origin: 'null' },
		{ origin: 'https://evil.example' },
		{ origin: `${server.base}.evil.example` },
		{ origin: null, 'sec-fetch-site': 'cross-site' },
		{ origin: null, 'sec-fetch-site': 'none' }];

	for (const headers of ways) {
		const answer = await morel.request('DELETE', '/session', undefined,
			{ headers });
		assert.equal(answer.status, 403, JSON.stringify(headers));
		assert.equal(answer.body.code, 'csrf');
	}
	assert.equal((await morel.get('/session')).status, 200);
	const token = 'A'.repeat(43);

	for (const [path, body] of [['/session', account('morel')],
		['/session/forgotten', { login: account('morel').login }],
		['/session/reset', { token, new_password: 'Marguerite-bleue-7' }],
		['/session/email/confirm', { token }]])
		assert.equal((await client(server).request('POST', path, body,
			{ headers: { origin: 'https://evil.example' } })).status, 403,
		path);
});

test('S4: an unsafe request without its CSRF token is refused', async () => {
	for (const token of [null, '', 'x', morel.csrf.slice(1), `${morel.csrf}x`]) {
		const answer = await morel.request('DELETE', '/session', undefined,
			{ headers: { 'x-csrf-token': token || null } });
		assert.equal(answer.status, 403, String(token));
	}
	assert.equal((await morel.get('/session')).status, 200);
});

test('S4: a form content type is refused with 415', async () => {
	for (const type of ['text/plain', 'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x', 'application/jsonp']) {
		const answer = await client(server).request('POST', '/session',
			JSON.stringify(account('morel')), { type });
		assert.equal(answer.status, 415, type);
	}
});

for (const [code, what, body] of brokenBodies)
	test(`H4: ${what} is refused with 400 ${code}`, async () => {
		const answer = await client(server).request('POST', '/session', body);

		assert.equal(answer.status, 400);
		assert.equal(answer.body.code, code);
	});

test('H4: depth 100,000 is refused with 400 invalid-json', async () => {
	const answer = await morel.post('/evaluations',
		`{"title":${'['.repeat(100000)}${']'.repeat(100000)}}`);

	assert.equal(answer.status, 400);
	assert.equal(answer.body.code, 'invalid-json');
});

test('A3: a member that is not ours to send is refused with 400 and named',
	async () => {
		const answer = await client(server).request('POST', '/session',
			{ ...account('morel'), roles: ['administrator'] });

		assert.equal(answer.status, 400);
		assert.equal(answer.body.errors[0].pointer, '/roles');
	});

test('H3: a body over the limit is refused with 413, also when only announced',
	async () => {
		const big = await client(server).request('POST', '/session',
			{ login: 'x'.repeat(300 * 1024), password: 'x' });
		assert.equal(big.status, 413);
		const announced = await raw(server,
			'POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n'
			+ 'Content-Type: application/json\r\n'
			+ 'Content-Length: 2000000000\r\n\r\n{}', { ms: 2000 });
		assert.equal(announced.status, 413);
	});

test('ux.md 7: an unknown query argument is refused with 400 and named',
	async () => {
		const answer = await morel.get('/frameworks?colour=red');

		assert.equal(answer.status, 400);
		assert.equal(answer.body.errors[0].pointer, '?colour');
	});

test('ux.md 7: a method that is not there answers 405 with Allow', async () => {
	const answer = await morel.request('PATCH', '/session', {},
		{ check: false });

	assert.equal(answer.status, 405);
	assert.match(answer.headers.allow, /GET/);
	assert.match(answer.headers.allow, /DELETE/);
});

test('reliability.md 5: a second Host or a transfer coding is refused',
	async () => {
		for (const line of ['Host: other', 'Transfer-Encoding: chunked']) {
			const answer = await raw(server,
				'GET /healthz HTTP/1.1\r\nHost: localhost\r\n'
				+ `${line}\r\nConnection: close\r\n\r\n`);
			assert.equal(answer.status, 400, line);
			assert.equal(answer.statuses.length, 1);
		}
	});

test('H7: no path leads outside the pages', async () => {
	for (const path of strayPaths) {
		const answer = await raw(server, `GET ${path} HTTP/1.1\r\n`
			+ 'Host: localhost\r\nConnection: close\r\n\r\n');
		assert.equal(answer.status, 404, path);
		assert.doesNotMatch(answer.text, /root:|workers|\[core\]/);
	}
});

test('ux.md 7: every answer has a request id, the client\'s own if it is one',
	async () => {
		const own = await morel.get('/session',
			{ headers: { 'x-request-id': 'my-request-0001' } });
		assert.equal(own.headers['x-request-id'], 'my-request-0001');
		const bad = await morel.get('/session',
			{ headers: { 'x-request-id': 'a b' } });
		assert.notEqual(bad.headers['x-request-id'], 'a b');
		const problem = await morel.get('/frameworks/none');
		assert.equal(problem.body.request_id,
			problem.headers['x-request-id']);
	});

test('ux.md 7: problems speak French, and English when asked', async () => {
	const french = await client(server).get('/session');
	const english = await client(server).get('/session',
		{ headers: { 'accept-language': 'en-GB,en;q=0.9,fr;q=0.5' } });

	assert.equal(french.status, 401);
	assert.equal(french.body.title, 'Connexion nécessaire');
	assert.equal(english.body.title, 'Sign-in needed');
	assert.equal(french.headers['www-authenticate'].startsWith('Bearer'), true);
});

test('S3: a session ends with sign-out, a new one has a new token',
	async () => {
		const one = client(server);
		await one.login(account('petit'));
		const kept = [...one.jar.values()][0];
		const two = client(server);
		await two.login(account('petit'));

		assert.notEqual(kept, [...two.jar.values()][0]);
		assert.equal((await one.logout()).status, 204);
		one.jar.set('__Host-session', kept);
		assert.equal((await one.get('/session')).status, 401);
		assert.equal((await two.get('/session')).status, 200);
	});

test('S3: a token chosen by somebody else is never taken over', async () => {
	const fixed = client(server);

	fixed.jar.set('__Host-session', 'A'.repeat(43));
	const answer = await fixed.login(account('petit'));
	assert.equal(answer.status, 201);
	assert.notEqual(fixed.jar.get('__Host-session'), 'A'.repeat(43));
});

test('S3: changing the password ends the other sessions, not this one',
	async () => {
		const here = client(server), there = client(server);
		await here.login(account('leroy'));
		await there.login(account('leroy'));
		const change = await here.put('/session/password',
			{ current_password: PASSWORD, new_password: 'Un-autre-2026' });

		assert.equal(change.status, 200);
		assert.equal((await here.get('/session')).status, 200);
		assert.equal((await there.get('/session')).status, 401);
		const wrong = await here.put('/session/password',
			{ current_password: PASSWORD, new_password: 'Encore-2026!' });
		assert.equal(wrong.status, 422);
		assert.equal(wrong.body.errors[0].pointer, '/current_password');
	});

test('S5: an idle session ends by the clock of the base', async () => {
	const lazy = client(server);

	await lazy.login(account('zoe'));
	await server.sql(`UPDATE session SET seen_at = now() - interval '31 min'
		WHERE person_id = $1`, [school.person.zoe]);
	assert.equal((await lazy.get('/session')).status, 401);
});

test('S5: no session lives longer than twelve hours', async () => {
	const long = client(server);

	await long.login(account('zoe'));
	await server.sql(`UPDATE session SET expires_at = now()
		WHERE person_id = $1`, [school.person.zoe]);
	assert.equal((await long.get('/session')).status, 401);
});

test('S1: ten wrong passwords in a quarter of an hour, then 429', async () => {
	const guess = { login: school.login.tom, password: 'wrong-password' };

	for (let i = 0; i < 10; i++)
		assert.equal((await client(server).login(guess)).status, 401);
	const answer = await client(server).login(guess);
	assert.equal(answer.status, 429);
	assert.ok(Number(answer.headers['retry-after']) > 0);
	assert.equal((await client(server).login(account('nina'))).status, 201);
});

test('S1: a hundred tries at once are no way around; unknown logins count too',
	async () => {
		for (const login of [school.login.hugo, 'nobody.at.all']) {
			const answers = await Promise.all(Array.from({ length: 100 },
				() => client(server).login({ login, password: 'wrong-one' })));
			const tried = answers.filter((a) => a.status === 401).length;

			assert.ok(tried <= 10, `${login}: ${tried}`);
			assert.ok(answers.every((a) => [401, 429].includes(a.status)),
				`${login}: ${answers.map((a) => a.status)}`);
		}
	});

test('ux.md 7: a write is never answered with 304', async () => {
	const ines = `/learners/${school.person.ines}/draft`;
	const answer = await morel.put(ines,
		{ positions: [], findings: 'Un', advice: '' },
		{ ifMatch: '*', ifNoneMatch: '*' });

	assert.equal(answer.status, 200);
	assert.equal(answer.body.findings, 'Un');
});

test('I2: the query is part of the request that a key stands for', async () => {
	const ines = `/learners/${school.person.ines}`;
	const melec = await framework(morel, 'bacpro-melec');
	const word = { confirmation: 'CONFIRMATION' };
	await morel.put(`${ines}/draft`, { positions: positions(melec, {}),
		findings: '', advice: '' }, { ifMatch: '*' });
	const first = await morel.post(`${ines}/interim-assessments`, word,
		{ key: 'same-key-0001' });
	const other = await morel.post(
		`${ines}/interim-assessments?framework=bacpro-melec`, word,
		{ key: 'same-key-0001' });

	assert.equal(first.status, 201, first.text);
	assert.equal(other.status, 422);
	assert.equal(other.body.code, 'idempotency-mismatch');
});

test('S6: an unknown login cannot be told from a wrong password', async () => {
	const known = await client(server).login(
		{ login: school.login.paul, password: 'wrong-password' });
	const unknown = await client(server).login(
		{ login: 'nobody.here', password: 'wrong-password' });

	const same = ({ request_id, ...rest }) => rest;
	assert.deepEqual(same(known.body), same(unknown.body));
	assert.equal(known.status, unknown.status);
});

test('C2: the page of every problem code is there', async () => {
	const answer = await morel.get('/session',
		{ headers: { cookie: null } });
	const page = await fetch(server.base + answer.body.type);

	assert.equal(page.status, 200);
	assert.equal((await page.json()).code, 'unauthenticated');
	assert.equal((await fetch(`${server.base}/problems/none`)).status, 404);
});

test('ux.md 8.2: HEAD has the headers of GET and no body; OPTIONS says what'
	+ ' can be done', async () => {
	const head = await morel.head('/session', { check: false });
	const options = await morel.request('OPTIONS', '/session', undefined,
		{ check: false });

	assert.equal(head.status, 200);
	assert.equal(head.bytes.length, 0);
	assert.equal(options.status, 204);
	assert.match(options.headers.allow, /POST/);
});

test('design.md 3: /metrics counts and names nobody', async () => {
	const answer = await morel.get('/metrics');

	assert.match(answer.text, /acquis_answers_total\{class="2xx"\} [1-9]/);
	assert.doesNotMatch(answer.text, /morel|MARTIN/i);
});
