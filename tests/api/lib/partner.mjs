// A school whose last term is open, and PRONOTE with a key: what each test of
// the partner feed starts from.
//
//	const feed = await openFeed();
//	feed.server, feed.school, feed.who.morel     who are signed in
//	feed.pronote, feed.pull('?since=3'), feed.one(id)
//	await feed.partner({ scopes })               another, not slowed down
//	await feed.validated('zoe')                  an assessment of hers
//	await feed.clock()                           the last rev given out

import assert from 'node:assert/strict';
import { client } from './client.mjs';
import { access, setTerms, unlimited } from './feed.mjs';
import { confirm, positions, saveDraft } from './path.mjs';
import { PASSWORD, seedSchool } from './school.mjs';
import { startServer } from './server.mjs';

export const FINDINGS = 'Constat qui reste à la maison.';
export const revs = (items) => items.map((i) => i.rev);
export const ids = (items) => items.map((i) => i.id);

async function signIn(server, school) {
	const who = {};

	for (const name of ['morel', 'petit', 'durand', 'leroy', 'admin', 'zoe',
		'voisin', 'simon']) {
		who[name] = client(server);
		await who[name].login({ login: school.login[name],
			password: PASSWORD });
	}
	return who;
}

export async function openFeed() {
	const server = await startServer();
	const school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	const who = await signIn(server, school);

	async function partner(body, by = 'durand') {
		const made = await access(who[by], body);

		await unlimited(server);
		return { ...made, pull: client(server, { token: made.key }) };
	}

	async function validated(name,
		{ teacher = 'morel', framework, ...body } = {}) {
		const learner = school.person[name];

		await saveDraft(who[teacher], learner, { positions: await positions(
			server, { framework, some: {
				C2: { level: null, objective: null },
				C3: { level: 2, objective: 'intermediate' } } }),
		findings: FINDINGS, advice: 'Vérifier\nchaque serrage.', ...body });
		const made = await confirm(who[teacher], learner);

		assert.equal(made.status, 201, made.text);
		return made.body;
	}

	await setTerms(who.durand);
	const pronote = (await partner()).pull;

	return { server, school, who, pronote, partner, validated,
		pull: (query = '', options) =>
			pronote.get(`/partner/assessments${query}`, options),
		one: (id, options) =>
			pronote.get(`/partner/assessments/${id}`, options),
		clock: async () => Number((await server.sql(
			'SELECT partner_rev FROM school WHERE school_id = $1',
			[school.id.essais]))[0].partner_rev) };
}
