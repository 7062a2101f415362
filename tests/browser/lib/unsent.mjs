// What was typed and not sent, in the draft of an assessment and in the grading
// window: what each test of it starts from.
//
//	before(open);
//	after(close);
//	beforeEach(clean);          one test leaves nothing to the next
//	await openDraft('adam');    Morel looks at the draft of Adam
//	await findings().fill('…'); await saved();
//	await freshWeights();       Inès is weighed, Morel looks at it
//	expectRefusals();           the browser told those we made on purpose

import assert from 'node:assert/strict';
import pg from 'pg';
import { client } from '../../api/lib/client.mjs';
import { PASSWORD, seedSchool } from '../../api/lib/school.mjs';
import { clientOptions, startServer } from '../../api/lib/server.mjs';
import { confirm, framework, positions } from '../../api/lib/trade.mjs';
import { launch, signIn } from './screen.mjs';

export let server, school, melec, screen, page;
export const who = {};
let browser;

export async function open() {
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
}

export async function close() {
	await screen?.close();
	await browser?.close();
	await server?.stop();
}

export async function clean() {
	await page.unrouteAll();
	await page.goto(`${server.base}/js/theme.js`);
	await page.evaluate(() => Object.keys(localStorage)
		.filter((key) => /^acquis\.(unsent|spoilt)/.test(key))
		.forEach((key) => localStorage.removeItem(key)));
}

// The browser tells each answer it did not like: those we made on purpose.
export function expectRefusals() {
	for (let i = screen.faults.length - 1; i >= 0; i--)
		if (/Failed to load resource|net::ERR/.test(screen.faults[i]))
			screen.faults.splice(i, 1);
}

export const competency = (code) =>
	melec.competencies.find((one) => one.code === code).id;
export const learner = (name) => school.person[name];
export const state = (text) => page.locator('.save-state')
	.filter({ hasText: text }).waitFor();
export const saved = () => state('Enregistré à');
export const choice = () => page.getByRole('dialog');
export const alert = (text) =>
	page.getByRole('alert').filter({ hasText: text });
export const press = (where, name) =>
	where.getByRole('button', { name }).click();

export async function base(sql) {
	const admin = new pg.Client(
		clientOptions(process.env.ACQUIS_SUPER_URL));

	await admin.connect();
	await admin.query(sql);
	await admin.end();
}

// The base of this server goes away, as in tests/api/outage.test.mjs.
export async function loseBase() {
	await base(`ALTER DATABASE ${server.database} ALLOW_CONNECTIONS false`);
	await base(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = '${server.database}'
		AND usename = 'acquis_api'`);
}

export async function findBase() {
	await base(`ALTER DATABASE ${server.database} ALLOW_CONNECTIONS true`);
	for (let i = 0; i < 50; i++) {
		if ((await who.morel.get('/session')).status === 200)
			return;
		await new Promise((next) => setTimeout(next, 100));
	}
	assert.fail('the base did not come back');
}

// The page goes while the base is away: its last request is refused too.
export async function leavePage() {
	await state('nouvel essai');
	await page.goto('about:blank');
	await new Promise((next) => setTimeout(next, 300));
	await findBase();
}

export const home = async () => {
	await page.goto('about:blank');
	await page.goto(`${server.base}/#/home`);
	await page.locator('#page h1').waitFor();
};

// Polls what the server has until it is as expected.
export async function arrives(read, expected) {
	let now;

	for (let i = 0; i < 300; i++) {
		now = await read();
		if (JSON.stringify(now) === JSON.stringify(expected))
			return;
		await new Promise((next) => setTimeout(next, 100));
	}
	assert.deepEqual(now, expected);
}

export const findings = () => page.locator('#text-findings');
export const advice = () => page.locator('#text-advice');

export async function draftOf(name) {
	const { body } = await who.morel.get(
		`/learners/${learner(name)}/draft`);

	return body;
}

export const levelsOf = async (name) => (await draftOf(name)).positions
	.map(({ level }) => level);

export const textsOf = async (name) => {
	const draft = await draftOf(name);

	return [draft.findings, draft.advice];
};

export async function writeDraft(by, name, texts, given = {}) {
	const answer = await who[by].put(`/learners/${learner(name)}/draft`,
		{ positions: positions(melec, given).filter((one) =>
			one.level !== null),
		findings: '', advice: '', ...texts },
		{ ifMatch: '*' });

	assert.equal(answer.status, 200, answer.text);
}

export async function openDraft(name) {
	await home();
	await screen.open(`/draft/${learner(name)}`, /Bilan en préparation/);
	await findings().waitFor();
}

export const inputs = () => page.locator('.weights input');
export const typed = async () => Promise.all((await inputs().all())
	.map((input) => input.inputValue()));
export let ines;

// One learner graded on C8 and C9, whose weights are as given.
export async function weigh(percents) {
	const entry = await lineOf('ines');
	const answer = await who.morel.put(
		`/interim-assessments/${entry.assessment.id}/weights`,
		{ weights: Object.entries(percents).map(([code, percent]) =>
			({ competency_id: competency(code), percent })) },
		{ ifMatch: `"${entry.weighting.version}"` });

	assert.equal(answer.status, 200, answer.text);
}

export async function lineOf(name) {
	const { body } = await who.morel.get(
		`/classes/${school.class['2MELEC']}/grading`);

	return body.learners.find((one) => one.learner.id === learner(name));
}

export const weights = async () => (await lineOf('ines')).weighting.weights
	.map(({ percent }) => percent);

export async function openGrading() {
	await home();
	await screen.open(`/grading/${school.class['2MELEC']}`, /Noter/);
	await page.getByRole('button', { name: /ROBERT Inès/ }).click();
	await inputs().nth(1).waitFor();
}

export async function confirmInes(positioned) {
	ines = await confirm(who.morel, melec, learner('ines'), positioned);
}

export async function freshWeights(percents = { C8: '10', C9: '10' }) {
	if (ines === undefined)
		await confirmInes({ C8: '4t', C9: '2t' });
	await weigh(percents);
	await openGrading();
}

export async function unlock(interim) {
	const { headers } = await who.durand.get(
		`/interim-assessments/${interim.id}`);
	const answer = await who.durand.post(
		`/interim-assessments/${interim.id}/unlock`,
		{ reason: 'Une erreur.', expires_at: inDays(7) },
		{ ifMatch: headers.etag });

	assert.equal(answer.status, 200, answer.text);
}

export const inDays = (n) => new Date(Date.now() + n * 864e5).toISOString()
	.slice(0, 10);

export async function confirmAgain(interim) {
	const { headers } = await who.morel.get(
		`/interim-assessments/${interim.id}`);
	const answer = await who.morel.post(
		`/interim-assessments/${interim.id}/confirm`,
		{ confirmation: 'CONFIRMATION' }, { ifMatch: headers.etag });

	assert.equal(answer.status, 200, answer.text);
}
