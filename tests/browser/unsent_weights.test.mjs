// Nothing typed in the grading window is lost: a colleague, an unlock, a base
// that is away, a dead network, a closed page.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { alert, arrives, base, choice, clean, close, confirmAgain,
	confirmInes, expectRefusals, findBase, freshWeights, home, ines, inputs,
	leavePage, lineOf, loseBase, open, page, press, saved, school, screen,
	server, state, typed, unlock, weigh, weights } from './lib/unsent.mjs';

before(open);
after(close);
beforeEach(clean);

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
	await confirmInes({ C8: '3t', C9: '3t' });
	await inputs().nth(0).fill('45');

	const box = alert('dernier bilan');

	await box.waitFor();
	assert.equal(await inputs().nth(0).inputValue(), '45');
	await press(box, 'Réessayer');
	await press(choice(), 'Garder mes valeurs');
	await arrives(weights, ['45.00', '0.00']);
	expectRefusals();
});
