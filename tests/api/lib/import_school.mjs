// A server for tests of imports, and a school of its own for each of them.
//
//	const it = stories();
//	it.story('a title', async (t) => { ... it.admin ... it.ids.school ... });
//
// `it` has server, admin (signed in), ids ({ school, administrator, teacher })
// and number(text, values): the one number a statement gives.

import { after, before, test } from 'node:test';
import { client } from './client.mjs';
import { startServer } from './server.mjs';
import { PASSWORD, UAI, makeSchool } from './siecle.mjs';

export function stories(prepare = async () => {}) {
	const it = { server: null, admin: null, ids: null };
	let retired = 0;

	before(async () => {
		it.server = await startServer();
		await prepare(it.server);
	});
	after(() => it.server?.stop());

	// The school of the test before is given another UAI.
	async function freshSchool() {
		await it.server.sql('UPDATE school SET uai = $2 WHERE uai = $1',
			[UAI, `${String(9000000 + ++retired)}A`]);
		it.ids = await makeSchool(it.server, UAI);
		it.admin = client(it.server);
		await it.admin.login({ school: UAI, login: 'admin',
			password: PASSWORD });
	}

	it.story = (title, work) => test(title, async (t) => {
		await freshSchool();
		await work(t);
	});
	it.number = async (text, values) => {
		const [row] = await it.server.sql(text, values);

		return Number(Object.values(row)[0]);
	};
	return it;
}
