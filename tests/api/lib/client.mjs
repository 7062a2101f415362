// An HTTP client for tests: one person's browser, or one machine's token.
//
//	const morel = client(server);
//	await morel.login({ login, password });       // keeps cookie and CSRF
//	const r = await morel.get('/classes');        // under /api/v1
//	r.status, r.headers, r.body (parsed JSON, or Buffer), r.text
//	await morel.post('/evaluations', body, { key: 'once-0001' });
//	await morel.put(path, body, { ifMatch: r.headers.etag });
//	const pronote = client(server, { token });    // { agent }: its User-Agent
//	await raw(server, 'GET / HTTP/1.1\r\n\r\n');  // bytes as they are
//
// A server with a `ca` is spoken to over TLS.
//
// Options of a request: `key` (Idempotency-Key), `ifMatch`, `ifNoneMatch`,
// `headers` (last word; null leaves one out), `type` (of the body), `check:
// false` (do not compare with the contract).  A path that begins with
// /healthz, /readyz, /metrics, /openapi.yaml or /docs is taken as it is.
// Every answer is compared with openapi.yaml when that file is there.

import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { contract } from './contract.mjs';

const outside = /^\/(healthz|readyz|metrics|openapi\.yaml|docs|problems)\b/;
const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

function send({ base, ca }, method, path, headers, body) {
	return new Promise((resolve, reject) => {
		const request = (ca ? https : http).request(base + path,
			{ method, headers, ca, agent: false }, (answer) => {
				const parts = [];

				answer.on('data', (part) => parts.push(part));
				answer.on('error', reject);
				answer.on('end', () => resolve({
					status: answer.statusCode,
					headers: answer.headers,
					rawHeaders: answer.rawHeaders,
					bytes: Buffer.concat(parts) }));
			});

		request.setTimeout(30000, () => request.destroy(
			new Error(`no answer: ${method} ${path}`)));
		request.on('error', reject);
		request.end(body);
	});
}

function parsed(answer) {
	const type = answer.headers['content-type'] ?? '';
	const text = answer.bytes.toString('utf8');

	if (/[/+]json\b/.test(type) && text !== '')
		return { ...answer, text, body: JSON.parse(text) };
	return { ...answer, text, body: answer.bytes };
}

// Text and bytes go as they are, anything else as JSON.
function encoded(body, method, type) {
	if (body === undefined)
		return {};
	if (typeof body === 'string' || Buffer.isBuffer(body))
		return { bytes: body, type: type ?? 'application/json' };
	return { bytes: JSON.stringify(body), type: type ?? (method === 'PATCH'
		? 'application/merge-patch+json' : 'application/json') };
}

function keepCookies(jar, headers) {
	for (const line of headers['set-cookie'] ?? []) {
		const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);

		if (/max-age=0\b/i.test(line) || value === '')
			jar.delete(name);
		else
			jar.set(name, value);
	}
}

export function client(server, { token, agent } = {}) {
	const jar = new Map();
	let csrf = null;

	function headersFor(method, body, options) {
		const headers = {
			'accept': '*/*',
			'content-type': body.type,
			'content-length': body.bytes === undefined
				? (safe.has(method) ? undefined : 0)
				: Buffer.byteLength(body.bytes),
			'authorization': token && `Bearer ${token}`,
			'user-agent': agent,
			'cookie': [...jar].map(([k, v]) => `${k}=${v}`)
				.join('; ') || undefined,
			'idempotency-key': options.key,
			'if-match': options.ifMatch,
			'if-none-match': options.ifNoneMatch,
		};

		if (!safe.has(method) && !token) {
			headers.origin = server.base;
			headers['x-csrf-token'] = csrf ?? undefined;
		}
		Object.assign(headers, options.headers);
		return Object.fromEntries(Object.entries(headers)
			.filter(([, value]) => value != null));
	}

	async function request(method, path, body, options = {}) {
		const full = outside.test(path) ? path : `/api/v1${path}`;
		const encodedBody = encoded(body, method, options.type);
		const answer = parsed(await send(server, method, full,
			headersFor(method, encodedBody, options),
			encodedBody.bytes));

		keepCookies(jar, answer.headers);
		if (options.check !== false)
			contract()?.check(method, full, answer);
		return answer;
	}

	return {
		jar, request,
		get csrf() {
			return csrf;
		},
		get: (path, options) =>
			request('GET', path, undefined, options),
		head: (path, options) =>
			request('HEAD', path, undefined, options),
		del: (path, options) =>
			request('DELETE', path, undefined, options),
		post: (path, body, options) =>
			request('POST', path, body, options),
		put: (path, body, options) =>
			request('PUT', path, body, options),
		patch: (path, body, options) =>
			request('PATCH', path, body, options),
		async login(account) {
			const { login, password, school } = account;
			const answer = await request('POST', '/session',
				{ login, password, ...(school && { school }) });

			if (answer.status < 300)
				csrf = answer.body.csrf_token;
			return answer;
		},
		async logout() {
			const answer = await request('DELETE', '/session');

			csrf = null;
			return answer;
		},
	};
}

// Send bytes as they are, and give back what came until the server closed or
// `ms` had passed.  `status` is 0 when nothing that reads as HTTP came;
// `statuses` has one for each answer, so smuggling shows.  With `first`, the
// head of the first answer is enough.
export function raw(server, bytes, { ms = 5000, first = false } = {}) {
	return new Promise((resolve) => {
		const parts = [];
		const socket = connect(server);
		const end = (closed) => {
			const text = Buffer.concat(parts).toString('latin1');
			const statuses = [...text.matchAll(
				/HTTP\/1\.[01] (\d{3}) /g)]
				.map((m) => Number(m[1]));

			clearTimeout(timer);
			socket.destroy();
			resolve({ text, closed, statuses,
				status: statuses[0] ?? 0 });
		};
		const timer = setTimeout(() => end(false), ms);

		socket.on('data', (part) => {
			parts.push(part);
			if (first && Buffer.concat(parts).includes('\r\n\r\n'))
				end(false);
		});
		socket.on('error', () => end(true));
		socket.on('close', () => end(true));
		socket.on(server.ca ? 'secureConnect' : 'connect',
			() => socket.write(bytes));
	});
}

/* From another address of the loopback, where `from` names one. */
export function connect({ port, ca }, { from } = {}) {
	const to = { port, host: '127.0.0.1', localAddress: from };

	return ca ? tls.connect({ ...to, ca, servername: 'localhost' })
		: net.connect(to);
}
