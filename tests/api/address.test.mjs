// Whose address a request has: nginx says it, and nobody else.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import pg from 'pg';
import { clientOptions, startServer } from './lib/server.mjs';
import { client } from './lib/client.mjs';
import { access, unlimited } from './lib/feed.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';

// Listening where it never should, so that one can be a stranger.
const outside = Object.values(networkInterfaces()).flat()
	.find((i) => i.family === 'IPv4' && !i.internal)?.address;
const servers = [];

async function partnerAt(host, networks) {
	const server = await startServer({ host });
	servers.push(server);
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	const school = await seedSchool(owner);
	await owner.end();
	const durand = client(server);
	await durand.login({ login: school.login.durand, password: PASSWORD });
	const { key } = await access(durand, { networks });
	await unlimited(server);
	const partner = client(server, { token: key });
	return async (forwarded) => (await partner.get('/partner/me',
		{ headers: { 'x-forwarded-for': forwarded ?? null } })).status;
}

let status;

before(async () => {
	status = await partnerAt('127.0.0.1', ['192.0.2.0/24', '2001:db8::/32']);
});

after(async () => {
	for (const server of servers)
		await server.stop();
});

test('what nginx saw is the last of X-Forwarded-For', async () => {
	assert.equal(await status('192.0.2.7'), 200);
	assert.equal(await status('203.0.113.9, 192.0.2.7'), 200);
	assert.equal(await status('2001:DB8:0::1'), 200);
	assert.equal(await status('192.0.2.7, 203.0.113.9'), 403);
	assert.equal(await status(), 403);
});

test('H1: an X-Forwarded-For that is no address is as good as none',
	async () => {
		for (const bad of ['abc:..', '192.0.2', '192.0.2.256', '192.0.2.7/24',
			'192.0.2.7:80', '::ffff', '1.2.3.4.5', 'fe80::1%eth0', ',',
			'192.0.2.7, ', 'x'.repeat(3000)])
			assert.equal(await status(bad), 403, bad);
	});

test('a stranger who comes past nginx cannot choose an address',
	{ skip: outside ? false : 'no address but the loopback' }, async () => {
		const other = outside.startsWith('198.51.100.') ? '203.0.113'
			: '198.51.100';
		const there = await partnerAt(outside, [`${other}.0/24`]);
		assert.equal(await there(`${other}.7`), 403);
	});
