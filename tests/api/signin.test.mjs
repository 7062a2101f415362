// One's own account: an address, a password that was forgotten, the devices
// and sessions one has, and who is kept out.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clientOptions, startServer } from './lib/server.mjs';
import { client } from './lib/client.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';
import { secretOf, startSmtp } from './lib/smtp.mjs';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) '
	+ 'Gecko/20100101 Firefox/128.0';
const PHONE = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, '
	+ 'like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
let smtp, server, school;

const account = (name, password = PASSWORD) =>
	({ login: school.login[name], password });

before(async () => {
	smtp = await startSmtp();
	server = await startServer({ env: smtp.env });
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
});

after(async () => {
	await server?.stop();
	await smtp?.stop();
});

async function browser(name, agent, password) {
	const who = client(server, { agent });
	const answer = await who.login(account(name, password));

	assert.equal(answer.status, 201, answer.text);
	return who;
}

// The next mail to an address, after those that were there.
async function mailTo(address, known) {
	for (let n = known + 1; ; n++) {
		const mail = (await smtp.mails(n))[n - 1];
		if (mail.to.endsWith(`<${address}>`))
			return mail;
	}
}

const acts = async (name) => (await server.sql(`SELECT act FROM journal
	WHERE subject_id = $1 AND subject = 'person' ORDER BY id`,
[school.person[name]])).map((r) => r.act);

test('M-007: an address of one\'s own is confirmed where it leads, and the one'
	+ ' before is told', async () => {
	const morel = await browser('morel', FIREFOX);
	const own = (email) => ({ email, school_email: null, pending_email: null });
	await server.sql(`UPDATE person SET email = 'school@example.org'
		WHERE id = $1`, [school.person.morel]);
	let known = smtp.all().length;

	const wrong = await morel.put('/session/email',
		{ email: 'm@example.org', password: 'not-this-one' });
	assert.equal(wrong.status, 422);
	assert.equal(wrong.body.errors[0].pointer, '/password');
	for (const email of ['m', 'm@', '@example.org', 'm@example', 'm m@example.org',
		'm@example.org\r\nBcc: a@b.fr', 'mél@example.org', 'm@-example.org',
		'm..m@example.org', `${'m'.repeat(65)}@example.org`]) {
		const bad = await morel.put('/session/email',
			{ email, password: PASSWORD });
		assert.equal(bad.status, 422, email);
	}
	const asked = await morel.put('/session/email',
		{ email: 'marc@example.org', password: PASSWORD });
	assert.deepEqual(asked.body, { email: null,
		school_email: 'school@example.org', pending_email: 'marc@example.org' });
	const mail = await mailTo('marc@example.org', known);
	await mailTo('school@example.org', known);
	const token = secretOf(mail);
	assert.match(mail.text, /#\/email\//);

	const elsewhere = client(server);
	assert.equal((await elsewhere.post('/session/email/confirm',
		{ token: 'A'.repeat(43) })).status, 410);
	assert.equal((await elsewhere.post('/session/reset',
		{ token, new_password: 'Atelier-vert-12' })).status, 410);
	known = smtp.all().length;
	assert.equal((await elsewhere.post('/session/email/confirm', { token }))
		.status, 204);
	assert.equal((await elsewhere.post('/session/email/confirm', { token }))
		.status, 410);
	assert.equal((await morel.get('/session/email')).body.email,
		'marc@example.org');
	assert.match((await mailTo('school@example.org', known)).subject,
		/a changé/);
	const none = await morel.put('/session/email',
		{ email: null, password: PASSWORD });
	assert.deepEqual(none.body, { ...own(null),
		school_email: 'school@example.org' });
	assert.deepEqual((await acts('morel')).filter((a) => /email/.test(a)),
		['email_asked', 'email', 'email']);
});

test('M-007: a link to confirm an address is over after a day, and with the'
	+ ' next one', async () => {
	const zoe = await browser('zoe', FIREFOX);
	const links = [];
	for (const email of ['z1@example.org', 'z2@example.org']) {
		const known = smtp.all().length;
		await zoe.put('/session/email', { email, password: PASSWORD });
		links.push(secretOf(await mailTo(email, known)));
	}
	const confirm = (token) => client(server).post('/session/email/confirm',
		{ token });
	assert.equal((await confirm(links[0])).status, 410);
	await server.sql('UPDATE mail_link SET expires_at = now()');
	assert.equal((await confirm(links[1])).status, 410);
	assert.equal((await zoe.get('/session/email')).body.email, null);
});

test('M-009: a forgotten password is chosen anew with a link: once, and all'
	+ ' sessions end', async () => {
	const petit = await browser('petit', FIREFOX);
	await server.sql(`UPDATE person SET own_email = 'paule@example.org'
		WHERE id = $1`, [school.person.petit]);
	const known = smtp.all().length;
	const asked = await client(server).post('/session/forgotten',
		{ login: 'Paule.PETIT', school: '0999001w' });
	assert.equal(asked.status, 202);
	assert.equal(asked.bytes.length, 0);
	const mail = await mailTo('paule@example.org', known);
	const token = secretOf(mail);
	assert.match(mail.text, /#\/reset\//);
	assert.doesNotMatch(JSON.stringify([
		await server.sql('SELECT * FROM mail'),
		await server.sql('SELECT * FROM mail_link'),
		await server.sql('SELECT * FROM journal')]), new RegExp(token));

	const reset = (new_password, t = token) => client(server).post(
		'/session/reset', { token: t, new_password });
	for (const bad of ['paule.petit-2026', '14/03/2009', 'motdepasse123',
		'12345678', 'x0999001W-2026', 'Lycée professionnel des Essais']) {
		const refused = await reset(bad);
		assert.equal(refused.status, 422, bad);
		assert.equal(refused.body.errors[0].pointer, '/new_password');
	}
	assert.equal((await reset('Atelier-vert-12', 'B'.repeat(43))).status, 410);
	const both = await Promise.all([reset('Atelier-vert-12'),
		reset('Atelier-bleu-12')]);
	assert.deepEqual(both.map((a) => a.status).sort(), [204, 410]);
	const chosen = both[0].status === 204 ? 'vert' : 'bleu';
	assert.equal((await reset('Atelier-noir-12')).status, 410);
	assert.equal((await petit.get('/session')).status, 401);
	assert.equal((await client(server).login(account('petit'))).status, 401);
	await browser('petit', FIREFOX, `Atelier-${chosen}-12`);
	assert.match((await mailTo('paule@example.org', known + 1)).subject,
		/mot de passe a changé/);
	assert.ok((await acts('petit')).includes('forgotten'));
});

test('S6: nothing tells a login that is known, has no address or is not there:'
	+ ' same answer, no mail, the same limit', async () => {
	const known = smtp.all().length;
	const same = ({ headers: { 'x-request-id': id, ...rest }, status, text }) =>
		({ rest, status, text });
	const ask = (login) => client(server).post('/session/forgotten', { login });
	const answers = [];

	for (const login of ['marc.morel', 'adam.bernard', 'nobody.here'])
		answers.push(same(await ask(login)));
	assert.deepEqual(answers[1], answers[0]);
	assert.deepEqual(answers[2], answers[0]);
	for (const login of ['adam.bernard', 'nobody.here']) {
		for (let i = 0; i < 4; i++)
			assert.equal((await ask(login)).status, 202);
		assert.equal((await ask(login)).status, 429, login);
	}
	await mailTo('school@example.org', known);
	while ((await server.sql('SELECT id FROM forgotten')).length > 0)
		await sleep(100);
	const links = smtp.all().slice(known).filter((m) => secretOf(m));
	assert.deepEqual(links.map((m) => m.to.split('<')[1]),
		['school@example.org>']);
});

test('M-009: a reset link is over after an hour; three an hour at most',
	async () => {
		await server.sql(`UPDATE person SET own_email = 'ines@example.org'
			WHERE id = $1`, [school.person.ines]);
		const known = smtp.all().length;
		for (let i = 0; i < 5; i++)
			await client(server).post('/session/forgotten',
				{ login: school.login.ines });
		const mails = (await smtp.mails(known + 3)).slice(known);
		await server.sql(`UPDATE mail_link
			SET expires_at = expires_at - interval '1 hour'`);
		assert.equal(mails.length, 3);
		for (const mail of mails)
			assert.equal((await client(server).post('/session/reset',
				{ token: secretOf(mail), new_password: 'Atelier-12-vert' }))
				.status, 410);
	});

test('S3: one sees the own sessions and devices, ends one, and all others',
	async () => {
		const here = await browser('durand', FIREFOX);
		const phone = await browser('durand', PHONE);
		const third = await browser('durand');
		const { items } = (await here.get('/sessions')).body;

		assert.equal(items.length, 3);
		assert.deepEqual([items[0].current, items[0].browser, items[0].system],
			[true, 'Firefox', 'Windows']);
		const other = items.find((s) => s.system === 'Android');
		assert.equal(other.browser, 'Chrome');
		assert.equal(items.filter((s) => s.browser === null).length, 1);
		assert.equal((await here.del(`/sessions/${other.id}`)).status, 204);
		assert.equal((await phone.get('/session')).status, 401);
		assert.equal((await here.del(`/sessions/${other.id}`)).status, 404);
		const stranger = await browser('leroy', FIREFOX);
		assert.equal((await stranger.del(`/sessions/${items[0].id}`)).status,
			404);
		assert.equal((await here.del('/sessions')).status, 204);
		assert.equal((await third.get('/session')).status, 401);
		assert.equal((await here.get('/session')).status, 200);
		assert.equal((await here.get('/sessions')).body.items.length, 1);
		assert.equal((await here.get('/devices')).body.items.length, 3);
	});

test('S9: a sign-in from a new device is told by mail and on the home screen',
	async () => {
		await server.sql(`UPDATE person SET own_email = 'laure@example.org'
			WHERE id = $1`, [school.person.leroy]);
		const known = smtp.all().length;
		const here = client(server, { agent: FIREFOX });
		await server.sql('DELETE FROM device WHERE person_id = $1',
			[school.person.leroy]);
		await here.login(account('leroy'));
		await here.logout();
		await here.login(account('leroy'));
		assert.deepEqual((await here.get('/home')).body.notices, []);
		assert.equal(smtp.all().length, known);
		const phone = await browser('leroy', PHONE);
		const mail = await mailTo('laure@example.org', known);
		assert.match(mail.subject, /nouvel appareil/);
		assert.match(mail.text, /Appareil : Chrome, Android/);
		assert.deepEqual((await phone.get('/home')).body.notices, []);
		const { notices: [notice] } = (await here.get('/home')).body;
		assert.equal(notice.kind, 'new_device');
		assert.equal(notice.device.system, 'Android');
		const at = `/devices/${notice.device.id}`;
		const stranger = await browser('roux', FIREFOX);
		assert.equal((await stranger.post(`${at}/notice`)).status, 404);
		assert.equal((await stranger.del(at)).status, 404);
		assert.equal((await here.post(`${at}/notice`)).status, 204);
		assert.deepEqual((await here.get('/home')).body.notices, []);
		assert.equal((await here.del(at)).status, 204);
		assert.equal((await phone.get('/session')).status, 401);
		assert.equal((await here.get('/devices')).body.items.length, 1);
	});

test('S1: nobody elsewhere keeps the owner of an account out of a device that'
	+ ' is known', async () => {
	const nina = await browser('nina', FIREFOX);
	const guess = { login: school.login.nina, password: 'wrong-password' };

	for (let i = 0; i < 10; i++)
		assert.equal((await client(server).login(guess)).status, 401);
	assert.equal((await client(server).login(account('nina'))).status, 429);
	assert.equal((await nina.login(account('nina'))).status, 201);
	for (let i = 0; i < 10; i++)
		assert.equal((await nina.login(guess)).status, 401);
	assert.equal((await nina.login(account('nina'))).status, 429);
});

test('S1: an open session is no way to guess the password', async () => {
	const tom = await browser('tom', FIREFOX);
	let refused;

	for (let i = 0; i < 25 && refused?.status !== 429; i++)
		refused = await tom.put('/session/email',
			{ email: 't@example.org', password: `wrong-${i}` });
	assert.equal(refused.status, 429);
});

test('S2: 8 to 128 characters of any kind, none of the 3 000 that are tried'
	+ ' first', async () => {
	const hugo = await browser('hugo', FIREFOX);
	let current = PASSWORD;
	const change = (new_password) => hugo.put('/session/password',
		{ current_password: current, new_password });

	for (const bad of ['1234567', 'é'.repeat(7), 'x'.repeat(129),
		'password', 'PASSWORD1', 'azertyuiop', 'Motdepasse1', 'hugo.thomas1',
		'14032009', '2009-03-14', 'abc\u0000defgh'])
		assert.ok([400, 422].includes((await change(bad)).status), bad);
	for (const good of ['é'.repeat(8), '🔒'.repeat(16), 'long '.repeat(12)
		+ 'mots', 'y'.repeat(128)]) {
		const answer = await change(good);
		assert.equal(answer.status, 200, answer.text);
		current = good;
	}
	await browser('hugo', FIREFOX, current);
});

test('S5: whoever is given a code by the school keeps no address and no link '
	+ 'that somebody else asked for', async () => {
	const adam = await browser('adam', FIREFOX);
	const admin = await browser('admin', FIREFOX);
	const at = [school.person.adam];
	const links = async () => (await server.sql(`SELECT count(*)::integer AS n
		FROM mail_link WHERE person_id = $1 AND used_at IS NULL`, at))[0].n;

	await server.sql(`UPDATE person SET own_email = 'mallory@example.org'
		WHERE id = $1`, at);
	assert.equal((await adam.put('/session/email',
		{ email: 'other@example.org', password: PASSWORD })).status, 200);
	assert.equal(await links(), 1);
	assert.equal((await admin.post('/activation-codes',
		{ person_ids: at })).status, 200);
	assert.equal(await links(), 0);
	assert.deepEqual(await server.sql(
		'SELECT own_email FROM person WHERE id = $1', at),
	[{ own_email: null }]);
});

test('S1: what was typed as a login is kept nowhere, and counts against nobody',
	async () => {
		const [{ id }] = await server.sql(
			'SELECT school_id AS id FROM person WHERE id = $1',
			[school.person.lina]);
		const login = `${id}:${school.person.lina}`;

		for (let i = 0; i < 11; i++)
			await client(server).request('POST', '/session',
				{ login, password: 'x' });
		await browser('lina', FIREFOX);
		assert.deepEqual(await server.sql(
			'SELECT whose FROM sign_in_try WHERE whose = $1', [login]), []);
	});

test('S3: a password that is replaced while it is checked opens nothing',
	async () => {
		await assert.rejects(server.sql(
			"SELECT acquis.password_stands($1, $2, 'another')",
			[school.id.essais, school.person.lina]), /no session/);
		await server.sql('UPDATE person SET active = false WHERE id = $1',
			[school.person.tom]);
		const [{ password }] = await server.sql(
			'SELECT password FROM credential WHERE person_id = $1',
			[school.person.tom]);

		await assert.rejects(server.sql(
			'SELECT acquis.password_stands($1, $2, $3)',
			[school.id.essais, school.person.tom, password]), /no session/);
	});
