// Nothing typed in the draft of an interim assessment is lost: a colleague, a
// lock, a base that is away, a dead network, a closed page.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { confirm } from '../api/lib/trade.mjs';
import { advice, alert, arrives, base, choice, clean, close, confirmAgain,
	draftOf, expectRefusals, findBase, findings, home, learner, leavePage,
	levelsOf, loseBase, melec, open, openDraft, page, press, saved, screen,
	server, state, textsOf, unlock, who, writeDraft } from './lib/unsent.mjs';

before(open);
after(close);
beforeEach(clean);

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
