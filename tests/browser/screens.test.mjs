// Every screen and every dialog, for the role that has it, in both themes, on
// a desktop and on a phone: axe finds nothing, the console stays empty, and
// nothing scrolls sideways.  ACQUIS_TEST_LONG=1 looks at each in all four; the
// short form takes them in turn, so that each is looked at in one.
//
// ACQUIS_TEST_SHOTS=folder keeps a picture of each.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { client } from '../api/lib/client.mjs';
import { PASSWORD, seedSchool } from '../api/lib/school.mjs';
import { root, startServer } from '../api/lib/server.mjs';
import { confirm, framework, positions, tag }
	from '../api/lib/trade.mjs';
import { launch, signIn } from './lib/screen.mjs';

const samples = path.join(root, 'tests/data/samples/01-initial');
const shots = process.env.ACQUIS_TEST_SHOTS;
const long = Boolean(process.env.ACQUIS_TEST_LONG);
const widths = [1280, 390];
const themes = ['light', 'dark'];
const visited = new Set();

let server;
let school;
let browser;
let morel;
let of;

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (text, values) =>
		({ rows: await server.sql(text, values) }) });
	morel = client(server);
	await morel.login({ login: school.login.morel, password: PASSWORD });

	const melec = await framework(morel, 'bacpro-melec');
	const criteria = melec.competencies.slice(0, 3)
		.flatMap((one) => one.criteria.slice(0, 2));
	const marks = ['fail', 'partial', 'assisted', 'autonomous',
		'not_assessable', 'absent'];
	const ids = [];
	let interim;

	// The first two are taken into interim assessments, the third is open.
	for (const [title, complexity] of [['Goulotte', 'D'], ['Tableau', 'B'],
		['Armoire', 'Int']]) {
		const made = await morel.post('/evaluations', { title, complexity,
			framework_id: melec.id, assessed_on: '2025-10-02',
			criterion_ids: criteria, visible: true,
			learner_ids: [school.person.zoe, school.person.adam] });

		assert.equal(made.status, 201, made.text);
		ids.push(made.body.id);
		assert.equal((await morel.patch(
			`/evaluations/${made.body.id}/marks`, { marks: criteria.map(
				(criterion_id, i) => ({ criterion_id, mark: marks[i],
					learner_id: school.person.zoe })) },
			{ ifMatch: made.headers.etag })).status, 200);
		if (ids.length < 3)
			({ id: interim } = await confirm(morel, melec,
				school.person.zoe, { C1: `${ids.length}i`, C2: '3t' }));
	}
	await weigh(interim, melec, { C1: '40', C2: '60' });
	assert.equal((await morel.put(`/learners/${school.person.adam}/draft`,
		{ positions: positions(melec, { C1: '2i', C3: '1t' }),
			findings: 'Adam progresse.', advice: '' },
		{ ifMatch: '*' })).status, 200);
	of = { interim, open: ids[2], zoe: school.person.zoe,
		adam: school.person.adam,
		class: school.class['2MELEC'] };
	browser = await launch();
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

// All of the grade's 100 %, so that there is something to explain.
async function weigh(interim, { competencies }, given) {
	const { body } = await morel.get(
		`/classes/${school.class['2MELEC']}/grading`);
	const { weighting } = body.learners.find((one) =>
		one.assessment?.id === interim);
	const saved = await morel.put(`/interim-assessments/${interim}/weights`,
		{ weights: Object.entries(given).map(([code, percent]) => ({
			competency_id: competencies.find((c) => c.code === code).id,
			percent })) }, { ifMatch: tag(weighting.version) });

	assert.equal(saved.status, 200, saved.text);
}

const press = (page, name) =>
	page.getByRole('button', { name, exact: true }).click();

async function dialog(page, open) {
	await open();
	await page.locator('dialog[open]').waitFor();
}

const firstCell = (page) => page.locator('table.grid td[tabindex="0"]');

// Somebody else saves the cell that is then typed here.
async function conflict(page) {
	const target = `/evaluations/${of.open}`;
	const { body, headers } = await morel.get(target);
	const at = body.learners.findIndex(({ id }) => id === of.adam);
	const mark = body.learners[at].marks[0] === 'fail' ? 'partial' : 'fail';

	await page.locator('table.grid tbody td').first().click();
	assert.equal((await morel.patch(`${target}/marks`, { marks: [{ mark,
		learner_id: of.adam, criterion_id: body.items[0].id }] },
	{ ifMatch: headers.etag })).status, 200);
	await page.keyboard.press('Digit4');
	await page.locator('dialog[open]').waitFor();
}

// Who teaches has the longest form.
async function newTeacher(page) {
	await page.getByLabel('Enseignant').check();
	await press(page, 'Ajouter une classe');
	await page.getByLabel('Discipline 1').fill('Électrotechnique');
}

// [hash, heading, what is opened there]; `wide` only: not on a phone.
const screens = {
	morel: () => [
		['/home', /^Bonjour/],
		['/home', /^Bonjour/, async (page) => {
			await page.getByRole('button', { name: /^Mon menu/ }).click();
			await page.locator('.popover').waitFor();
		}],
		['/evaluations', 'Évaluations'],
		['/evaluations/new', 'Nouvelle évaluation'],
		[`/evaluations/${of.open}/edit`, 'Modifier l’évaluation'],
		[`/evaluations/${of.open}`, 'Armoire'],
		[`/evaluations/${of.open}?view=list`, 'Armoire'],
		['/dashboard', /^\p{L}+ \p{Lu}+$/u],
		[`/dashboard/${of.zoe}?mode=chronological`, 'Zoé MARTIN'],
		[`/dashboard/${of.zoe}?mode=condensed`, 'Zoé MARTIN'],
		[`/dashboard/${of.zoe}?mode=compact`, 'Zoé MARTIN'],
		[`/dashboard/${of.zoe}`, 'Zoé MARTIN', (page) => dialog(page,
			() => page.locator('.pos-box').first().click())],
		[`/draft/${of.adam}`, /Bilan en préparation/],
		[`/draft/${of.adam}`, /Bilan en préparation/, (page) =>
			dialog(page, () => press(page, 'Confirmer le bilan'))],
		['/interims', /^Bilan de/],
		[`/interims/${of.zoe}/${of.interim}`, 'Bilan de Zoé MARTIN'],
		[`/interims/${of.zoe}`, /Bilan de Zoé/],
		[`/interims/${of.zoe}`, /Bilan de Zoé/, (page) => dialog(page,
			() => page.getByRole('button', { name: /déblocage/ }).click())],
		[`/grading/${of.class}`, /Noter/],
		[`/grading/${of.class}`, /Noter/, (page) => dialog(page,
			() => press(page, 'Explication'))],
		[`/grading/${of.class}`, /Noter/, (page) => dialog(page,
			() => press(page, 'Remettre à zéro'))],
		['/classes', /2MELEC/],
		[`/tutors/${of.zoe}`, 'En entreprise : Zoé MARTIN'],
		[`/tutors/${of.zoe}`, 'En entreprise : Zoé MARTIN', (page) =>
			dialog(page, () => press(page, 'Ajouter un tuteur'))],
		[`/classes/${of.class}`, /2MELEC/],
		['/frameworks', 'Référentiels'],
		['/frameworks/bacpro-melec', 'Bac Pro MELEC'],
		['/account', 'Mon compte'],
		['/nowhere', 'Cette page n’existe pas'],
	],
	durand: () => [
		['/home', /^Bonjour/],
		[`/dashboard/${of.adam}`, 'Adam BERNARD'],
		[`/draft/${of.adam}`, /Bilan en préparation/],
		[`/interims/${of.zoe}`, /Bilan de Zoé/, (page) => dialog(page,
			() => press(page, 'Débloquer'))],
		[`/grading/${of.class}`, /Noter|Notes/],
		['/settings', 'Réglages'],
		['/partners', 'Partenaires'],
		['/partners', 'Partenaires', (page) => dialog(page,
			() => press(page, 'Nouvel accès'))],
	],
	admin: () => [
		['/home', /^Bonjour/],
		['/imports', 'Imports SIECLE et STSWEB'],
		[`/imports/${of.import}`, /Import du/],
		['/people', 'Personnes'],
		['/people', 'Personnes', async (page) => {
			await page.getByRole('checkbox', { name: /Zoé MARTIN/ }).click();
			await dialog(page, () => press(page,
				'Donner un code d’activation'));
		}],
		['/people/new', 'Créer une personne'],
		['/people/new', 'Créer une personne', newTeacher],
		[`/people/${of.zoe}`, 'Zoé MARTIN'],
		[`/people/${of.zoe}`, 'Zoé MARTIN', (page) => press(page, 'Modifier')],
		[`/people/${of.zoe}`, 'Zoé MARTIN', (page) => dialog(page,
			() => press(page, 'Rattacher un responsable'))],
		[`/people/${school.person.nina}`, 'Nina SIMON', (page) =>
			dialog(page, () => press(page, 'Masquer'))],
		['/traces', 'Traces'],
		['/settings', 'Réglages'],
	],
	leroy: () => [
		[`/evaluations/${of.open}`, 'Armoire'],
		[`/interims/${of.zoe}`, /Bilan de Zoé/],
		['/people', 'Personnes'],
		['/traces', 'Traces'],
	],
	zoe: () => [
		['/traces', 'Traces'],
		['/home', /^Bonjour/],
		['/evaluations', 'Évaluations'],
		[`/evaluations/${of.open}`, 'Armoire'],
		[`/dashboard/${of.zoe}`, 'Zoé MARTIN'],
		[`/interims/${of.zoe}`, /Bilan de Zoé/],
	],
};

// Nothing is asked for and nothing is drawn any more.
async function settled(page) {
	await page.waitForLoadState('networkidle');
	await page.evaluate(() => new Promise((done) => {
		let timer = setTimeout(finish, 150);
		const look = new MutationObserver(() => {
			clearTimeout(timer);
			timer = setTimeout(finish, 150);
		});

		function finish() {
			look.disconnect();
			done();
		}

		look.observe(document.body, { attributes: true,
			characterData: true, childList: true, subtree: true });
	}));
	await page.locator('#page .loading').waitFor({ state: 'detached' });
}

// Themes change colours and nothing else: contrast is what is looked at twice.
async function check(screen, name, chosen = themes) {
	const { page } = screen;

	for (const theme of chosen) {
		await page.emulateMedia({ colorScheme: theme });
		try {
			await screen.accessible(theme === chosen[0]
				? undefined : ['color-contrast']);
			await screen.wide();
			assert.deepEqual(await page.locator('.band-level')
				.evaluateAll((cells) => cells.filter((one) =>
					one.scrollWidth > one.clientWidth)
					.map((one) => one.textContent)), [],
			'a class level is cut');
		} catch (error) {
			error.message = `${name}, ${theme}: ${error.message}`;
			throw error;
		}
		if (shots)
			await page.screenshot({ path: path.join(shots,
				`${name.replace(/\W+/g, '-')}-${theme}.png`) });
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

async function visit(screen, login, width) {
	const { page } = screen;
	const count = new Map();
	let before = '';

	await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
	for (const [i, [hash, heading, act]] of screens[login]().entries()) {
		if (!long && i % 2 !== widths.indexOf(width))
			continue;
		if (hash === before)
			await screen.open('/nowhere', 'Cette page n’existe pas');
		before = hash;
		visited.add(hash.split('?')[0]);
		await screen.open(hash, heading);
		await settled(page);
		count.set(hash, (count.get(hash) ?? 0) + 1);

		const name = `${login} ${width} ${hash} ${count.get(hash)}`;

		if (act !== undefined)
			await act(page).catch((error) => {
				error.message = `${name}: ${error.message}`;
				throw error;
			});
		await check(screen, name, long ? themes : [themes[(i >> 1) % 2]]);
		if (act !== undefined)
			await page.keyboard.press('Escape');
	}
}

test('signing in', async () => {
	for (const width of widths) {
		const screen = await signIn(browser, server, school.login.zoe,
			PASSWORD, { width });

		visited.add('/sign-in');
		await screen.page.getByRole('button', { name: /^Mon menu/ }).click();
		await screen.page.getByRole('button', { name: 'Se déconnecter' })
			.click();
		await screen.page.locator('#password').waitFor();
		await check(screen, `nobody ${width} /sign-in 1`);
		visited.add('/activation');
		await screen.open('/activation', 'Activer mon compte');
		await check(screen, `nobody ${width} /activation 1`);
		for (const [hash, title] of [['/forgotten', 'Mot de passe oublié'],
			['/reset/x', 'Nouveau mot de passe'],
			['/email/x', 'Confirmer mon adresse']]) {
			visited.add(hash);
			await screen.open(hash, title);
			await check(screen, `nobody ${width} ${hash} 1`, ['light']);
		}
		await screen.close();
	}
});

async function importFiles(screen) {
	const { page } = screen;

	await screen.open('/imports', 'Imports SIECLE et STSWEB');
	await page.locator('input[type=file]').setInputFiles([
		path.join(samples, 'sts_emp_0999001W_2025.xml'),
		path.join(samples, 'ElevesSansAdresses.xml')]);
	await press(page, 'Analyser');
	await page.getByRole('heading', { level: 1, name: /Import du/ }).waitFor();
	of.import = new URL(page.url()).hash.split('/').at(-1);
}

for (const login of Object.keys(screens))
	for (const width of widths)
		test(`the screens of ${login}, ${width} wide`,
			async () => {
				const screen = await signIn(browser, server,
					school.login[login], PASSWORD);

				if (login === 'admin' && of.import === undefined)
					await importFiles(screen);
				await visit(screen, login, width);
				await screen.close();
			});

test('the dialogs of the entry grid: keys, conflict', async () => {
	const screen = await signIn(browser, server, school.login.morel, PASSWORD);
	const { page } = screen;

	await screen.open(`/evaluations/${of.open}`, 'Armoire');
	await firstCell(page).click();
	await dialog(page, () => page.keyboard.press('?'));
	await check(screen, 'morel 1280 keys');
	await page.keyboard.press('Escape');
	await conflict(page);
	await check(screen, 'morel 1280 conflict');
	await page.setViewportSize({ width: 390, height: 844 });
	await check(screen, 'morel 390 conflict');
	await page.getByRole('button', { name: 'Garder les siennes' }).click();
	// The stale answer is an error on the console of the browser.
	screen.faults.splice(0, screen.faults.length, ...screen.faults.filter(
		(fault) => !/status of 412/.test(fault)));
	await screen.close();
});

test('no route of the page was left out', () => {
	const paths = ['main', 'more'].flatMap((name) => {
		const [, table] = /const routes = \[([^]*?)\n\];/.exec(readFileSync(
			path.join(root, `frontend/js/${name}.js`), 'utf8'));

		return [...table.matchAll(/'(\/[\w/{}-]*)'/g)].map(([, one]) => one);
	});
	const left = paths.filter((one) => ![...visited].some((hash) =>
		new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(hash)));

	assert.ok(paths.length > 20);
	assert.deepEqual(left, []);
});
