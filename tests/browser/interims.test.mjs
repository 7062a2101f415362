// From the dashboard to a confirmed interim assessment, unlocked and confirmed
// again, then graded: the main job of a teacher, in a browser.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { client } from '../api/lib/client.mjs';
import { PASSWORD, seedSchool } from '../api/lib/school.mjs';
import { clientOptions, startServer } from '../api/lib/server.mjs';
import { confirm, framework } from '../api/lib/trade.mjs';
import { launch, signIn } from './lib/screen.mjs';

let server;
let school;
let browser;
let morel;
let melec;

async function evaluate(title, complexity, assessed_on, marks) {
	const [first] = melec.competencies;
	const made = await morel.post('/evaluations', { title, complexity,
		framework_id: melec.id, assessed_on, criterion_ids: first.criteria,
		competency_ids: [], learner_ids: [school.person.zoe,
			school.person.adam], visible: true });

	assert.equal(made.status, 201, made.text);
	const saved = await morel.patch(`/evaluations/${made.body.id}/marks`,
		{ marks: marks.map((mark, i) => ({ mark,
			learner_id: school.person.zoe,
			criterion_id: first.criteria[i] })) },
		{ ifMatch: made.headers.etag });
	assert.equal(saved.status, 200, saved.text);
	return made.body.id;
}

before(async () => {
	server = await startServer();
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));

	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	morel = client(server);
	await morel.login({ login: 'marc.morel', password: PASSWORD });
	melec = await framework(morel, 'bacpro-melec');
	await evaluate('Goulotte', 'D', '2025-09-10', ['fail', 'partial']);
	await confirm(morel, melec, school.person.zoe, { C1: '2i', C2: '3t' });
	await evaluate('Tableau', 'B', '2025-10-10', ['assisted', 'autonomous']);
	browser = await launch();
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

const as = (login, options) =>
	signIn(browser, server, login, PASSWORD, options);

test('M-112, M-192 to M-206, M-216 the dashboard shows the path and its filters',
	async () => {
		const screen = await as('marc.morel');
		const { page } = screen;

		await screen.open(`/dashboard/${school.person.zoe}`, 'Zoé MARTIN');
		await page.locator('.path-table .head').nth(1).waitFor();
		assert.equal(await page.locator('.path-table .head').count(), 2);
		assert.match(await page.locator('.path-table .head').first()
			.getAttribute('class'), /\bbar\b/);
		await page.locator('.pos-link').first().hover();
		assert.match(await page.locator('.tip').innerText(),
			/validé le .* par Marc MOREL/);
		await page.getByRole('button', { name: 'Découverte, 1 évaluation' })
			.click();
		await page.locator('.path-table .head').nth(1)
			.waitFor({ state: 'detached' });
		assert.match(page.url(), /complexity=D/);
		await page.getByRole('button', { name: 'Compact' }).click();
		await page.locator('.blocks.compact').waitFor();
		assert.equal(await page.locator('.lines').count(), 0);
		await page.getByRole('button', { name: 'Condensé' }).click();
		assert.match(await page.locator('.line .lv').first().innerText(),
			/D/);
		await page.keyboard.press('Alt+PageUp');
		await page.getByRole('heading', { level: 1, name: 'Lina DUBOIS' })
			.waitFor();
		await screen.close();
	});

test('M-210 a learner reads the own path and cannot position', async () => {
	const screen = await as('zoe.martin', { width: 390, height: 844 });
	const { page } = screen;

	await screen.open(`/dashboard/${school.person.zoe}`, 'Zoé MARTIN');
	await page.locator('.blocks').waitFor();
	assert.equal(await page.locator('.pos-box').count(), 0);
	await screen.wide();
	await screen.close();
});

test('M-212, M-215, M-218, M-225 levels by name, position, hidden rows to NE, CONFIRMATION, read',
	async () => {
		const screen = await as('marc.morel');
		const { page } = screen;

		await screen.open(`/dashboard/${school.person.zoe}?unit=U32`,
			'Zoé MARTIN');
		await page.locator('.pos-box.todo:visible').first().waitFor();
		for (let left = await page.locator('.pos-box.todo:visible').count();
			left > 0; left--) {
			await page.locator('.pos-box.todo:visible').first().click();
			await page.getByRole('dialog').waitFor();
			for (const name of [/acquise et transférable/,
				/partiellement acquise/, /en cours d.acquisition/,
				/non acquise/, /non évaluée/])
				assert.match(await page.getByRole('dialog').innerText(),
					new RegExp(name, 'i'));
			await page.keyboard.press(left % 2 ? 'Shift+Digit3' : 'Digit4');
			await page.getByRole('dialog').waitFor({ state: 'detached' });
		}
		await page.getByText(/Enregistré à/).waitFor();
		await page.locator('.bi .btn').click();
		await page.getByRole('alertdialog')
			.getByText('11 compétences masquées').first().waitFor();
		await page.getByRole('button', { name: /Les mettre à NE \(11\)/ })
			.click();
		await page.getByRole('heading', { level: 1,
			name: /Bilan en préparation/ }).waitFor();
		await page.getByLabel('Constats').fill('Zoé travaille proprement.');
		await page.getByLabel('Conseils').fill('Relire le schéma.');
		await page.locator('.radar img').waitFor();
		await page.getByRole('button', { name: 'Confirmer le bilan' })
			.click();
		await page.locator('#word').fill('confirmation');
		assert.equal(await page.getByRole('button',
			{ name: 'Confirmer', exact: true }).isDisabled(), true);
		await page.locator('#word').fill('CONFIRMATION');
		await page.getByRole('button', { name: 'Confirmer', exact: true })
			.click();
		await page.getByRole('heading', { level: 1, name: /Bilan de Zoé/ })
			.waitFor();
		assert.equal(await page.locator('.dates a').count(), 2);
		await page.getByText('Zoé travaille proprement.').waitFor();
		assert.equal(await page.locator('.radar img').evaluate(
			(image) => image.decode().then(() => image.naturalWidth > 0)),
		true);
		await screen.accessible();
		await screen.close();
	});

test('M-227, M-228 the DDFPT unlocks, the teacher confirms again',
	async () => {
		const ddfpt = await as('denis.durand');

		await ddfpt.open(`/interims/${school.person.zoe}`, /Bilan de Zoé/);
		await ddfpt.page.getByRole('button', { name: 'Débloquer' }).click();
		await ddfpt.page.getByLabel(/Motif/).fill('Erreur sur C8');
		await ddfpt.page.getByRole('dialog')
			.getByRole('button', { name: 'Débloquer' }).click();
		await ddfpt.page.getByText('Ce bilan est débloqué').waitFor();
		await ddfpt.close();

		const teacher = await as('marc.morel');
		const { page } = teacher;

		await teacher.open(`/interims/${school.person.zoe}`,
			/Bilan de Zoé/);
		await page.getByText('Motif : Erreur sur C8').waitFor();
		await page.locator('.pos-box').first().click();
		await page.keyboard.press('Digit2');
		await page.getByText('Enregistré', { exact: false }).first()
			.waitFor();
		await page.getByRole('button', { name: 'Confirmer de nouveau' })
			.click();
		await page.locator('#word').fill('CONFIRMATION');
		await page.getByRole('button', { name: 'Confirmer', exact: true })
			.click();
		await page.getByText('2 versions confirmées').waitFor();
		await teacher.close();
	});

test('M-230 a learner without any: the message, and what to do',
	async () => {
		const screen = await as('marc.morel');

		await screen.open(`/interims/${school.person.hugo}`,
			'Bilan de Hugo THOMAS');
		await screen.page.getByText(
			'Aucun bilan n’est actuellement disponible pour cet apprenant.')
			.waitFor();
		await screen.close();
	});

test('M-239 to M-251 weights, remainder, grade at 100 %, copy, save',
	async () => {
		await confirm(morel, melec, school.person.adam,
			{ C8: '4t', C9: '1t' });
		const screen = await as('marc.morel');
		const { page } = screen;

		await screen.open(`/grading/${school.class['2MELEC']}`,
			/Noter le dernier bilan/);
		await page.getByRole('button', { name: /BERNARD Adam/ }).click();
		const inputs = page.locator('.weights input');
		const box = page.locator('.remainder');

		await inputs.nth(1).waitFor();
		assert.equal(await inputs.count(), 2);
		await inputs.nth(0).fill('60,5');
		await inputs.nth(1).fill('50');
		await page.locator('.remainder.over').waitFor();
		assert.match(await box.innerText(), /Plus de 100 %[^]*10,50/);
		await inputs.nth(1).fill('39,5');
		await page.getByText('Proposition de note').waitFor();
		assert.match(await box.innerText(), /0,00/);
		await page.getByRole('button', { name: 'Enregistrer la note' })
			.click();
		await page.locator('.grade-box .tag.success').waitFor();
		await page.getByRole('button', { name: 'Explication' }).click();
		await page.getByRole('dialog').getByText(/Table de valeurs/)
			.waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Appliquer le modèle' })
			.click();
		await page.getByText('Modèle réparti').first().waitFor();
		await page.getByRole('button', { name: 'Remettre à zéro' }).click();
		await page.getByRole('alertdialog')
			.getByRole('button', { name: 'Remettre à zéro' }).click();
		await page.locator('.remainder.left').waitFor();
		await page.getByRole('button', { name: 'Annuler' }).click();
		await page.locator('.remainder.whole').waitFor();
		await screen.accessible();
		await screen.close();
	});

// Where the newest column and the first are, and what may cover them.
const edges = (page) => page.evaluate(() => {
	const at = (selector) =>
		[...document.querySelectorAll(`.path-table ${selector}`)]
			.map((cell) => cell.getBoundingClientRect());
	const heads = at('.head');
	const [left, right] = [at('.corner')[0].right, at('thead .end')[0].left];

	return { columns: heads.length,
		newest: document.querySelector('.path-table tr .head:last-child')
			.textContent.trim().replace(/\s+/g, ' '),
		moved: document.querySelector('.path').scrollLeft,
		seen: heads.map((head) => head.left >= left - 1
			&& head.right <= right + 1) };
});

test('M-196 the dashboard opens at its newest evaluations, and a filter '
	+ 'stays where one reads', async () => {
	for (let day = 1; day <= 18; day++)
		assert.equal((await morel.post('/evaluations', {
			title: `Activité ${day}`, complexity: 'D', visible: true,
			assessed_on: `2025-11-${String(day).padStart(2, '0')}`,
			framework_id: melec.id, learner_ids: [school.person.lina],
			criterion_ids: melec.competencies[0].criteria })).status, 201);

	const screen = await as('marc.morel');
	const { page } = screen;

	await screen.open(`/dashboard/${school.person.lina}`, 'Lina DUBOIS');
	await page.locator('.path-table .head').nth(17).waitFor();

	const opened = await edges(page);

	assert.equal(opened.columns, 18);
	assert.equal(opened.newest, 'D 18/11');
	assert.ok(opened.moved > 0);
	assert.equal(opened.seen.at(-1), true);
	assert.equal(opened.seen[0], false);

	await page.locator('.path').evaluate((path) => {
		path.scrollLeft = 0;
	});
	await page.locator('.chip.complexity').first().click();
	await page.waitForURL(/complexity=D/);
	await page.locator('.chip.complexity[aria-pressed="true"]').waitFor();
	assert.equal((await edges(page)).moved, 0);
	await screen.close();
});

test('A1 a teacher who may not read the draft has no way to it',
	async () => {
		for (const [login, ways] of [['marc.morel', 1], ['paule.petit', 0]]) {
			const screen = await as(login);
			const { page } = screen;

			for (const [hash, heading] of [['dashboard', 'Zoé MARTIN'],
				['interims', /Bilan de Zoé/]]) {
				await screen.open(`/${hash}/${school.person.zoe}`, heading);
				await page.locator('.tabs a[aria-current]').waitFor();
				assert.equal(await page.locator(
					'.tabs a[href^="#/draft/"]').count(), ways, hash);
				assert.equal(await page.locator(
					'a[href*="/draft/"]').count() > 0, ways > 0, hash);
			}
			await screen.open(`/dashboard/${school.person.zoe}`,
				'Zoé MARTIN');
			await page.locator('.path-table').waitFor();
			assert.equal(await page.locator('.pos-box, .bi').count() > 0,
				ways > 0);
			await screen.close();
		}
	});
