// A real mail server (Exim) on a port of its own, for one test file.
//
//	const smtp = await startSmtp();
//	await startServer({ env: smtp.env })   a server that sends to it
//	await smtp.mails(2)          waits for so many, parsed: { to, from,
//	                             subject, text, headers, raw }
//	smtp.greylist(true)          451 to every recipient from now on
//	smtp.slow(true)              three seconds before each 250 to RCPT
//	await smtp.away(); await smtp.back(); await smtp.stop();
//
// nobody@… is refused with 550.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, slow } from './server.mjs';

const asRoot = process.getuid() === 0;
let count = 0;

const config = (dir, tls) => `
exim_path = /usr/sbin/exim4
spool_directory = ${dir}
log_file_path = ${dir}/%slog
primary_hostname = mail.test
local_interfaces = 127.0.0.1
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
never_users =
deliver_drop_privilege = true
${tls ? `tls_certificate = ${dir}/tls.pem\ntls_privatekey = ${dir}/tls.pem`
	: 'tls_advertise_hosts ='}
acl_smtp_rcpt = rcpt
begin acl
rcpt:
  deny message = no such user here
       local_parts = nobody
  defer message = greylisted, come again
        condition = \${if exists{${dir}/later}}
  warn condition = \${if exists{${dir}/slow}}
       delay = 3s
  accept
begin routers
all:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  file = ${dir}/box
`;

const words = (text) => text.replace(/\r?\n[ \t]+/g, ' ')
	.replace(/\?= =\?/g, '?==?')
	.replace(/=\?UTF-8\?B\?([^?]*)\?=/g,
		(all, coded) => Buffer.from(coded, 'base64').toString('latin1'))
	.replace(/[^]*/, (all) => Buffer.from(all, 'latin1').toString('utf8'));

function parsed(raw) {
	const [head, ...rest] = raw.split('\n\n');
	const headers = {};

	for (const line of head.replace(/\n[ \t]+/g, (m) => m).split(/\n(?![ \t])/)) {
		const [, name, value] = /^([!-9;-~]+): ?([^]*)$/.exec(line) ?? [];
		if (name)
			(headers[name.toLowerCase()] ??= []).push(words(value));
	}
	return { raw, headers, subject: headers.subject?.[0],
		to: headers.to?.[0], from: headers.from?.[0],
		text: Buffer.from(rest.join('\n\n'), 'base64').toString('utf8') };
}

export async function startSmtp({ tls = false } = {}) {
	const dir = path.join(process.env.ACQUIS_TEST_DIR,
		`smtp-${process.pid}-${++count}`);
	const port = await freePort();
	const file = path.join(dir, 'exim.conf');
	const box = path.join(dir, 'box');
	const user = asRoot ? ['setpriv', '--reuid=Debian-exim',
		'--regid=Debian-exim', '--clear-groups', '--pdeathsig', 'TERM']
		: ['setpriv', '--pdeathsig', 'TERM'];
	let child;

	fs.mkdirSync(dir, { mode: 0o755 });
	if (tls)
		execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048',
			'-nodes', '-keyout', path.join(dir, 'tls.pem'), '-out',
			path.join(dir, 'ca.pem'), '-days', '2', '-subj',
			'/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
		{ stdio: 'ignore' });
	if (tls)
		fs.appendFileSync(path.join(dir, 'tls.pem'),
			fs.readFileSync(path.join(dir, 'ca.pem')));
	fs.writeFileSync(file, config(dir, tls));
	if (asRoot)
		execFileSync('chown', ['-R', 'Debian-exim:', dir]);
	if (asRoot)
		execFileSync('chown', ['root:', file]);

	async function back() {
		child = spawn(user[0], [...user.slice(1), 'exim4', '-C', file,
			'-bdf', '-oX', String(port)], { stdio: 'ignore' });
		child.unref();
		for (let i = 0; ; i++) {
			const socket = net.connect(port, '127.0.0.1');
			const [up] = await Promise.race([
				once(socket, 'connect').then(() => [true]),
				once(socket, 'error').then(() => [false])])
				.catch(() => [false]);
			socket.destroy();
			if (up)
				return;
			assert.ok(i < 200, 'exim did not start');
			await sleep(50);
		}
	}
	async function away() {
		if (child.exitCode !== null || child.signalCode !== null)
			return;
		child.kill('SIGTERM');
		await once(child, 'exit');
	}
	const mark = (name) => (on) => on
		? fs.writeFileSync(path.join(dir, name), '')
		: fs.rmSync(path.join(dir, name), { force: true });
	const all = () => !fs.existsSync(box) ? []
		: fs.readFileSync(box, 'utf8').split(/^From \S+ .*\n/m)
			.filter((m) => m.trim()).map(parsed);

	await back();
	return {
		dir, port, all, back, away,
		greylist: mark('later'), slow: mark('slow'),
		env: { ACQUIS_SMTP_URL: `smtp://localhost:${port}`,
			ACQUIS_SMTP_TLS: 'no', ACQUIS_MAIL_FROM: 'acquis@lycee.example',
			ACQUIS_URL: 'https://acquis.example' },
		ca: path.join(dir, 'ca.pem'),
		async mails(n) {
			for (let i = 0; i < 400 * slow; i++) {
				if (all().length >= n)
					break;
				await sleep(50);
			}
			assert.ok(all().length >= n, `${all().length} of ${n} mails`);
			return all();
		},
		stop: away,
	};
}

// What follows the # of the link in a mail.
export const secretOf = (mail) =>
	/https:\/\/acquis\.example\/#\/[a-z]+\/([\w-]{43})\b/.exec(mail.text)?.[1];
