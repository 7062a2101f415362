// Administration in a browser: import in two steps, settings, terms, accesses
// of partners, frameworks, one's own password.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { PASSWORD, seedSchool } from '../api/lib/school.mjs';
import { clientOptions, root, startServer } from '../api/lib/server.mjs';
import { launch, signIn } from './lib/screen.mjs';

const samples = path.join(root, 'tests/data/samples/01-initial');

let server;
let school;
let browser;

before(async () => {
	server = await startServer();
	const owner = new pg.Client(clientOptions(server.env.ACQUIS_OWNER_URL));

	await owner.connect();
	school = await seedSchool(owner);
	await owner.end();
	browser = await launch();
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

const as = (login, options) =>
	signIn(browser, server, login, PASSWORD, options);

test('an import is seen before it is applied, warnings are ticked',
	async () => {
		const screen = await as('admin');
		const { page } = screen;

		await screen.open('/imports', 'Imports SIECLE et STSWEB');
		await page.locator('input[type=file]').setInputFiles([
			path.join(samples, 'sts_emp_0999001W_2025.xml'),
			path.join(samples, 'ElevesSansAdresses.xml')]);
		assert.equal(await page.locator('.file').count(), 2);
		await page.getByRole('button', { name: 'Analyser' }).click();
		await page.getByRole('heading', { level: 1, name: /Import du/ })
			.waitFor();

		const before_ = (await server.sql(
			'SELECT count(*)::int AS n FROM person'))[0].n;
		const apply = page.getByRole('button',
			{ name: 'Appliquer l’import' });
		const warnings = page.locator('.notice.warn input');

		for (let i = 0; i < await warnings.count(); i++) {
			assert.equal(await apply.isDisabled(), true);
			await warnings.nth(i).check();
		}
		await page.getByRole('heading', { name: 'Détail par devenir' })
			.waitFor();
		assert.match(await page.getByRole('region',
			{ name: 'Détail par devenir' }).innerText(), /\d/);
		await screen.accessible();
		await apply.click();
		await page.getByText('Import appliqué.').first().waitFor();
		assert.ok((await server.sql(
			'SELECT count(*)::int AS n FROM person'))[0].n > before_);
		await screen.close();
	});

const bytesOf = (name) => readFileSync(path.join(samples, name));

test('M-025 M-028 files come in any order under any name, and are told',
	async () => {
		const screen = await as('admin');
		const { page } = screen;
		const xml = 'text/xml';

		await screen.open('/imports', 'Imports SIECLE et STSWEB');
		await page.locator('input[type=file]').setInputFiles([
			{ name: 'a.xml', mimeType: xml,
				buffer: bytesOf('ElevesSansAdresses.xml') },
			{ name: 'b.xml', mimeType: xml,
				buffer: bytesOf('Structures.xml') }]);
		await drop(page, 'c.bin', bytesOf('sts_emp_0999001W_2025.xml'));
		assert.deepEqual(await page.locator('.file b').allInnerTexts(),
			['a.xml', 'b.xml', 'c.bin']);
		assert.equal(await page.locator('.file select').count(), 0);
		await screen.accessible();
		await page.getByRole('button', { name: 'Analyser' }).click();
		await page.getByRole('heading', { level: 1, name: /Import du/ })
			.waitFor();
		const rows = page.getByRole('region',
			{ name: 'Fichiers', exact: true })
			.locator('tbody tr');
		const told = [];

		for (const row of await rows.all())
			told.push((await row.locator('th, td').allInnerTexts())
				.slice(0, 2));
		assert.deepEqual(told, [
			['c.bin', 'Personnels et services (STSWEB)'],
			['a.xml', 'Élèves (SIECLE)'],
			['b.xml', 'Libellés (SIECLE)']]);
		await screen.accessible();
		await screen.close();
	});

// As from the desktop: a file over the page.
async function drop(page, name, bytes) {
	const transfer = await page.evaluateHandle(([label, base64]) => {
		const data = new DataTransfer();
		const bin = Uint8Array.from(atob(base64),
			(c) => c.charCodeAt(0));

		data.items.add(new File([bin], label));
		return data;
	}, [name, bytes.toString('base64')]);

	await page.dispatchEvent('.drop', 'drop', { dataTransfer: transfer });
}

test('M-027 a file that is not for here is refused beside its name',
	async () => {
		const screen = await as('admin');
		const { page } = screen;

		await screen.open('/imports', 'Imports SIECLE et STSWEB');
		await page.locator('input[type=file]').setInputFiles([
			path.join(samples, 'sts_emp_0999001W_2025.xml'),
			path.join(samples, '../malformed/m04-billion-laughs.xml')]);
		await page.getByRole('button', { name: 'Analyser' }).click();
		await page.getByRole('alert').waitFor();
		assert.equal(await page.locator('.file').nth(0)
			.locator('.wrong').count(), 0);
		assert.match(await page.locator('.file').nth(1)
			.locator('.wrong').innerText(), /DOCTYPE/);
		assert.doesNotMatch(await page.getByRole('alert').innerText(),
			/contient une déclaration/);
		await page.getByRole('button', { name: 'Retirer m04' }).click();
		assert.equal(await page.locator('.wrong').count(), 0);
		assert.equal(await page.getByRole('alert').count(), 0);
		assert.equal(await page.getByRole('button',
			{ name: 'Analyser' }).isEnabled(), true);
		// The refusal itself is an error on the console of the browser.
		screen.faults.length = 0;
		await screen.close();
	});

test('M-025 a ninth file is one too many, said before it is sent',
	async () => {
		const screen = await as('admin');
		const { page } = screen;

		await screen.open('/imports', 'Imports SIECLE et STSWEB');
		await page.locator('input[type=file]').setInputFiles(
			Array.from({ length: 9 }, (_, i) => ({ name: `${i}.xml`,
				mimeType: 'text/xml', buffer: Buffer.from('<a/>') })));
		await page.getByText('Au plus 8 fichiers à la fois.').waitFor();
		assert.equal(await page.getByRole('button',
			{ name: 'Analyser' }).isDisabled(), true);
		await page.getByRole('button', { name: 'Retirer 8.xml' }).click();
		assert.equal(await page.getByRole('button',
			{ name: 'Analyser' }).isEnabled(), true);
		await screen.close();
	});

test('the settings page says what each value table gives (rules 6)',
	async () => {
		const screen = await as('denis.durand');
		const { page } = screen;

		await screen.open('/settings', 'Réglages');
		const regular = page.locator('.option').nth(0);

		assert.match(await regular.innerText(), /13,50[^]*7,00/);
		assert.match(await page.locator('.option').nth(1).innerText(),
			/16,00[^]*10,00/);
		await page.locator('.option').nth(1).click();
		await page.getByRole('button', { name: 'Enregistrer', exact: true })
			.click();
		await page.getByText('Réglages enregistrés.').first().waitFor();
		assert.equal((await server.sql(`SELECT value_table FROM school
			WHERE school_id = $1`, [school.id.essais]))[0]?.value_table,
		'dnb');
		await page.getByLabel('Trimestre 1, Premier jour')
			.fill('2025-09-01');
		await page.getByLabel('Trimestre 1, Dernier jour')
			.fill('2025-11-30');
		await page.getByLabel('Trimestre 2, Premier jour')
			.fill('2025-12-01');
		await page.getByLabel('Trimestre 2, Dernier jour')
			.fill('2026-03-01');
		await page.getByLabel('Trimestre 3, Premier jour')
			.fill('2026-03-02');
		await page.getByLabel('Trimestre 3, Dernier jour')
			.fill('2026-07-04');
		await page.getByRole('button', { name: 'Enregistrer les périodes' })
			.click();
		await page.getByText('Périodes enregistrées.').first().waitFor();
		await screen.accessible();
		await screen.close();
	});

test('the key of a partner is shown once, then the access is revoked',
	async () => {
		const screen = await as('denis.durand');
		const { page } = screen;

		await screen.open('/partners', 'Partenaires');
		await page.getByText('Aucun accès.').waitFor();
		await page.getByRole('button', { name: 'Nouvel accès' }).click();
		await page.getByLabel('Nom du partenaire').fill('PRONOTE');
		await page.getByLabel('Jusqu’au').fill(new Date(
			Date.now() + 90 * 86400000).toISOString().slice(0, 10));
		await page.getByRole('button', { name: 'Créer l’accès' }).click();
		const key = await page.getByLabel('Clé d’accès', { exact: true })
			.inputValue();

		assert.match(key, /^ck_[0-9a-f]{8}_[\w-]{43}$/);
		await page.getByRole('button', { name: 'C’est noté' }).click();
		await page.getByRole('heading', { name: /PRONOTE/ }).waitFor();
		assert.ok(!(await page.content()).includes(key));
		await page.getByRole('button', { name: 'Révoquer PRONOTE' }).click();
		await page.getByRole('alertdialog')
			.getByRole('button', { name: 'Révoquer' }).click();
		await page.getByText('révoqué', { exact: true }).waitFor();
		await screen.accessible();
		await screen.close();
	});

test('a framework is read as a tree and searched without accents',
	async () => {
		const screen = await as('marc.morel', { width: 390, height: 844 });
		const { page } = screen;

		await screen.open('/frameworks/bacpro-melec', 'Bac Pro MELEC');
		await page.getByLabel('Chercher un code ou des mots')
			.fill('energetique');
		await page.locator('.competency[open]').first().waitFor();
		assert.match(await page.locator('.competency[open]').first()
			.innerText(), /énergétique/);
		await screen.wide();
		await screen.accessible();
		await screen.close();
	});

test('M-063, M-064, M-065, M-066: tasks have codes and dots, indicators '
	+ 'describe only, a group is an exam grid', async () => {
	const screen = await as('marc.morel');
	const { page } = screen;

	await screen.open('/frameworks/bacpro-melec', 'Bac Pro MELEC');
	await page.locator('.tasks summary').click();
	assert.match(await page.locator('.tasks tbody th').first().innerText(),
		/^T1-1\b/);
	assert.ok(await page.locator('.tasks .dot').count() > 20);
	await page.getByRole('img', { name: /^T1-1 mobilise C\d/ }).first()
		.waitFor();
	await screen.accessible();
	await screen.open('/frameworks/bacpro-mcv-a', /MCV/);
	await page.getByLabel('Chercher un code ou des mots').fill('groupe');
	await page.getByLabel('Chercher un code ou des mots').fill('');
	assert.match(await page.locator('.frameworks section').first()
		.innerText(), /E3|Épreuve/);
	// Nothing but the search, a disclosure and a link is to be operated.
	assert.equal(await page.locator('.frameworks').locator(
		'button, select, textarea, input:not([type=search])').count(), 0);
	await screen.close();
});

test('one changes one\'s own password and stays signed in', async () => {
	const screen = await as('laure.leroy');
	const { page } = screen;

	await screen.open('/account', 'Mon compte');
	await page.getByLabel('Mot de passe actuel', { exact: true }).fill(PASSWORD);
	await page.getByLabel('Nouveau mot de passe', { exact: true })
		.fill('Marguerite-bleue-7');
	await page.getByLabel(/encore une fois/).fill('autre');
	await page.getByLabel(/encore une fois/).fill('Marguerite-bleue-8');
	await page.getByRole('button', { name: 'Changer le mot de passe' })
		.click();
	await page.getByText('ne sont pas les mêmes').waitFor();
	await page.getByLabel(/encore une fois/).fill('Marguerite-bleue-7');
	await page.getByRole('button', { name: 'Changer le mot de passe' })
		.click();
	await page.getByText('Mot de passe changé.').first().waitFor();
	await screen.open('/home', /./);
	await screen.close();
	await (await signIn(browser, server, 'laure.leroy',
		'Marguerite-bleue-7')).close();
});

// Whoever writes the last rows of an import waits while somebody holds.
async function holding(work) {
	await server.sql('CREATE TABLE IF NOT EXISTS hold (it integer)');
	await server.sql('GRANT SELECT ON hold TO acquis_api');
	await server.sql('INSERT INTO hold VALUES (1)');
	await server.sql(`CREATE FUNCTION held() RETURNS trigger
		LANGUAGE plpgsql AS $$ BEGIN
		WHILE EXISTS (SELECT FROM hold) LOOP
			PERFORM pg_sleep(0.02);
		END LOOP;
		RETURN NULL; END $$`);
	await server.sql(`CREATE TRIGGER held BEFORE INSERT ON guardianship
		FOR EACH STATEMENT EXECUTE FUNCTION held()`);
	try {
		await work(() => server.sql('DELETE FROM hold'));
	} finally {
		await server.sql('DROP FUNCTION held CASCADE');
	}
}

test('an import under way survives a reload, is in the list, is cancelled',
	async () => {
		const screen = await as('admin');
		const { page } = screen;
		const button = (name) => page.getByRole('button', { name });

		await screen.open('/imports', 'Imports SIECLE et STSWEB');
		await page.locator('input[type=file]').setInputFiles([
			path.join(samples, 'sts_emp_0999001W_2025.xml'),
			path.join(samples, 'ElevesSansAdresses.xml')]);
		await button('Analyser').click();
		await page.getByRole('heading', { level: 1, name: /Import du/ })
			.waitFor();
		for (const box of await page.locator('.notice.warn input').all())
			await box.check();
		await holding(async (release) => {
			await button('Appliquer l’import').click();
			await page.getByRole('heading', { level: 2,
				name: 'Application de l’import' }).waitFor();
			await screen.accessible();
			await page.reload();
			await page.getByRole('heading', { level: 1,
				name: 'Import en cours' }).waitFor();
			assert.ok(await page.getByRole('progressbar')
				.evaluate((bar) => bar.value) > 0);
			await page.getByRole('link',
				{ name: 'Imports SIECLE et STSWEB' }).click();
			const row = page.locator('tbody tr').first();
			await row.getByText(/^application \d+ %$/).waitFor();
			await screen.accessible();
			await row.getByRole('link').click();
			await button('Annuler').click();
			await button('Appliquer l’import').waitFor();
			await release();
		});
		await button('Abandonner cet import').click();
		await page.getByText('Cet import a été annulé').waitFor();
		await screen.accessible();
		await screen.close();
	});
