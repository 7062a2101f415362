// nginx before a server, as conf/nginx/acquis.conf has it.
//
//	const front = await startFront(server);
//	front.base, front.port, front.ca    for client() and raw()
//	front.plain                         the port that leads to TLS
//	front.log()                         what nginx has complained about
//	await front.stop()
//
// A certificate of its own, ports of its own on the loopback, everything
// else in a folder of its own.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, root } from '../../api/lib/server.mjs';
import { connect } from '../../api/lib/client.mjs';

const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx']
	.find((file) => fs.existsSync(file)) ?? 'nginx';

function makeCertificate(dir) {
	const files = { key: path.join(dir, 'key.pem'),
		certificate: path.join(dir, 'certificate.pem') };

	execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt',
		'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
		'-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost',
		'-keyout', files.key, '-out', files.certificate],
	{ stdio: 'pipe' });
	return files;
}

// The file as it is installed, on the loopback alone.
function site(values) {
	return fs.readFileSync(path.join(root, 'conf/nginx/acquis.conf'), 'utf8')
		.replace(/^\tlisten \[::\].*\n/gm, '')
		.replace(/^\tlisten /gm, '\tlisten 127.0.0.1:')
		.replace(/@(\w+)@/g, (all, name) => values[name] ?? all);
}

function writeConf(dir, values) {
	const user = process.getuid() === 0 ? 'user www-data;' : '';
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
		.map((name) => `${name}_temp_path ${dir}/${name};`).join('\n');

	fs.writeFileSync(path.join(dir, 'site.conf'), site(values));
	fs.writeFileSync(path.join(dir, 'nginx.conf'), `
daemon off;
${user}
worker_processes 2;
worker_rlimit_nofile 16384;
pid ${dir}/nginx.pid;
error_log ${dir}/error.log notice;
events { worker_connections 8192; }
http {
access_log ${dir}/access.log;
${temporary}
include ${dir}/site.conf;
}
`);
}

async function waitOpen(front, child) {
	for (let i = 0; i < 200 && child.exitCode === null; i++) {
		const socket = connect(front);
		const open = await Promise.race([
			once(socket, 'secureConnect').then(() => true, () => false),
			sleep(1000, false, { ref: false })]);

		socket.destroy();
		if (open)
			return;
		await sleep(50);
	}
	child.kill();
	throw new Error(`nginx did not start:\n${front.log()}`);
}

export async function startFront(server) {
	const dir = path.join(server.dir, 'nginx');
	const port = await freePort();
	const plain = await freePort();

	fs.mkdirSync(dir);
	const { key, certificate } = makeCertificate(dir);
	writeConf(dir, { NAME: 'localhost', PORT: server.port, HTTP: plain,
		HTTPS: port, CERTIFICATE: certificate, KEY: key });
	const child = spawn('setpriv', ['--pdeathsig', 'TERM', nginx, '-p', dir,
		'-e', path.join(dir, 'error.log'),
		'-c', path.join(dir, 'nginx.conf')], { stdio: 'ignore' });
	const front = { base: `https://localhost:${port}`, port, plain, dir,
		ca: fs.readFileSync(certificate),
		log: () => fs.readFileSync(path.join(dir, 'error.log'), 'utf8'),
		async stop() {
			if (child.exitCode !== null)
				return;
			child.kill('SIGTERM');
			await once(child, 'exit');
		} };

	await waitOpen(front, child);
	return front;
}
