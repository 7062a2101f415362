// A newer version on the data of an older one: from every version of the
// schema there has been, to this one, with all that was in it.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync }
	from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { clientOptions, root } from '../api/lib/server.mjs';
import { seedSchool } from '../api/lib/school.mjs';

const tool = path.resolve(root, process.env.ACQUIS_TOOL ?? 'build/acquis');
const place = mkdtempSync(path.join(tmpdir(), 'acquis-upgrade-'));
const migrations = readdirSync(path.join(root, 'migrations'))
	.filter((f) => f.endsWith('.sql')).sort();
const data = process.env.ACQUIS_TEST_DIR;
let fresh, count = 0;

before(async () => {
	fresh = await base();
	assert.equal(fresh.run('migrate').status, 0);
});
after(() => rmSync(place, { recursive: true, force: true }));

function url(role, name) {
	return execFileSync(path.join(root, 'scripts/pg.sh'),
		['url', data, role, name], { encoding: 'utf8' }).trim();
}

// An empty base of its own.
async function base() {
	const name = `upgrade_${process.pid}_${++count}`;
	const ask = async (role, database, work) => {
		const c = new pg.Client(clientOptions(url(role, database)));

		await c.connect();
		try {
			return await work(c);
		} finally {
			await c.end();
		}
	};

	await ask('postgres', 'postgres', (c) =>
		c.query(`CREATE DATABASE ${name} OWNER acquis_owner`));
	return {
		owner: url('acquis_owner', name),
		with: (work) => ask('acquis_owner', name, work),
		run(...args) {
			return spawnSync(tool, args, { cwd: root, encoding: 'utf8',
				env: { ...process.env, ACQUIS_OWNER_URL: this.owner } });
		},
	};
}

// A version of Acquis that knew the first k migrations.
function version(k) {
	const folder = path.join(place, `version-${k}`);

	mkdirSync(folder, { recursive: true });
	for (const f of migrations.slice(0, k))
		cpSync(path.join(root, 'migrations', f), path.join(folder, f));
	return folder;
}

const schema = (b) => execFileSync('pg_dump', ['--schema-only', '--no-comments',
	'-d', b.owner], { encoding: 'utf8' }).replace(/^\\(un)?restrict .*\n/gm, '');

// An evaluation, its marks, a draft and a confirmed assessment, as far as
// there are tables for them.
const later = [
	['framework', `INSERT INTO framework (id, version, code, title,
		short_title, status, current, sha256, document)
		VALUES ('trial', 1, 'T', 'Trial', 'T', 'in_force', true, '\\x00',
		'{}')`],
	['evaluation', `INSERT INTO evaluation (school_id, framework_key, title,
		school_year, assessed_on, author_id, items)
		SELECT school_id, 1, 'Câblage', 2025, '2025-11-03', id, '{1,2}'
		FROM person WHERE login = 'marc.morel'`],
	['sheet', `INSERT INTO sheet (school_id, learner_id, evaluation_id, marks)
		SELECT school_id, id, 1, '3A' FROM person
		WHERE login = 'zoe.martin'`],
	['draft', `INSERT INTO draft (school_id, learner_id, framework_key,
		findings, author_id) SELECT school_id, id, 1, 'Constats', id
		FROM person WHERE login = 'zoe.martin'`],
	['interim', `INSERT INTO interim (school_id, learner_id, framework_key,
		state, revision, confirmed_at) SELECT school_id, id, 1, 'confirmed',
		1, '2025-12-01' FROM person WHERE login = 'zoe.martin'`],
	['interim_revision', `INSERT INTO interim_revision (school_id, interim_id,
		revision, author_id, positions, findings, advice, sha256, previous,
		chain) SELECT school_id, id, 1, learner_id, '', 'Constats',
		'Conseils', '\\x01', '\\x00', 1 FROM interim`],
];

async function fill(c) {
	await seedSchool(c);
	for (const [table, statement] of later) {
		const { rows: [{ there }] } = await c.query(
			'SELECT to_regclass($1) IS NOT NULL AS there', [table]);
		if (there)
			await c.query(statement);
	}
}

// Every row of every table, in the columns that it has now.
async function held(c, columns) {
	const { rows: tables } = await c.query(`SELECT relname AS name,
		ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = r.oid
			AND attnum > 0 AND NOT attisdropped ORDER BY 1) AS columns
		FROM pg_class r WHERE relkind = 'r'
		AND relnamespace = 'public'::regnamespace AND relname <> 'migration'
		ORDER BY 1`);
	const out = {};

	for (const t of tables) {
		const list = columns?.[t.name] ?? t.columns;
		const { rows } = await c.query(`SELECT ${list.join(', ')}
			FROM ${t.name} ORDER BY (${t.name}.*)::text`);
		out[t.name] = { columns: list, rows };
	}
	return out;
}

// A migration is never edited once it is there: what it does to the data of
// the version before it was seen when it was new.
const versions = migrations.map((_, i) => i + 1).slice(0, -1)
	.filter((k) => process.env.ACQUIS_TEST_LONG || k === 1
		|| k > migrations.length - 4);

for (const k of versions)
	test(`design.md 4: data of the version of ${migrations[k - 1]} is migrated,`
		+ ' all of it kept', async () => {
		const b = await base();

		assert.equal(b.run('migrate', version(k)).status, 0);
		await b.with(fill);
		const was = await b.with((c) => held(c));
		assert.ok(was.person.rows.length > 10);
		const now = b.run('migrate');
		assert.equal(now.status, 0, now.stderr);
		assert.equal(now.stdout, migrations.slice(k)
			.map((f) => `Migrated: ${f}\n`).join(''));
		const kept = await b.with((c) => held(c, Object.fromEntries(
			Object.entries(was).map(([name, t]) => [name, t.columns]))));
		for (const [name, t] of Object.entries(was))
			assert.deepEqual(kept[name].rows, t.rows, name);
		assert.equal(schema(b), schema(fresh));
	});

test('design.md 4: an older program on newer data says so in one sentence and'
	+ ' changes nothing', async () => {
	const b = await base();
	const newer = version(migrations.length);

	writeFileSync(path.join(newer, '9000_future.sql'),
		'CREATE TABLE future (id integer);\n');
	assert.equal(b.run('migrate', newer).status, 0);
	await b.with(fill);
	const was = [schema(b), await b.with((c) => held(c))];
	for (const args of [['migrate'], ['migrate', version(3)]]) {
		const { status, stdout, stderr } = b.run(...args);

		assert.equal(status, 1);
		assert.match(stderr, /^acquis: the base is newer [^\n]+\n$/);
		assert.equal(stdout, '');
	}
	assert.deepEqual([schema(b), await b.with((c) => held(c))], was);
});
