// A real browser on a real server, signed in through the real form.
//
//	const browser = await launch();
//	const screen = await signIn(browser, server, 'marc.morel', PASSWORD);
//	await screen.open('/dashboard/17');      // a hash, awaited
//	screen.page                              // the playwright page
//	await screen.accessible();               // axe-core, no violation
//	await screen.close();                    // fails on any console error
//
// Every message of level error, every exception of the page and every answer
// of another host is a failure: close() tells them.

import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const patience = 30000;

export function launch() {
	return chromium.launch({ args: ['--no-sandbox'],
		executablePath: process.env.ACQUIS_CHROMIUM ?? '/usr/bin/chromium' });
}

function watch(page, base, faults) {
	page.on('console', (message) => {
		if (message.type() === 'error')
			faults.push(`${message.text()} ${message.location().url}`
				.trim());
	});
	page.on('pageerror', (error) => faults.push(error.stack));
	page.on('request', (request) => {
		const url = request.url();

		if (!url.startsWith(base) && !/^(data|blob):/.test(url))
			faults.push(`another host: ${url}`);
	});
}

export async function signIn(browser, server, login, password,
	{ width = 1280, height = 900, theme = 'light' } = {}) {
	const context = await browser.newContext({ locale: 'fr-FR',
		viewport: { width, height }, colorScheme: theme,
		timezoneId: 'Europe/Paris' });
	const page = await context.newPage();
	const faults = [];
	let auditing = false;

	page.setDefaultTimeout(patience);
	watch(page, server.base, { push: (fault) => {
		if (!auditing)
			faults.push(fault);
	} });
	await page.goto(`${server.base}/#/sign-in`);
	await page.getByLabel('Identifiant').fill(login);
	await page.locator('#password').fill(password);
	await page.getByRole('button', { name: 'Se connecter' }).click();
	await page.waitForFunction(() => location.hash === '#/home');
	await page.locator('#page h1').waitFor();

	return {
		page, context, faults,

		// The heading tells that the screen asked for is there.
		async open(hash, heading) {
			await page.evaluate((next) => {
				location.hash = next;
			}, `#${hash}`);
			await page.getByRole('heading', { level: 1, name: heading })
				.waitFor();
		},

		// All the rules, or some: ['color-contrast'].
		async accessible(rules) {
			const axe = new AxeBuilder({ page });

			if (rules !== undefined)
				axe.withRules(rules);
			// There are no frames: no need of a second page for the results.
			axe.setLegacyMode();
			// axe styles what it measures, which the page's policy refuses.
			auditing = true;
			const { violations } = await axe.analyze();
			// What the policy says of it comes by another way, later.
			await page.waitForTimeout(300);
			auditing = false;

			assert.deepEqual(violations.map(({ id, nodes }) =>
				`${id}: ${nodes[0].html.slice(0, 200)}`), []);
		},

		async wide() {
			assert.ok(await page.evaluate(() =>
				document.documentElement.scrollWidth <= innerWidth),
			'the page scrolls sideways');
		},

		async close() {
			await context.close();
			assert.deepEqual(faults, []);
		},
	};
}
