// What comes over the wire, to Kore itself and to nginx before it: H1, H3, H4,
// H7 of the catalogue.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import pg from 'pg';
import { clientOptions, startServer } from '../api/lib/server.mjs';
import { client, connect, raw } from '../api/lib/client.mjs';
import { brokenBodies, malformed, strayPaths }
	from '../api/lib/hostile.mjs';
import { seedSchool, PASSWORD } from '../api/lib/school.mjs';
import { startFront } from './lib/front.mjs';

let server, school;
const doors = {};

before(async () => {
	server = await startServer();
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	doors.straight = server;
	doors.nginx = await startFront(server);
});

after(async () => {
	await doors.nginx?.stop();
	await server?.stop();
});

const workers = () => server.log().match(/restarting worker/g)?.length ?? 0;

// Whoever comes next has his own answer.
async function nextIsWell(door, what) {
	for (let i = 0; i < 4; i++) {
		const id = `next-request-${i}`;
		const answer = await client(door).get('/healthz',
			{ headers: { 'x-request-id': id } });

		assert.equal(answer.status, 200, what);
		assert.equal(answer.headers['x-request-id'], id, what);
	}
}

const signIn = () => ({ login: school.login.morel, password: PASSWORD });

const head = (first, ...lines) =>
	[first, 'Host: localhost', ...lines, '', ''].join('\r\n');
const padding = (n) => Array.from({ length: n },
	(_, i) => `X-Padding-${i}: ${i}`);

for (const front of ['straight', 'nginx']) {
	const through = front === 'nginx';

	test(`H1: ${front}: what is malformed on the wire is refused, and only`
		+ ' once', async () => {
		const bad = [];
		// Kore alone may wait for more; nginx gives up in five seconds.
		const one = async ([what, bytes, served]) => {
			const { status, statuses, closed } = await raw(doors[front],
				bytes, { ms: through ? 5000 : 1500 });
			const refused = status === 0 ? closed || !through
				: status >= 400 && status < 500
				|| [501, 505].includes(status);

			if (statuses.length > 1 || !refused && served !== front)
				bad.push(`${what}: ${statuses} closed ${closed}`);
		};

		assert.ok(malformed.length >= 60);
		for (let i = 0; i < malformed.length; i += 30)
			await Promise.all(malformed.slice(i, i + 30).map(one));
		assert.deepEqual(bad, []);
		await nextIsWell(doors[front], 'after all');
		assert.equal(workers(), 0);
	});

	test(`H1: ${front}: a body where none belongs is never the next request`,
		async () => {
			// Read in parts of 16 KB: wherever one begins, a request does.
			const inner = head('GET /api/v1/session HTTP/1.1',
				'X-Request-Id: smuggled');
			const body = inner.repeat(Math.ceil(65536 / inner.length));

			for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS'])
				for (const more of ['', 'Transfer-Encoding: chunked']) {
					const answer = await raw(doors[front], head(
						`${method} /healthz HTTP/1.1`, more || 'Accept: */*',
						`Content-Length: ${body.length}`) + body,
					{ ms: 1000 });

					assert.ok(answer.statuses.length <= 1,
						`${method} ${more}: ${answer.statuses}`);
					assert.doesNotMatch(answer.text, /smuggled/);
					await nextIsWell(doors[front], method);
				}
		});

	test(`ux.md 8.1: ${front}: 60 header lines are served whole or refused`
		+ ' with 431, never without who asks and on what condition',
	async () => {
		const morel = client(doors[front]);
		await morel.login(signIn());
		const cookie = [...morel.jar].map(([k, v]) => `${k}=${v}`).join('; ');
		const body = '{"positions":[],"findings":"","advice":""}';
		const draft = `PUT /api/v1/learners/${school.person.zoe}/draft`;

		for (const n of [0, 10, 15, 20, 25, 60]) {
			const ask = async (...lines) => (await raw(doors[front],
				head(...lines, ...padding(n), `Cookie: ${cookie}`,
					'Connection: close')
				+ (lines.length > 1 ? body : ''),
			{ first: true })).status;
			const write = (...lines) => ask(`${draft} HTTP/1.1`, ...lines,
				`Content-Length: ${body.length}`,
				'Content-Type: application/json',
				`Origin: ${through ? doors.nginx.base
					: 'http://localhost'}`,
				'Sec-Fetch-Site: same-origin',
				`X-CSRF-Token: ${morel.csrf}`);
			const seen = [await ask('GET /api/v1/session HTTP/1.1'),
				await write('If-Match: "999"'), await write()];
			const whole = through || n <= 10;

			if (whole)
				assert.deepEqual(seen, [200, 412, 428], `${n} lines`);
			else
				assert.deepEqual(seen.map((s, i) =>
					s === [200, 412, 428][i] ? 431 : s),
				[431, 431, 431], `${n} lines: ${seen}`);
		}
	});

	test(`H3: ${front}: a body of nothing, up to the limit, over it, and one`
		+ ' that is only announced', async () => {
		const limit = 16384; // for who has not signed in
		const size = async (n) => (await client(doors[front]).request('POST',
			'/session', '{"login":"","password":"x"}'.replace('""',
				`"${'a'.repeat(n - 27)}"`), { check: false })).status;

		assert.equal((await client(doors[front]).request('POST', '/session',
			'')).status, 400);
		assert.notEqual(await size(limit - 1), 413);
		assert.notEqual(await size(limit), 413);
		assert.equal(await size(limit + 1), 413);
		const announced = await raw(doors[front], head(
			'POST /api/v1/session HTTP/1.1',
			'Content-Type: application/json',
			'Content-Length: 2000000000') + '{}', { ms: 2000 });
		assert.equal(announced.status, 413);
	});

	test(`H3: ${front}: a body that ends too soon has no effect`, async () => {
		const count = async () => (await server.sql(
			'SELECT count(*)::int AS n FROM session'))[0].n;
		const before = await count();
		const body = JSON.stringify(signIn());
		const socket = connect(doors[front]);

		socket.on('error', () => {});
		socket.end(head('POST /api/v1/session HTTP/1.1',
			'Content-Type: application/json', 'Sec-Fetch-Site: same-origin',
			`Content-Length: ${body.length + 1}`) + body);
		await new Promise((resolve) => socket.on('close', resolve).resume());
		await nextIsWell(doors[front], 'after a short body');
		assert.equal(await count(), before);
	});

	test(`H7: ${front}: no path leads outside the pages`, async () => {
		for (const path of strayPaths) {
			const answer = await raw(doors[front], head(
				`GET ${path} HTTP/1.1`, 'Connection: close'));

			assert.ok(answer.status === 404
				|| through && answer.status === 400, path);
			assert.doesNotMatch(answer.text, /root:|workers|\[core\]/);
		}
	});
}

test('H4: nginx: JSON that is none is refused as it is without nginx',
	async () => {
		for (const [code, what, body] of brokenBodies) {
			const answer = await client(doors.nginx).request('POST',
				'/session', body);

			assert.equal(answer.status, 400, what);
			assert.equal(answer.body.code, code, what);
		}
	});

// A body in chunks, or after "go on".
async function signedIn(door, lines, write) {
	const socket = connect(door);
	let text = '';

	socket.on('data', (part) => { text += part.toString('latin1'); });
	const ended = new Promise((resolve) => socket.on('close', resolve));
	socket.on('error', () => {});
	socket.write(head('POST /api/v1/session HTTP/1.1',
		'Content-Type: application/json', 'Sec-Fetch-Site: same-origin',
		'Connection: close', ...lines));
	await write(socket, async (wanted) => {
		for (let i = 0; i < 100 && !wanted.test(text); i++)
			await new Promise((resolve) => setTimeout(resolve, 20));
	});
	await Promise.race([ended, new Promise((resolve) =>
		setTimeout(resolve, 5000))]);
	socket.destroy();
	return text;
}

test('ux.md 8.2: chunked bodies: nginx puts them together, Kore refuses them',
	async () => {
		const body = JSON.stringify(signIn());
		const write = (socket) => {
			for (const c of body)
				socket.write(`1\r\n${c}\r\n`);
			socket.write('0\r\n\r\n');
		};
		const lines = ['Transfer-Encoding: chunked'];

		assert.match(await signedIn(doors.nginx, lines, write),
			/^HTTP\/1.1 201 /);
		assert.match(await signedIn(doors.straight, lines, write),
			/^HTTP\/1.1 4\d\d /);
	});

test('ux.md 8.2: nginx says "continue" to who waits for it', async () => {
	const body = JSON.stringify(signIn());
	const text = await signedIn(doors.nginx, ['Expect: 100-continue',
		`Content-Length: ${body.length}`], async (socket, seen) => {
		await seen(/100 Continue/);
		socket.write(body);
	});

	assert.match(text, /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 201 /);
});
