// What never becomes a request, for its header cannot be read: a problem like
// all others (ux.md 7, "Errors"), straight from Kore.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client, connect, raw } from './lib/client.mjs';
import { startServer } from './lib/server.mjs';

let server;

before(async () => {
	server = await startServer({ workers: 1 });
});
after(() => server?.stop());

const HOST = 'Host: localhost';
const head = (...lines) => [...lines, '', ''].join('\r\n');
const POST = 'POST /api/v1/session HTTP/1.1';
const long = (n) => 'a'.repeat(n);

function parsed({ text }) {
	const end = text.indexOf('\r\n\r\n');
	const [first, ...lines] = text.slice(0, end).split('\r\n');

	return { first, headers: Object.fromEntries(lines.map((line) =>
		line.split(/: (.*)/s).slice(0, 2))), body: text.slice(end + 4) };
}

// All that ux.md promises of it; and it is the last on its connection.
function isProblem(answer, status, code) {
	const { first, headers, body } = parsed(answer);
	const problem = JSON.parse(Buffer.from(body, 'latin1').toString('utf8'));

	assert.deepEqual(answer.statuses, [status], answer.text.slice(0, 200));
	assert.match(first, new RegExp(`^HTTP/1\\.1 ${status} `));
	assert.equal(headers['content-type'],
		'application/problem+json; charset=utf-8');
	assert.equal(headers['content-length'], String(body.length));
	assert.equal(headers.connection, 'close');
	assert.equal(headers['x-content-type-options'], 'nosniff');
	assert.equal(headers.server, 'acquis');
	assert.equal(problem.status, status);
	assert.equal(problem.code, code);
	assert.equal(problem.type, `/problems/${code}`);
	assert.match(problem.request_id, /^[\w-]{8,64}$/);
	assert.equal(problem.request_id, headers['x-request-id']);
	assert.ok(problem.title !== '' && problem.detail !== '');
	assert.deepEqual(problem.errors, []);
	assert.ok(answer.closed, 'the connection stays open');
	return { headers, problem };
}

const refusals = [
	['a body without a length', head(POST, HOST), 411, 'invalid-parameter'],
	['a length that is none', head(POST, HOST, 'Content-Length: seven'), 411,
		'invalid-parameter'],
	['an address of 3 KB', head(`GET /${long(3000)} HTTP/1.1`, HOST), 414,
		'uri-too-long'],
	['an address of 64 KB', head(`GET /${long(65536)} HTTP/1.1`, HOST), 414,
		'uri-too-long'],
	['a line of 64 KB', head('GET / HTTP/1.1', HOST, `X-A: ${long(65536)}`),
		431, 'headers-too-large'],
	['HTTP/9.9', head('GET / HTTP/9.9', HOST), 505, 'invalid-parameter'],
	['PUT of HTTP/1.0', head('PUT /api/v1/session HTTP/1.0', HOST), 405,
		'method-not-allowed'],
	['an unknown method', head('FETCH / HTTP/1.1', HOST), 400,
		'invalid-parameter'],
	['no host', head('GET / HTTP/1.1', 'Accept: */*'), 400,
		'invalid-parameter'],
	['an empty host', head('GET / HTTP/1.1', 'Host:'), 400,
		'invalid-parameter'],
	['a line without a colon', head('GET / HTTP/1.1', HOST, 'X-Padding'), 400,
		'invalid-parameter'],
	['one line', head('GET / HTTP/1.1'), 400, 'invalid-parameter'],
	['what is no HTTP', '\x16\x03\x01\x02\x00\x01\r\n\r\n', 400,
		'invalid-parameter'],
];

for (const [what, bytes, status, code] of refusals)
	test(`ux.md 7: ${what}: ${status} as a problem`, async () => {
		isProblem(await raw(server, bytes), status, code);
		assert.equal((await client(server).get('/healthz')).status, 200);
	});

test('ux.md 7: a refused header is answered in the language asked for, and by'
	+ ' the id and the path that were sent', async () => {
	const asked = (...lines) => raw(server, head(
		'POST /api/v1/session?a=b HTTP/1.1', HOST, ...lines));
	const fr = isProblem(await asked('X-Request-Id: mine-0000001'), 411,
		'invalid-parameter');
	const en = isProblem(await asked('accept-language:  en-GB,fr;q=0.5'), 411,
		'invalid-parameter');

	assert.equal(fr.problem.title, 'Longueur non indiquée');
	assert.equal(fr.problem.request_id, 'mine-0000001');
	assert.equal(fr.problem.instance, '/api/v1/session');
	assert.equal(en.problem.title, 'Length not given');
	const odd = isProblem(await raw(server, Buffer.from(head(
		'FETCH /\xe9"\\ HTTP/1.1', HOST, 'X-Request-Id: "}'), 'latin1')), 400, 'invalid-parameter');
	assert.equal(odd.problem.instance, '/');
});

test('ux.md 7: 405 says what is allowed', async () => {
	const { headers } = isProblem(await raw(server, head(
		'DELETE /api/v1/session HTTP/1.0', HOST)), 405, 'method-not-allowed');

	assert.match(headers.allow, /DELETE/);
});

test('ux.md 7: HEAD has no body, refused or not', async () => {
	const answer = await raw(server, head('HEAD / HTTP/9.9', HOST));
	const { headers, body } = parsed(answer);

	assert.deepEqual(answer.statuses, [505]);
	assert.ok(Number(headers['content-length']) > 0);
	assert.equal(body, '');
});

test('ux.md 7: who sends a body that is refused by its header has the answer,'
	+ ' however much he sends', async () => {
	const chunks = `10000\r\n${long(65536)}\r\n`.repeat(64);
	const answer = await raw(server, `${head(POST, HOST,
		'Transfer-Encoding: chunked')}${chunks}0\r\n\r\n`);

	assert.equal(answer.status, 411, answer.text.slice(0, 200));
	assert.match(answer.text, /problem\+json/);
	assert.deepEqual(answer.statuses, [411]);
	assert.equal((await client(server).get('/healthz')).status, 200);
});

test('ux.md 7: a refused header after a good request on one connection',
	async () => {
		const socket = connect(server);
		let text = '';

		socket.write(head('GET /healthz HTTP/1.1', HOST));
		for await (const part of socket) {
			if (text === '')
				socket.write(head('FETCH / HTTP/1.1', HOST));
			text += part;
		}
		assert.deepEqual([...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)]
			.map(([, status]) => status), ['200', '400']);
		assert.match(text, /problem\+json/);
	});

test('no worker had to be restarted', () => {
	assert.doesNotMatch(server.log(), /restarting worker/);
});
