// Without network, and with two tabs: the shell opens, people's data are in no
// cache, and what is typed is stored once.

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { client } from '../api/lib/client.mjs';
import { PASSWORD, seedSchool } from '../api/lib/school.mjs';
import { startServer } from '../api/lib/server.mjs';
import { framework } from '../api/lib/trade.mjs';
import { launch, signIn } from './lib/screen.mjs';

let server;
let school;
let browser;
let morel;
let criteria;

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (text, values) =>
		({ rows: await server.sql(text, values) }) });
	morel = client(server);
	await morel.login({ login: school.login.morel, password: PASSWORD });
	const melec = await framework(morel, 'bacpro-melec');

	criteria = melec.competencies[0].criteria.slice(0, 3);
	browser = await launch();
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

async function evaluation(title) {
	const made = await morel.post('/evaluations', { title,
		framework_id: 'bacpro-melec', complexity: 'D',
		assessed_on: '2025-10-02', criterion_ids: criteria,
		learner_ids: ['adam', 'lina', 'zoe'].map(
			(name) => school.person[name]) });

	assert.equal(made.status, 201, made.text);
	return made.body.id;
}

const as = () => signIn(browser, server, school.login.morel, PASSWORD);

const cell = (page, row, column) => page.locator('table.grid tbody tr')
	.nth(row).locator('td').nth(column);

const state = (page, text) =>
	page.locator('.save-state').filter({ hasText: text }).waitFor();

// All that the worker keeps, by path.
const kept = (page) => page.evaluate(async () => {
	const paths = [];

	for (const name of await caches.keys())
		for (const { url } of await (await caches.open(name)).keys())
			paths.push(new URL(url).pathname);
	return paths;
});

// waitForFunction() takes a promise for a yes.
async function until(page, tells) {
	for (let i = 0; i < 600; i++) {
		if (await page.evaluate(tells))
			return;
		await page.waitForTimeout(50);
	}
	assert.fail(`never: ${tells}`);
}

// The worker is in charge and has what the page was made of.
const taken = (page) => until(page, async () => {
	const own = performance.getEntriesByType('resource')
		.map(({ name }) => new URL(name).pathname)
		.filter((path) => /^\/(?:css|js|vendor)\//.test(path));
	const found = await Promise.all(own.map((path) => caches.match(path)));

	return navigator.serviceWorker.controller !== null
		&& found.every((answer) => answer !== undefined);
});

// The refusals of a dead network are told on the console.
function forgive(screen) {
	screen.faults.splice(0, screen.faults.length, ...screen.faults.filter(
		(fault) => !/Failed to load resource|net::ERR/.test(fault)));
}

// A front server of one's own: its files can change (sw.js gets another name
// for its cache, the page another title), and it can be gone, as a network
// is, for the page and for the worker.
async function front({ hold } = {}) {
	let next = false;
	let held = [];
	const serve = (request, response) => {
		const url = new URL(request.url, server.base);
		const headers = { ...request.headers, host: url.host };

		delete headers['if-none-match'];
		http.request(url, { method: request.method, headers }, (answer) => {
			const parts = [];

			answer.on('data', (part) => parts.push(part));
			answer.on('end', () => {
				let body = Buffer.concat(parts).toString('latin1');

				if (next && url.pathname === '/sw.js')
					body = body.replace('acquis-shell-1', 'acquis-shell-2');
				if (next && url.pathname === '/')
					body = body.replace('<title>Acquis', '<title>Nouveau');
				delete answer.headers.etag;
				delete answer.headers['content-length'];
				response.writeHead(answer.statusCode, answer.headers);
				response.end(body, 'latin1');
			});
		}).on('error', () => response.destroy()).end();
	};
	const proxy = http.createServer((request, response) => {
		if (held !== null && request.url === hold)
			held.push(() => serve(request, response));
		else
			serve(request, response);
	});

	// A test that fails leaves it, and nobody waits for it.
	proxy.unref();
	await new Promise((done) => {
		proxy.listen(0, '127.0.0.1', done);
	});
	return { base: `http://127.0.0.1:${proxy.address().port}`,
		release() {
			next = true;
		},
		letGo() {
			for (const answer of held)
				answer();
			held = null;
		},
		cut: () => new Promise((done) => {
			proxy.close(done);
			proxy.closeAllConnections();
		}) };
}

// On the sign-in form, once the worker has what it is made of.
async function visit({ base }) {
	const context = await browser.newContext({ locale: 'fr-FR' });
	const page = await context.newPage();

	page.setDefaultTimeout(15000);
	await page.goto(`${base}/#/sign-in`);
	await page.locator('#password').waitFor();
	await taken(page);
	return { context, page };
}

test('the shell opens without network after one visit', async () => {
	const net = await front();
	const { context, page } = await visit(net);

	await net.cut();
	await page.reload();
	await page.locator('#password').waitFor();
	await page.getByRole('heading', { level: 1 }).first().waitFor();
	assert.equal(await page.evaluate(() => fetch('/api/v1/session').then(
		() => 'answered', () => 'refused')), 'refused');
	await context.close();
});

test('what was on its way when the worker took over is kept too', async () => {
	const net = await front({ hold: '/js/views/sign-in.js' });
	const context = await browser.newContext({ locale: 'fr-FR' });
	const page = await context.newPage();

	await page.goto(`${net.base}/#/sign-in`);
	await until(page, () => navigator.serviceWorker.controller !== null);
	net.letGo();
	await page.locator('#password').waitFor();
	await taken(page);
	await context.close();
});

test('no answer of the API is kept by the worker', async () => {
	const screen = await as();
	const { page, context } = screen;

	await screen.open(`/dashboard/${school.person.zoe}`, 'Zoé MARTIN');
	await taken(page);
	assert.deepEqual((await kept(page)).filter((path) =>
		!/^\/(?:css|js|icons|vendor)\/|^\/$|^\/manifest/.test(path)), []);
	await context.setOffline(true);
	assert.equal(await page.evaluate(() => fetch('/api/v1/session').then(
		() => 'answered', () => 'refused')), 'refused');
	forgive(screen);
	await screen.close();
});

test('a new version takes over, and nothing of the old one is kept',
	async () => {
		const net = await front();
		const { context, page } = await visit(net);

		assert.deepEqual(await page.evaluate(() => caches.keys()),
			['acquis-shell-1']);
		net.release();
		await page.evaluate(async () =>
			(await navigator.serviceWorker.ready).update());
		await until(page, async () =>
			(await caches.keys()).join() === 'acquis-shell-2');
		await net.cut();
		await page.reload();
		await page.locator('#password').waitFor();
		assert.match(await page.evaluate(async () =>
			(await caches.match('/')).text()), /<title>Nouveau/);
		await context.close();
	});

test('two tabs of one person in one grid: no cell is lost, none is stored '
	+ 'twice', async () => {
	const id = await evaluation('Deux onglets');
	const screen = await as();
	const other = await screen.context.newPage();
	const stored = [];

	screen.context.on('response', (response) => {
		const request = response.request();

		if (request.method() === 'PATCH' && response.ok())
			stored.push(...request.postDataJSON().marks.map((mark) =>
				`${mark.learner_id} ${mark.criterion_id} ${mark.mark}`));
	});
	await screen.open(`/evaluations/${id}`, 'Deux onglets');
	await other.goto(`${server.base}/#/evaluations/${id}`);
	await other.locator('table.grid td[tabindex="0"]').waitFor();
	await cell(screen.page, 0, 0).click();
	await screen.page.keyboard.press('Digit4');
	await cell(other, 0, 1).click();
	await other.keyboard.press('Digit1');
	await screen.page.bringToFront();
	await screen.page.keyboard.press('Digit3');
	await Promise.all([screen.page, other].map(
		(page) => state(page, 'Enregistré à')));
	assert.deepEqual((await morel.get(`/evaluations/${id}`)).body.learners
		.map(({ marks }) => marks.slice(0, 2)),
	[['autonomous', 'fail'], ['assisted', null], [null, null]]);
	assert.deepEqual([...new Set(stored)].sort(), stored.sort());
	assert.equal(stored.length, 3);
	forgive(screen);
	await screen.close();
});

test('signing out with cells that were not sent asks first, and sends what '
	+ 'can be sent', async () => {
	const id = await evaluation('Hors ligne');
	const screen = await as();
	const { page, context } = screen;
	const leave = async () => {
		await page.getByRole('button', { name: /^Mon menu/ }).click();
		await page.getByRole('button', { name: 'Se déconnecter' }).click();
	};

	await screen.open(`/evaluations/${id}`, 'Hors ligne');
	// The menu was used before: its code is on this device.
	await page.getByRole('button', { name: /^Mon menu/ }).click();
	await page.locator('.popover').waitFor();
	await page.keyboard.press('Escape');
	await page.route('**/marks', (route) => route.abort());
	await cell(page, 0, 0).click();
	await page.keyboard.press('Digit4');
	await state(page, 'nouvel essai');
	await leave();
	await page.getByRole('alertdialog').waitFor();
	await page.getByRole('alertdialog')
		.getByRole('button', { name: 'Annuler' }).click();
	await cell(page, 0, 0).waitFor();
	assert.equal((await cell(page, 0, 0).textContent()).trim(), '++');
	await page.unroute('**/marks');
	await leave();
	await page.locator('#password').waitFor();
	assert.equal((await morel.get(`/evaluations/${id}`)).body.learners[0]
		.marks[0], 'autonomous');
	assert.equal(await page.evaluate(() => new Promise((done) => {
		const open = indexedDB.open('acquis');

		open.onsuccess = () => {
			const all = open.result.transaction('cells')
				.objectStore('cells').count();

			all.onsuccess = () => done(all.result);
		};
	})), 0);
	await context.clearCookies();
	forgive(screen);
	await screen.close();
});
