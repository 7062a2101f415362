// The entry grid, in a browser on a real server: the keyboard of a French
// teacher, and nothing typed is lost on a 412, a 423, a 503 or a dead network.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { client } from '../api/lib/client.mjs';
import { PASSWORD, seedSchool } from '../api/lib/school.mjs';
import { startServer } from '../api/lib/server.mjs';
import { confirm, framework } from '../api/lib/trade.mjs';
import { launch, signIn } from './lib/screen.mjs';

const names = ['adam', 'lina', 'zoe'];
let server;
let school;
let browser;
let morel;
let melec;
let criteria;
let screen;
let page;
let id;
let count = 0;

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (text, values) =>
		({ rows: await server.sql(text, values) }) });
	morel = client(server);
	await morel.login({ login: school.login.morel, password: PASSWORD });
	melec = await framework(morel, 'bacpro-melec');
	criteria = [...melec.competencies[0].criteria.slice(0, 3),
		melec.competencies[1].criteria[0]];
	browser = await launch();
	screen = await signIn(browser, server, school.login.morel, PASSWORD);
	page = screen.page;
});

after(async () => {
	await screen?.close();
	await browser?.close();
	await server?.stop();
});

// A grid of its own for each test: learners in lines, criteria in columns.
async function newGrid(learners = names) {
	const made = await morel.post('/evaluations', {
		title: `Grille ${++count}`, framework_id: melec.id,
		complexity: 'Int', assessed_on: '2025-10-02',
		criterion_ids: criteria,
		learner_ids: learners.map((name) => school.person[name]) });

	assert.equal(made.status, 201, made.text);
	id = made.body.id;
	await screen.open(`/evaluations/${id}`, `Grille ${count}`);
	await page.locator('table.grid td[tabindex="0"]').waitFor();
}

beforeEach(() => newGrid());

// The browser tells each answer it did not like: those we made on purpose.
function expectRefusals() {
	for (let i = screen.faults.length - 1; i >= 0; i--)
		if (/Failed to load resource|net::ERR/.test(screen.faults[i]))
			screen.faults.splice(i, 1);
}

const state = () => page.locator('.save-state');
const saved = () => state().filter({ hasText: 'Enregistré à' }).waitFor();
const cell = (row, column) => page.locator('table.grid tbody tr').nth(row)
	.locator('td').nth(column);
const signs = async (row) => (await page.locator('table.grid tbody tr')
	.nth(row).locator('td').allTextContents()).map((text) => text.trim());

async function stored() {
	const { body } = await morel.get(`/evaluations/${id}`);

	return body.learners.map((learner) => learner.marks);
}

async function typed(...keys) {
	for (const key of keys)
		await page.keyboard.press(key);
}

// Somebody else saves cells: [[learner, criterion, mark]].
async function meanwhile(cells) {
	const { headers } = await morel.get(`/evaluations/${id}`);
	const answer = await morel.patch(`/evaluations/${id}/marks`,
		{ marks: cells.map(([name, criterion, mark]) => ({ mark,
			learner_id: school.person[name],
			criterion_id: criteria[criterion] })) },
		{ ifMatch: headers.etag });

	assert.equal(answer.status, 200, answer.text);
}

test('M-106: a column is typed with the keys & é " \' of a French keyboard',
	async () => {
		await cell(0, 0).click();
		for (const [code, key] of [['Digit4', "'"], ['Digit2', 'é'],
			['Digit1', '&']])
			await page.evaluate(([c, k]) => document.activeElement
				.dispatchEvent(new KeyboardEvent('keydown',
					{ code: c, key: k, bubbles: true })), [code, key]);
		await saved();
		assert.deepEqual((await stored()).map((marks) => marks[0]),
			['autonomous', 'partial', 'fail']);
		assert.equal(await cell(0, 0).textContent(), '++');
		assert.match(await cell(1, 0).getAttribute('aria-label'),
			/^DUBOIS Lina, C1 .+ : Réussite partielle$/);
	});

test('M-117: N and A are answers, Delete empties, and both undo', async () => {
	await cell(0, 1).click();
	await typed('n', 'a', 'ArrowUp', 'Delete');
	assert.deepEqual(await signs(1), ['', '', '', '']);
	await typed('Control+z');
	assert.deepEqual(await signs(1), ['', 'Abs', '', '']);
	await typed('Control+z');
	assert.deepEqual(await signs(0), ['', 'NE', '', '']);
	assert.deepEqual(await signs(1), ['', '', '', '']);
	await typed('Control+y');
	assert.deepEqual(await signs(1), ['', 'Abs', '', '']);
	await saved();
	assert.equal((await stored())[0][1], 'not_assessable');
});

test('Shift selects a range, one key fills it, one undo empties it',
	async () => {
		await cell(0, 0).click();
		await typed('Shift+ArrowDown', 'Shift+ArrowRight', '3');
		assert.deepEqual(await signs(0), ['+', '+', '', '']);
		assert.deepEqual(await signs(1), ['+', '+', '', '']);
		await typed('Control+z');
		assert.deepEqual(await signs(1), ['', '', '', '']);
	});

test('moves: Enter, Home, End, Ctrl+End; Tab leaves the grid', async () => {
	const at = () => page.evaluate(() => [document.activeElement.row,
		document.activeElement.col]);

	await cell(0, 0).click();
	await typed('Enter', 'End');
	assert.deepEqual(await at(), [1, 3]);
	await typed('Control+Home');
	assert.deepEqual(await at(), [0, 0]);
	await typed('Control+End', 'Shift+Enter', 'Home');
	assert.deepEqual(await at(), [1, 0]);
	await typed('Tab');
	assert.equal(await page.evaluate(() =>
		document.activeElement.closest('table.grid')), null);
});

async function paste(text) {
	await page.evaluate((data) => {
		const clipboardData = new DataTransfer();

		clipboardData.setData('text/plain', data);
		document.activeElement.dispatchEvent(new ClipboardEvent('paste',
			{ clipboardData, bubbles: true, cancelable: true }));
	}, text);
}

test('M-124: a spreadsheet is pasted, what is refused is counted', async () => {
	await cell(1, 2).click();
	await paste('1\t++\t4\n-\toui\nNE\n');
	assert.deepEqual(await signs(1), ['', '', '−−', '++']);
	assert.deepEqual(await signs(2), ['', '', '−', '']);
	const report = page.locator('.notice.warn');
	await report.waitFor();
	assert.match(await report.textContent(), /3 cases collées/);
	assert.match(await report.textContent(), /Une valeur n’a pas été comprise/);
	assert.match(await report.textContent(), /2 valeurs tombaient hors/);
	await report.getByRole('button', { name: 'Fermer' }).click();
	await saved();
});

test('M-118: F2 writes a comment, Escape returns to the cell', async () => {
	await cell(2, 1).click();
	await typed('F2');
	await page.getByRole('textbox', { name: 'Commentaire' })
		.fill('Soigneuse.');
	await typed('Escape');
	await saved();
	assert.deepEqual(await page.evaluate(() => [document.activeElement.row,
		document.activeElement.col]), [2, 1]);
	const { body } = await morel.get(`/evaluations/${id}`);
	assert.equal(body.learners[2].comment, 'Soigneuse.');
});

test('the menu of a column fills what is empty and nothing else', async () => {
	await cell(1, 0).click();
	await typed('1');
	await page.getByRole('button', { name: /^Menu : Les informations/ })
		.click();
	await page.getByRole('dialog')
		.getByRole('button', { name: /aide/ }).click();
	await saved();
	assert.deepEqual((await stored()).map((marks) => marks[0]),
		['assisted', 'fail', 'assisted']);
});

test('M-122: criteria in lines, and the choice is kept', async () => {
	await page.getByRole('button', { name: 'Afficher les critères en lignes' })
		.click();
	await page.locator('table.by-item').waitFor();
	assert.equal(await page.locator('table.by-item tbody').count(), 2);
	await page.getByRole('button',
		{ name: 'Afficher les apprenants en lignes' }).click();
	await page.locator('table.by-learner').waitFor();
});

test('the list holds the same data as the grid', async () => {
	await page.getByRole('button', { name: 'Vue liste' }).click();
	const field = page.getByRole('group', { name: /Les informations/ });
	await field.getByRole('radio', { name: /avec aide/ }).check();
	await saved();
	assert.equal((await stored())[0][0], 'assisted');
	await page.getByRole('button', { name: 'Grille', exact: true }).click();
	await cell(0, 0).waitFor();
	assert.equal(await cell(0, 0).textContent(), '+');
});

test('412: cells of a colleague are merged in silence', async () => {
	await meanwhile([['zoe', 3, 'absent']]);
	await cell(0, 0).click();
	await typed('4');
	await saved();
	assert.equal((await stored())[0][0], 'autonomous');
	assert.equal((await stored())[2][3], 'absent');
	assert.equal(await cell(2, 3).textContent(), 'Abs');
	expectRefusals();
});

test('412 on the same cell shows both values and keeps mine', async () => {
	await meanwhile([['adam', 0, 'fail']]);
	await cell(0, 0).click();
	await typed('4');
	const dialog = page.getByRole('dialog');
	await dialog.getByText('Une valeur a été modifiée').waitFor();
	assert.deepEqual((await dialog.locator('tbody .lv > span:first-child')
		.allTextContents()).map((text) => text.trim()), ['++', '−−']);
	await dialog.getByRole('button', { name: 'Garder mes valeurs' }).click();
	await saved();
	assert.equal((await stored())[0][0], 'autonomous');
	expectRefusals();
});

test('412 on the same cell can keep theirs', async () => {
	await meanwhile([['adam', 0, 'fail']]);
	await cell(0, 0).click();
	await typed('4');
	await page.getByRole('dialog')
		.getByRole('button', { name: 'Garder les siennes' }).click();
	await page.waitForFunction(() => document.querySelector(
		'table.grid tbody td').textContent === '−−');
	assert.equal((await stored())[0][0], 'fail');
	expectRefusals();
});

test('503: what was typed waits, says so, and leaves at the next try',
	async () => {
		let refusals = 0;

		await page.route('**/marks', (route) => ++refusals > 2
			? route.continue() : route.fulfill({ status: 503,
				headers: { 'Retry-After': '1' }, body: '' }));
		await cell(0, 0).click();
		await typed('4');
		await state().filter({ hasText: 'nouvel essai' }).waitFor();
		await typed('2');
		await saved();
		assert.deepEqual((await stored()).map((marks) => marks[0]),
			['autonomous', 'partial', null]);
		await page.unroute('**/marks');
		expectRefusals();
	});

test('a dead network: what was typed survives a closed page', async () => {
	await screen.context.setOffline(true);
	await cell(0, 0).click();
	await typed('4', '3');
	await state().filter({ hasText:
		'Hors ligne : 2 modifications en attente' }).waitFor();
	assert.equal(await page.locator('td.waits').count(), 2);
	await page.waitForFunction(() => new Promise((done) => {
		const open = indexedDB.open('acquis');

		open.onsuccess = () => {
			const all = open.result.transaction('cells')
				.objectStore('cells').count();

			all.onsuccess = () => {
				open.result.close();
				done(all.result === 2);
			};
		};
	}));
	await page.goto('about:blank');
	await screen.context.setOffline(false);
	await page.goto(`${server.base}/#/evaluations/${id}`);
	await cell(0, 0).waitFor();
	await page.waitForFunction(() =>
		document.querySelectorAll('td.waits').length === 0);
	assert.deepEqual((await stored()).map((marks) => marks[0]),
		['autonomous', 'assisted', null]);
	expectRefusals();
});

test('423: the local copy is kept, shown, and can be exported', async () => {
	await newGrid(['hugo']);
	await meanwhile([['hugo', 1, 'fail']]);
	await confirm(morel, melec, school.person.hugo, { C1: '4t' });
	await cell(0, 0).click();
	await typed('4');
	const box = page.getByRole('alert').filter({ hasText: 'verrouillée' });
	await box.waitFor();
	assert.equal(await cell(0, 0).textContent(), '++');
	const [file] = await Promise.all([page.waitForEvent('download'),
		box.getByRole('button', { name: 'Exporter la saisie' }).click()]);
	assert.match(file.suggestedFilename(), /^Grille-\d+\.csv$/);
	await page.reload();
	await page.getByText('prise dans un bilan confirmé').first().waitFor();
	await page.getByRole('alert').filter({ hasText: 'gardée' }).waitFor();
	assert.equal(await cell(0, 0).textContent(), '++');
	assert.equal((await stored())[0][0], null);
	await page.getByRole('button', { name: 'Abandonner la modification' })
		.click();
	await page.getByRole('alertdialog')
		.getByRole('button', { name: 'Abandonner la modification' }).click();
	await page.getByRole('alert').waitFor({ state: 'detached' });
	assert.equal((await cell(0, 0).textContent()).trim(), '');
	expectRefusals();
});

test('a session that ends asks for the password and saves after', async () => {
	await screen.context.clearCookies();
	await cell(0, 0).click();
	await typed('4');
	const dialog = page.getByRole('dialog');
	await dialog.getByText('Votre session est terminée').waitFor();
	await dialog.getByLabel('Identifiant').fill(school.login.morel);
	await dialog.locator('#password').fill(PASSWORD);
	await dialog.getByRole('button', { name: 'Se connecter' }).click();
	await saved();
	assert.equal((await stored())[0][0], 'autonomous');
	expectRefusals();
});

test('the grid, the list, the form and the home screen pass axe', async () => {
	await screen.accessible();
	await page.getByRole('button', { name: 'Vue liste' }).click();
	await page.locator('fieldset').first().waitFor();
	await screen.accessible();
	await page.getByRole('button', { name: 'Grille', exact: true }).click();
	await screen.open('/evaluations/new', 'Nouvelle évaluation');
	await screen.accessible();
	await screen.open('/evaluations', 'Évaluations');
	await page.locator('table.table').first().waitFor();
	await screen.accessible();
	await screen.open('/home', /^Bonjour/);
	await screen.accessible();
});

test('M-102, M-103: an evaluation is made from the form, for a whole class',
	async () => {
		await screen.open('/evaluations/new', 'Nouvelle évaluation');
		await page.getByRole('button', { name: 'Créer la grille' }).click();
		await page.getByText('Donnez un titre').waitFor();
		await page.getByLabel('Titre', { exact: true }).fill('Tableau');
		await page.getByLabel('Niveau de complexité').selectOption('D');
		await page.getByLabel('Chercher un code ou des mots')
			.fill('energetique');
		await page.getByRole('checkbox', { name: /énergétique/ }).first()
			.check();
		await page.locator('#form-learners summary').first().click();
		await page.getByRole('checkbox', { name: 'Toute la classe' }).first()
			.check();
		await page.getByText('5 apprenants × 1 critères').waitFor();
		await page.getByRole('button', { name: 'Créer la grille' }).click();
		await page.getByRole('heading', { level: 1, name: 'Tableau' })
			.waitFor();
		assert.equal(await page.locator('table.grid tbody tr').count(), 5);
	});

test('a phone shows one criterion per card, with six large buttons',
	async () => {
		const phone = await signIn(browser, server, school.login.morel,
			PASSWORD, { width: 320, height: 700, theme: 'dark' });

		await phone.open(`/evaluations/${id}`, /^Grille/);
		const big = phone.page.locator('.big-mark');
		await big.first().waitFor();
		assert.equal(await big.count(), 6);
		for (const box of await big.all())
			assert.ok((await box.boundingBox()).height >= 44);
		await phone.accessible();
		await phone.wide();
		await big.nth(2).click();
		await phone.page.getByRole('button', { name: 'Suivant', exact: true })
			.click();
		await phone.page.locator('.save-state')
			.filter({ hasText: 'Enregistré à' }).waitFor();
		assert.equal((await stored())[0][0], 'assisted');
		await phone.close();
	});

test('M-210: a learner reads own results, nothing to change', async () => {
	await meanwhile([['zoe', 0, 'assisted'], ['adam', 0, 'fail']]);
	const zoe = await signIn(browser, server, school.login.zoe, PASSWORD,
		{ width: 390, height: 844 });

	await zoe.open(`/evaluations/${id}`, /^Grille/);
	await zoe.page.locator('.own-line').first().waitFor();
	assert.match(await zoe.page.locator('.own-line').first().textContent(),
		/avec aide/);
	assert.equal(await zoe.page.getByText('BERNARD').count(), 0);
	assert.equal(await zoe.page.locator('button.big-mark').count(), 0);
	await zoe.accessible();
	await zoe.wide();
	await zoe.close();
});
