// Imports that are refused, or wait for a word: nothing is changed by them.

import assert from 'node:assert/strict';
import { stories } from './lib/import_school.mjs';
import * as siecle from './lib/siecle.mjs';
import { folder, sample }
	from './lib/siecle.mjs';

const it = stories();
const { story } = it;
const analyse = (files, options, who = it.admin) =>
	siecle.analyse(who, files, options);
const commit = (preview, body, options) =>
	siecle.commit(it.admin, preview, body, options);
const applied = (files, body) => siecle.applied(it.admin, files, body);
const everything = () => siecle.everything(it.server, it.ids.school);

story('M-023 learners before any staff are refused', async () => {
	const { staff, ...others } = folder('01-initial');
	const answer = await analyse(others);

	assert.ok(staff.length > 0);
	assert.equal(answer.status, 409);
	assert.equal(answer.body.code, 'staff_first');
	assert.equal(answer.body.errors[0].pointer, '/learners');
});

const refusals = [
	['H4 a DOCTYPE', 'learners', 'm04-billion-laughs.xml',
		422, 'xml_doctype'],
	['H4 an external entity', 'learners', 'm05-xxe-file.xml',
		422, 'xml_doctype'],
	['a truncated file', 'learners', 'm01-truncated.xml',
		422, 'xml_malformed'],
	['the file of another field', 'learners',
		'm02-wrong-root-responsables.xml', 422, 'wrong_file'],
	['an unknown encoding', 'learners', 'm10-unknown-encoding.xml',
		422, 'encoding_unsupported'],
	['a page of a portal', 'learners', 'm12-login-page.xml',
		422, 'html_page'],
	['a huge attribute', 'learners', 'm14-huge-attribute.xml',
		422, 'xml_limit'],
	['no class at all', 'learners', 'm25-no-structures.xml',
		422, 'no_structures'],
	['another school', 'learners', 'm26-other-school.xml',
		409, 'other_school'],
	['another year', 'learners', 'm28-other-year.xml',
		409, 'other_year'],
	['no UAI', 'learners', 'm27-no-uai.xml', 422, 'no_uai'],
];

story('M-027 a refused file changes nothing, and says why', async (t) => {
	await applied({ staff: folder('01-initial').staff });
	const was = await everything();

	for (const [what, field, file, status, code] of refusals)
		await t.test(`${what}: ${code}`, async () => {
			const answer = await analyse(
				{ [field]: sample(`malformed/${file}`) });

			assert.equal(answer.status, status, answer.text);
			assert.equal(answer.body.code, code);
			assert.equal(answer.body.errors[0].pointer,
				`/${field}`);
			assert.equal(await everything(), was);
		});
});

story('M-027 a file of more than 20 MiB is refused as too large', async () => {
	const answer = await analyse(
		{ learners: Buffer.alloc((20 << 20) + 1, 0x20) });

	assert.equal(answer.status, 413);
	assert.equal(answer.body.errors[0].pointer, '/learners');
});

story('a form that is not one is refused', async (t) => {
	const type = 'multipart/form-data; boundary=xx';
	const head = 'Content-Disposition: form-data; name="staff"';
	const cases = [
		['no boundary', '--xx--\r\n', 'multipart/form-data', 400],
		['no end', `--xx\r\n${head}\r\n\r\n<a/>`, type, 400],
		['no name', '--xx\r\nContent-Disposition: form-data\r\n\r\n'
			+ '<a/>\r\n--xx--', type, 400],
		['line feeds', `--xx\n${head}\n\n<a/>\n--xx--`, type, 400],
		['text before', `hello\r\n--xx\r\n${head}\r\n\r\n`
			+ '<a/>\r\n--xx--', type, 400],
		['text after', `--xx\r\n${head}\r\n\r\n<a/>\r\n--xx--x`,
			type, 400],
		['an unknown field', '--xx\r\nContent-Disposition: form-data; '
			+ 'name="other"\r\n\r\n<a/>\r\n--xx--', type, 400],
		['a field twice', `--xx\r\n${head}\r\n\r\n<a/>\r\n--xx\r\n`
			+ `${head}\r\n\r\n<a/>\r\n--xx--`, type, 400],
		['no part', '--xx--\r\n', type, 422],
		['endless headers', `--xx\r\n${head}; x="${'x'.repeat(2000)}"`
			+ '\r\n\r\n<a/>\r\n--xx--', type, 400],
	];

	for (const [what, body, sent, status] of cases)
		await t.test(what, async () => {
			const answer = await it.admin.post('/imports',
				Buffer.from(body), { type: sent });

			assert.equal(answer.status, status, answer.text);
		});
	const json = await it.admin.post('/imports', {});
	assert.equal(json.status, 415);
});

story('mass_departure is shown by the analysis and stops the commit',
	async () => {
		await applied(folder('01-initial'));
		const { staff, learners } = folder('01-initial');
		const few = Buffer.from(learners.toString('latin1')
			.replaceAll(/2MELEC<\/CODE_STRUCTURE>/g,
				'Inactifs</CODE_STRUCTURE>'), 'latin1');
		const preview = await analyse({ staff, learners: few });

		assert.equal(preview.status, 201, preview.text);
		assert.deepEqual(preview.body.to_confirm, ['mass_departure']);
		const was = await everything();
		const no = await commit(preview);
		assert.equal(no.status, 409);
		assert.equal(no.body.code, 'mass_departure');
		assert.equal(await everything(), was);
		const yes = await commit(preview,
			{ confirm: ['mass_departure'] });
		assert.equal(yes.status, 200);
		assert.ok(yes.body.counts.learners.leaving > 10);
	});

story('older_export is shown by the analysis and stops the commit',
	async () => {
		await applied(folder('01-initial'));
		await applied(folder('04-reimport'),
			{ confirm: ['mass_departure'] });
		const preview = await analyse(folder('01-initial'));

		assert.equal(preview.status, 201);
		assert.ok(preview.body.to_confirm.includes('older_export'));
		const no = await commit(preview);
		assert.equal(no.status, 409);
	});

story('suspect_encoding is shown by the analysis and stops the commit',
	async () => {
		await applied({ staff: folder('01-initial').staff });
		const preview = await analyse({ learners: sample(
			'malformed/m09-declared-latin9-bytes-utf8.xml') });

		assert.equal(preview.status, 201, preview.text);
		assert.deepEqual(preview.body.to_confirm,
			['suspect_encoding']);
		const was = await everything();
		const no = await commit(preview);
		assert.equal(no.status, 409);
		assert.equal(no.body.code, 'suspect_encoding');
		assert.equal(await everything(), was);
	});

story('a refusal and an anomaly are told in the language of whoever asks',
	async () => {
		const english = { headers: { 'accept-language': 'en' } };
		const bad = { staff: sample('malformed/m03-edt-sts-root.xml') };
		const fr = await analyse(bad);
		const en = await analyse(bad, english);

		assert.match(fr.body.detail, /c'est le mauvais sens/);
		assert.match(en.body.detail, /the wrong way/);
		assert.equal(en.body.errors[0].message, en.body.detail);
		const { anomalies } = (await analyse(folder('01-initial'))).body;
		assert.ok(anomalies.length > 0);
		for (const { what, what_en: told } of anomalies)
			assert.notEqual(what, told);
	});
