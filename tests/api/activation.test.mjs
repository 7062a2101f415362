// Activation codes: issued by the school, printed, used once by the person.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { startServer } from './lib/server.mjs';

const CHOSEN = 'Choisi-2026-moi';
const signedIn = new Map();
let server, school;

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (text, values) =>
		({ rows: await server.sql(text, values) }) });
});
after(() => server?.stop());

async function signIn(name, password = PASSWORD) {
	const browser = client(server);
	const answer = await browser.login(
		{ login: school.login[name], password });

	return { browser, answer };
}

async function as(name) {
	if (!signedIn.has(name)) {
		const { browser, answer } = await signIn(name);

		assert.equal(answer.status, 201, answer.text);
		signedIn.set(name, browser);
	}
	return signedIn.get(name);
}

async function issue(body, { by = 'admin', status = 200 } = {}) {
	const answer = await (await as(by)).post('/activation-codes', body);

	assert.equal(answer.status, status, answer.text);
	return answer.body;
}

const ids = (...names) => names.map((n) => school.person[n]);

async function codeOf(name, more = {}) {
	const { items: [item] } = await issue(
		{ person_ids: ids(name), ...more });

	return item.code;
}

async function activate(body, { status = 201, options } = {}) {
	const browser = client(server);
	const answer = await browser.post('/session/activation', body, options);

	assert.equal(answer.status, status, answer.text);
	return { browser, answer };
}

const use = (name, code, options = {}) => activate({ code, password: CHOSEN,
	login: school.login[name], ...options.body }, options);

async function account(name) {
	const { body } = await (await as('admin')).get(
		`/people?q=${school.login[name]}`);

	return body.items.find((p) => p.login === school.login[name]);
}

test('M-002 M-040 M-041 a code is used once: a password is chosen, and it is '
	+ 'the person who is signed in', async () => {
	const code = await codeOf('tom');
	const { browser, answer } = await use('tom', code);

	assert.equal(answer.body.person.id, school.person.tom);
	assert.equal(answer.body.password_change_required, false);
	assert.equal((await browser.get('/classes')).status, 200);
	assert.equal((await signIn('tom', CHOSEN)).answer.status, 201);

	const { answer: again } = await use('tom', code, { status: 410 });
	assert.equal(again.body.code, 'code-used');
	assert.equal(again.body.errors[0].pointer, '/code');
	assert.equal((await account('tom')).password, 'own');
});

test('M-040 a code is understood in either case and without hyphens',
	async () => {
		const code = await codeOf('tom');

		await use('tom', ` ${code.toLowerCase().replaceAll('-', ' ')}`);
	});

test('M-043 M-051 a new code ends the password, the sessions and the code '
	+ 'before', async () => {
	const { browser } = await signIn('paul');
	const first = await codeOf('paul');

	assert.equal((await browser.get('/classes')).status, 401);
	assert.equal((await signIn('paul')).answer.status, 401);
	assert.equal((await account('paul')).password, 'code');
	const second = await codeOf('paul');
	const { answer } = await use('paul', first, { status: 422 });
	assert.equal(answer.body.code, 'code-wrong');
	await use('paul', second);
});

test('M-040 a code that was not used in time opens nothing, and says so',
	async () => {
		const code = await codeOf('nina', { days: 1 });

		await server.sql(`UPDATE activation SET expires_at = now()
			WHERE person_id = $1`, [school.person.nina]);
		const { answer } = await use('nina', code, { status: 410 });
		assert.equal(answer.body.code, 'code-expired');
		assert.equal((await account('nina')).password, 'code_expired');
		// Who has not the code is not told so.
		const { answer: other } = await use('nina', '0000-0000-0000',
			{ status: 422 });
		assert.equal(other.body.code, 'code-wrong');
	});

test('S6 of a code used by two at the same moment one is refused',
	async () => {
		const code = await codeOf('nina');
		const answers = await Promise.all([1, 2, 3].map((n) =>
			client(server).post('/session/activation', { code,
				login: school.login.nina, password: CHOSEN + n })));

		assert.deepEqual(answers.map((a) => a.status).sort(),
			[201, 410, 410]);
	});

test('S6 an unknown login, one without a code and a wrong code are one answer',
	async () => {
		await codeOf('lina');
		const same = ({ request_id, ...rest }) => rest;
		const answers = [];

		for (const login of ['nobody.here', school.login.hugo,
			school.login.lina])
			answers.push((await activate({ login, code: '0123-4567-89AB',
				password: CHOSEN }, { status: 422 })).answer);
		assert.deepEqual(same(answers[0].body), same(answers[1].body));
		assert.deepEqual(same(answers[0].body), same(answers[2].body));
		const code = await codeOf('lina');
		const { answer } = await use('adam', code, { status: 422 });
		assert.equal(answer.body.code, 'code-wrong', 'of somebody else');
	});

test('S1 S6 after ten wrong codes for a login even the right one waits, others '
	+ 'do not, and a new code ends the wait', async () => {
	const code = await codeOf('ines');

	for (let i = 0; i < 10; i++)
		await use('ines', '0000-0000-0000', { status: 422 });
	const { answer } = await use('ines', code, { status: 429 });
	assert.ok(Number(answer.headers['retry-after']) > 0);
	await use('hugo', await codeOf('hugo'));
	await use('ines', await codeOf('ines'));
});

test('S2 the password chosen follows the rules, and a refusal spends neither '
	+ 'code nor tries', async () => {
	const code = await codeOf('adam');
	const at = (password, status = 422) =>
		activate({ code, login: school.login.adam, password }, { status });

	for (const bad of ['7 signs', 'adam.bernard-1', '14/03/2009',
		'2009-03-14', 'x'.repeat(129)])
		for (let i = 0; i < 3; i++) {
			const { answer } = await at(bad);
			assert.equal(answer.body.errors[0].pointer, '/password', bad);
		}
	await at(CHOSEN, 201);
});

test('M-003 S1 what is no request to activate is refused', async () => {
	const good = { login: 'a.b', code: '0000-0000-0000', password: CHOSEN };
	const code = (answer) => answer.answer.body.code;

	for (const missing of Object.keys(good))
		await activate({ ...good, [missing]: undefined }, { status: 422 });
	await activate({ ...good, code: 12 }, { status: 422 });
	await activate({ ...good, code: '' }, { status: 422 });
	await activate({ ...good, school: 'x' }, { status: 422 });
	assert.equal(code(await activate({ ...good, role: 'administrator' },
		{ status: 400 })), 'invalid-parameter');
	assert.equal(code(await activate({ ...good, school: '0999002X' },
		{ status: 422 })), 'code-wrong');
	await activate(good, { status: 403,
		options: { headers: { origin: 'https://evil.example' } } });
});

test('M-051 a class gets its codes at once, in the order of names', async () => {
	const { items, skipped, expires_at } = await issue(
		{ class_id: school.class['2MELEC'], days: 10 });

	assert.deepEqual(items.map((i) => i.person.first_name),
		['Adam', 'Lina', 'Zoé', 'Inès', 'Hugo']);
	assert.deepEqual(skipped, []);
	assert.equal(new Set(items.map((i) => i.code)).size, 5);
	const days = (Date.parse(expires_at) - Date.now()) / 86400000;
	assert.ok(days > 9.9 && days <= 10, expires_at);
	const zoe = items.find((i) => i.login === 'zoe.martin');
	assert.equal(zoe.class_code, '2MELEC');
	const url = new URL(zoe.url);
	assert.equal(url.origin, server.base);
	assert.equal(url.search, '', 'nothing of it is sent to anybody');
	assert.equal(url.hash, '#/activation?school=0999001W&login=zoe.martin'
		+ `&code=${zoe.code}`);
});

test('M-051 who has chosen a password may be left out; who is hidden or has '
	+ 'no login is, and so is who asks', async () => {
	await use('zoe', await codeOf('zoe'));
	await server.sql('UPDATE person SET login = NULL WHERE id = $1',
		ids('lina'));
	await server.sql('UPDATE person SET active = false WHERE id = $1',
		ids('hugo'));
	try {
		const { items, skipped } = await issue(
			{ class_id: school.class['2MELEC'],
				only_without_password: true });
		const reason = (name) => skipped.find((s) =>
			s.person.id === school.person[name])?.reason;

		assert.deepEqual([reason('zoe'), reason('lina'), reason('hugo')],
			['has_password', 'no_login', 'hidden']);
		assert.ok(items.length >= 1);
		assert.equal((await signIn('zoe', CHOSEN)).answer.status, 201);
		const self = await issue({ person_ids: ids('admin') });
		assert.deepEqual(self.skipped.map((s) => s.reason), ['self']);
		assert.equal((await signIn('admin')).answer.status, 201);
	} finally {
		await server.sql(`UPDATE person SET login = 'lina.dubois'
			WHERE id = $1`, ids('lina'));
		await server.sql('UPDATE person SET active = true WHERE id = $1',
			ids('hugo'));
	}
});

test('M-003 a hidden person uses no code', async () => {
	const code = await codeOf('hugo');

	await server.sql('UPDATE person SET active = false WHERE id = $1',
		ids('hugo'));
	await use('hugo', code, { status: 422 });
	await server.sql('UPDATE person SET active = true WHERE id = $1',
		ids('hugo'));
	await use('hugo', code);
});

test('A2 M-003 a DDFPT resets teachers and learners and nobody above; people '
	+ 'of another school are not there', async () => {
	await issue({ person_ids: ids('roux', 'zoe') }, { by: 'durand' });
	for (const name of ['admin', 'leroy', 'claire'])
		await issue({ person_ids: ids('zoe', name) },
			{ by: 'durand', status: 403 });
	for (const body of [{ person_ids: ids('zoe', 'rose') },
		{ person_ids: ['999999999'] },
		{ class_id: school.class.voisin2MELEC }])
		await issue(body, { status: 404 });
	await issue({ person_ids: ids('zoe') }, { by: 'petit', status: 404 });
	for (const name of ['leroy', 'morel', 'claire'])
		await issue({ class_id: school.class['2MELEC'] }, { by: name,
			status: name === 'morel' ? 200 : 403 });
	assert.equal((await signIn('leroy')).answer.status, 201);
});

test('M-051 what is no request for codes is refused', async () => {
	const bad = [[{}, '/person_ids'], [{ person_ids: [] }, '/person_ids'],
		[{ person_ids: ['x'] }, '/person_ids/0'],
		[{ person_ids: [7] }, '/person_ids/0'],
		[{ person_ids: ids('zoe'), class_id: school.class.TP1 },
			'/person_ids'],
		[{ class_id: 12 }, '/class_id'],
		[{ person_ids: ids('zoe'), days: 0 }, '/days'],
		[{ person_ids: ids('zoe'), days: 91 }, '/days'],
		[{ person_ids: ids('zoe'), only_without_password: 'yes' },
			'/only_without_password']];

	for (const [body, pointer] of bad) {
		const problem = await issue(body, { status: 422 });
		assert.equal(problem.errors[0].pointer, pointer);
	}
	await issue({ person_ids: ids('zoe'), password: 'x' }, { status: 400 });
});

async function slips(codes, { by = 'admin', status = 200 } = {}) {
	const answer = await (await as(by)).post('/activation-codes/slips.pdf',
		{ codes });

	assert.equal(answer.status, status, answer.text.slice(0, 200));
	return answer;
}

const shown = ({ items }) => items.map((i) =>
	({ person_id: i.person.id, code: i.code }));

test('M-051 the codes of a class are printed as slips, again if need be',
	async () => {
		const issued = await issue({ class_id: school.class['2MELEC'] });
		const answer = await slips(shown(issued));
		const file = path.join(process.env.ACQUIS_TEST_DIR, 'slips.pdf');

		assert.equal(answer.headers['cache-control'], 'no-store');
		assert.match(answer.headers['content-disposition'], /^attachment/);
		writeFileSync(file, answer.bytes);
		const text = execFileSync('pdftotext', ['-layout', file, '-'],
			{ encoding: 'utf8' });
		for (const { person, code, login } of issued.items)
			for (const word of [person.first_name, person.last_name, code,
				login])
				assert.ok(text.includes(word), word);
		assert.ok(text.includes('Lycée professionnel des Essais'));
		assert.ok(text.includes(server.base));
		assert.deepEqual((await slips(shown(issued))).bytes, answer.bytes);
		await use('zoe', issued.items.find((i) =>
			i.login === 'zoe.martin').code);
		const { body } = await slips(shown(issued), { status: 422 });
		assert.equal(body.errors[0].pointer, '/codes/2/code', 'used');
	});

test('S6 A2 slips print no code but one just issued, for whom one may issue it',
	async () => {
		const roux = { person_id: school.person.roux,
			code: await codeOf('roux') };
		const claire = { person_id: school.person.claire,
			code: await codeOf('claire') };

		await slips([roux], { by: 'durand' });
		for (const [codes, by] of [
			[[{ ...roux, code: '0000-0000-0000' }]],
			[[{ ...roux, code: 'birth date' }]],
			[[{ ...roux, person_id: school.person.zoe }]],
			[[{ ...roux, person_id: school.person.rose }]],
			[[claire], 'durand'], [[roux], 'morel']]) {
			const { body } = await slips(codes, { by, status: 422 });
			assert.equal(body.code, 'code-wrong');
			assert.equal(body.errors[0].pointer, '/codes/0/code');
		}
		await slips([], { status: 422 });
		await slips([roux], { by: 'leroy', status: 403 });
	});

test('T1 what was issued and used is in the journal, without the code',
	async () => {
		const code = await codeOf('tom');
		await use('tom', code);
		const rows = await server.sql(`SELECT act, person_id::text AS who,
			to_jsonb(j)::text AS text FROM journal j
			WHERE subject_id = $1 AND act LIKE 'activation%'
			ORDER BY id DESC LIMIT 2`, [school.person.tom]);

		assert.deepEqual(rows.map((r) => [r.act, r.who]),
			[['activation_used', school.person.tom],
				['activation_issued', school.person.admin]]);
		const bare = code.replaceAll('-', '');
		for (const { text } of rows)
			assert.ok(!text.includes(code) && !text.includes(bare));
		const [{ kept }] = await server.sql(`SELECT count(*)::int AS kept
			FROM activation a WHERE to_jsonb(a)::text LIKE $1`,
			[`%${bare}%`]);
		assert.equal(kept, 0);
		assert.ok(!server.log().includes(code));
	});

test('M-043 a one-time password is given by who may issue a code, to nobody '
	+ 'above', async () => {
	const give = async (by, name) => (await (await as(by)).request('POST',
		`/people/${school.person[name]}/password`)).status;

	assert.equal(await give('durand', 'tom'), 200);
	assert.equal(await give('durand', 'leroy'), 403);
	assert.equal(await give('durand', 'admin'), 403);
	assert.equal(await give('durand', 'rose'), 404);
	assert.equal((await signIn('leroy')).answer.status, 201);
});

test('M-051 a password given in another way ends the code', async () => {
	const code = await codeOf('tom');

	await (await as('admin')).request('POST',
		`/people/${school.person.tom}/password`);
	await use('tom', code, { status: 422 });
});
