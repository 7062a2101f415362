// The samples of SIECLE and STSWEB, each as an administrator would send it:
// what their README says must be refused changes nothing, and costs little.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { client } from './lib/client.mjs';
import { slow, startServer } from './lib/server.mjs';
import * as siecle from './lib/siecle.mjs';
import { PASSWORD, UAI, expected, folder, imported, sample, samples }
	from './lib/siecle.mjs';

const SECONDS = 2;
const MEBIBYTES = 64;

let server;
let admin;
let school;
let retired = 0;

const raw = (name) => readFileSync(join(samples, name));
const analyse = (files) => siecle.analyse(admin, files);
const applied = (files, body) => siecle.applied(admin, files, body);
const everything = () => siecle.everything(server, school);

before(async () => {
	// One worker: the memory that is looked at is that of who reads.
	server = await startServer({ workers: 1 });
});
after(() => server?.stop());

// Another school takes its place; of the year of the samples where their
// years cannot be moved, within an archive.
async function freshSchool(year) {
	await server.sql('UPDATE school SET uai = $2 WHERE uai = $1', [UAI,
		`${String(9100000 + ++retired)}A`]);
	({ school } = await siecle.makeSchool(server, UAI, year));
	admin = client(server);
	await admin.login({ school: UAI, login: 'admin',
		password: PASSWORD });
}

// --- the memory of the worker ---

function status(pid) {
	const text = readFileSync(`/proc/${pid}/status`, 'utf8');
	const kib = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`)
		.exec(text)[1]);

	return { now: kib('VmRSS'), most: kib('VmHWM') };
}

function workers() {
	return readFileSync(`/proc/${server.pid}/task/${server.pid}/children`,
		'utf8').trim().split(' ').map(Number);
}

// What one request takes: seconds, and more mebibytes than before.
async function measured(work) {
	const pids = workers();

	for (const pid of pids)
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
	const was = pids.map((pid) => status(pid).now);
	const start = performance.now();
	const answer = await work();
	const seconds = (performance.now() - start) / 1000;
	const more = pids.map((pid, i) => status(pid).most - was[i]);

	return { answer, seconds, mebibytes: Math.max(...more) / 1024 };
}

// --- what must be refused ---

const refused = {
	'm01-truncated.xml': [422, 'xml_malformed'],
	'm02-wrong-root-responsables.xml': [422, 'wrong_file', 'learners'],
	'm03-edt-sts-root.xml': [422, 'wrong_file'],
	'm04-billion-laughs.xml': [422, 'xml_doctype'],
	'm05-xxe-file.xml': [422, 'xml_doctype'],
	'm06-xxe-parameter-entity.xml': [422, 'xml_doctype'],
	'm07-external-dtd.xml': [422, 'xml_doctype'],
	'm08-declared-utf8-bytes-latin9.xml': [422, 'xml_malformed'],
	'm10-unknown-encoding.xml': [422, 'encoding_unsupported'],
	'm11-empty.xml': [422, 'xml_malformed'],
	'm12-login-page.xml': [422, 'html_page'],
	'm13-control-characters.xml': [422, 'xml_malformed'],
	'm14-huge-attribute.xml': [422, 'xml_limit'],
	'm15-deep-nesting.xml': [422, 'xml_limit'],
	'm16-huge-text.xml': [422, 'xml_limit'],
	'm25-no-structures.xml': [422, 'no_structures'],
	'm26-other-school.xml': [409, 'other_school'],
	'm27-no-uai.xml': [422, 'no_uai'],
	'm28-other-year.xml': [409, 'other_year'],
	'z01-ratio-bomb.zip': [422, 'zip_limit'],
	'z02-path-traversal.zip': [422, 'zip_no_xml'],
	'z03-two-candidates.zip': [422, 'zip_ambiguous'],
	'z04-no-xml.zip': [422, 'zip_no_xml'],
	'z05-zip-in-zip.zip': [422, 'zip_no_xml'],
	'z06-many-entries.zip': [422, 'zip_limit'],
	'z07-lying-size.zip': [422, 'zip_bad'],
	'z08-bad-crc.zip': [422, 'zip_bad'],
	'z09-encrypted-flag.zip': [422, 'zip_encrypted'],
	'z10-truncated.zip': [422, 'zip_bad'],
	'z12-symlink-entry.zip': [422, 'zip_no_xml'],
};

// Read with anomalies, on a school with staff and no learner: how many
// learners are created, and what is told how often.
const odd = {
	'm20-duplicate-eleve-id.xml': [0, { id_duplicate: 2 }],
	'm21-duplicate-ine.xml': [0, { ine_duplicate: 2 }],
	'm22-duplicate-structures.xml': [2, { two_divisions: 1 }],
	'm23-dates.xml': [8, { birth_date_missing: 2, birth_date_invalid: 3 }],
	'm24-missing-names.xml': [2,
		{ name_missing: 1, first_name_missing: 2 }],
	'm29-structure-of-unknown-learner.xml': [2, { structure_orphan: 1 }],
	'm30-id-not-a-number.xml': [1, { id_invalid: 3 }],
	'm31-names-hostile-to-outputs.xml': [7, {}],
	'z11-xml-named-zip.zip': [39, {}],
};

// Tests of their own, below.
const others = ['m09-declared-latin9-bytes-utf8.xml',
	'm32-responsables-anomalies.xml', 'm33-sts-anomalies.xml'];

test('M-027 each malformed sample has a test here', () => {
	assert.deepEqual(readdirSync(join(samples, 'malformed')).sort(),
		[...Object.keys(refused), ...Object.keys(odd), ...others].sort());
	assert.equal(readdirSync(join(samples, 'malformed')).length, 42);
});

// The bytes of an XML file may have their years moved; an archive's may not.
const given = (file) => (file.startsWith('z') && !file.startsWith('z11')
	? raw(`malformed/${file}`) : sample(`malformed/${file}`));

test('M-027 X1 X2 what must be refused changes nothing and costs little',
	async (t) => {
		await freshSchool();
		await applied({ staff: folder('01-initial').staff });
		const was = await everything();
		const files = readdirSync(server.dir).sort();

		for (const [file, [status, code, field = 'files']] of
			Object.entries(refused))
			await t.test(`${file}: ${code}`, async () => {
				const { answer, seconds, mebibytes }
					= await measured(() => analyse({
						[field]: given(file) }));

				assert.equal(answer.status, status, answer.text);
				assert.equal(answer.body.code, code);
				assert.equal(answer.body.errors[0].pointer,
					field === 'files' ? '/files/0'
						: `/${field}`);
				assert.doesNotMatch(answer.text, /127\.0\.0\.1/);
				assert.equal(await everything(), was);
				assert.ok(seconds < SECONDS * slow,
					`${seconds} s`);
				assert.ok(mebibytes < MEBIBYTES * slow,
					`${mebibytes} MiB`);
				assert.deepEqual(readdirSync(server.dir).sort(),
					files);
			});
		assert.doesNotMatch(server.log(), /127\.0\.0\.1:9\b/);
	});

const told = (preview) => {
	const out = {};

	for (const { code } of preview.body.anomalies)
		out[code] = (out[code] ?? 0) + 1;
	return out;
};

test('M-027 what is odd in one record costs that record only', async (t) => {
	for (const [file, [created, wanted]] of Object.entries(odd))
		await t.test(file, async () => {
			await freshSchool();
			await applied({ staff: folder('01-initial').staff });
			const preview = await analyse({ files: given(file) });

			assert.equal(preview.status, 201, preview.text);
			assert.deepEqual(preview.body.to_confirm, []);
			assert.equal(preview.body.counts.learners.created,
				created);
			const found = told(preview);
			for (const [code, times] of Object.entries(wanted))
				assert.equal(found[code], times, code);
			for (const one of preview.body.anomalies)
				assert.ok(one.line > 0 || !one.refused,
					JSON.stringify(one));
			const done = await siecle.commit(admin, preview);
			assert.equal(done.status, 200, done.text);
		});
});

test('M-030 odd guardians are contacts, and told', async () => {
	await freshSchool();
	await applied(folder('01-initial'));
	const preview = await analyse({ files: sample(
		'malformed/m32-responsables-anomalies.xml') });
	const found = told(preview);

	assert.equal(preview.status, 201, preview.text);
	assert.equal(found.several_resp_legal, 1);
	assert.equal(found.link_incomplete, 1);
	assert.equal(found.link_orphan, 2);
	assert.equal(found.link_code_unknown, 1);
	assert.equal(found.person_without_address, 2);
});

test('M-029 odd staff are told, and the rest is read', async () => {
	await freshSchool();
	const preview = await analyse({ files: sample(
		'malformed/m33-sts-anomalies.xml') });
	const found = told(preview);

	assert.equal(preview.status, 201, preview.text);
	assert.equal(found.id_duplicate, 2);
	assert.equal(found.name_missing, 1);
	assert.ok(preview.body.counts.staff.created >= 2);
});

// --- what must be accepted ---

test('M-025 a file is what it holds, in any order and under any name',
	async () => {
		await freshSchool();
		const all = folder('01-initial');
		const labels = ['Structures.xml', 'Nomenclature.xml'].map(
			(name) => sample(`01-initial/${name}`));
		const files = [all.guardians, ...labels, all.learners,
			all.staff].map((bytes, i) => ({ bytes,
			name: `document ${i}.pdf` }));
		const done = await applied({ files });

		assert.equal(done.counts.staff.created,
			expected.initial.staff_imported);
		assert.equal(done.counts.learners.created, imported);
		assert.deepEqual(done.files.map((f) => [f.kind, f.name]),
			[['staff', 'document 4.pdf'],
				['learners', 'document 3.pdf'],
				['guardians', 'document 0.pdf'],
				['labels', 'document 2.pdf'],
				['labels', 'document 1.pdf']]);
		const again = await applied(all);
		assert.equal(again.counts.learners.same, imported);
		assert.equal(again.counts.learners.changed, 0);
	});

const zipped = (name) => ({ name, bytes: raw(`03-zip/${name}`) });

test('M-028 one archive holds all, and is read again at the commit',
	async () => {
		await freshSchool(2025);
		const done = await applied({ files: zipped('all-three.zip') });

		assert.equal(done.counts.staff.created,
			expected.initial.staff_imported);
		assert.deepEqual(done.files.map((f) => [f.kind, f.name]), [
			['staff', 'all-three.zip/sts_emp_0999001W_2025.xml'],
			['learners', 'all-three.zip/ElevesSansAdresses.xml'],
			['guardians',
				'all-three.zip/ResponsablesAvecAdresses.xml'],
			['labels', 'all-three.zip/Nomenclature.xml'],
			['labels', 'all-three.zip/Structures.xml']]);
		const here = done.counts.learners.created;
		// Who leaves in February has left, if it is later than that.
		assert.ok(here === 45 || here === 44, String(here));
		for (const archive of [
			{ files: zipped('both.zip') },
			{ files: zipped('both-in-folder-macos.zip') },
			{ learners: zipped('both.zip') },
			{ learners: zipped('stored.zip') },
			{ learners: zipped('uppercase-extension.ZIP'),
				guardians: zipped(
					'ExportXML_ResponsablesAvecAdresses.zip') },
			{ files: [zipped(
				'ExportXML_ResponsablesAvecAdresses.zip'),
			zipped('ExportXML_ElevesSansAdresses.zip'),
			zipped('sts.zip')] }]) {
			const again = await applied(archive);

			assert.equal(again.counts.learners.same, here);
			assert.equal(again.counts.learners.changed, 0);
			assert.equal(again.counts.learners.leaving, 0);
		}
	});

test('M-028 two files of one kind are one too many', async () => {
	await freshSchool(2025);
	const twice = await analyse({ files: [zipped('sts.zip'),
		zipped('both.zip'), zipped('stored.zip')] });

	assert.equal(twice.status, 422, twice.text);
	assert.equal(twice.body.code, 'file_twice');
	assert.equal(twice.body.errors[0].pointer, '/files/2');
	const field = await analyse({ learners: zipped('sts.zip') });
	assert.equal(field.status, 422);
	assert.equal(field.body.code, 'wrong_file');
	assert.match(field.body.detail, /sts_emp.*On attend ici.*élèves/);
	const many = await analyse({ files: Array(9).fill(Buffer.from('<a/>')) });
	assert.equal(many.status, 413, many.text);
});

const variants = readdirSync(join(samples, '05-variants'))
	.filter((name) => name.endsWith('.xml'));

test('M-027 every way of writing a file says the same', async (t) => {
	await freshSchool();
	await applied(folder('01-initial'));
	for (const file of variants)
		await t.test(file, async () => {
			const few = file.startsWith('v08');
			const bytes = sample(`05-variants/${file}`);
			const preview = await analyse({ files: file.includes(
				'utf16') ? utf16(file) : bytes });
			const { counts, to_confirm: confirm } = preview.body;

			assert.equal(preview.status, 201, preview.text);
			assert.deepEqual(confirm, few ? ['mass_departure'] : []);
			assert.equal(counts.learners.same, few ? 0 : imported);
			assert.equal(counts.learners.created, few ? 2 : 0);
			assert.equal(counts.learners.changed, 0);
		});
});

// The years of a file in UTF-16 are moved as text.
function utf16(file) {
	const text = raw(`05-variants/${file}`).toString('utf16le');
	const bytes = siecle.shifted(Buffer.from(text, 'utf8'));

	return Buffer.from(bytes.toString('utf8'), 'utf16le');
}
