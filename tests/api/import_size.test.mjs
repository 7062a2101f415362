// Imports of a whole school: how long they take beside a plain pass over the
// same files, and what they make of the partners' clock.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { client } from './lib/client.mjs';
import { many } from './lib/feed.mjs';
import { stories } from './lib/import_school.mjs';
import { PASSWORD, analyse, largeSchool, makeSchool }
	from './lib/siecle.mjs';

const it = stories();

const plain = `
import sys, time
from xml.parsers.expat import ParserCreate
start = time.perf_counter()
for name in sys.argv[1:]:
    with open(name, 'rb') as f:
        ParserCreate().ParseFile(f)
print(time.perf_counter() - start)
`;

// Seconds that expat takes for them, by itself.
function passOver(files) {
	const dir = mkdtempSync(join(tmpdir(), 'acquis-siecle-'));
	const names = Object.keys(files).map((name) => join(dir, name));

	try {
		Object.values(files).forEach((bytes, i) =>
			writeFileSync(names[i], bytes));
		return Number(execFileSync('python3', ['-c', plain, ...names]));
	} finally {
		rmSync(dir, { recursive: true });
	}
}

async function timed(work) {
	const start = performance.now();
	const answer = await work();

	return { answer, seconds: (performance.now() - start) / 1000 };
}

// By itself on two processors a preview takes about 6 times a plain pass, and
// a commit 12; whatever else runs meanwhile is felt by all three.
const MOST = 60;

it.story('X3 a school of 2,000 is seen and committed in seconds', async () => {
	const files = largeSchool(2000);
	const [uai] = /\d{7}[A-Z]/.exec(files.staff.toString('latin1'));
	const own = await makeSchool(it.server, uai);
	const who = client(it.server);
	const before = passOver(files);

	await who.login({ school: uai, login: 'admin', password: PASSWORD });
	const seen = await timed(() => analyse(who, files));
	const preview = seen.answer;
	assert.equal(preview.status, 201, preview.text.slice(0, 400));
	assert.equal(preview.body.lines.length, 2000);
	assert.ok(preview.body.lines_total > 2000);
	const done = await timed(() => who.post(
		`/imports/${preview.body.id}/commit`, {}));
	assert.equal(done.answer.status, 200, done.answer.text.slice(0, 400));
	const expat = Math.max(before, passOver(files));

	assert.ok(seen.seconds <= MOST * expat,
		`${seen.seconds} s, expat ${expat} s`);
	assert.ok(done.seconds <= MOST * expat,
		`${done.seconds} s, expat ${expat} s`);
	assert.ok(await it.number(`SELECT count(*) FROM person
		WHERE school_id = $1 AND track IS NOT NULL`,
	[own.school]) >= 1900);
	// Kept until the commit, then gone, and not in any journal.
	assert.ok(await it.number(`SELECT pg_column_size(i.*)
		FROM import i WHERE school_id = $1`, [own.school]) < 1 << 20);
});

it.story('whoever leaves or goes up together is one step of the partners\' '
	+ 'clock', async () => {
	const clock = () => it.number(
		'SELECT partner_rev FROM school WHERE school_id = $1',
		[it.ids.school]);
	const gone = () => it.number(`SELECT count(*) FROM interim
		WHERE school_id = $1 AND withdrawn_at IS NOT NULL`,
	[it.ids.school]);
	const ids = await many(it.server, { id: { essais: it.ids.school },
		person: { morel: it.ids.teacher } }, 300);
	const start = await clock();

	await it.server.sql(`UPDATE person SET active = false
		WHERE school_id = $1 AND id = ANY ($2)`, [it.ids.school, ids]);
	assert.equal(await clock(), start + 1);
	assert.equal(await gone(), 300);
	// What partners are not told is no step.
	await it.server.sql(`UPDATE person SET phone = '0100000000'
		WHERE school_id = $1`, [it.ids.school]);
	assert.equal(await clock(), start + 1);
	await it.server.sql(`UPDATE person SET active = true
		WHERE school_id = $1 AND id = ANY ($2)`, [it.ids.school, ids]);
	assert.equal(await gone(), 0);
	await it.server.sql(`UPDATE enrolment SET active = false
		WHERE school_id = $1`, [it.ids.school]);
	assert.equal(await clock(), start + 3);
	await it.server.sql(`UPDATE enrolment SET since = current_date
		WHERE school_id = $1`, [it.ids.school]);
	assert.equal(await clock(), start + 3);
	await it.server.sql(`INSERT INTO enrolment (school_id, class_id,
			learner_id)
		SELECT n.school_id, g.id, n.learner_id
		  FROM enrolment n, class_group g
		 WHERE n.school_id = $1 AND g.school_id = $1
		ON CONFLICT (school_id, class_id, learner_id)
		DO UPDATE SET active = true`, [it.ids.school]);
	assert.equal(await clock(), start + 4);
});
