// One's own account: address, devices, sessions; what was forgotten.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { client } from '../api/lib/client.mjs';
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

test('M-007 an address waits for its link; a wrong password is said at the '
	+ 'field and loses nothing typed', async () => {
	const screen = await as('morel');
	const { page } = screen;
	const address = page.getByRole('textbox', {
		name: 'Adresse électronique' });
	const secret = page.getByLabel('Mot de passe actuel, pour confirmer');

	await screen.open('/account', 'Mon compte');
	await address.fill('marc@lycee.example');
	await secret.fill('faux-mot');
	await press(page, 'Changer l’adresse');
	await page.locator('#email_password-hint.wrong').waitFor();
	assert.equal(await address.inputValue(), 'marc@lycee.example');
	await secret.fill(PASSWORD);
	await press(page, 'Changer l’adresse');
	await page.getByText('Un lien vient d’être envoyé à marc@lycee.example')
		.waitFor();
	screen.faults.splice(0, screen.faults.length, ...screen.faults.filter(
		(fault) => !/status of 422/.test(fault)));
	await screen.close();
});

test('S5 another session is seen, and ended', async () => {
	const other = client(server);

	await other.login({ login: school.login.durand, password: PASSWORD });

	const screen = await as('durand');
	const { page } = screen;

	await screen.open('/account', 'Mon compte');
	await page.getByText('2 sessions ouvertes').waitFor();
	await screen.accessible();
	await press(page, 'Terminer toutes mes autres sessions');
	await page.getByText('Une session ouverte').waitFor();
	assert.equal((await other.get('/session')).status, 401);
	await screen.close();
});

test('M-009 a forgotten password: the same words, whoever asks; a link that '
	+ 'is over says so', async () => {
	const context = await browser.newContext({ locale: 'fr-FR' });
	const page = await context.newPage();

	page.setDefaultTimeout(15000);
	for (const login of [school.login.morel, 'personne']) {
		await page.goto(`${server.base}/#/sign-in`);
		await page.getByRole('link', { name: 'Mot de passe oublié ?' }).click();
		await page.getByLabel('Identifiant').fill(login);
		await press(page, 'Envoyer le lien');
		await page.getByText('C’est noté.').waitFor();
	}
	await page.goto(`${server.base}/#/reset/${'A'.repeat(43)}`);
	await page.getByLabel('Mon nouveau mot de passe')
		.fill('Marguerite-bleue-7');
	assert.equal(new URL(page.url()).hash, '#/reset');
	await press(page, 'Enregistrer');
	await page.getByRole('alert').waitFor();
	assert.equal(await page.getByLabel('Mon nouveau mot de passe')
		.inputValue(), 'Marguerite-bleue-7');
	await context.close();
});

test('M-001 who has one login in two schools is asked which, and types nothing '
	+ 'twice', async () => {
	await server.sql('UPDATE person SET login = $1 WHERE id = $2',
		[school.login.petit, school.person.simon]);

	const context = await browser.newContext({ locale: 'fr-FR' });
	const page = await context.newPage();

	await page.goto(`${server.base}/#/sign-in`);
	await page.getByLabel('Identifiant').fill(school.login.petit);
	await page.locator('#password').fill(PASSWORD);
	await press(page, 'Se connecter');
	await page.getByLabel(/dans plusieurs établissements/)
		.selectOption('0999002X');
	await press(page, 'Se connecter');
	await page.getByRole('heading', { level: 1, name: /^Bonjour/ }).waitFor();
	await page.getByText('Lycée professionnel Voisin').first().waitFor();
	await context.close();
});

// RFC 6238: six digits of a base32 secret, now.
function codeOf(secret) {
	const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
		.indexOf(c).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
	const step = Buffer.alloc(8);

	step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
	const mac = createHmac('sha1', key).update(step).digest();
	const at = mac[19] & 15;

	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000)
		.padStart(6, '0');
}

test('S6 a telephone is enrolled, a recovery code opens the account once, and '
	+ 'the school may require it', async () => {
	await server.sql("UPDATE school SET second_factor = 'required' "
		+ 'WHERE school_id = $1', [school.id.essais]);

	const context = await browser.newContext({ locale: 'fr-FR' });
	const page = await context.newPage();
	const signing = async () => {
		await page.goto(`${server.base}/#/sign-in`);
		await page.getByLabel('Identifiant').fill(school.login.leroy);
		await page.locator('#password').fill(PASSWORD);
		await press(page, 'Se connecter');
	};

	page.setDefaultTimeout(15000);
	await signing();
	await page.getByText('Votre établissement la demande').waitFor();
	await press(page, 'Activer avec mon téléphone');
	await page.getByRole('img', { name: /^QR code/ }).waitFor();
	await page.getByText('Je ne peux pas scanner').click();
	const secret = (await page.locator('.secret-text').innerText())
		.replace(/\s/g, '');

	await page.getByLabel('Code affiché').fill('000000');
	await press(page, 'Confirmer');
	await page.locator('#factor-hint.wrong').waitFor();
	await page.getByLabel('Code affiché').fill(codeOf(secret));
	await press(page, 'Confirmer');
	await page.locator('.codes li').nth(9).waitFor();
	const code = await page.locator('.codes li').first().innerText();

	await press(page, 'Je les ai gardés');
	await page.getByRole('heading', { level: 1, name: /^Bonjour/ }).waitFor();
	await page.getByRole('button', { name: /^Mon menu/ }).click();
	await press(page, 'Se déconnecter');
	await page.locator('#password').waitFor();

	for (const opens of [true, false]) {
		await signing();
		await page.getByLabel('Code de votre téléphone').fill(code);
		await press(page, 'Se connecter');
		if (opens) {
			await page.getByRole('heading', { level: 1, name: /^Bonjour/ })
				.waitFor();
			await page.getByRole('button', { name: /^Mon menu/ }).click();
			await press(page, 'Se déconnecter');
			await page.locator('#password').waitFor();
		} else {
			await page.getByRole('alert').waitFor();
		}
	}
	await context.close();
});
