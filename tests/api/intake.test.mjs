// What a worker holds of a request before it knows who sends it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { client, raw } from './lib/client.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';
import { clientOptions, slow, startServer } from './lib/server.mjs';

const MB = 1 << 20;

let server, school, admin, morel;

before(async () => {
	server = await startServer({ workers: 1 });
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	admin = client(server);
	await admin.login({ login: school.login.admin, password: PASSWORD });
	morel = client(server);
	await morel.login({ login: school.login.morel, password: PASSWORD });
});

after(() => server?.stop());

// The one worker of Kore, in megabytes.
function resident() {
	const children = readFileSync(
		`/proc/${server.pid}/task/${server.pid}/children`, 'utf8');
	const pid = children.trim().split(' ').find((p) => /wrk/.test(
		readFileSync(`/proc/${p}/cmdline`, 'utf8')));
	const text = readFileSync(`/proc/${pid}/status`, 'utf8');

	return Number(/VmRSS:\s+(\d+)/.exec(text)[1]) / 1024;
}

// All of `length` bytes, as fast as the server takes them; the answer, and
// the most the worker held until then.
function flood(path, { length, headers = {}, method = 'POST' }) {
	const block = Buffer.alloc(MB, 0x78);

	return new Promise((resolve, reject) => {
		let left = length, answer;
		const request = http.request(`${server.base}/api/v1${path}`, { method,
			agent: false, headers: { 'content-length': length,
				'content-type': 'application/json', ...headers } });
		const more = () => {
			while (left > 0 && !request.destroyed) {
				left -= block.length;
				if (!request.write(block))
					return;
			}
			request.end();
		};

		request.on('drain', more);
		request.on('response', (r) => {
			const parts = [];
			r.on('data', (part) => parts.push(part));
			r.on('end', () => {
				answer = { status: r.statusCode, headers: r.headers,
					body: JSON.parse(Buffer.concat(parts)) };
				resolve(answer);
				request.destroy();
			});
		});
		request.on('error', (e) => answer ?? reject(e));
		more();
	});
}

// What the worker holds at most while `work` goes on, over what it held.
async function grown(work) {
	const before = resident();
	let most = before, over = false;
	const watch = (async () => {
		while (!over) {
			most = Math.max(most, resident());
			await sleep(5);
		}
	})();
	const out = await work();

	over = true;
	await watch;
	return { out, grown: most - before };
}

const cookies = (who) => [...who.jar].map(([k, v]) => `${k}=${v}`).join('; ');
const signed = (who) => ({ cookie: cookies(who), origin: server.base,
	'x-csrf-token': who.csrf });
const form = { 'content-type': 'multipart/form-data; boundary=x' };

const senders = [
	['H3: nobody, to a JSON route', () => ({ origin: server.base }),
		'/session', 413, 'too-large'],
	['H3: a teacher, to a JSON route', () => signed(morel), '/evaluations',
		413, 'too-large'],
	['H3: nobody, to the import', () => ({ origin: server.base, ...form }),
		'/imports', 401, 'unauthenticated'],
	['H3: an invented session, to the import', () => ({ ...signed(admin),
		cookie: `__Host-session=${'A'.repeat(43)}`, ...form }),
	'/imports', 403, 'csrf'],
	['H3: a teacher, to the import', () => ({ ...signed(morel), ...form }),
		'/imports', 403, 'forbidden'],
	['H3: from a foreign page, to the import', () => ({ ...signed(admin),
		origin: 'https://evil.example', ...form }), '/imports', 403, 'csrf'],
];

for (const [who, headers, path, status, code] of senders)
	test(`${who}: 6 x 60 MB are refused with ${status} while the worker grows`
		+ ' by less than 4 MB', async () => {
		const { out, grown: more } = await grown(() => Promise.all(
			Array.from({ length: 6 }, () => flood(path,
				{ length: 60 * MB, headers: headers() }))));

		for (const answer of out) {
			assert.equal(answer.status, status);
			assert.equal(answer.body.code, code);
			assert.equal(answer.headers['content-type'],
				'application/problem+json; charset=utf-8');
			assert.equal(answer.headers.connection, 'close');
		}
		assert.ok(more < 4 * slow, `${more} MB`);
	});

test('H3: a partner who invents a key is refused before 3 MB are read',
	async () => {
		const { out, grown: more } = await grown(() =>
			flood('/partner/deliveries', { length: 3 * MB, headers: {
				authorization: `Bearer ck_01234567_${'A'.repeat(43)}` } }));

		assert.equal(out.status, 401);
		assert.ok(more < 2 * slow, `${more} MB`);
	});

test('H3: administrators share one bound: 6 x 60 MB at once, of which two are'
	+ ' read and the others told to come back', async () => {
	const { out, grown: more } = await grown(() => Promise.all(
		Array.from({ length: 6 }, () => flood('/imports',
			{ length: 60 * MB, headers: { ...signed(admin), ...form } }))));
	const statuses = out.map((a) => a.status).sort();

	assert.deepEqual([...new Set(statuses)], [400, 503]);
	assert.ok(statuses.filter((s) => s === 400).length >= 2, `${statuses}`);
	assert.ok(out.every((a) => a.status !== 503 || a.headers['retry-after']));
	assert.ok(more < 140, `${more} MB`);
	await sleep(200);
	assert.equal((await flood('/imports', { length: 60 * MB,
		headers: { ...signed(admin), ...form } })).status, 400);
});

test('H2: a sender who stops in the middle holds what he sent, no more, and'
	+ ' it is given back when he leaves', async () => {
	const head = `POST /api/v1/imports HTTP/1.1\r\nHost: x\r\n`
		+ `Origin: http://x\r\nX-CSRF-Token: ${admin.csrf}\r\n`
		+ `Cookie: ${cookies(admin)}\r\nContent-Length: ${60 * MB}\r\n`
		+ 'Content-Type: multipart/form-data; boundary=x\r\n\r\n';
	const { out: idle, grown: more } = await grown(async () => {
		const sockets = Array.from({ length: 2 }, () =>
			net.connect(server.port, '127.0.0.1'));
		for (const s of sockets) {
			s.on('error', () => {});
			s.write(head + 'x'.repeat(1000));
		}
		await sleep(500);
		return sockets;
	});
	const blocked = await flood('/imports', { length: 60 * MB,
		headers: { ...signed(admin), ...form } });

	assert.ok(more < 2 * slow, `${more} MB`);
	assert.equal(blocked.status, 503);
	for (const s of idle)
		s.destroy();
	await sleep(300);
	assert.equal((await flood('/imports', { length: 60 * MB,
		headers: { ...signed(admin), ...form } })).status, 400);
});

test('H2: 200 senders without a session who send a byte at a time hold'
	+ ' nothing, and others are served', async () => {
	const head = 'POST /api/v1/imports HTTP/1.1\r\nHost: x\r\n'
		+ 'Origin: http://x\r\nContent-Length: 60000000\r\n'
		+ 'Content-Type: multipart/form-data; boundary=x\r\n\r\n';
	const sockets = [];
	let cut = 0;
	const { grown: more } = await grown(async () => {
		for (let i = 0; i < 200; i++) {
			// One that goes on although it has its answer.
			const s = net.connect({ port: server.port,
				host: '127.0.0.1', allowHalfOpen: true }).resume();
			s.on('error', () => {});
			s.on('close', () => cut++);
			s.write(head);
			sockets.push(s);
		}
		for (let i = 0; i < 10; i++) {
			await sleep(50);
			for (const s of sockets)
				s.write('x');
			assert.equal((await morel.get('/session')).status, 200);
		}
	});

	assert.ok(more < 8 * slow, `${more} MB`);
	// Ten seconds after its answer the connection is cut, whatever it sends.
	for (let i = 0; i < 150 && cut < 200; i++) {
		await sleep(100);
		for (const s of sockets)
			s.write('x');
	}
	assert.equal(cut, 200);
});

test('M-090: a body of more than 16 KB is read whole, once its sender is known',
	async () => {
		for (const n of [16 * 1024, 17 * 1024, 100_000, 260_000]) {
			const answer = await morel.post('/evaluations',
				{ title: 'x'.repeat(n - 200), nothing: true });

			assert.equal(answer.status, 400, `${n}`);
			assert.equal(answer.body.errors[0].pointer, '/nothing');
		}
		// The connection is kept, whatever was sent on it.
		const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
		const ports = new Set();
		for (const length of [100_000, 10, 100_000, 20_000])
			ports.add(await new Promise((resolve, reject) => {
				const request = http.request(
					`${server.base}/api/v1/evaluations`, { agent,
						method: 'POST', headers: { ...signed(morel),
							'content-type': 'application/json' } },
					(r) => r.on('end', () => resolve(`${r.statusCode} ${
						request.socket.localPort}`)).resume());
				request.on('error', reject);
				request.end(JSON.stringify({ zz: 'x'.repeat(length) }));
			}));
		agent.destroy();
		assert.equal(ports.size, 1, [...ports].join());
		assert.match([...ports][0], /^400 /);
	});

test('H1: two lengths, or a body where none is read, are no second request',
	async () => {
		const second = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
		const at = 'HTTP/1.1\r\nHost: x\r\n';
		const twice = await raw(server, `POST /api/v1/session ${at}`
			+ `Content-Length: 2\r\nContent-Length: ${second.length}\r\n\r\n`
			+ second, { ms: 1500 });
		const coded = await raw(server, `POST /api/v1/session ${at}`
			+ `Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n`
			+ `0\r\n\r\n${second}`, { ms: 1500 });
		assert.deepEqual(twice.statuses, [400]);
		assert.deepEqual(coded.statuses, [400]);

		for (const method of ['GET', 'DELETE']) {
			const statuses = await new Promise((resolve) => {
				const socket = net.connect(server.port, '127.0.0.1');
				let text = '';
				socket.on('data', (part) => text += part);
				socket.on('error', () => {});
				socket.on('close', () => resolve(
					[...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)]
						.map((m) => Number(m[1]))));
				socket.write(`${method} /api/v1/session ${at}`
					+ `Content-Length: ${second.length}\r\n\r\n`);
				setTimeout(() => socket.write(second), 300);
				setTimeout(() => socket.destroy(), 1500);
			});
			assert.equal(statuses.length, 1, `${method}: ${statuses}`);
		}
	});

test('H1: a second request on the same connection waits for the first answer',
	async () => {
		const json = JSON.stringify({ zz: 'x'.repeat(50_000) });
		const post = 'POST /api/v1/evaluations HTTP/1.1\r\nHost: x\r\n'
			+ 'Origin: http://x\r\nContent-Type: application/json\r\n'
			+ `X-CSRF-Token: ${morel.csrf}\r\nCookie: ${cookies(morel)}\r\n`;
		const small = '{"zz":1}';
		const statuses = await new Promise((resolve) => {
			const socket = net.connect(server.port, '127.0.0.1');
			const limit = setTimeout(() => socket.destroy(), 15_000);
			let text = '';
			const told = () => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)]
				.map((m) => Number(m[1]));
			socket.on('data', (part) => {
				text += part;
				if (told().length === 2)
					socket.destroy();
			});
			socket.on('close', () => {
				clearTimeout(limit);
				resolve(told());
			});
			// The body comes alone, so Kore reads on for a next request.
			socket.write(`${post}Content-Length: ${small.length}\r\n\r\n`);
			setTimeout(() => socket.write(small), 100);
			setTimeout(() => {
				socket.write(`${post}Content-Length: ${json.length}\r\n\r\n`);
				socket.write(json);
			}, 101);
		});
		assert.deepEqual(statuses, [400, 400]);
	});
