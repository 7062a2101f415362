// People changed, made and hidden by hand, guardians, tutors and masters.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { client } from '../api/lib/client.mjs';
import { PASSWORD, seedSchool } from '../api/lib/school.mjs';
import { startServer } from '../api/lib/server.mjs';
import { launch, signIn } from './lib/screen.mjs';

let server;
let school;
let browser;
let admin;

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (text, values) =>
		({ rows: await server.sql(text, values) }) });
	await server.sql(`UPDATE person SET source = 'import' WHERE id = $1`,
		[school.person.tom]);
	admin = client(server);
	await admin.login({ login: school.login.admin, password: PASSWORD });
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
const agree = (page, name) => page.locator('dialog[open]')
	.getByRole('button', { name, exact: true }).click();
const row = (page, name) => page.locator('tbody tr', { hasText: name });
const heading = (page, name) =>
	page.getByRole('heading', { level: 1, name }).waitFor();

// A refusal that was meant is an error on the console of the browser.
function expected(screen, status) {
	const mine = (fault) => fault.includes(`status of ${status}`);

	assert.ok(screen.faults.some(mine), `no ${status}: ${screen.faults}`);
	screen.faults.splice(0, screen.faults.length,
		...screen.faults.filter((fault) => !mine(fault)));
}

test('M-042 M-034 M-046 a person found in the list is changed; what was typed '
	+ 'outlives the change of somebody else', async () => {
	const screen = await as('admin');
	const { page } = screen;

	await screen.open('/people', 'Personnes');
	await row(page, 'MOREAU').getByText('importé', { exact: true }).waitFor();
	await row(page, 'PETIT').getByText('créé à la main').waitFor();
	await row(page, 'PETIT').getByRole('link').click();
	await heading(page, 'Paule PETIT');
	await press(page, 'Modifier');
	await page.getByLabel('Téléphone').fill('0102030405');

	const path = `/people/${school.person.petit}`;
	const { headers } = await admin.get(path);

	assert.equal((await admin.patch(path, { email: 'p@essais.example' },
		{ ifMatch: headers.etag })).status, 200);
	await press(page, 'Enregistrer');
	await page.locator('.notice').getByText('Votre saisie est gardée')
		.waitFor();
	expected(screen, 412);
	assert.equal(await page.getByLabel('Téléphone').inputValue(),
		'0102030405');
	assert.equal(await page.getByLabel('Adresse électronique').inputValue(),
		'p@essais.example');
	await press(page, 'Enregistrer');
	await page.getByText('0102030405').waitFor();

	const { body } = await admin.get(path);

	assert.deepEqual([body.phone, body.email],
		['0102030405', 'p@essais.example']);
	await screen.close();
});

test('M-044 M-045 M-048 M-056 a teacher is made by hand after a warning, on a '
	+ 'phone, and a probable duplicate is shown first', async () => {
	const screen = await as('admin', { width: 390, height: 844 });
	const { page } = screen;

	await screen.open('/people', 'Personnes');
	await page.getByRole('link', { name: 'Créer une personne' }).click();
	await heading(page, 'Créer une personne');
	await page.getByText('Un import à jour est préférable').waitFor();
	await page.getByLabel('Nom', { exact: true }).fill('Martin');
	await page.getByLabel('Prénom').fill('Zoé');
	await page.getByLabel('Enseignant').check();
	await press(page, 'Ajouter une classe');
	await page.getByRole('combobox', { name: 'Classe 1' })
		.selectOption({ label: '1MCV' });
	await page.getByLabel('Discipline 1').fill('Vente');
	await press(page, 'Créer');
	await page.getByText('doivent être renseignés').waitFor();
	await page.getByRole('link', { name: 'Réglages' }).waitFor();
	await server.sql(`UPDATE school SET email = 'lycee@essais.example'`);
	await press(page, 'Créer');
	await page.locator('.notice').getByText('peut-être déjà connue')
		.waitFor();
	expected(screen, 409);
	await screen.accessible();
	await screen.wide();
	assert.equal(await page.getByRole('link',
		{ name: 'Ouvrir sa fiche Zoé MARTIN' }).getAttribute('href'),
	`#/people/${school.person.zoe}`);
	await press(page, 'C’est quelqu’un d’autre : créer');
	await heading(page, /Zoé Martin/i);
	await page.getByText('créé à la main').first().waitFor();
	await page.locator('.facts').getByText('Vente').waitFor();
	await press(page, 'Donner un code d’activation');
	await agree(page, 'Donner un code d’activation');
	await page.getByText('ne sont affichés que maintenant').waitFor();
	await agree(page, 'Fermer');
	await page.getByText('code donné').waitFor();
	await screen.close();
});

test('M-047 M-049 somebody is hidden after a confirmation, found among the '
	+ 'hidden and shown again; who comes from a file is not', async () => {
	const screen = await as('admin');
	const { page } = screen;
	const hide = page.getByRole('button', { name: 'Masquer', exact: true });

	await screen.open(`/people/${school.person.tom}`, 'Tom MOREAU');
	assert.equal(await hide.count(), 0);
	await screen.open(`/people/${school.person.nina}`, 'Nina SIMON');
	await hide.click();
	await page.getByText('Rien n’est supprimé').waitFor();
	await agree(page, 'Annuler');
	assert.equal((await admin.get(`/people/${school.person.nina}`))
		.body.active, true);
	await hide.click();
	await agree(page, 'Masquer');
	await page.getByText('inactif', { exact: true }).waitFor();
	await screen.open('/people', 'Personnes');
	await page.getByLabel('Présence').selectOption({ label: 'Masqués' });
	await row(page, 'MARTIN').first().waitFor({ state: 'detached' });
	await row(page, 'SIMON').getByRole('link').click();
	await press(page, 'Réactiver');
	await agree(page, 'Réactiver');
	await hide.waitFor();
	await screen.close();
});

test('M-050 the logins of a class are downloaded as CSV', async () => {
	const screen = await as('admin');
	const { page } = screen;

	await screen.open('/people', 'Personnes');
	await page.getByLabel('Classe', { exact: true })
		.selectOption({ label: '2MELEC' });

	const [file] = await Promise.all([page.waitForEvent('download'),
		page.getByRole('link', { name: 'CSV des comptes' }).click()]);

	assert.match(readFileSync(await file.path(), 'utf8'), /zoe\.martin/);
	await screen.close();
});

test('M-052 a guardian is tied to a learner and untied', async () => {
	const screen = await as('admin');
	const { page } = screen;
	const lina = `/people/${school.person.lina}`;

	await screen.open(lina, 'Lina DUBOIS');
	await press(page, 'Rattacher un responsable');
	await page.getByLabel(/Nom, prénom/).fill('claire');
	await page.getByRole('button', { name: 'Choisir Claire MARTIN' }).click();
	await press(page, 'Détacher Claire MARTIN');
	assert.equal((await admin.get(lina)).body.guardians.length, 1);
	await agree(page, 'Détacher');
	await page.getByText('Personne n’est rattaché').waitFor();
	assert.deepEqual((await admin.get(lina)).body.guardians, []);
	await screen.close();
});

test('M-053 M-055 a teacher goes from the class to the tutor of a learner, '
	+ 'gives one with a code and ends it', async () => {
	const screen = await as('morel', { width: 390, height: 844 });
	const { page } = screen;

	await screen.open(`/classes/${school.class['2MELEC']}`, /2MELEC/);
	await page.getByRole('link', { name: 'Tuteurs en entreprise' }).click();
	await heading(page, /En entreprise/);
	await page.getByLabel('Apprenant', { exact: true })
		.selectOption({ label: 'THOMAS Hugo' });
	await heading(page, 'En entreprise : Hugo THOMAS');
	await press(page, 'Ajouter un tuteur');
	await page.getByLabel('Nom', { exact: true }).fill('ARTISAN');
	await page.getByLabel('Prénom').fill('Luc');
	await agree(page, 'Créer');
	await page.getByText('luc.artisan').waitFor();
	await press(page, 'Donner un code d’activation');
	await agree(page, 'Donner un code d’activation');
	await page.getByText('ne sont affichés que maintenant').waitFor();
	await agree(page, 'Fermer');
	await page.getByText('code donné').waitFor();
	await screen.accessible();
	await screen.wide();
	await press(page, 'Mettre fin');
	await agree(page, 'Mettre fin');
	await page.getByText('Auparavant').waitFor();
	await press(page, 'Ajouter un tuteur');
	await page.getByLabel('Nom', { exact: true }).fill('Artisan');
	await page.getByLabel('Prénom').fill('luc');
	await agree(page, 'Créer');
	await page.getByRole('button',
		{ name: 'C’est cette personne Luc ARTISAN' }).click();
	await page.getByRole('button', { name: 'Mettre fin' }).waitFor();
	expected(screen, 409);
	await screen.close();
});

test('M-054 the administrator alone gives an apprentice a master', async () => {
	await server.sql(`UPDATE person SET track = 'apprentice' WHERE id = $1`,
		[school.person.adam]);

	const teacher = await as('morel');

	await teacher.open(`/tutors/${school.person.adam}`, /Adam BERNARD/);
	await teacher.page.getByText('L’administrateur ou le DDFPT').waitFor();
	assert.equal(await teacher.page.getByRole('button',
		{ name: /Ajouter un/ }).count(), 0);
	await teacher.close();

	const screen = await as('admin');
	const { page } = screen;

	await screen.open(`/people/${school.person.adam}`, 'Adam BERNARD');
	await press(page, 'Ajouter un maître d’apprentissage');
	await page.getByLabel('Nom', { exact: true }).fill('PATRON');
	await page.getByLabel('Prénom').fill('Anne');
	await agree(page, 'Créer');
	await page.getByText('anne.patron').waitFor();
	await screen.close();
});
