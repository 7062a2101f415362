// People: codes given, slips, the first sign-in of a learner; traces.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { PASSWORD, seedSchool } from '../api/lib/school.mjs';
import { startServer } from '../api/lib/server.mjs';
import { launch, signIn } from './lib/screen.mjs';

let server;
let school;
let browser;

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (text, values) =>
		({ rows: await server.sql(text, values) }) });
	browser = await launch();
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

const as = (login, options) =>
	signIn(browser, server, school.login[login], PASSWORD, options);
const press = (page, name) =>
	page.getByRole('button', { name, exact: true }).click();
const row = (page, name) => page.locator('tbody tr', { hasText: name });

async function stranger() {
	const context = await browser.newContext({ locale: 'fr-FR',
		viewport: { width: 390, height: 844 } });
	const page = await context.newPage();

	page.setDefaultTimeout(15000);
	return { context, page };
}

test('M-003, M-049, M-051 the codes of a class are given, printed as slips, '
	+ 'and open an account on a phone', async () => {
	const screen = await as('admin');
	const { page } = screen;

	await screen.open('/people', 'Personnes');
	await page.getByLabel('Classe', { exact: true })
		.selectOption({ label: '2MELEC' });
	await page.getByRole('button', { name: 'Codes de 2MELEC' }).click();
	await page.getByLabel(/Laisser de côté/).uncheck();
	await press(page, 'Donner un code d’activation');
	await page.getByText('ne sont affichés que maintenant').waitFor();
	await screen.accessible();

	const lines = page.locator('dialog tbody tr');
	assert.equal(await lines.count(), 5);
	const code = await lines.filter({ hasText: 'MARTIN' }).locator('code')
		.last().innerText();
	const [file] = await Promise.all([page.waitForEvent('download'),
		page.getByRole('button', { name: 'Imprimer les fiches' }).click()]);

	assert.equal(file.suggestedFilename(), 'Codes d’activation 2MELEC.pdf');
	assert.equal(readFileSync(await file.path()).subarray(0, 5).toString(),
		'%PDF-');
	await press(page, 'Fermer');
	await row(page, 'MARTIN').getByText('code donné').waitFor();

	const { context, page: phone } = await stranger();

	await phone.goto(`${server.base}/#/activation?school=0999001W`
		+ `&login=${school.login.zoe}&code=${code}`);
	await phone.getByLabel('Mon nouveau mot de passe').fill('court');
	assert.equal(new URL(phone.url()).hash, '#/activation');
	assert.equal(await phone.getByLabel('Code d’activation').inputValue(),
		code);
	await phone.getByLabel('Mon nouveau mot de passe')
		.fill('Marguerite-bleue-7');
	await press(phone, 'Activer et entrer');
	await phone.getByRole('heading', { level: 1, name: /Bonjour Zoé/ })
		.waitFor();
	await context.close();
	await screen.close();
	await (await signIn(browser, server, school.login.zoe,
		'Marguerite-bleue-7')).close();
});

test('M-043 a code given to one who is ticked; a wrong code says what to do '
	+ 'and loses nothing typed', async () => {
	const screen = await as('admin');
	const { page } = screen;

	await screen.open('/people', 'Personnes');
	await page.getByLabel(/Nom, prénom/).fill('adam');
	await page.getByRole('checkbox', { name: /Adam BERNARD/ }).click();
	await press(page, 'Donner un code d’activation');
	await page.locator('dialog').getByRole('button',
		{ name: 'Donner un code d’activation' }).click();
	await page.locator('dialog tbody tr', { hasText: 'BERNARD' }).waitFor();
	await press(page, 'Fermer');
	await screen.close();

	const { context, page: phone } = await stranger();

	await phone.goto(`${server.base}/#/activation`);
	await phone.getByLabel('Identifiant').fill(school.login.adam);
	await phone.getByLabel('Code d’activation').fill('AAAA-BBBB-CCCC');
	await phone.getByLabel('Mon nouveau mot de passe')
		.fill('Marguerite-bleue-7');
	await press(phone, 'Activer et entrer');
	await phone.locator('#code-hint.wrong').waitFor();
	assert.equal(await phone.getByLabel('Identifiant').inputValue(),
		school.login.adam);
	assert.equal(await phone.getByLabel('Mon nouveau mot de passe')
		.inputValue(), 'Marguerite-bleue-7');
	await context.close();
});

test('on a device where somebody is signed in, activation asks to sign out',
	async () => {
		const screen = await as('morel');
		const { page } = screen;

		await screen.open('/activation', 'Activer mon compte');
		await page.getByText(/Marc MOREL est connecté/).waitFor();
		await press(page, 'Se déconnecter');
		await page.locator('#password').waitFor();
		await screen.close();
	});

test('T1 who reads a file is seen by the learner and by the head, and '
	+ 'exported', async () => {
	const teacher = await as('petit');

	await teacher.open(`/dashboard/${school.person.paul}`, 'Paul RICHARD');
	await teacher.close();

	const learner = await as('paul', { width: 390 });

	await learner.open('/traces', 'Traces');
	await learner.page.locator('li.work', { hasText: 'Paule PETIT' })
		.filter({ hasText: 'tableau de bord' }).first().waitFor();
	assert.doesNotMatch(await learner.page.locator('#page').innerText(),
		/127\.0\.0\.1/);
	await learner.close();

	const head = await as('leroy');
	const { page } = head;

	await head.open('/traces', 'Traces');
	await page.getByLabel('Quoi').selectOption({ label: 'Consultations' });
	await row(page, 'Paule PETIT').filter({ hasText: 'Paul RICHARD' }).first()
		.waitFor();
	const [file] = await Promise.all([page.waitForEvent('download'),
		page.getByRole('link', { name: 'Exporter en CSV' }).click()]);

	assert.match(readFileSync(await file.path(), 'utf8'), /Paule PETIT/);
	await head.close();
});
