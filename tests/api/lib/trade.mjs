// The acts of the trade that many tests need, through the API.
//
//   const melec = await framework(morel, 'bacpro-melec');
//   const id = await confirm(morel, melec, learner, { C1: '4t', C2: '3i' })
//
// A competency that is not named is NE.  "4t" is level 4 on terminal
// objectives, "3i" level 3 on intermediate ones.

import assert from 'node:assert/strict';

// { id, competencies: [{ id, code, criteria: [id] }] }, assessable ones.
export async function framework(who, id) {
	const { status, body } = await who.get(`/frameworks/${id}`);

	assert.equal(status, 200);
	return { id, competencies: body.competencies
		.filter((c) => c.assessable)
		.sort((a, b) => a.order - b.order)
		.map((c) => ({ id: c.id, code: c.code, criteria: body.criteria
			.filter((k) => k.competency_id === c.id)
			.map((k) => k.id) })) };
}

export function positions(f, given) {
	return f.competencies.map((c) => given[c.code]
		? { competency_id: c.id, level: Number(given[c.code][0]),
			objective: given[c.code][1] === 't' ? 'terminal'
				: 'intermediate' }
		: { competency_id: c.id, level: null, objective: null });
}

// Save the draft of a learner whatever it was, and confirm it.
export async function confirm(who, f, learner, given,
	{ findings = 'Des constats.', advice = 'Des conseils.' } = {}) {
	const saved = await who.put(`/learners/${learner}/draft`,
		{ positions: positions(f, given), findings, advice },
		{ ifMatch: '*' });
	assert.equal(saved.status, 200, saved.text);
	const made = await who.post(`/learners/${learner}/interim-assessments`,
		{ confirmation: 'CONFIRMATION' });
	assert.equal(made.status, 201, made.text);
	return made.body;
}

export const tag = (version) => `"${version}"`;
