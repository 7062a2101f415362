// What was not sent when somebody leaves, and somebody else comes to the same
// machine.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { PASSWORD } from '../api/lib/school.mjs';
import { arrives, choice, clean, close, draftOf, expectRefusals, findings,
	freshWeights, inputs, learner, open, openDraft, openGrading, page, press,
	saved, school, screen, server, state, textsOf, typed, weights, who,
	writeDraft } from './lib/unsent.mjs';

before(open);
after(close);
beforeEach(clean);

const signOut = async () => {
	await page.locator('.top-menu > button').click();
	await press(page, 'Se déconnecter');
};

async function signInAs(name) {
	await page.getByLabel('Identifiant').fill(school.login[name]);
	await page.locator('#password').fill(PASSWORD);
	await press(page, 'Se connecter');
	await page.waitForFunction(() => location.hash !== '#/sign-in');
	await page.locator('#page h1').waitFor();
}

// Writes to the server are lost on the way; reading goes on.
const cutWrites = () => page.route(/\/(draft|weights)$/, (route) =>
	route.request().method() === 'PUT' ? route.abort() : route.continue());

const unsentKeys = () => page.evaluate(() => Object.keys(localStorage)
	.filter((key) => key.startsWith('acquis.unsent')));

async function unsentOfMorel() {
	await writeDraft('morel', 'adam', {});
	await openDraft('adam');
	await cutWrites();
	await findings().fill('Secret de Morel.');
	await state('nouvel essai');
}

test('signing out warns of an unsent draft; who stays loses nothing, and who'
	+ ' leaves is asked no more once it is sent', async () => {
	await unsentOfMorel();
	await signOut();
	const warning = page.getByRole('alertdialog');
	await warning.getByText('Le bilan en préparation de Adam BERNARD')
		.waitFor();
	await screen.accessible();
	await press(warning, 'Annuler');
	assert.equal(await findings().inputValue(), 'Secret de Morel.');
	await page.unrouteAll();
	await signOut();
	await page.getByLabel('Identifiant').waitFor();
	assert.deepEqual(await textsOf('adam'), ['Secret de Morel.', '']);
	await signInAs('morel');
	expectRefusals();
});

test('signing out warns of unsent weights; who leaves all the same leaves'
	+ ' nothing on the machine', async () => {
	await freshWeights();
	await cutWrites();
	await inputs().nth(0).fill('77');
	await state('nouvel essai');
	await signOut();
	const warning = page.getByRole('alertdialog');
	await warning.getByText('La pondération de Inès ROBERT').waitFor();
	await press(warning, 'Se déconnecter et effacer');
	await page.getByLabel('Identifiant').waitFor();
	await page.unrouteAll();
	assert.deepEqual(await unsentKeys(), []);
	await signInAs('morel');
	await openGrading();
	assert.deepEqual(await typed(), ['10,00', '10,00']);
	expectRefusals();
});

test('what is kept of one teacher is neither shown to nor sent by another of'
	+ ' the same learner, and arrives when the first is back', async () => {
	await unsentOfMorel();
	await screen.context.clearCookies();
	await page.unrouteAll();
	await findings().fill('Secret de Morel !');
	const dialog = page.getByRole('dialog');
	await dialog.getByText('Votre session est terminée').waitFor();
	await press(dialog, 'Quitter');
	await signInAs('roux');
	await page.goto(`${server.base}/#/draft/${learner('adam')}`);
	await findings().waitFor();
	assert.equal(await findings().inputValue(), '');
	assert.equal(await page.locator('#banner .notice').count(), 0);
	await findings().fill('De Roux.');
	await saved();
	await signOut();
	await page.getByLabel('Identifiant').waitFor();
	await signInAs('morel');
	await openDraft('adam');
	await press(choice(), 'Garder mes valeurs');
	await arrives(() => textsOf('adam'), ['Secret de Morel !', '']);
	expectRefusals();
});

test('a record that cannot be read is put aside: what else waits is taken back,'
	+ ' and who signs out leaves neither', async () => {
	await writeDraft('morel', 'adam', {});
	await openDraft('adam');
	await cutWrites();
	await findings().fill('Constat gardé.');
	await state('nouvel essai');
	const spoil = (texts) => page.evaluate(([person, all]) => all.forEach(
		(text, i) => localStorage.setItem(
			`acquis.unsent.${person}.draft/0/x.spoilt${i}`, text)),
	[learner('morel'), texts]);
	const spoilt = () => page.evaluate(() => Object.keys(localStorage)
		.filter((key) => key.startsWith('acquis.spoilt')).length);

	await spoil(['{"title":"Bilan', 'null', '{}', '{"hash":"#/home"}',
		'']);
	await page.goto('about:blank');
	await page.unrouteAll();
	await page.goto(`${server.base}/#/home`);
	await arrives(() => textsOf('adam'), ['Constat gardé.', '']);
	await arrives(spoilt, 5);
	await spoil(['{']);
	await signOut();
	await page.getByLabel('Identifiant').waitFor();
	assert.equal(await spoilt(), 0);
	assert.deepEqual(await unsentKeys(), []);
	await signInAs('morel');
	expectRefusals();
});

for (const [how, come] of [
	['signs in over the page', async () => {
		await screen.context.clearCookies();
		await findings().fill('De Morel seul.');
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel('Identifiant').fill(school.login.roux);
		await dialog.locator('#password').fill(PASSWORD);
		await press(dialog, 'Se connecter');
		await page.locator('.top-menu').filter({ hasText: 'ROUX' })
			.waitFor();
	}],
	['signs in from another tab', async () => {
		const tab = await screen.context.newPage();

		await tab.goto(`${server.base}/#/home`);
		await tab.locator('#page h1').waitFor();
		await tab.locator('.top-menu > button').click();
		await press(tab, 'Se déconnecter');
		await tab.getByLabel('Identifiant').fill(school.login.roux);
		await tab.locator('#password').fill(PASSWORD);
		await press(tab, 'Se connecter');
		await tab.locator('.top-menu').filter({ hasText: 'ROUX' })
			.waitFor();
		await tab.close();
		await findings().fill('De Morel seul.');
		await choice().getByText('Votre session est terminée')
			.waitFor();
	}]])
	test(`when a colleague ${how}, what the first wrote does not leave`
		+ ' under the other name', async () => {
		await writeDraft('morel', 'adam', {});
		await openDraft('adam');
		await come();
		await new Promise((next) => setTimeout(next, 1500));
		const { findings: text, author } = await draftOf('adam');
		assert.equal(text, '');
		assert.equal(author.id, learner('morel'));
		await screen.context.clearCookies();
		await page.goto('about:blank');
		await page.goto(`${server.base}/#/sign-in`);
		await signInAs('morel');
		await arrives(() => textsOf('adam'), ['De Morel seul.', '']);
		expectRefusals();
	});
