// Mail, from the row that a cause leaves to a real mail server: what leaves,
// what comes back, and what becomes of it when somebody dies in between.

import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import pg from 'pg';
import { clientOptions, slow, startServer } from './lib/server.mjs';
import { client } from './lib/client.mjs';
import { workers } from './lib/process.mjs';
import { seedSchool, PASSWORD } from './lib/school.mjs';
import { startSmtp } from './lib/smtp.mjs';
import { setTimeout as sleep } from 'node:timers/promises';

let smtp, secret, server, school, admin;

const account = (name) => ({ login: school.login[name], password: PASSWORD });

before(async () => {
	smtp = await startSmtp();
	server = await startServer({ env: smtp.env });
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));
	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	admin = client(server);
	assert.equal((await admin.login(account('admin'))).status, 201);
});

after(async () => {
	await server?.stop();
	await smtp?.stop();
	await secret?.stop();
});

const row = async (id) => (await server.sql(
	`SELECT *, sent_at IS NOT NULL AS sent, failed_at IS NOT NULL AS failed
	   FROM mail WHERE id = $1`, [id]))[0];

async function until(id, what) {
	for (let i = 0; i < 400 * slow; i++) {
		const now = await row(id);
		if (what(now))
			return now;
		await sleep(50);
	}
	assert.fail(`mail ${id}: ${JSON.stringify(await row(id))}`);
}

// One to a person of the school, as a cause would leave it.
async function put(name, address, template = 'test') {
	const [{ id }] = await server.sql(`INSERT INTO mail (school_id, person_id,
		address, template, language, give_up_at)
		VALUES ($1, $2, $3, $4, 'fr', now() + interval '1 day')
		RETURNING id`,
	[school.id.essais, school.person[name], address, template]);
	return id;
}

const due = (id) => server.sql('UPDATE mail SET try_at = now() WHERE id = $1',
	[id]);

test('S7: a mail reaches a mail server, with its accents, its date and an id',
	async () => {
		const before = smtp.all().length;
		await server.sql(`UPDATE person SET first_name = 'Zoé Éléonore-Ève',
			last_name = 'N’Guyễn-Lœuillet de la Très-Longue-Maison'
			WHERE id = $1`, [school.person.zoe]);
		await put('zoe', 'zoe@example.org');
		const mail = (await smtp.mails(before + 1)).at(-1);

		assert.equal(mail.subject, 'Message d\'essai');
		assert.equal(mail.to, 'Zoé Éléonore-Ève N’Guyễn-Lœuillet de la '
			+ 'Très-Longue-Maison <zoe@example.org>');
		assert.equal(mail.from, 'Lycée professionnel des Essais '
			+ '<acquis@lycee.example>');
		assert.match(mail.text, /^Bonjour Zoé Éléonore-Ève N’Guyễn/);
		assert.match(mail.text, /https:\/\/acquis\.example\//);
		assert.match(mail.headers['message-id'][0],
			/^<\d+\.\d+\.\d+@lycee\.example>$/);
		assert.ok(Math.abs(Date.parse(mail.headers.date[0]) - Date.now())
			< 120000 * slow);
		for (const line of mail.raw.split('\n'))
			assert.ok(line.length <= 78 && /^[\t -~]*$/.test(line), line);
	});

test('H8: a line break in a name or an address is no line of the head',
	async () => {
		const before = smtp.all().length;
		await server.sql(`UPDATE person
			SET first_name = E'Paul\\r\\nBcc: all@example.org'
			WHERE id = $1`, [school.person.paul]);
		await put('paul', 'paul@example.org');
		const mail = (await smtp.mails(before + 1)).at(-1);
		const bad = await put('paul',
			'paul@example.org\r\nRCPT TO:<all@example.org>');
		const end = await until(bad, (m) => m.failed);

		assert.equal(mail.headers.bcc, undefined);
		assert.equal(end.reason, 'not an address');
		assert.equal(smtp.all().length, before + 1);
	});

test('S7: 451 is tried again later, 550 never, and both say why', async () => {
	const before = smtp.all().length;
	smtp.greylist(true);
	const one = await put('adam', 'adam@example.org');
	const waiting = await until(one, (m) => m.reason);
	assert.match(waiting.reason, /^451 .*greylisted/);
	assert.equal(waiting.failed, false);
	assert.ok(waiting.try_at > new Date());
	smtp.greylist(false);
	await due(one);
	await smtp.mails(before + 1);
	await until(one, (m) => m.sent && m.tries === 2);

	const two = await put('adam', 'nobody@example.org');
	const refused = await until(two, (m) => m.failed);
	assert.match(refused.reason, /^550 .*no such user/);
	assert.equal(refused.tries, 1);
	const list = await admin.get('/mails?state=failed');
	assert.equal(list.body.items.find((m) => m.id === two).reason,
		refused.reason);
	const home = await admin.get('/home');
	assert.deepEqual(home.body.notices.map((n) => n.kind), []);
	await server.sql(`UPDATE mail SET created_at = now() - interval '1 hour'
		WHERE failed_at IS NOT NULL`);
	const told = await admin.get('/home');
	assert.deepEqual(told.body.notices.map((n) => [n.kind, n.count]),
		[['mail_failed', 2]]);
});

test('K7: a mail server that is away loses nothing; the others wait no longer',
	async () => {
		const before = smtp.all().length;
		await smtp.away();
		const one = await put('lina', 'lina@example.org');
		await until(one, (m) => m.reason);
		await smtp.back();
		const two = await put('lina', 'lina.2@example.org');
		await until(two, (m) => m.sent);
		await due(one);
		await until(one, (m) => m.sent);
		assert.equal((await smtp.mails(before + 2)).length, before + 2);
	});

test('K2: killed while it sends, a worker leaves the mail to the next: once',
	async () => {
		const before = smtp.all().length;
		smtp.slow(true);
		const one = await put('hugo', 'hugo@example.org');
		await until(one, (m) => m.tries === 1);
		await sleep(500);
		const pids = workers(server);
		server.expectRestarts(pids.length);
		for (const pid of pids)
			process.kill(pid, 'SIGKILL');
		smtp.slow(false);
		assert.equal((await row(one)).sent, false);
		await due(one);
		await until(one, (m) => m.sent);
		assert.equal((await smtp.mails(before + 1))
			.filter((m) => /hugo@/.test(m.to)).length, 1);
	});

test('K2: what waits when the server stops leaves when it is back', async () => {
	const before = smtp.all().length;
	let one;
	await server.away(async () => {
		one = await put('ines', 'ines@example.org');
	});
	await until(one, (m) => m.sent);
	assert.equal((await smtp.mails(before + 1)).length, before + 1);
});

test('S7: the thread that sends is under the same filter of system calls',
	async () => {
		const { readdirSync, readFileSync } = await import('node:fs');
		const modes = workers(server).flatMap((pid) =>
			readdirSync(`/proc/${pid}/task`).map((thread) =>
				/Seccomp:\s+(\d)/.exec(readFileSync(
					`/proc/${pid}/task/${thread}/status`, 'utf8'))[1]));

		assert.ok(modes.length > 2);
		assert.deepEqual([...new Set(modes)], ['2']);
	});

test('S7: TLS is asked for unless told otherwise: no certificate that is'
	+ ' trusted, no mail', async () => {
	secret = await startSmtp({ tls: true });
	for (const [ca, sent] of [[undefined, false], [secret.ca, true]]) {
		const other = await startServer({ workers: 1, env: { ...secret.env,
			ACQUIS_SMTP_TLS: '', ...(ca && { ACQUIS_SMTP_CA: ca }) } });
		try {
			const owner = new pg.Client(clientOptions(
				other.env.ACQUIS_OWNER_URL));
			await owner.connect();
			const { id, person } = await seedSchool(owner);
			await owner.query(`INSERT INTO mail (school_id, person_id,
				address, template, language, give_up_at)
				VALUES ($1, $2, 'tom@example.org', 'test', 'en',
					now() + interval '1 day')`, [id.essais, person.tom]);
			for (let i = 0; i < 400 * slow; i++) {
				const { rows: [m] } = await owner.query('SELECT * FROM mail');
				if (m.sent_at || m.reason) {
					assert.equal(m.sent_at !== null, sent, m.reason);
					break;
				}
				await sleep(50);
			}
			await owner.end();
			assert.equal(secret.all().length, sent ? 1 : 0);
		} finally {
			await other.stop();
		}
	}
	assert.equal(secret.all()[0].subject, 'Test message');
});

test('S7: without a mail server mails wait and the administrator is told',
	async () => {
		const other = await startServer({ workers: 1 });
		try {
			const owner = new pg.Client(clientOptions(
				other.env.ACQUIS_OWNER_URL));
			await owner.connect();
			const { login } = await seedSchool(owner);
			await owner.end();
			const who = client(other);
			await who.login({ login: login.admin, password: PASSWORD });
			const home = await who.get('/home');

			assert.deepEqual(home.body.notices.map((n) => n.kind),
				['mail_off']);
			assert.equal((await who.post('/mails/test')).status, 409);
			const teacher = client(other);
			await teacher.login({ login: login.morel, password: PASSWORD });
			assert.deepEqual((await teacher.get('/home')).body.notices, []);
		} finally {
			await other.stop();
		}
	});

test('S7: the administrator tries it with a mail to oneself', async () => {
	assert.equal((await admin.post('/mails/test')).status, 409);
	await server.sql(`UPDATE person SET own_email = 'alix@example.org'
		WHERE id = $1`, [school.person.admin]);
	const before = smtp.all().length;
	assert.equal((await admin.post('/mails/test')).status, 202);
	assert.match((await smtp.mails(before + 1)).at(-1).to, /alix@example/);
});
