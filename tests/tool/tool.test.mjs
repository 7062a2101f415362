// The command-line tool: migrations forward only, frameworks all or none.
//
//   node --test tests/tool/        ACQUIS_TOOL (build/acquis)
//
// On the cluster of scripts/test.sh; run alone, on one of its own.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync,
	writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const tool = resolve(root, process.env.ACQUIS_TOOL ?? 'build/acquis');
const pg = join(root, 'scripts/pg.sh');
const place = mkdtempSync(join(tmpdir(), 'acquis-tool-'));
const data = process.env.ACQUIS_TEST_DIR ?? join(place, 'data');
let bases = 0;
let folders = 0;

before(() => execFileSync(pg, ['start', data], { stdio: 'inherit' }));
after(() => {
	if (!process.env.ACQUIS_TEST_DIR)
		execFileSync(pg, ['destroy', data], { stdio: 'inherit' });
	rmSync(place, { recursive: true, force: true });
});

function url(role, name) {
	return execFileSync(pg, ['url', data, role, name],
	    { encoding: 'utf8' }).trim();
}

function psql(where, sql) {
	return execFileSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', where,
	    '-c', sql], { encoding: 'utf8', stdio: 'pipe' }).trim();
}

// An empty base of its own for each test.
function base() {
	const name = `tool_${process.pid}_${++bases}`;

	psql(url('postgres', 'postgres'),
	    `CREATE DATABASE ${name} OWNER acquis_owner`);
	return {
		owner: url('acquis_owner', name),
		api: url('acquis_api', name),
		ask(sql) {
			return psql(this.owner, sql);
		},
		run(...args) {
			return spawnSync(tool, args, { cwd: root, encoding: 'utf8',
			    env: { ...process.env, ACQUIS_OWNER_URL: this.owner } });
		},
	};
}

function migrated() {
	const b = base();

	assert.equal(b.run('migrate').status, 0);
	return b;
}

// A copy that a test may spoil.
function copy(of) {
	const to = join(place, `${of}-${++folders}`);

	cpSync(join(root, of), to, { recursive: true });
	return to;
}

function refused(result, reason) {
	assert.equal(result.status, 1, result.stdout + result.stderr);
	assert.match(result.stderr, reason);
	assert.match(result.stderr, /^acquis: [^\n]+\n$/, 'one sentence');
}

// --- migrations ---

const migrations = readdirSync(join(root, 'migrations'))
	.filter((f) => f.endsWith('.sql')).sort();

test('all migrations are applied in order, and the second time none', () => {
	const b = base();
	const first = b.run('migrate');

	assert.equal(first.status, 0, first.stderr);
	assert.equal(first.stdout,
	    migrations.map((f) => `Migrated: ${f}\n`).join(''));
	assert.equal(b.ask('SELECT name FROM migration ORDER BY number'),
	    migrations.join('\n'));
	assert.deepEqual({ ...b.run('migrate'), pid: 0 }, { ...first, pid: 0,
		output: [null, '', ''], stdout: '' });
});

test('a migration that was edited after it was applied is refused', () => {
	const b = base();
	const folder = copy('migrations');
	const file = join(folder, migrations[1]);

	assert.equal(b.run('migrate', folder).status, 0);
	writeFileSync(file, `${readFileSync(file, 'utf8')}-- better\n`);
	refused(b.run('migrate', folder),
	    new RegExp(`${migrations[1]} was edited after it was applied`));
});

test('a migration that was applied and is missing is refused', () => {
	const b = base();
	const folder = copy('migrations');

	assert.equal(b.run('migrate', folder).status, 0);
	rmSync(join(folder, migrations[2]));
	refused(b.run('migrate', folder),
	    new RegExp(`${migrations[2]} was applied .* is missing`));
});

test('a base that is newer than the program is refused', () => {
	const b = base();
	const folder = copy('migrations');

	writeFileSync(join(folder, '9000_future.sql'), 'SELECT 1;\n');
	assert.equal(b.run('migrate', folder).status, 0);
	refused(b.run('migrate'), /newer than this program.*9000_future\.sql/);
});

test('a migration numbered before an applied one is refused', () => {
	const b = base();
	const folder = copy('migrations');

	renameSync(join(folder, migrations[0]), join(folder, '0002_a.sql'));
	for (const f of migrations.slice(1))
		rmSync(join(folder, f));
	assert.equal(b.run('migrate', folder).status, 0);
	writeFileSync(join(folder, '0001_late.sql'), 'SELECT 1;\n');
	refused(b.run('migrate', folder), /0001_late\.sql comes before/);
});

test('two migrations of one number, or without one, are refused', () => {
	const b = base();
	const folder = copy('migrations');

	writeFileSync(join(folder, '0001_zwei.sql'), 'SELECT 1;\n');
	refused(b.run('migrate', folder), /have one number/);
	renameSync(join(folder, '0001_zwei.sql'), join(folder, 'zwei.sql'));
	refused(b.run('migrate', folder), /zwei\.sql: a migration is named/);
	assert.equal(b.ask("SELECT to_regclass('migration') IS NULL"), 't');
});

test('a migration that fails names its line and leaves nothing', () => {
	const b = base();
	const folder = copy('migrations');

	writeFileSync(join(folder, '9000_broken.sql'),
	    'CREATE TABLE half (a int); -- é\n\nSELECT nothing;\n');
	refused(b.run('migrate', folder), /9000_broken\.sql, line 3: column/);
	assert.equal(b.ask("SELECT to_regclass('half') IS NULL"), 't');
	assert.equal(b.ask('SELECT max(number) < 9000 FROM migration'), 't');
});

test('a migration that ends its own transaction is refused', () => {
	const b = base();
	const folder = copy('migrations');

	writeFileSync(join(folder, '9000_ends.sql'), 'COMMIT;\n');
	refused(b.run('migrate', folder), /9000_ends\.sql ends the transaction/);
});

test('two runs at once apply each migration once', async () => {
	const b = base();
	const ends = await Promise.all([1, 2, 3].map(() => new Promise((done) => {
		let out = '';
		const child = spawn(tool, ['migrate'], { cwd: root,
			env: { ...process.env, ACQUIS_OWNER_URL: b.owner } });

		child.stdout.on('data', (d) => { out += d; });
		child.stderr.on('data', (d) => { out += d; });
		child.on('close', (status) => done({ status, out }));
	})));

	assert.deepEqual(ends.map((e) => e.status), [0, 0, 0]);
	assert.equal(ends.map((e) => e.out).sort().join(''),
	    migrations.map((f) => `Migrated: ${f}\n`).join(''));
});

test('without a base, or away from it, one sentence says so', () => {
	const b = { ...base(), owner: '' };

	refused(b.run('migrate'), /ACQUIS_OWNER_URL/);
	b.owner = 'host=/nowhere dbname=acquis';
	refused(b.run('migrate'), /cannot be reached/);
});

// --- frameworks ---

const loaded = `SELECT id, version, current FROM framework
    ORDER BY id, version`;

test('M-059 the five frameworks load, with their competencies and criteria',
    () => {
	const b = migrated();
	const r = b.run('frameworks', 'frameworks');

	assert.equal(r.status, 0, r.stderr);
	assert.equal(b.ask(`SELECT f.id, f.version, f.current,
	    (SELECT count(*) FROM competency c WHERE c.framework_key = f.key),
	    (SELECT count(*) FROM criterion k WHERE k.framework_key = f.key)
	    FROM framework f ORDER BY f.id`), [
		'bacpro-ga|1|t|55|55',
		'bacpro-mcv-a|1|t|14|31',
		'bacpro-mcv-b|1|t|16|31',
		'bacpro-melec|1|t|13|78',
		'cap-electricien|1|t|9|46',
	].join('\n'));
});

test('M-059 the file is kept byte for byte, with its SHA-256', () => {
	const b = migrated();

	assert.equal(b.run('frameworks', 'frameworks').status, 0);
	assert.equal(b.ask(`SELECT bool_and(
	    sha256 = sha256(convert_to(document, 'UTF8'))) FROM framework`), 't');
	assert.equal(b.ask(`SELECT length(convert_to(document, 'UTF8'))
	    FROM framework WHERE id = 'bacpro-ga'`),
	    String(readFileSync(join(root, 'frameworks/bacpro-ga.json')).length));
});

test('M-060 criteria are numbered by competency, in display order', () => {
	const b = migrated();

	assert.equal(b.run('frameworks', 'frameworks').status, 0);
	assert.equal(b.ask(`SELECT c.number, c.code, min(k.number), max(k.number)
	    FROM framework f
	    JOIN competency c ON c.framework_key = f.key
	    JOIN criterion k ON k.framework_key = f.key
	     AND k.competency_number = c.number
	    WHERE f.id = 'bacpro-melec' AND c.number IN (1, 2, 13)
	    GROUP BY 1, 2 ORDER BY 1`).split('\n').length, 3);
	assert.equal(b.ask(`SELECT count(*) FROM (SELECT k.*, lag(
	    competency_number) OVER (PARTITION BY framework_key ORDER BY number)
	    AS before FROM criterion k) s WHERE competency_number < before`), '0');
});

test('the same files again change nothing', () => {
	const b = migrated();

	assert.equal(b.run('frameworks', 'frameworks').status, 0);
	const was = b.ask('SELECT key, loaded_at FROM framework ORDER BY key');
	const again = b.run('frameworks', 'frameworks');

	assert.equal(again.status, 0);
	assert.equal(again.stdout + again.stderr, '');
	assert.equal(b.ask('SELECT key, loaded_at FROM framework ORDER BY key'),
	    was);
});

test('a corrected file becomes the next version, and the old one stays', () => {
	const b = migrated();
	const folder = copy('frameworks');

	assert.equal(b.run('frameworks', folder).status, 0);
	spoil(folder, (d) => { d.criteria[0].title = 'Les informations sont là'; });
	const r = b.run('frameworks', folder);

	assert.equal(r.stdout, 'Loaded: bacpro-melec, version 2\n');
	assert.equal(b.ask(loaded), [
		'bacpro-ga|1|t', 'bacpro-mcv-a|1|t', 'bacpro-mcv-b|1|t',
		'bacpro-melec|1|f', 'bacpro-melec|2|t', 'cap-electricien|1|t',
	].join('\n'));
	assert.equal(b.ask(`SELECT version, k.title FROM framework f
	    JOIN criterion k ON k.framework_key = f.key
	    WHERE f.id = 'bacpro-melec' AND k.number = 1 ORDER BY version`),
	    '1|Les informations nécessaires sont recueillies\n'
	    + '2|Les informations sont là');

	// Back to the first: a third, for what was assessed meanwhile.
	cpSync(join(root, 'frameworks'), folder, { recursive: true });
	assert.equal(b.run('frameworks', folder).stdout,
	    'Loaded: bacpro-melec, version 3\n');
});

test('the server reads frameworks and changes none', () => {
	const b = migrated();

	assert.equal(b.run('frameworks', 'frameworks').status, 0);
	assert.equal(psql(b.api, 'SELECT count(*) FROM framework'), '5');
	for (const sql of ["UPDATE framework SET title = ''",
		'DELETE FROM criterion', 'UPDATE competency SET number = 1'])
		assert.throws(() => psql(b.api, sql), /permission denied/);
});

// Change a framework of a folder; the file stays as readable as it was.
function spoil(folder, change, name = 'bacpro-melec') {
	const file = join(folder, `${name}.json`);
	const d = JSON.parse(readFileSync(file, 'utf8'));

	change(d);
	writeFileSync(file, `${JSON.stringify(d, null, 1)}\n`);
}

// What is wrong, how, and what the tool says of which element.
const wrongs = [
	['weights that do not sum to 100 %',
	    (d) => { d.units[1].competencies[0].weight_bp = 1700; },
	    'units[1] "melec.unit.u31": weights sum to 9900, not 10000'],
	['some weights and no others',
	    (d) => { d.units[0].competencies[1].weight_bp = null; },
	    'units[0] "melec.unit.u2": some weights are null and some are not'],
	['weights said to be none',
	    (d) => { d.units[2].weights_status = 'none'; },
	    'units[2] "melec.unit.u32": weights_status is none'],
	['a competency twice in a unit',
	    (d) => { d.units[2].competencies.push(d.units[2].competencies[0]); },
	    'units[2] "melec.unit.u32": "melec.comp.c8" is in it twice'],
	['another format',
	    (d) => { d.format = 'competency-framework/2'; },
	    'document: format is "competency-framework/2", not one of:'
	    + ' competency-framework/1'],
	['another id than its file',
	    (d) => { d.id = 'bacpro-other'; },
	    'document: id is "bacpro-other", not the name of the file'],
	['a member that is missing',
	    (d) => { delete d.radar; },
	    'document: radar is missing'],
	['a member nobody knows',
	    (d) => { d.tasks[2].colour = 'red'; },
	    'tasks[2] "melec.task.t1-3": a member "colour" is not known'],
	['a text where a number belongs',
	    (d) => { d.units[0].exam.coefficient_centi = '300'; },
	    'units[0] "melec.unit.u2".exam: coefficient_centi is not a whole'
	    + ' number'],
	['half a number',
	    (d) => { d.units[0].exam.coefficient_centi = 2.5; },
	    'units[0] "melec.unit.u2".exam: coefficient_centi is not a whole'],
	['a title without a letter',
	    (d) => { d.criteria[4].title = ''; },
	    'criteria[4] "melec.comp.c1.k5": title is empty'],
	['an id used twice',
	    (d) => { d.criteria[5].id = d.criteria[4].id; },
	    'criteria[5] "melec.comp.c1.k5": the id is used twice'],
	['an id used twice in two arrays',
	    (d) => { d.attitudes[0].id = d.tasks[0].id; },
	    'attitudes[0] "melec.task.t1-1": the id is used twice'],
	['an id without the prefix',
	    (d) => { d.attitudes[0].id = 'mcv.attitude.ap1'; },
	    'attitudes[0] "mcv.attitude.ap1": an id is "melec."'],
	['a code used twice',
	    (d) => { d.domains[1].code = 'A1'; },
	    'domains[1] "melec.domain.a2": code "A1" is used twice'],
	['an order with a gap',
	    (d) => { d.competencies[12].order = 15; },
	    'competencies[12] "melec.comp.c13": order 15 leaves a gap'],
	['an order used twice in a competency',
	    (d) => { d.criteria[1].order = 1; },
	    'criteria[0] "melec.comp.c1.k1": order 1 is used twice'],
	['a reference to no competency',
	    (d) => { d.criteria[3].competency_id = 'melec.comp.c99'; },
	    'criteria[3] "melec.comp.c1.k4": competency_id "melec.comp.c99"'
	    + ' is not among the competencies'],
	['a reference to no document',
	    (d) => { d.tasks[0].src = ['X9']; },
	    'tasks[0] "melec.task.t1-1": src "X9" is not among the documents'],
	['a group of competencies that is none',
	    (d) => { d.competencies[0].parent_id = 'melec.comp.c2'; },
	    'competencies[0] "melec.comp.c1": parent_id "melec.comp.c2" is not'
	    + ' among the groups'],
	['a scale in another order',
	    (d) => { d.scales.result.levels.reverse(); },
	    'scales.result.levels[0]: value is not the place of the level'],
	['a scale without absent',
	    (d) => { d.scales.result.levels.pop(); },
	    'scales: result has only 5 levels'],
	['a fifth position',
	    (d) => { d.scales.position.levels.push({ code: '5', symbol: '5',
	        title: 'Expert', value: 5 }); },
	    'scales: position has more than 5 levels'],
	['two results of one code',
	    (d) => { d.scales.result.levels[3].code = 'fail'; },
	    'scales.result.levels[0]: code "fail" is used twice'],
	['a task without a competency',
	    (d) => { d.task_competencies = d.task_competencies
	        .filter((l) => l.task_id !== 'melec.task.t1-2'); },
	    'tasks[1] "melec.task.t1-2": it has no competency'],
	['a competency without a task',
	    (d) => { d.task_competencies = d.task_competencies
	        .filter((l) => l.competency_id !== 'melec.comp.c9'); },
	    'competencies[8] "melec.comp.c9": it has no task'],
	['a link of strength three',
	    (d) => { d.task_competencies[2].strength = 3; },
	    'task_competencies[2]: strength is 3, not 1 or 2'],
	['a competency on no axis of the radar',
	    (d) => { d.radar.sectors[0].axis_ids.pop(); },
	    'competencies[2] "melec.comp.c3": it is on no axis of the radar'],
	['a competency on two axes of the radar',
	    (d) => { d.radar.sectors[1].axis_ids.push('melec.comp.c1'); },
	    'competencies[0] "melec.comp.c1": it is on two axes of the radar'],
	['sectors in another order than domains',
	    (d) => { d.radar.sectors.reverse(); },
	    'radar.sectors[0]: "melec.domain.a5" is domain 5'],
	['certified without a unit',
	    (d) => { d.units[2].competencies.pop();
	        d.units[2].competencies[0].weight_bp = 10000; },
	    'competencies[8] "melec.comp.c9": certified does not say'],
	['an assessable that is not said',
	    (d) => { d.competencies[3].assessable = false; },
	    'competencies[3] "melec.comp.c4": assessable is true for'],
	['more criteria than a grid holds',
	    (d) => { for (let i = 9; i <= 400; i++)
	        d.criteria.push({ ...d.criteria[77],
	            id: `melec.comp.c13.m${i}`, order: 0 });
	        const own = d.criteria.filter((k) =>
	            k.competency_id === 'melec.comp.c13');
	        own.forEach((k, i) => { k.order = i + 1; }); },
	    'criteria: there are 470, and 1 to 400 may be'],
];

test('M-059 a broken file names the element and why, and nothing is loaded',
    async (t) => {
	const b = migrated();

	for (const [title, change, message] of wrongs)
		await t.test(title, () => {
			const folder = copy('frameworks');

			spoil(folder, change);
			const r = b.run('frameworks', folder);

			assert.equal(r.status, 1, r.stdout);
			assert.ok(r.stderr.startsWith(
			    `acquis: bacpro-melec.json: ${message}`), r.stderr);
			assert.match(r.stderr, /; nothing was loaded\n$/);
			assert.equal(b.ask('SELECT count(*) FROM framework'), '0');
		});
});

test('groups that contain each other are refused', () => {
	const b = migrated();
	const folder = copy('frameworks');

	spoil(folder, (d) => {
		const [one, two] = d.competencies
		    .filter((c) => c.kind === 'group');

		one.parent_id = two.id;
		two.parent_id = one.id;
	}, 'bacpro-ga');
	refused(b.run('frameworks', folder), /parent_id leads round in a circle/);
});

test('two frameworks of one prefix are refused', () => {
	const b = migrated();
	const folder = copy('frameworks');
	const d = JSON.parse(readFileSync(join(folder, 'bacpro-melec.json')));

	d.id = 'bacpro-twin';
	writeFileSync(join(folder, 'bacpro-twin.json'), JSON.stringify(d));
	refused(b.run('frameworks', folder), /id_prefix "melec" is that of/);
});

test('what is not JSON is refused with its line', () => {
	const b = migrated();
	const folder = copy('frameworks');
	const file = join(folder, 'bacpro-melec.json');
	const good = readFileSync(file);

	writeFileSync(file, '{\n "format": "competency-framework/1",\n oops\n}');
	refused(b.run('frameworks', folder), /melec\.json, line 3: .*not JSON/);
	writeFileSync(file, good.subarray(0, 1000));
	refused(b.run('frameworks', folder), /not JSON/);
	writeFileSync(file, Buffer.concat([good, Buffer.from([0xff])]));
	refused(b.run('frameworks', folder), /melec\.json/);
	writeFileSync(file, '{"id": 1, "id": 2}');
	refused(b.run('frameworks', folder), /one name twice/);
	writeFileSync(file, '');
	refused(b.run('frameworks', folder), /melec\.json/);
	writeFileSync(file, '[]');
	refused(b.run('frameworks', folder), /document: is not an object/);
	assert.equal(b.ask('SELECT count(*) FROM framework'), '0');
});

test('a folder without frameworks is refused', () => {
	refused(migrated().run('frameworks', 'conf'), /holds no \*\.json/);
	refused(migrated().run('frameworks', 'nowhere'), /cannot be read/);
});

// --- the rest ---

test('routes prints a method and a path a line', () => {
	const r = base().run('routes');

	assert.equal(r.status, 0);
	assert.match(r.stdout, /^GET \/api\/v1\/frameworks\/\{id\}$/m);
	for (const line of r.stdout.trim().split('\n'))
		assert.match(line, /^(GET|POST|PUT|PATCH|DELETE) \/\S*$/);
});

test('help is given on demand, and an unknown command is said to be one',
    () => {
	const b = base();

	assert.match(b.run('--help').stdout, /^usage: acquis COMMAND/);
	assert.equal(b.run().status, 1);
	refused(b.run('destroy'), /no command "destroy"/);
});
