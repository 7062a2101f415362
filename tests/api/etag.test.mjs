// The tag of what is read: the revision for If-Match, and exact for
// If-None-Match, for an answer is made of more than what was changed.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { evaluation } from './lib/path.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { startServer } from './lib/server.mjs';

let server;
let school;
let morel;
let path;

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	morel = client(server);
	await morel.login({ login: school.login.morel, password: PASSWORD });
	path = `/evaluations/${await evaluation(server, school,
		{ marks: { zoe: '3..' } })}`;
});
after(() => server?.stop());

test('a tag that was read holds while the answer stays, and is what If-Match '
	+ 'takes, as the bare revision is', async () => {
	const { etag } = (await morel.get(path)).headers;

	assert.match(etag, /^"\d+-[0-9a-f]{16}"$/);
	assert.equal((await morel.get(path, { ifNoneMatch: etag })).status, 304);
	assert.equal((await morel.patch(path, { title: 'Renommée' },
		{ ifMatch: etag })).status, 200);
	assert.equal((await morel.get(path, { ifNoneMatch: etag })).status, 200);
	assert.equal((await morel.patch(path, { title: 'Encore' },
		{ ifMatch: etag })).status, 412);
	assert.equal((await morel.patch(path, { title: 'Encore' },
		{ ifMatch: (await morel.get(path)).headers.etag
			.replace(/-.*/, '"') })).status, 200);
});

test('a name that an import mends is seen, though nobody changed the '
	+ 'evaluation', async () => {
	const { etag } = (await morel.get(path)).headers;

	await server.sql(`UPDATE person SET first_name = 'Zoë' WHERE id = $1`,
		[school.person.zoe]);
	const again = await morel.get(path, { ifNoneMatch: etag });

	assert.equal(again.status, 200);
	assert.match(again.text, /Zoë/);
});

test('L4 a tag that is none is stale', async () => {
	for (const ifMatch of ['"1-xyz"', '"1-', '"-1"', '"1--"', 'W/"1"',
		`"${'9'.repeat(30)}"`, `"1-${'0'.repeat(60)}"`])
		assert.equal((await morel.patch(path, { title: 'Non' },
			{ ifMatch })).status, 412, ifMatch);
});
