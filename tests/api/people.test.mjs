// People made, changed and hidden by hand; guardians, tutors and masters.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { PASSWORD, seedSchool } from './lib/school.mjs';
import { startServer } from './lib/server.mjs';

const signedIn = new Map();
let server, school;

before(async () => {
	server = await startServer();
	school = await seedSchool({ query: async (text, values) =>
		({ rows: await server.sql(text, values) }) });
	await server.sql(`UPDATE school SET email = 'lycee@essais.example'`);
});
after(() => server?.stop());

async function signIn(login, password = PASSWORD) {
	const browser = client(server);
	const answer = await browser.login({ login, password });

	return { browser, status: answer.status, body: answer.body };
}

async function as(name) {
	if (!signedIn.has(name)) {
		const { browser, status } = await signIn(school.login[name]);

		assert.equal(status, 201, name);
		signedIn.set(name, browser);
	}
	return signedIn.get(name);
}

const id = (name) => school.person[name];

async function get(path, { by = 'admin', status = 200 } = {}) {
	const answer = await (await as(by)).get(path);

	assert.equal(answer.status, status, `${by} ${path}: ${answer.text}`);
	return answer.body;
}

async function post(path, body, { by = 'admin', status = 201, key } = {}) {
	const answer = await (await as(by)).post(path, body, { key });

	assert.equal(answer.status, status, `${by} ${path}: ${answer.text}`);
	return answer.body;
}

const make = (body, options) => post('/people',
	{ first_name: 'Jeanne', last_name: 'ESSAI', roles: ['teacher'], ...body },
	options);

// A change of what was read just now.
async function patch(person, body, { by = 'admin', status = 200, tag } = {}) {
	const browser = await as(by);
	const read = tag ?? (await (await as('admin')).get(`/people/${person}`))
		.headers.etag;
	const answer = await browser.patch(`/people/${person}`, body,
		{ ifMatch: read ?? '"1"' });

	assert.equal(answer.status, status, `${by}: ${answer.text}`);
	return answer.body;
}

const journal = (act) => server.sql(`SELECT subject_id::text AS subject,
	person_id::text AS who, before, after FROM journal
	WHERE act = $1 ORDER BY id DESC LIMIT 1`, [act]);

test('M-044 a teacher made by hand has a login, classes and a subject, and is '
	+ 'marked as such', async () => {
	const made = await make({ first_name: 'Jean-François',
		last_name: 'BERNARDIN', sex: 'M', birth_date: '1980-02-29',
		email: 'jf@essais.example', services: [
			{ class_id: school.class['2MELEC'], subject: 'Électrotechnique' },
			{ class_id: school.class['1MCV'], subject: '' }] });

	assert.equal(made.login, 'jf.bernardin');
	assert.equal(made.source, 'manual');
	assert.equal(made.password, 'none');
	assert.deepEqual(made.class_codes, ['1MCV', '2MELEC']);
	assert.deepEqual(made.services.map((s) => [s.class_code, s.subject,
		s.source]), [['1MCV', '', 'manual'],
		['2MELEC', 'Électrotechnique', 'manual']]);
	assert.deepEqual(await get(`/people/${made.id}`), made);
	const { items: [item] } = await post('/activation-codes',
		{ person_ids: [made.id] }, { status: 200 });
	const browser = client(server);
	const session = await browser.post('/session/activation',
		{ login: item.login, code: item.code, password: 'Choisi-2026-moi' });
	assert.deepEqual(session.body.roles, ['teacher']);
	const [line] = await journal('person_created');
	assert.equal(line.subject, made.id);
	assert.equal(line.after.email, 'jf@essais.example');
});

test('M-039 G-16 a login that is taken gets a number, also of four made at once',
	async () => {
		const browser = await as('admin');
		const lou = { first_name: 'Lou', last_name: 'PAREIL',
			roles: ['teacher'], despite_duplicates: true };
		// Who waits too long for the others is told to try again.
		const patient = async () => {
			for (;;) {
				const answer = await browser.post('/people', lou);
				if (![409, 503].includes(answer.status))
					return answer.body.login;
			}
		};

		assert.deepEqual((await Promise.all([1, 2, 3, 4].map(patient))).sort(),
			['lou.pareil', 'lou.pareil2', 'lou.pareil3', 'lou.pareil4']);
	});

test('M-045 somebody may have several roles; a learner has one, a track and '
	+ 'classes', async () => {
	const staff = await make({ last_name: 'PLUSIEURS',
		roles: ['ddfpt', 'teacher', 'guardian'] });
	const learner = await make({ last_name: 'APPREND', roles: ['learner'],
		track: 'apprentice', class_ids: [school.class['1MCV']] });

	assert.deepEqual(staff.roles, ['ddfpt', 'guardian', 'teacher']);
	assert.equal(learner.track, 'apprentice');
	assert.deepEqual(learner.classes.map((c) => c.code), ['1MCV']);
	for (const [body, pointer] of [
		[{ roles: ['learner'] }, '/track'],
		[{ roles: ['teacher'], track: 'school' }, '/track'],
		[{ roles: ['learner', 'teacher'], track: 'school' }, '/roles'],
		[{ roles: ['partner'] }, '/roles'], [{ roles: ['king'] }, '/roles'],
		[{ roles: [] }, '/roles'], [{ roles: 'teacher' }, '/roles'],
		[{ last_name: '   ' }, '/last_name'], [{ first_name: '' },
			'/first_name'], [{ last_name: 'x'.repeat(101) }, '/last_name'],
		[{ sex: 'X' }, '/sex'], [{ birth_date: '2026-02-30' }, '/birth_date'],
		[{ email: 'nobody' }, '/email'], [{ email: 'a@b@c' }, '/email'],
		[{ email: 'a b@c' }, '/email'],
		[{ services: [{ class_id: school.class.voisin2MELEC, subject: '' }] },
			'/services'],
		[{ services: [{ class_id: '999999', subject: '' }] }, '/services'],
		[{ services: [{ class_id: school.class.TP1 }] },
			'/services/0/subject'],
		[{ class_ids: [school.class.TP1] }, '/class_ids']]) {
		const problem = await make({ last_name: 'REFUSÉ', ...body },
			{ status: 422 });
		assert.equal(problem.errors[0].pointer, pointer,
			JSON.stringify(body));
	}
	for (const field of ['login', 'source', 'active', 'id', 'password'])
		await make({ [field]: 'x' }, { status: 400 });
	assert.deepEqual((await get('/people?q=refuse')).items, []);
});

test('M-048 who may be known already is shown before another one is made',
	async () => {
		const problem = await make({ first_name: 'zoe', last_name: 'Martin',
			roles: ['teacher'] }, { status: 409 });

		assert.equal(problem.code, 'probable-duplicate');
		assert.deepEqual(problem.people.map((p) => [p.id, p.login]),
			[[id('zoe'), 'zoe.martin']]);
		await make({ first_name: 'Zoé', last_name: 'MARTIN',
			birth_date: '1970-01-01' });
		const other = await make({ first_name: 'Zoé', last_name: 'MARTIN',
			despite_duplicates: true });
		assert.equal(other.login, 'zoe.martin3');
		const usual = await make({ first_name: 'Zoé', last_name: 'AUTRE',
			usual_name: 'MARTIN' }, { status: 409 });
		assert.ok(usual.people.length >= 2);
	});

test('M-056 nobody is made by hand before the school has a name and an address',
	async () => {
		await server.sql('UPDATE school SET email = NULL');
		try {
			const problem = await make({ last_name: 'TÔT' }, { status: 409 });
			assert.equal(problem.code, 'school-incomplete');
		} finally {
			await server.sql(
				`UPDATE school SET email = 'lycee@essais.example'`);
		}
	});

test('I1 a creation that is repeated with its key makes one person',
	async () => {
		const first = await make({ last_name: 'UNEFOIS' },
			{ key: 'people-once-1' });
		const again = await make({ last_name: 'UNEFOIS' },
			{ key: 'people-once-1' });

		assert.equal(again.id, first.id);
		assert.equal((await get('/people?q=unefois')).items.length, 1);
	});

test('M-042 a change leaves what it does not name, null clears, and the journal '
	+ 'has both states', async () => {
	const made = await make({ last_name: 'CHANGE', phone: '0102030405',
		email: 'c@essais.example' });
	const changed = await patch(made.id, { usual_name: 'CHANGÉE',
		phone: null });

	assert.equal(changed.usual_name, 'CHANGÉE');
	assert.equal(changed.phone, null);
	assert.equal(changed.email, 'c@essais.example');
	assert.equal(changed.login, made.login, 'a login never changes');
	assert.ok(changed.revision > made.revision);
	const [line] = await journal('person_changed');
	assert.deepEqual([line.subject, line.who], [made.id, id('admin')]);
	assert.deepEqual([line.before.phone, line.after.phone],
		['0102030405', null]);
	for (const [body, status] of [[{ first_name: null }, 422],
		[{ last_name: '' }, 422], [{ login: 'x' }, 400],
		[{ despite_duplicates: true }, 400], [{ roles: ['learner'],
			track: 'school' }, 422], [{ track: 'school' }, 422]])
		await patch(made.id, body, { status });
});

test('L4 of two changes of one state the second is refused and told so',
	async () => {
		const made = await make({ last_name: 'DEUX' });
		const tag = `"${made.revision}"`;

		await patch(made.id, { phone: '1' }, { tag });
		const stale = await patch(made.id, { phone: '2' },
			{ tag, status: 412 });
		assert.equal(stale.current_revision,
			(await get(`/people/${made.id}`)).revision);
		const both = await Promise.all(['3', '4'].map(async (phone) =>
			(await as('admin')).patch(`/people/${made.id}`, { phone },
				{ ifMatch: `"${stale.current_revision}"` })));
		assert.deepEqual(both.map((a) => a.status).sort(), [200, 412]);
	});

test('M-044 services by hand change; those of a file stay', async () => {
	const melec = { class_id: school.class['2MELEC'], subject: '' };
	const hand = { class_id: school.class['1MCV'], subject: 'Vente' };
	const before = await get(`/people/${id('morel')}`);

	assert.deepEqual(before.services.map((s) => s.source), ['import']);
	const after = await patch(id('morel'), { services: [melec, hand] });
	assert.deepEqual(after.services.map((s) => [s.class_code, s.source]),
		[['1MCV', 'manual'], ['2MELEC', 'import']]);
	const problem = await patch(id('morel'), { services: [hand] },
		{ status: 409 });
	assert.equal(problem.code, 'imported');
	const back = await patch(id('morel'), { services: [melec] });
	assert.deepEqual(back.services, before.services);
	await patch(id('zoe'), { services: [melec] }, { status: 422 });
});

test('A3 other roles sign the person out; nobody changes the own ones; a DDFPT '
	+ 'gives no more than the rules say', async () => {
	const { browser } = await signIn('regis.roux');

	await patch(id('roux'), { roles: ['teacher', 'head'] });
	assert.equal((await browser.get('/session')).status, 401);
	const { body } = await signIn('regis.roux');
	assert.deepEqual(body.roles, ['head', 'teacher']);
	await patch(id('roux'), { roles: ['teacher'] }, { by: 'durand',
		status: 403 });
	await patch(id('roux'), { roles: ['teacher'] });
	for (const role of ['administrator', 'ddfpt', 'head', 'guardian'])
		await patch(id('roux'), { roles: ['teacher', role] },
			{ by: 'durand', status: 403 });
	await patch(id('roux'), { roles: ['teacher', 'tutor'] },
		{ by: 'durand' });
	await patch(id('roux'), { roles: ['teacher'] }, { by: 'durand' });
	for (const name of ['admin', 'leroy', 'durand', 'claire'])
		await patch(id(name), { phone: '1' }, { by: 'durand', status: 403 });
	const own = await patch(id('admin'), { roles: ['administrator',
		'ddfpt'] }, { status: 403 });
	assert.equal(own.code, 'own-rights');
	await patch(id('admin'), { phone: '0102030405' });
	for (const role of ['administrator', 'ddfpt', 'head', 'guardian'])
		await make({ last_name: 'HAUT', roles: [role] }, { by: 'durand',
			status: 403 });
	await make({ last_name: 'PARDDFPT' }, { by: 'durand' });
	for (const by of ['leroy', 'morel', 'zoe', 'claire']) {
		await make({ last_name: 'NON' }, { by, status: 403 });
		await patch(id('zoe'), { phone: '1' }, { by, status: 403 });
	}
});

test('M-047 who was made by hand is hidden and shown again, and comes in only '
	+ 'when shown', async () => {
	const { browser } = await signIn('nina.simon');
	const act = (name, what, status = 200, by = 'admin') =>
		post(`/people/${id(name)}/${what}`, undefined, { status, by });

	const hidden = await act('nina', 'hide');
	assert.deepEqual([hidden.active, hidden.left_on === null], [false, false]);
	assert.equal((await browser.get('/session')).status, 401);
	assert.equal((await signIn('nina.simon')).status, 401);
	assert.deepEqual((await get('/people?state=hidden&q=nina')).items
		.map((p) => p.id), [id('nina')]);
	await act('nina', 'hide');
	const shown = await act('nina', 'reactivate', 200, 'durand');
	assert.deepEqual([shown.active, shown.left_on], [true, null]);
	assert.equal((await signIn('nina.simon')).status, 201);
	const lines = await server.sql(`SELECT act FROM journal
		WHERE subject_id = $1 AND act LIKE 'person%' ORDER BY id`,
	[id('nina')]);
	assert.deepEqual(lines.map((l) => l.act),
		['person_hidden', 'person_reactivated']);
	await act('admin', 'hide', 403);
	await act('leroy', 'hide', 403, 'durand');
	await act('rose', 'hide', 404);
	await act('tom', 'hide', 403, 'morel');
	await server.sql(`UPDATE person SET source = 'import' WHERE id = $1`,
		[id('tom')]);
	assert.equal((await act('tom', 'hide', 409)).code, 'imported');
	await patch(id('tom'), { class_ids: [] }, { status: 409 });
	assert.deepEqual((await get('/people?source=import')).items
		.map((p) => p.id), [id('tom')]);
	await server.sql(`UPDATE person SET source = 'manual' WHERE id = $1`,
		[id('tom')]);
});

test('A3 a school keeps an administrator, also when two take the role from '
	+ 'each other', async () => {
	const two = await make({ last_name: 'SECOND', roles: ['administrator'] });
	const { items: [item] } = await post('/activation-codes',
		{ person_ids: [two.id] }, { status: 200 });
	const second = client(server);

	await second.post('/session/activation', { login: item.login,
		code: item.code, password: 'Choisi-2026-moi' });
	const { body } = await second.login({ login: item.login,
		password: 'Choisi-2026-moi' });
	assert.deepEqual(body.roles, ['administrator']);
	const answers = await Promise.all([
		second.post(`/people/${id('admin')}/hide`),
		(await as('admin')).post(`/people/${two.id}/hide`)]);
	const [{ left }] = await server.sql(`SELECT count(*)::int AS left
		FROM person p JOIN person_role r ON r.person_id = p.id
		WHERE p.active AND p.school_id = $1 AND r.role = 'administrator'`,
	[school.id.essais]);
	assert.equal(left, 1, answers.map((a) => a.text).join());
	// Whoever is left is the last, and nobody else can take that away.
	await server.sql(`UPDATE person SET active = true, left_on = NULL
		WHERE id = $1`, [id('admin')]);
	await server.sql(`UPDATE person SET active = false
		WHERE id = $1`, [two.id]);
	signedIn.delete('admin');
	await assert.rejects(server.sql(`UPDATE person SET active = false
		WHERE id = $1`, [id('admin')]), { code: 'AQADM' });
	await assert.rejects(server.sql(`DELETE FROM person_role
		WHERE person_id = $1`, [id('admin')]), { code: 'AQADM' });
});

test('M-034 M-046 M-049 people are found by name without accents, role, class, '
	+ 'origin and state of the account', async () => {
	const found = async (query) => (await get(`/people?${query}`)).items
		.map((p) => p.login);

	assert.deepEqual(await found('q=INES+robert'), ['ines.robert']);
	assert.deepEqual(await found('q=ines.rob'), ['ines.robert']);
	assert.deepEqual(await found(
		`class_id=${school.class['2MELEC']}&role=learner&password=own`),
	['adam.bernard', 'lina.dubois', 'zoe.martin', 'ines.robert',
		'hugo.thomas']);
	assert.ok((await found('password=none')).includes('lou.pareil'));
	assert.ok(!(await found('source=manual')).includes('nobody'));
	assert.deepEqual(await found('source=import'), []);
	for (const query of ['state=gone', 'source=x', 'password=x'])
		await get(`/people?${query}`, { status: 400 });
});

test('A2 somebody of another school is not there, whatever is asked',
	async () => {
		const rose = id('rose');

		await get(`/people/${rose}`, { status: 404 });
		await patch(rose, { phone: '1' }, { status: 404, tag: '"1"' });
		await post(`/people/${rose}/reactivate`, undefined, { status: 404 });
		for (const [learner, guardian] of [[rose, id('claire')],
			[id('zoe'), rose], [id('morel'), id('claire')],
			['999999', id('claire')]]) {
			const answer = await (await as('admin')).put(
				`/people/${learner}/guardians/${guardian}`, { legal: true });
			assert.equal(answer.status, 404);
		}
		await get(`/learners/${rose}/supervisors`, { status: 404 });
		await get(`/people/${id('zoe')}`, { by: 'morel', status: 403 });
	});

test('M-052 a guardian is tied to a child and untied by hand; what a file says '
	+ 'stays', async () => {
	const admin = await as('admin');
	const at = (learner, guardian) =>
		`/people/${id(learner)}/guardians/${id(guardian)}`;
	const put = async (path, body, status = 200) => {
		const answer = await admin.put(path, body);
		assert.equal(answer.status, status, answer.text);
		return answer.body;
	};

	const lina = await put(at('lina', 'claire'), { legal: true, rank: 2 });
	assert.deepEqual(lina.guardians, [{ person: { id: id('claire'),
		first_name: 'Claire', last_name: 'MARTIN' }, legal: true, rank: 2,
	source: 'manual' }]);
	await put(at('lina', 'claire'), { legal: false });
	const claire = await get(`/people/${id('claire')}`);
	assert.deepEqual(claire.children.map((c) => [c.person.first_name, c.legal,
		c.source]), [['Lina', false, 'manual'], ['Zoé', true, 'import']]);
	// A teacher with a child here is a guardian besides.
	await put(at('hugo', 'petit'), { legal: true });
	assert.deepEqual((await get(`/people/${id('petit')}`)).roles,
		['guardian', 'teacher']);
	await put(at('zoe', 'claire'), { legal: false }, 409);
	await put(at('zoe', 'zoe'), { legal: true }, 409);
	await put(at('zoe', 'admin'), { legal: true }, 403);
	await put(at('lina', 'claire'), {}, 422);
	await put(at('lina', 'claire'), { legal: true, rank: 0 }, 422);
	assert.equal((await admin.del(at('zoe', 'claire'))).status, 409);
	assert.equal((await admin.del(at('lina', 'claire'))).status, 204);
	assert.equal((await admin.del(at('lina', 'claire'))).status, 404);
	assert.deepEqual((await get(`/people/${id('lina')}`)).guardians, []);
	assert.equal((await (await as('durand')).put(at('lina', 'claire'),
		{ legal: true })).status, 403);
	assert.equal((await journal('guardian_untied'))[0].before.guardian_id,
		id('claire'));
});

const tutor = { first_name: 'Luc', last_name: 'ARTISAN', sex: 'M',
	email: 'luc@artisan.example' };

test('M-053 M-055 a teacher gives a learner taught a tutor, with a code, one '
	+ 'at a time', async () => {
	const path = `/learners/${id('hugo')}/supervisors`;
	const { items: [one], kind, may_change } = await post(path, tutor,
		{ by: 'morel' });

	assert.deepEqual([kind, may_change, one.kind, one.login, one.password],
		['tutor', true, 'tutor', 'luc.artisan', 'none']);
	const second = await post(path, { first_name: 'Un', last_name: 'AUTRE' },
		{ by: 'morel', status: 409 });
	assert.equal(second.code, 'duplicate');
	assert.deepEqual((await get('/people?q=autre&role=tutor')).items, []);
	const { items: [code] } = await post('/activation-codes',
		{ person_ids: [one.person.id] }, { by: 'morel', status: 200 });
	const browser = client(server);
	const session = await browser.post('/session/activation',
		{ login: code.login, code: code.code, password: 'Choisi-2026-moi' });
	assert.deepEqual(session.body.roles, ['tutor']);
	await post('/activation-codes', { person_ids: [one.person.id] },
		{ by: 'petit', status: 404 });
	await post('/activation-codes', { person_ids: [id('hugo')] },
		{ by: 'morel', status: 404 });
	// The same company takes another learner.
	const again = await post(`/learners/${id('ines')}/supervisors`,
		{ person_id: one.person.id }, { by: 'morel' });
	assert.equal(again.items[0].person.id, one.person.id);
	assert.deepEqual((await get(`/people/${one.person.id}`)).trainees
		.map((t) => t.person.first_name), ['Hugo', 'Inès']);
	// And then one of a colleague: the account is no one teacher's any more.
	await post(`/learners/${id('paul')}/supervisors`,
		{ person_id: one.person.id }, { by: 'petit' });
	for (const by of ['morel', 'petit'])
		await post('/activation-codes', { person_ids: [one.person.id] },
			{ by, status: 404 });
	const morel = await as('morel');
	assert.equal((await morel.del(`${path}/${one.person.id}`)).status, 204);
	assert.equal((await morel.del(`${path}/${one.person.id}`)).status, 404);
	const { items: [ended] } = await get(path, { by: 'morel' });
	assert.ok(ended.ended_on >= ended.since);
	await post(path, { first_name: 'Un', last_name: 'AUTRE' },
		{ by: 'durand' });
});

test('M-053 M-054 who gives tutors and who gives masters', async () => {
	await server.sql(`UPDATE person SET track = 'apprentice' WHERE id = $1`,
		[id('adam')]);
	const zoe = `/learners/${id('zoe')}/supervisors`;
	const adam = `/learners/${id('adam')}/supervisors`;
	const who = { first_name: 'Anne', last_name: 'PATRONNE' };

	for (const [path, by, status] of [[zoe, 'admin', 403], [zoe, 'leroy', 403],
		[zoe, 'petit', 403], [zoe, 'zoe', 403], [adam, 'morel', 403],
		[adam, 'petit', 403]])
		await post(path, who, { by, status });
	const { kind, items: [master] } = await post(adam, who);
	assert.deepEqual([kind, master.kind], ['master', 'master']);
	assert.deepEqual((await get(`/people/${master.person.id}`)).roles,
		['master']);
	assert.equal((await get(adam, { by: 'morel' })).may_change, false);
	assert.equal((await get(zoe, { by: 'leroy' })).items.length, 0);
	const wrong = await post(zoe, { person_id: master.person.id },
		{ by: 'morel', status: 422 });
	assert.equal(wrong.errors[0].pointer, '/person_id');
	for (const [body, status] of [[{ person_id: id('morel') }, 422],
		[{ person_id: id('rose') }, 422], [{ first_name: 'Seul' }, 422],
		[{ ...tutor, roles: ['administrator'] }, 400],
		[{ person_id: master.person.id, first_name: 'x' }, 400]])
		await post(zoe, body, { by: 'morel', status });
	const known = await post(zoe, tutor, { by: 'morel', status: 409 });
	assert.equal(known.code, 'probable-duplicate');
});

test('M-050 X4 the logins of a class as CSV, without what opens an account, '
	+ 'and traced', async () => {
	const path = `/classes/${school.class['1MCV']}/accounts.csv`;

	await server.sql(`UPDATE person SET last_name = '=CMD()' WHERE id = $1`,
		[id('nina')]);
	const answer = await (await as('admin')).get(`${path}?dialect=fr`);
	assert.match(answer.headers['content-disposition'],
		/comptes_1MCV\.csv/);
	const lines = answer.text.split('\r\n');
	assert.equal(lines[0], '\ufeffNom;Prénom;Division;Identifiant;'
		+ 'Né(e) le;État');
	assert.ok(lines.includes(
		'RICHARD;Paul;1MCV;paul.richard;14/03/2009;activé'));
	assert.ok(lines.some((l) => l.startsWith(`'=CMD();Nina;`)));
	assert.doesNotMatch(answer.text, /argon2|[0-9A-Z]{4}-[0-9A-Z]{4}-/);
	const [{ n }] = await server.sql(`SELECT count(*)::int AS n FROM trace
		WHERE act = 'export' AND page LIKE '%accounts.csv'`);
	assert.equal(n, 1);
	await get(`/classes/${school.class.voisin2MELEC}/accounts.csv`,
		{ status: 404 });
	for (const by of ['leroy', 'morel', 'zoe'])
		await get(path, { by, status: 403 });
});
