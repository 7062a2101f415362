// The sample files of SIECLE and STSWEB, and how a browser imports them.
//
//	import { analyse, applied, expected, folder } from './lib/siecle.mjs';
//	await applied(admin, folder('01-initial'));   // a signed-in client
//	expected.initial                     // what then is there
//	largeSchool(2000)                    // files made up, of that size
//
// The samples are of 2025-2026; their years are moved by `moved` so that the
// school year, `year`, is one that has begun, whenever the tests run.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './server.mjs';

export const UAI = '0999001W';
export const samples = join(root, 'tests/data/samples');
export const expected = JSON.parse(
	readFileSync(join(samples, 'expected.json')));

const today = new Date().toISOString().slice(0, 10);
export const year = Number(today.slice(0, 4))
	- (today.slice(5) < '09-15' ? 1 : 0);
export const moved = year - 2025;

// One learner of the samples, who has two legal links, leaves on 27 February.
export const left = today > `${year + 1}-02-27` ? 1 : 0;
export const imported = expected.initial.learners_imported - left;

// Bytes in, bytes out: the samples are in several encodings.
export function shifted(bytes) {
	return Buffer.from(bytes.toString('latin1')
		.replace(/202[4-7](?![0-9])/g, (y) => Number(y) + moved),
	'latin1');
}

export function sample(name) {
	return shifted(readFileSync(join(samples, name)));
}

export function folder(name) {
	return { staff: sample(`${name}/sts_emp_0999001W_2025.xml`),
		learners: sample(`${name}/ElevesSansAdresses.xml`),
		guardians: sample(`${name}/ResponsablesAvecAdresses.xml`) };
}

// Of each field its file, or several of one field; a file is its bytes, or
// { name, bytes } where the name it is sent under matters.
export function form(files) {
	const boundary = `----acquis${randomUUID().replaceAll('-', '')}`;
	const parts = Object.entries(files).flatMap(([field, given]) =>
		[given].flat().flatMap((file) => [
			Buffer.from(`--${boundary}\r\nContent-Disposition: `
				+ `form-data; name="${field}"; filename="`
				+ `${file.name ?? `${field}.xml`}"\r\n`
				+ 'Content-Type: text/xml\r\n\r\n'),
			file.bytes ?? file, Buffer.from('\r\n')]));

	return { body: Buffer.concat([...parts,
		Buffer.from(`--${boundary}--\r\n`)]),
	type: `multipart/form-data; boundary=${boundary}` };
}

const HASH = '$argon2id$v=19$m=19456,t=2,p=1$Tikz54qUeX3nNtt/GpEkGw'
	+ '$IGzTMMLnEh3ufShSlUxg52CA3XjtmBRd66U8ltKesQA';
export const PASSWORD = 'Essais-2025!';

// A school with an administrator and a teacher: their ids, and its own.
export async function makeSchool(server, uai, first = year) {
	const [{ school_id: school }] = await server.sql(
		`INSERT INTO school (uai, name, school_year, year_starts_on,
		                     year_ends_on)
		 VALUES ($1, 'Lycée professionnel des Essais', $2, $3, $4)
		 RETURNING school_id`,
		[uai, first, `${first}-09-01`, `${first + 1}-08-31`]);
	const people = {};
	for (const [role, login] of [['administrator', 'admin'],
		['teacher', 'marc.morel']]) {
		const [{ id }] = await server.sql(
			`INSERT INTO person (school_id, first_name, last_name,
			                     login, source)
			 VALUES ($1, 'Alix', upper($2), $2, 'manual')
			 RETURNING id`, [school, login]);
		await server.sql(`INSERT INTO person_role
			VALUES ($1, $2, $3)`, [school, id, role]);
		await server.sql(`INSERT INTO credential
			(school_id, person_id, password) VALUES ($1, $2, $3)`,
		[school, id, HASH]);
		people[role] = id;
	}
	return { school, ...people };
}

const tables = ['person', 'person_role', 'class_group', 'group_class',
	'enrolment', 'teaching', 'guardianship', 'mef', 'import'];

// Everything of a school that an import could write, as one text.
export async function everything(server, school) {
	const out = [];

	for (const table of tables) {
		const rows = await server.sql(`SELECT md5(string_agg(t::text, ''
			ORDER BY t::text)) AS h FROM ${table} t
			WHERE school_id = $1`, [school]);
		out.push(`${table} ${rows[0].h}`);
	}
	return out.join('\n');
}

export function analyse(who, files, { later, ...options } = {}) {
	const { body, type } = form(files);

	return who.post(later ? '/imports?later=true' : '/imports',
		body, { type, ...options });
}

export function commit(who, preview, body = {}, options = {}) {
	return who.post(`/imports/${preview.body.id}/commit`, body, options);
}

// Analysed and committed: the import as it then is.
export async function applied(who, files, body) {
	const preview = await analyse(who, files);

	assert.equal(preview.status, 201, preview.text.slice(0, 600));
	const answer = await commit(who, preview, body);
	assert.equal(answer.status, 200, answer.text.slice(0, 600));
	return answer.body;
}

// The generator is a program of the samples; its files are of any year.
export function largeSchool(learners) {
	const dir = mkdtempSync(join(tmpdir(), 'acquis-siecle-'));

	try {
		execFileSync('python3', [join(samples, 'gen_siecle.py'),
			'school', '--learners', String(learners), '--year',
			String(year), '--out', dir]);
		return Object.fromEntries(readdirSync(dir).map((name) => [
			name.startsWith('sts_emp') ? 'staff'
				: name.startsWith('Eleves') ? 'learners'
					: name.startsWith('Resp') ? 'guardians'
						: 'labels',
			readFileSync(join(dir, name))]));
	} finally {
		rmSync(dir, { recursive: true });
	}
}
