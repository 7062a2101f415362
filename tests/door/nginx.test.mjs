// What nginx adds to Acquis, and what it keeps from it: TLS, HTTP/2,
// compression, limits, whole answers when Kore is away.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import pg from 'pg';
import { clientOptions, slow, startServer } from '../api/lib/server.mjs';
import { client, connect, raw } from '../api/lib/client.mjs';
import { access, unlimited } from '../api/lib/feed.mjs';
import { seedSchool, PASSWORD } from '../api/lib/school.mjs';
import { startFront } from './lib/front.mjs';

let server, front, school, morel;

const account = (name) => ({ login: school.login[name], password: PASSWORD });
const cookieOf = (who) => [...who.jar].map(([k, v]) => `${k}=${v}`).join('; ');

before(async () => {
	server = await startServer();
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	front = await startFront(server);
	morel = client(front);
	assert.equal((await morel.login(account('morel'))).status, 201);
});

after(async () => {
	await front?.stop();
	await server?.stop();
});

// A request over HTTP/2: { status, headers, text }.
function over2(headers, body) {
	return new Promise((resolve, reject) => {
		const session = http2.connect(front.base, { ca: front.ca });
		const stream = session.request(headers, { endStream: !body });
		const parts = [];
		let answer;

		session.on('error', reject);
		stream.on('error', reject);
		stream.on('response', (h) => { answer = h; });
		stream.on('data', (part) => parts.push(part));
		stream.on('end', () => {
			session.close();
			resolve({ status: answer[':status'], headers: answer,
				text: Buffer.concat(parts).toString() });
		});
		if (body)
			stream.end(body);
	});
}

function plainly(port, path, options = {}) {
	return new Promise((resolve, reject) => {
		http.get({ host: '127.0.0.1', port, path, agent: false, ...options },
			(answer) => resolve(answer.resume())).on('error', reject);
	});
}

// As it came, nothing unpacked.
function packed(path, headers) {
	return new Promise((resolve, reject) => {
		https.get(front.base + path, { ca: front.ca, agent: false, headers:
			{ 'accept-encoding': 'gzip', ...headers } }, (answer) => {
			const parts = [];

			answer.on('data', (part) => parts.push(part));
			answer.on('end', () => resolve({ headers: answer.headers,
				status: answer.statusCode, bytes: Buffer.concat(parts) }));
		}).on('error', reject);
	});
}

test('reliability.md 5: TLS 1.2 and later, and HTTP leads to it', async () => {
	for (const [version, good] of [['TLSv1.1', false], ['TLSv1.2', true],
		['TLSv1.3', true]]) {
		const socket = tls.connect({ port: front.port, ca: front.ca,
			host: '127.0.0.1', servername: 'localhost',
			minVersion: version, maxVersion: version,
			ciphers: 'DEFAULT@SECLEVEL=0' });
		const seen = await new Promise((resolve) => {
			socket.on('secureConnect', () => resolve(true));
			socket.on('error', () => resolve(false));
		});

		socket.destroy();
		assert.equal(seen, good, version);
	}
	const answer = await plainly(front.plain, '/js/main.js?a=b',
		{ headers: { host: 'evil.example' } });
	assert.equal(answer.statusCode, 301);
	assert.equal(answer.headers.location, 'https://localhost/js/main.js?a=b');
});

test('reliability.md 5: every answer has a date and says that TLS stays, none'
	+ ' says which version of what it is', async () => {
	for (const path of ['/', '/api/v1/session', '/js/none.js',
		`/${'a'.repeat(3000)}`]) {
		const { headers } = await packed(path);

		assert.match(headers['strict-transport-security'], /max-age=\d{8}/);
		assert.ok(headers.date);
		assert.equal(headers.server, 'nginx');
	}
});

test('design.md 6: a browser over HTTP/2 signs in, reads and writes',
	async () => {
		const authority = `localhost:${front.port}`;
		const common = { ':authority': authority, origin: front.base,
			'content-type': 'application/json' };
		const sign = await over2({ ':method': 'POST',
			':path': '/api/v1/session', ...common },
		JSON.stringify(account('petit')));
		const cookie = sign.headers['set-cookie']?.[0].split(';')[0];
		const csrf = JSON.parse(sign.text).csrf_token;

		assert.equal(sign.status, 201);
		const draft = `/api/v1/learners/${school.person.paul}/draft`;
		const body = '{"positions":[],"findings":"Un","advice":""}';
		const write = (more) => over2({ ':method': 'PUT', ':path': draft,
			...common, 'x-csrf-token': csrf, ...more }, body);
		assert.equal((await write({ cookie })).status, 428);
		assert.equal((await write({ 'if-match': '*' })).status, 401);
		// A browser cuts its cookies into lines.
		assert.equal((await write({ 'if-match': '*',
			cookie: ['a=1', cookie, 'b=2'] })).status, 200);
		const read = await over2({ ':path': draft, cookie });
		assert.equal(JSON.parse(read.text).findings, 'Un');
		// Without a body, and without a length.
		const out = await over2({ ':method': 'PUT', cookie, ...common,
			':path': '/api/v1/interim-assessments/1/grade',
			'x-csrf-token': csrf, 'if-match': '"1"' });
		assert.equal(out.status, 404, out.text);
	});

test('H1: nginx: over HTTP/2, two authorities or a body where none belongs'
	+ ' touch nobody else', async () => {
	const inner = 'GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\n'
		+ 'X-Request-Id: smuggled\r\n\r\n';

	for (const method of ['GET', 'DELETE', 'OPTIONS'])
		await over2({ ':method': method, ':path': '/healthz',
			'x-request-id': 'outer-request' },
		inner.repeat(Math.ceil(65536 / inner.length)))
			.then((a) => assert.equal(a.headers['x-request-id'],
				'outer-request', method), () => {});
	for (let i = 0; i < 8; i++) {
		const answer = await client(front).get('/healthz',
			{ headers: { 'x-request-id': `my-own-id-${i}` } });
		assert.equal(answer.headers['x-request-id'], `my-own-id-${i}`);
	}
	const two = await over2({ ':path': '/healthz',
		':authority': 'localhost', host: 'evil.example' })
		.catch(() => ({ status: 400 }));
	assert.equal(two.status, 400);
});

test('reliability.md 5: text is compressed, and what is compressed can still'
	+ ' be the condition of a write', async () => {
	const headers = { cookie: cookieOf(morel) };

	for (const path of ['/js/main.js', '/css/base.css', '/openapi.yaml',
		'/api/v1/frameworks/bacpro-melec', '/']) {
		const { headers: h, bytes, status } = await packed(path, headers);

		assert.equal(status, 200, path);
		assert.equal(h['content-encoding'], 'gzip', path);
		assert.match(h.vary, /Accept-Encoding/, path);
		assert.match(h.etag, /^W\//, path);
		assert.ok(zlib.gunzipSync(bytes).length > bytes.length, path);
		assert.equal((await packed(path, { ...headers,
			'if-none-match': h.etag })).status, 304, path);
	}
	// The CSRF token is in it.
	const session = await packed('/api/v1/session', headers);
	assert.equal(session.headers['content-encoding'], undefined);

	const draft = `/learners/${school.person.zoe}/draft`;
	const body = { positions: [], findings: 'a'.repeat(300), advice: '' };
	await morel.put(draft, body, { ifMatch: '*' });
	const { headers: h } = await packed(`/api/v1${draft}`, headers);
	for (const [tag, status] of [['W/"999"', 412], ['"999"', 412],
		[`W/${h.etag.replace(/^W\//, '')}`, 200]])
		assert.equal((await morel.put(draft, body, { ifMatch: tag })).status,
			status, tag);
});

test('reliability.md 5: the address is the one nginx saw, whatever the client'
	+ ' says', async () => {
	const durand = client(front);
	await durand.login(account('durand'));
	const there = await access(durand, { networks: ['192.0.2.0/24'] });
	const here = await access(durand, { networks: ['127.0.0.0/8'] });
	await unlimited(server);
	const status = async ({ key }, forwarded) => (await client(front,
		{ token: key }).get('/partner/me', { headers: {
		'x-forwarded-for': forwarded, 'x-real-ip': forwarded,
		forwarded: forwarded && `for=${forwarded}` } })).status;

	assert.equal(await status(there, '192.0.2.7'), 403);
	assert.equal(await status(here, '192.0.2.7'), 200);
	assert.equal(await status(here, null), 200);
});

// A problem of nginx's own has the words that Kore's has.
async function isProblem(answer, code, language = 'fr') {
	const words = { unavailable: ['Service momentanément indisponible',
		'Temporarily unavailable'], 'too-large':
		['Envoi trop volumineux', 'Too large'], 'rate-limited':
		['Trop de demandes', 'Too many requests'] }[code];
	const { body, headers } = answer;

	assert.match(headers['content-type'], /^application\/problem\+json/);
	assert.equal(body.type, `/problems/${code}`);
	assert.equal(body.code, code);
	assert.equal(body.status, answer.status);
	assert.match(body.request_id, /^[\w-]{8,64}$/);
	assert.equal(body.request_id, headers['x-request-id']);
	assert.equal(body.instance.startsWith('/'), true);
	if (words)
		assert.equal(body.title, words[language === 'fr' ? 0 : 1]);
	if ([429, 503].includes(answer.status))
		assert.ok(Number(headers['retry-after']) > 0);
}

test('reliability.md 5: what nginx refuses is a problem like all others, in'
	+ ' the language asked for', async () => {
	const big = 'x'.repeat(2 * 1024 * 1024);
	const id = { 'x-request-id': 'mine-0000001' };
	const post = (options) => client(front).request('POST', '/session', big,
		{ headers: { ...id, ...options } });
	const large = await post();
	assert.equal(large.status, 413);
	await isProblem(large, 'too-large');
	assert.equal(large.body.request_id, 'mine-0000001');
	assert.equal(large.body.instance, '/api/v1/session');
	await isProblem(await post({ 'accept-language': 'en-GB,fr;q=0.5' }),
		'too-large', 'en');
	for (const [lines, status, code] of [
		[`GET /${'a'.repeat(2500)} HTTP/1.1`, 414, 'uri-too-long'],
		[`GET / HTTP/1.1\r\nCookie: ${'a'.repeat(6000)}`, 431,
			'headers-too-large'],
		['GET /a"b\\c HTTP/1.1\r\nTransfer-Encoding: chunked', 400,
			'invalid-parameter'],
		['TRACE / HTTP/1.1', 405, 'method-not-allowed']]) {
		const { text } = await raw(front, `${lines}\r\n`
			+ 'Host: localhost\r\nConnection: close\r\n\r\n');
		const [head, ...body] = text.split('\r\n\r\n');

		assert.match(head, new RegExp(`^HTTP/1.1 ${status} `));
		assert.match(head, /problem\+json/, lines);

		await isProblem({ status, body: JSON.parse(body.join('\r\n\r\n')),
			headers: Object.fromEntries(head.toLowerCase().split('\r\n')
				.slice(1).map((line) => line.split(': '))) }, code);
	}
});

test('C2: the words of nginx are those of the server', () => {
	const site = readFileSync('conf/nginx/acquis.conf', 'utf8')
		.replaceAll("\\'", "'");
	const words = readFileSync('api/problem.c', 'utf8');
	const own = ['invalid-parameter', 'forbidden', 'method-not-allowed'];
	const told = [...site.matchAll(
		/"(?:fr|en) ([a-z-]+)"\s+'"title":"([^"]*)","detail":"([^"]*)"/g)]
		.filter(([, code]) => !own.includes(code));

	assert.equal(told.length, 14);
	for (const [, code, title, detail] of told) {
		const entry = words.slice(words.indexOf(`, "${code}",`))
			.split('} },')[0];
		assert.ok(entry.includes(`"${title}"`), title);
		assert.ok(entry.includes(`"${detail}"`), detail);
	}
});

test('reliability.md 5: a flood from one address is told to wait with 429,'
	+ ' other addresses are not', async () => {
	const line = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';
	const socket = connect(front, { from: '127.0.0.3' });
	let text = '';

	socket.on('error', () => {});
	socket.on('data', (part) => { text += part.toString('latin1'); });
	await new Promise((resolve) => socket.on('secureConnect', resolve));
	for (let i = 0; i < 950; i++)
		socket.write(line);
	await sleep(3000 * slow);
	socket.destroy();
	assert.match(text, /^HTTP\/1.1 200 /m);
	assert.match(text, /HTTP\/1.1 429 [^]*"code":"rate-limited"/);
	assert.match(text, /^Retry-After: 1\r$/m);
	assert.equal((await morel.get('/session')).status, 200);
});

test('design.md 6: /metrics is for the machine itself', async () => {
	assert.equal((await client(front).get('/metrics')).status, 200);
	assert.match(readFileSync('conf/nginx/acquis.conf', 'utf8'),
		/location = \/metrics \{\n\t\tallow 127[^}]*deny all;/);
});

test('H3: nginx: the form of an import may be large, no other', async () => {
	const admin = client(front);
	await admin.login(account('admin'));
	const big = Buffer.alloc(8 * 1024 * 1024, 'a');
	const form = Buffer.concat([Buffer.from('--x\r\nContent-Disposition:'
		+ ' form-data; name="learners"; filename="a.xml"\r\n\r\n'), big,
	Buffer.from('\r\n--x--\r\n')]);
	const type = 'multipart/form-data; boundary=x';

	const kept = await admin.request('POST', '/imports', form, { type });
	assert.equal(kept.status, 422, kept.text);
	const over = await admin.request('POST', '/imports',
		Buffer.alloc(64 * 1024 * 1024 + 1, 'a'), { type }).catch(() => null);
	assert.ok(over === null || over.status === 413);
	assert.equal((await morel.request('PATCH', '/evaluations/1/marks', big,
		{ ifMatch: '*' })).status, 413);
});

test('design.md 3: clients that leave in the middle cost nothing', async () => {
	for (let i = 0; i < 50; i++) {
		const socket = connect(front);

		socket.on('error', () => {});
		await new Promise((resolve) => socket.on('secureConnect', resolve));
		socket.write('GET /api/v1/frameworks/bacpro-melec HTTP/1.1\r\n'
			+ `Host: localhost\r\nCookie: ${cookieOf(morel)}\r\n\r\n`);
		if (i % 2)
			await new Promise((resolve) => socket.once('data', resolve));
		socket.destroy();
	}
	assert.equal((await morel.get('/session')).status, 200);
});

// The slow ones: a head that never ends, a body that never ends, an answer
// that nobody reads.
const dawdlers = [
	(socket) => {
		socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n');
		return () => socket.write('X-Padding: 1\r\n');
	},
	(socket) => {
		socket.write('POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n'
			+ 'Content-Type: application/json\r\nContent-Length: 999\r\n\r\n');
		return () => socket.write('x');
	},
	(socket) => {
		socket.pause();
		for (let i = 0; i < 4; i++)
			socket.write('GET /openapi.yaml HTTP/1.1\r\n'
				+ 'Host: localhost\r\n\r\n');
		return () => {};
	},
];

async function times(n) {
	const took = [];

	for (let i = 0; i < n; i++) {
		const start = performance.now();
		const answer = await morel.get('/session');

		assert.equal(answer.status, 200);
		took.push(performance.now() - start);
	}
	return took.sort((a, b) => a - b)[Math.floor(n * 0.99)];
}

// As many of each kind.
const DAWDLERS = process.env.ACQUIS_TEST_LONG ? 999 : 300;

test(`H2: ${DAWDLERS} slow senders and readers: everybody else is served, and`
	+ ' the slow heads are gone in five seconds', async () => {
	const before = await times(100);
	const sockets = [];
	let open = 0, ended = 0;

	for (let i = 0; i < DAWDLERS; i += 30)
		await Promise.all(Array.from({ length: Math.min(30, DAWDLERS - i) },
		async (_, j) => {
			const socket = connect(front, { from: '127.0.0.2' });

			socket.on('error', () => {});
			await new Promise((resolve) => socket.on('secureConnect',
				resolve).on('close', resolve));
			const more = dawdlers[j % 3](socket);
			const timer = setInterval(more, 1000);
			open++;
			socket.on('close', () => {
				clearInterval(timer);
				ended += j % 3 === 0;
			});
			sockets.push(socket);
		}));
	const during = await times(200);
	for (let i = 0; i < 80 * slow && ended < DAWDLERS / 3; i++)
		await sleep(100);
	for (const socket of sockets)
		socket.destroy();
	assert.equal(open, DAWDLERS);
	assert.equal(ended, DAWDLERS / 3, 'slow heads ended');
	// 100 ms, or what a busy machine takes without them.
	assert.ok(during < Math.max(100, 3 * before) * slow,
		`p99 ${during} ms, ${before} ms without`);
	assert.doesNotMatch(server.log(), /restarting worker/);
});

test('design.md 6: while Kore is started again, nginx says 503 at once, and'
	+ ' serves as soon as it is back', async () => {
	await server.away(async () => {
		const start = Date.now();
		const answer = await morel.get('/session');

		assert.equal(answer.status, 503);
		await isProblem(answer, 'unavailable');
		await isProblem(await morel.get('/session',
			{ headers: { 'accept-language': 'en' } }), 'unavailable', 'en');
		const page = await packed('/');
		assert.equal(page.status, 503);
		assert.match(page.headers['content-type'], /^text\/html/);
		assert.match(page.bytes.toString(), /http-equiv="refresh"/);
		const partner = await client(front, { token: 'x' })
			.get('/partner/me');
		assert.equal(partner.body.code, 'maintenance');
		assert.ok(Date.now() - start < 2000 * slow);
	});
	assert.equal((await morel.get('/session')).status, 200);
});

test('design.md 4: a write that Kore took and never answered is of unknown'
	+ ' outcome, one that it never took is not', async () => {
	const children = execFileSync('cat',
		[`/proc/${server.pid}/task/${server.pid}/children`],
		{ encoding: 'utf8' }).trim().split(' ').map(Number);
	const zoe = `/learners/${school.person.zoe}/draft`;
	const body = { positions: [], findings: '', advice: '' };

	for (const pid of children)
		process.kill(pid, 'SIGSTOP');
	const asked = [morel.put(zoe, body, { ifMatch: '*' }), morel.get(zoe)];
	await sleep(500);
	for (const pid of [server.pid, ...children])
		process.kill(pid, 'SIGKILL');
	const [write, read] = await Promise.all(asked);
	await server.away(async () => {
		const never = await morel.put(zoe, body, { ifMatch: '*' });

		await isProblem(never, 'unavailable');
	});
	await isProblem(write, 'outcome-unknown');
	await isProblem(read, 'unavailable');
	assert.equal((await morel.get(zoe)).status, 200);
});
