// Nothing typed is lost in the draft of an interim assessment nor in the
// grading window: a colleague, a lock, a base that is away, a dead network, a
// closed page, somebody else on the same machine.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import pg from 'pg';
import { client } from '../api/lib/client.mjs';
import { PASSWORD, seedSchool } from '../api/lib/school.mjs';
import { clientOptions, startServer } from '../api/lib/server.mjs';
import { confirm, framework, positions } from '../api/lib/trade.mjs';
import { launch, signIn } from './lib/screen.mjs';

let server, school, browser, melec, screen, page;
const who = {};

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (text, values) =>
		({ rows: await server.sql(text, values) }) });
	for (const name of ['morel', 'roux', 'durand']) {
		who[name] = client(server);
		await who[name].login({ login: school.login[name],
			password: PASSWORD });
	}
	melec = await framework(who.morel, 'bacpro-melec');
	browser = await launch();
	screen = await signIn(browser, server, school.login.morel, PASSWORD);
	page = screen.page;
});

after(async () => {
	await screen?.close();
	await browser?.close();
	await server?.stop();
});

// One test leaves nothing to the next.
beforeEach(async () => {
	await page.unrouteAll();
	await page.goto(`${server.base}/js/theme.js`);
	await page.evaluate(() => Object.keys(localStorage)
		.filter((key) => /^acquis\.(unsent|spoilt)/.test(key))
		.forEach((key) => localStorage.removeItem(key)));
});

// The browser tells each answer it did not like: those we made on purpose.
function expectRefusals() {
	for (let i = screen.faults.length - 1; i >= 0; i--)
		if (/Failed to load resource|net::ERR/.test(screen.faults[i]))
			screen.faults.splice(i, 1);
}

const competency = (code) =>
	melec.competencies.find((one) => one.code === code).id;
const learner = (name) => school.person[name];
const state = (text) => page.locator('.save-state')
	.filter({ hasText: text }).waitFor();
const saved = () => state('Enregistré à');
const choice = () => page.getByRole('dialog');
const alert = (text) => page.getByRole('alert').filter({ hasText: text });
const press = (where, name) => where.getByRole('button', { name }).click();

async function base(sql) {
	const admin = new pg.Client(
		clientOptions(process.env.ACQUIS_SUPER_URL));

	await admin.connect();
	await admin.query(sql);
	await admin.end();
}

// The base of this server goes away, as in tests/api/outage.test.mjs.
async function loseBase() {
	await base(`ALTER DATABASE ${server.database} ALLOW_CONNECTIONS false`);
	await base(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = '${server.database}'
		AND usename = 'acquis_api'`);
}

async function findBase() {
	await base(`ALTER DATABASE ${server.database} ALLOW_CONNECTIONS true`);
	for (let i = 0; i < 50; i++) {
		if ((await who.morel.get('/session')).status === 200)
			return;
		await new Promise((next) => setTimeout(next, 100));
	}
	assert.fail('the base did not come back');
}

// The page goes while the base is away: its last request is refused too.
async function leavePage() {
	await state('nouvel essai');
	await page.goto('about:blank');
	await new Promise((next) => setTimeout(next, 300));
	await findBase();
}

const home = async () => {
	await page.goto('about:blank');
	await page.goto(`${server.base}/#/home`);
	await page.locator('#page h1').waitFor();
};

// Polls what the server has until it is as expected.
async function arrives(read, expected) {
	let now;

	for (let i = 0; i < 60; i++) {
		now = await read();
		if (JSON.stringify(now) === JSON.stringify(expected))
			return;
		await new Promise((next) => setTimeout(next, 100));
	}
	assert.deepEqual(now, expected);
}

/* --- the draft --- */

const findings = () => page.locator('#text-findings');
const advice = () => page.locator('#text-advice');

async function draftOf(name) {
	const { body } = await who.morel.get(
		`/learners/${learner(name)}/draft`);

	return body;
}

const levelsOf = async (name) => (await draftOf(name)).positions
	.map(({ level }) => level);

const textsOf = async (name) => {
	const draft = await draftOf(name);

	return [draft.findings, draft.advice];
};

async function writeDraft(by, name, texts, given = {}) {
	const answer = await who[by].put(`/learners/${learner(name)}/draft`,
		{ positions: positions(melec, given).filter((one) =>
			one.level !== null),
		findings: '', advice: '', ...texts },
		{ ifMatch: '*' });

	assert.equal(answer.status, 200, answer.text);
}

async function openDraft(name) {
	await home();
	await screen.open(`/draft/${learner(name)}`, /Bilan en préparation/);
	await findings().waitFor();
}

test('M-219, 412: what a colleague wrote elsewhere in the draft is merged in'
	+ ' silence', async () => {
	await writeDraft('morel', 'adam', { findings: 'Avant.' });
	await openDraft('adam');
	await writeDraft('roux', 'adam', { findings: 'Avant.',
		advice: 'De Roux.' }, { C1: '4t' });
	await findings().fill('De Morel.');
	await saved();
	assert.deepEqual(await textsOf('adam'), ['De Morel.', 'De Roux.']);
	assert.equal((await draftOf('adam')).positions.length, 1);
	assert.equal(await advice().inputValue(), 'De Roux.');
	expectRefusals();
});

for (const [button, kept] of [['Garder mes valeurs', 'De Morel.'],
	['Garder les siennes', 'De Roux.']])
	test(`M-219, 412 on the same text shows both: ${button}`, async () => {
		await writeDraft('morel', 'adam', { findings: 'Avant.' });
		await openDraft('adam');
		await writeDraft('roux', 'adam', { findings: 'De Roux.' });
		await findings().fill('De Morel.');
		await choice().getByText('Une valeur a été modifiée').waitFor();
		assert.deepEqual(await choice().locator('tbody .quote')
			.allTextContents(), ['De Morel.', 'De Roux.']);
		await press(choice(), button);
		await choice().waitFor({ state: 'detached' });
		await arrives(() => textsOf('adam'), [kept, '']);
		assert.equal(await findings().inputValue(), kept);
		expectRefusals();
	});

test('M-213, 412: a choice put off is asked again when the learner is opened'
	+ ' again, with both positions', async () => {
	await writeDraft('morel', 'adam', {}, { C1: '2t' });
	await openDraft('adam');
	await writeDraft('roux', 'adam', {}, { C1: '1t' });
	await page.locator('.pos-box').first().click();
	await page.keyboard.press('Digit4');
	await choice().getByText('Une valeur a été modifiée').waitFor();
	await press(choice(), 'Décider plus tard');
	await state('Conflit à résoudre');
	await home();
	await screen.open(`/dashboard/${learner('adam')}`, /Adam/);
	await choice().getByText('Une valeur a été modifiée').waitFor();
	assert.match(await choice().locator('tbody').innerText(),
		/C1[^]*totalement acquise[^]*non acquise/);
	await press(choice(), 'Garder mes valeurs');
	await saved();
	assert.deepEqual(await levelsOf('adam'), [4]);
	expectRefusals();
});

test('M-219, K7, 503: what is written while the base is away is kept, said to'
	+ ' be, and arrives', async () => {
	await writeDraft('morel', 'lina', {});
	await openDraft('lina');
	await loseBase();
	await findings().fill('Base absente.');
	await state('nouvel essai');
	await advice().fill('Patience.');
	await findBase();
	await saved();
	assert.deepEqual(await textsOf('lina'), ['Base absente.', 'Patience.']);
	expectRefusals();
});

test('M-219, a dead network: the draft waits, and leaves when it is back',
	async () => {
		await writeDraft('morel', 'lina', {});
		await openDraft('lina');
		await screen.context.setOffline(true);
		await findings().fill('Sans réseau.');
		await state('Hors ligne : une modification en attente');
		await screen.context.setOffline(false);
		await saved();
		assert.deepEqual(await textsOf('lina'), ['Sans réseau.', '']);
		expectRefusals();
	});

test('M-219, a closed page: the draft is sent by itself at the next visit,'
	+ ' wherever it begins', async () => {
	await writeDraft('morel', 'lina', {});
	await openDraft('lina');
	await loseBase();
	await findings().fill('Page fermée.');
	await leavePage();
	assert.deepEqual(await textsOf('lina'), ['', '']);
	await home();
	await arrives(() => textsOf('lina'), ['Page fermée.', '']);
	expectRefusals();
});

test('M-214, a closed page: a position chosen on the dashboard is there again'
	+ ' when the learner is opened', async () => {
	await writeDraft('morel', 'lina', {}, { C1: '2t' });
	await home();
	await screen.open(`/dashboard/${learner('lina')}`, /Lina/);
	await page.locator('.pos-box').nth(1).click();
	await choice().waitFor();
	await loseBase();
	await page.keyboard.press('Digit4');
	await leavePage();
	await page.goto(`${server.base}/#/dashboard/${learner('lina')}`);
	await saved();
	assert.deepEqual(await levelsOf('lina'), [2, 4]);
	expectRefusals();
});

/* --- one that was confirmed, unlocked --- */

async function unlock(interim) {
	const { headers } = await who.durand.get(
		`/interim-assessments/${interim.id}`);
	const answer = await who.durand.post(
		`/interim-assessments/${interim.id}/unlock`,
		{ reason: 'Une erreur.', expires_at: inDays(7) },
		{ ifMatch: headers.etag });

	assert.equal(answer.status, 200, answer.text);
}

const inDays = (n) => new Date(Date.now() + n * 864e5).toISOString()
	.slice(0, 10);

async function confirmAgain(interim) {
	const { headers } = await who.morel.get(
		`/interim-assessments/${interim.id}`);
	const answer = await who.morel.post(
		`/interim-assessments/${interim.id}/confirm`,
		{ confirmation: 'CONFIRMATION' }, { ifMatch: headers.etag });

	assert.equal(answer.status, 200, answer.text);
}

test('M-228, P3, 423: what is written in an assessment confirmed meanwhile'
	+ ' stays on screen, is there after a reload, and can be exported',
async () => {
	const interim = await confirm(who.morel, melec, learner('hugo'),
		{ C1: '3t' });

	await unlock(interim);
	await home();
	await screen.open(`/interims/${learner('hugo')}`, /Bilan de Hugo/);
	await findings().waitFor();
	await confirmAgain(interim);
	await findings().fill('Trop tard.');

	const box = alert('verrouillé');

	await box.waitFor();
	assert.equal(await findings().inputValue(), 'Trop tard.');
	await page.reload();
	await box.waitFor();
	await page.getByText('Constats : Trop tard.').waitFor();
	const [file] = await Promise.all([page.waitForEvent('download'),
		press(box, 'Exporter la saisie')]);
	assert.equal(file.suggestedFilename(), 'acquis.txt');
	await unlock(interim);
	await page.reload();
	await saved();
	const { body } = await who.morel.get(
		`/interim-assessments/${interim.id}`);
	assert.equal(body.findings, 'Trop tard.');
	await confirmAgain(interim);
	expectRefusals();
});

/* --- the weights --- */

const inputs = () => page.locator('.weights input');
const typed = async () => Promise.all((await inputs().all())
	.map((input) => input.inputValue()));
let ines;

// One learner graded on C8 and C9, whose weights are as given.
async function weigh(percents) {
	const entry = await lineOf('ines');
	const answer = await who.morel.put(
		`/interim-assessments/${entry.assessment.id}/weights`,
		{ weights: Object.entries(percents).map(([code, percent]) =>
			({ competency_id: competency(code), percent })) },
		{ ifMatch: `"${entry.weighting.version}"` });

	assert.equal(answer.status, 200, answer.text);
}

async function lineOf(name) {
	const { body } = await who.morel.get(
		`/classes/${school.class['2MELEC']}/grading`);

	return body.learners.find((one) => one.learner.id === learner(name));
}

const weights = async () => (await lineOf('ines')).weighting.weights
	.map(({ percent }) => percent);

async function openGrading() {
	await home();
	await screen.open(`/grading/${school.class['2MELEC']}`, /Noter/);
	await page.getByRole('button', { name: /ROBERT Inès/ }).click();
	await inputs().nth(1).waitFor();
}

async function freshWeights(percents = { C8: '10', C9: '10' }) {
	ines ??= await confirm(who.morel, melec, learner('ines'),
		{ C8: '4t', C9: '2t' });
	await weigh(percents);
	await openGrading();
}

test('M-241, 412: a weight a colleague gave elsewhere is merged in silence',
	async () => {
		await freshWeights();
		await weigh({ C8: '10', C9: '55' });
		await inputs().nth(0).fill('12,5');
		await saved();
		assert.deepEqual(await weights(), ['12.50', '55.00']);
		assert.deepEqual(await typed(), ['12,5', '55,00']);
		expectRefusals();
	});

for (const [button, kept] of [['Garder mes valeurs', '12.50'],
	['Garder les siennes', '33.00']])
	test(`M-241, 412, the same weight shows both: ${button}`, async () => {
		await freshWeights();
		await weigh({ C8: '33', C9: '10' });
		await inputs().nth(0).fill('12,5');
		await choice().getByText('Une valeur a été modifiée').waitFor();
		assert.deepEqual(await choice().locator('tbody .quote')
			.allTextContents(), ['12,50 %', '33,00 %']);
		await press(choice(), button);
		await choice().waitFor({ state: 'detached' });
		await arrives(weights, [kept, '10.00']);
		await page.waitForFunction(() => document.querySelector(
			'.save-state').textContent.includes('nregistré'));
		expectRefusals();
	});

test('M-241, K7, 503: weights typed while the base is away are kept, said to'
	+ ' be, and arrive', async () => {
	await freshWeights();
	await loseBase();
	await inputs().nth(0).fill('60');
	await state('nouvel essai');
	await inputs().nth(1).fill('40');
	await findBase();
	await saved();
	assert.deepEqual(await weights(), ['60.00', '40.00']);
	await page.getByText('Proposition de note').waitFor();
	expectRefusals();
});

test('M-241, a dead network: weights wait, and leave when it is back',
	async () => {
		await freshWeights();
		await screen.context.setOffline(true);
		await inputs().nth(0).fill('25');
		await state('Hors ligne : une modification en attente');
		await screen.context.setOffline(false);
		await saved();
		assert.deepEqual(await weights(), ['25.00', '10.00']);
		expectRefusals();
	});

test('M-241, a closed page: weights are sent by themselves at the next visit',
	async () => {
		await freshWeights();
		await loseBase();
		await inputs().nth(0).fill('25');
		await leavePage();
		assert.deepEqual(await weights(), ['10.00', '10.00']);
		await home();
		await arrives(weights, ['25.00', '10.00']);
		expectRefusals();
	});

test('M-242, a closed page: weights that cannot be saved yet, over 100 % or no'
	+ ' percent, are on screen again', async () => {
	await freshWeights();
	await inputs().nth(0).fill('douze');
	await inputs().nth(1).fill('70');
	await state('À corriger');
	await page.goto('about:blank');
	await page.goto(`${server.base}/#/grading/${school.class['2MELEC']}`);
	await inputs().nth(1).waitFor();
	assert.deepEqual(await typed(), ['douze', '70,00']);
	assert.deepEqual(await weights(), ['10.00', '10.00']);
	await inputs().nth(0).fill('40');
	await page.locator('.remainder.over').waitFor();
	await page.reload();
	await page.locator('.remainder.over').waitFor();
	await inputs().nth(0).fill('30');
	await saved();
	assert.deepEqual(await weights(), ['30.00', '70.00']);
	expectRefusals();
});

test('M-249, a dead network: a grade that could not be saved says so and is'
	+ ' saved by the next try', async () => {
	await freshWeights({ C8: '50', C9: '50' });
	await page.getByText('Proposition de note').waitFor();
	await screen.context.setOffline(true);
	await press(page, 'Enregistrer la note');
	const refusal = alert('hors ligne');
	await refusal.waitFor();
	await screen.context.setOffline(false);
	await press(refusal, 'Réessayer');
	await page.locator('.grade-box .tag.success').waitFor();
	assert.equal((await lineOf('ines')).weighting.state, 'saved');
	expectRefusals();
});

test('M-241, 423: weights typed on an assessment unlocked meanwhile stay, say'
	+ ' why, and arrive once it is confirmed again', async () => {
	await freshWeights();
	await unlock(ines);
	await inputs().nth(0).fill('45');

	const box = alert('débloqué');

	await box.waitFor();
	assert.equal(await inputs().nth(0).inputValue(), '45');
	await page.getByText('C8 : 45,00 %').waitFor();
	await page.reload();
	await box.waitFor();
	assert.equal(await inputs().nth(0).inputValue(), '45,00');
	await confirmAgain(ines);
	await page.reload();
	await saved();
	assert.deepEqual(await weights(), ['45.00', '10.00']);
	expectRefusals();
});

test('M-240, 409: weights of an assessment that is no longer the last one stay,'
	+ ' and may be given to the new one', async () => {
	await freshWeights();
	ines = await confirm(who.morel, melec, learner('ines'),
		{ C8: '3t', C9: '3t' });
	await inputs().nth(0).fill('45');

	const box = alert('dernier bilan');

	await box.waitFor();
	assert.equal(await inputs().nth(0).inputValue(), '45');
	await press(box, 'Réessayer');
	await press(choice(), 'Garder mes valeurs');
	await arrives(weights, ['45.00', '0.00']);
	expectRefusals();
});

/* --- leaving, and somebody else on the same machine --- */

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
	await page.unrouteAll();
	await page.goto('about:blank');
	await page.goto(`${server.base}/#/home`);
	await arrives(() => textsOf('adam'), ['Constat gardé.', '']);
	assert.equal(await spoilt(), 5);
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
