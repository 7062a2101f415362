// The locks of reliability.md 3, in every order two people can act.
//
// Two transactions, each on its own connection as the API's role, run the
// server's own statements (db/queries) one at a time, in every interleaving,
// in READ COMMITTED and in REPEATABLE READ.  A step that has to wait for the
// other's lock waits, and the schedule goes on.  After each: nobody's mark
// changed under a confirmed assessment, nothing was confirmed that was not
// seen, the counters are what the covers say, and one of the two went through.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { counters, evaluation, MELEC } from '../api/lib/path.mjs';
import { seedSchool } from '../api/lib/school.mjs';
import { clientOptions, root, startServer } from '../api/lib/server.mjs';

const levels = ['READ COMMITTED', 'REPEATABLE READ'];
const refusedStates = /^(AQ4|40001|40P01)/;
let server;
let school;
let framework;
let people;
let monitor;
let runs = 0;

const statements = new Map();

function statement(name) {
	if (!statements.has(name))
		statements.set(name, fs.readFileSync(
			path.join(root, `db/queries/${name}.sql`), 'utf8'));
	return statements.get(name);
}

class Refused extends Error {}

// One person at a connection of the API's role.
class Person {
	async open(url, id, roles) {
		this.client = new pg.Client(clientOptions(url));
		await this.client.connect();
		this.pid = (await this.client.query(
			'SELECT pg_backend_pid() AS pid')).rows[0].pid;
		this.id = id;
		this.roles = roles;
		return this;
	}

	async begin(level) {
		await this.client.query(`BEGIN ISOLATION LEVEL ${level}`);
		// One statement before the first real one, as enter() is.
		await this.client.query(
			`SELECT set_config('acquis.school', $1, true),
			        set_config('acquis.person', $2, true),
			        set_config('acquis.roles', $3, true)`,
			[school.id.essais, this.id, String(this.roles)]);
	}

	run(name, values = []) {
		return this.client.query({ name, text: statement(name), values });
	}

	end(how) {
		return this.client.query(how);
	}
}

// --- what people do, step by step ---

// Several steps as one, nobody between them.
const together = (steps) => [async (p) => {
	for (const step of steps)
		await step(p);
}];

// `quick`: the three reads under locks are one step.
const confirmation = (learner, quick = false) => {
	let draft;
	let seen;
	const steps = [
		async (p) => {
			await p.run('interim_relock');
			[draft] = (await p.run('draft_lock',
				[learner, framework])).rows;
			if (!draft)
				throw new Refused('no draft');
			await p.run('interim_lock', [learner, MELEC]);
		},
		async (p) => {
			const held = await p.run('takeable_evaluations',
				[learner, MELEC]);

			seen = { held: held.rowCount };
		},
		(p) => p.run('takeable_sheets', [learner, MELEC]),
		async (p) => {
			const [now] = (await p.run('takeable_seen', [learner,
				MELEC, JSON.stringify(draft.seen), null, null])).rows;

			if (!now.same || Number(now.count) !== seen.held)
				throw new Refused('stale');
			seen.present = JSON.stringify(now.present);
		},
		async (p) => {
			await p.run('school_tick');
			const [{ id }] = (await p.run('interim_add',
				[learner, MELEC, framework])).rows;

			await p.run('draft_done', [learner, framework]);
			await p.run('interim_revision_add', [id, 1,
				draft.positions, draft.findings, draft.advice,
				seen.present]);
			await p.run('interim_cover_add', [id, 1, seen.present]);
			await p.run('interim_freeze', [id, 1, 1]);
			await p.run('interim_settle', [id]);
		},
		(p) => p.end('COMMIT'),
	];

	if (!quick)
		return [steps[0], ...together(steps.slice(1, 3)),
			...steps.slice(3)];
	return [steps[0], ...together(steps.slice(1, 4)), ...steps.slice(4)];
};

const edit = (id, learner, marks) => {
	let line;

	return [
		async (p) => {
			const [e] = (await p.run('evaluation_facts', [id])).rows;
			if (e.locked)
				throw new Refused('locked');
			line = { revision: e.revision };
		},
		async (p) => {
			if ((await p.run('evaluation_touch',
				[id, line.revision])).rowCount === 0)
				throw new Refused('stale or locked');
		},
		async (p) => {
			[line] = (await p.run('sheet_hold', [id, [learner]])).rows;
			if (line.frozen)
				throw new Refused('locked');
		},
		async (p) => {
			await p.run('sheet_save', [id, [learner], [marks],
				[line.comment], [line.revision], 1]);
			await p.end('COMMIT');
		},
	];
};

const removal = (id) => [
	async (p) => {
		const [e] = (await p.run('evaluation_hold', [id])).rows;
		if (!e || e.frozen)
			throw new Refused('locked');
	},
	(p) => p.client.query(`UPDATE evaluation SET deleted_at = now()
		WHERE school_id = acquis.school() AND id = $1`, [id]),
	(p) => p.end('COMMIT'),
];

// A learner joins an evaluation that is not frozen, with a mark at once.
const joining = (id, learner) => [
	async (p) => {
		const [e] = (await p.run('evaluation_hold', [id])).rows;
		if (!e || e.frozen)
			throw new Refused('locked');
	},
	(p) => p.client.query(`INSERT INTO sheet (school_id, learner_id,
			evaluation_id, marks)
		VALUES (acquis.school(), $1, $2, '4')`, [learner, id]),
	(p) => p.end('COMMIT'),
];

const unlocking = (id, learner) => [
	async (p) => {
		const { rows } = await p.run('interim_lock', [learner, MELEC]);

		if (rows.find((r) => r.id === id).unlocked)
			throw new Refused('open');
	},
	(p) => p.run('interim_freeze', [id, 1, -1]),
	async (p) => {
		await p.run('interim_unlock', [id, 'essai', '2999-01-01']);
		await p.run('interim_settle', [id]);
	},
	(p) => p.end('COMMIT'),
];

const relocking = () => [
	(p) => p.run('interim_relock'),
	(p) => p.end('COMMIT'),
];

// --- orders ---

// Every word of a A's and b B's.
function* orders(a, b, done = '') {
	if (a === 0 && b === 0)
		yield done;
	if (a > 0)
		yield* orders(a - 1, b, `${done}A`);
	if (b > 0)
		yield* orders(a, b - 1, `${done}B`);
}

async function isBlocked(pid) {
	const { rows } = await monitor.query(
		'SELECT cardinality(pg_blocking_pids($1)) > 0 AS blocked', [pid]);

	return rows[0].blocked;
}

class Actor {
	constructor(person, steps) {
		Object.assign(this, { person, steps, at: 0, state: 'open',
			busy: null });
	}

	// Starts the next step; it is over, or waits for a lock, on return.
	async step() {
		if (this.busy)
			await this.settled();
		if (this.busy || this.state !== 'open')
			return;
		const own = this.steps[this.at++](this.person)
			.then(() => this.at === this.steps.length && this.over('done'),
				(error) => this.failed(error))
			.then(() => {
				this.busy = null;
			});

		this.busy = own;
		await this.settled();
	}

	async failed(error) {
		await this.person.end('ROLLBACK');
		if (!(error instanceof Refused) && !refusedStates.test(error.code))
			this.error = error;
		this.over(/^40/.test(error.code) ? 'again' : 'refused');
	}

	over(state) {
		this.state = state;
	}

	async settled() {
		while (this.busy) {
			await Promise.race([this.busy, sleep(2)]);
			if (this.busy && await isBlocked(this.person.pid))
				return;
		}
	}

	// What was held up by a lock goes on once the other has ended.
	async finish() {
		while (this.state === 'open') {
			if (this.busy)
				await Promise.race([this.busy, sleep(2)]);
			else
				await this.step();
			if (this.busy && await isBlocked(this.person.pid))
				return;
		}
	}
}

async function interleave(order, level, first, second) {
	const a = new Actor(people[0], first);
	const b = new Actor(people[1], second);

	runs++;
	await a.person.begin(level);
	await b.person.begin(level);
	for (const who of order)
		await (who === 'A' ? a : b).step();
	while (a.state === 'open' || b.state === 'open')
		await Promise.all([a.finish(), b.finish()]);
	for (const x of [a, b])
		if (x.error)
			throw x.error;
	return [a.state, b.state];
}

// --- the world before each order ---

async function world() {
	const zoe = school.person.zoe;
	const adam = school.person.adam;

	// Nobody but a superuser takes history away.
	await monitor.query(`SET session_replication_role = replica;
		DELETE FROM interim_cover; DELETE FROM interim_unlock;
		DELETE FROM interim_revision; DELETE FROM interim;
		DELETE FROM draft; DELETE FROM sheet; DELETE FROM evaluation;
		SET session_replication_role = DEFAULT`);
	const one = await evaluation(server, school,
		{ marks: { zoe: '111', adam: '111' } });
	const two = await evaluation(server, school, { marks: { zoe: '222' } });

	for (const learner of [zoe, adam])
		await draft(learner);
	return { one, two, zoe, adam };
}

function draft(learner) {
	return server.sql(`INSERT INTO draft (school_id, learner_id,
			framework_key, positions, seen, author_id)
		SELECT $1, $2, $3, repeat('3t', 13), (
			SELECT coalesce(jsonb_object_agg(t.evaluation_id,
			                t.sheet_revision), '{}')
			  FROM takeable t
			 WHERE t.school_id = $1 AND t.learner_id = $2
			   AND t.framework_id = $4), $5`,
	[school.id.essais, learner, framework, MELEC, school.person.morel]);
}

// What a confirmed assessment took in is still what it was.
async function nothingMoved() {
	const moved = await server.sql(
		`SELECT c.evaluation_id
		   FROM interim_cover c
		   JOIN interim i ON i.id = c.interim_id AND i.revision = c.revision
		    AND i.state = 'confirmed'
		   JOIN evaluation e ON e.id = c.evaluation_id
		   LEFT JOIN sheet s ON s.evaluation_id = c.evaluation_id
		    AND s.learner_id = i.learner_id
		  WHERE s.revision IS DISTINCT FROM c.sheet_revision
		     OR e.deleted_at IS NOT NULL OR s.frozen = 0 OR e.frozen = 0`);
	const { counted, kept } = await counters(server);

	assert.deepEqual(moved, []);
	assert.deepEqual(kept, counted);
}

async function everyOrder(first, second, judge, prepare = async () => {}) {
	for (const level of levels) {
		const a = first({}).length;
		const b = second({}).length;

		for (const order of orders(a, b)) {
			const w = await world();

			await prepare(w);
			const ended = await interleave(order, level, first(w),
				second(w));
			const what = `${level} ${order}: ${ended}`;

			try {
				await nothingMoved();
				await judge(ended, w);
			} catch (error) {
				error.message = `${what}\n${error.message}`;
				throw error;
			}
		}
	}
}

// Zoé's assessment, confirmed by the only one who is there.
async function confirmedAlone(w) {
	await interleave('AAAAAA', levels[0], confirmation(w.zoe),
		[(p) => p.end('COMMIT')]);
	[{ id: w.interim }] = await server.sql('SELECT id::text FROM interim');
}

// The same, unlocked until a moment that has passed.
async function outOfTime(w) {
	await confirmedAlone(w);
	await interleave('AAAA', levels[0], unlocking(w.interim, w.zoe),
		[(p) => p.end('COMMIT')]);
	await server.sql('UPDATE interim SET unlock_ends_at = now()');
}

const stateOf = async (w) => (await server.sql(
	'SELECT state, revision FROM interim WHERE id = $1', [w.interim]))[0];

const oneOf = (ended) => assert.ok(ended.includes('done'));
const onlyOne = (ended) =>
	assert.equal(ended.filter((e) => e === 'done').length, 1);

before(async () => {
	server = await startServer({ workers: 1 });
	monitor = new pg.Client({ ...clientOptions(server.env.ACQUIS_SUPER_URL),
		database: server.database });
	await monitor.connect();
	// What is tested is who waits for whom, not the disk.
	await monitor.query(`ALTER DATABASE ${server.database}
		SET synchronous_commit = off`);
	await monitor.query(`ALTER DATABASE ${server.database}
		SET deadlock_timeout = '50ms'`);
	school = await seedSchool({ query: async (sql, values) => ({
		rows: await server.sql(sql, values) }) });
	framework = (await server.sql(`SELECT key FROM framework
		WHERE id = $1 AND current`, [MELEC]))[0].key;
	const url = server.env.ACQUIS_DATABASE_URL;

	people = await Promise.all([
		new Person().open(url, school.person.morel, 8 + 2),
		new Person().open(url, school.person.morel, 8 + 2)]);
});
after(async () => {
	await Promise.all((people ?? []).map((p) => p.client.end()));
	await monitor?.end();
	await server?.stop();
});

test('L1 confirm × edit of a mark it takes in: never both', async () => {
	await everyOrder((w) => confirmation(w.zoe),
		(w) => edit(w.one, w.zoe, '444'), onlyOne);
});

test('L1 confirm × edit of a mark of another learner: the evaluation is '
	+ 'frozen whole', async () => {
	await everyOrder((w) => confirmation(w.zoe),
		(w) => edit(w.one, w.adam, '444'), async (ended) => {
			oneOf(ended);
			const [{ frozen }] = await server.sql(
				`SELECT max(frozen) AS frozen FROM evaluation`);

			assert.equal(frozen, ended[0] === 'done' ? 1 : 0);
		});
});

test('L1 confirm × delete of an evaluation it takes in: never both',
	async () => {
		await everyOrder((w) => confirmation(w.zoe),
			(w) => removal(w.two), onlyOne);
	});

test('L1 confirm × a learner joins the evaluation', async () => {
	await everyOrder((w) => confirmation(w.zoe),
		(w) => joining(w.two, w.adam), oneOf);
});

test('L1 two confirm the same draft: exactly one', async () => {
	await everyOrder((w) => confirmation(w.zoe, true),
		(w) => confirmation(w.zoe, true), async (ended) => {
			onlyOne(ended);
			assert.equal((await server.sql('SELECT id FROM interim'))
				.length, 1);
		});
});

test('L1 two learners are confirmed over one evaluation: both, counted twice',
	async () => {
		await everyOrder((w) => confirmation(w.zoe, true),
			(w) => confirmation(w.adam, true), oneOf);
	});

test('L1 unlock × edit of a mark: the edit waits or is refused', async () => {
	await everyOrder((w) => unlocking(w.interim, w.zoe),
		(w) => edit(w.one, w.zoe, '444'),
		(ended) => assert.equal(ended[0] === 'done'
			|| ended[0] === 'again', true),
		confirmedAlone);
});

test('L1 unlock of one × confirmation of another over the same evaluation',
	async () => {
		await everyOrder((w) => unlocking(w.interim, w.zoe),
			(w) => confirmation(w.adam, true), oneOf,
			confirmedAlone);
	});

test('L1 an unlock runs out × edit of a mark: what is confirmed again says '
	+ 'which sheets it is about', async () => {
	await everyOrder(relocking, (w) => edit(w.one, w.zoe, '444'),
		async (ended, w) => {
			oneOf(ended);
			assert.deepEqual(await stateOf(w), ended[0] !== 'done'
				? { state: 'unlocked', revision: 1 }
				: { state: 'confirmed',
					revision: ended[1] === 'done' ? 2 : 1 });
		}, outOfTime);
});

test('L1 an unlock runs out × delete of an evaluation it took in', async () => {
	await everyOrder(relocking, (w) => removal(w.two), oneOf, outOfTime);
});

test('L1 an unlock runs out over a changed mark, twice at once: one revision '
	+ 'more', async () => {
	await everyOrder(relocking, relocking, async (ended, w) => {
		oneOf(ended);
		assert.deepEqual(await stateOf(w),
			{ state: 'confirmed', revision: 2 });
	}, async (w) => {
		await outOfTime(w);
		await interleave('AAAA', levels[0], edit(w.one, w.zoe, '444'),
			[(p) => p.end('COMMIT')]);
	});
});

test('L1 an unlock runs out × confirmation of another over the same '
	+ 'evaluation', async () => {
	await everyOrder(relocking, (w) => confirmation(w.adam, true), oneOf,
		async (w) => {
			await outOfTime(w);
			await interleave('AAAA', levels[0],
				edit(w.one, w.zoe, '444'),
				[(p) => p.end('COMMIT')]);
		});
});

test('L1 more than a thousand orders were run', () => {
	assert.ok(runs >= 1000, String(runs));
});

test('L3 second line: the API role changes nothing that is confirmed',
	async () => {
		const w = await world();
		const [morel] = people;

		await confirmedAlone(w);
		const denied = /^(AQ423|42501|23514)$/;

		for (const sql of [
			`UPDATE sheet SET marks = '444' WHERE frozen > 0`,
			`UPDATE sheet SET comment = 'x' WHERE frozen > 0`,
			`UPDATE sheet SET active = false WHERE frozen > 0`,
			'DELETE FROM sheet',
			`UPDATE evaluation SET title = 'x' WHERE frozen > 0`,
			`UPDATE evaluation SET items = '{9}' WHERE frozen > 0`,
			`UPDATE evaluation SET deleted_at = now() WHERE frozen > 0`,
			'DELETE FROM evaluation',
			`UPDATE interim SET positions = repeat('1t', 13)`,
			`UPDATE interim SET findings = 'x'`,
			'UPDATE interim SET revision = revision + 1',
			`UPDATE interim SET confirmed_at = now() - interval '1 day'`,
			'DELETE FROM interim',
			`UPDATE interim_revision SET advice = 'x'`,
			'DELETE FROM interim_revision',
			'TRUNCATE interim_revision CASCADE',
			'UPDATE interim_cover SET sheet_revision = 9',
			'DELETE FROM interim_cover',
			'DELETE FROM interim_unlock',
			`UPDATE journal SET act = 'x'`,
			'DELETE FROM journal', 'TRUNCATE journal']) {
			await morel.begin(levels[0]);
			await assert.rejects(morel.client.query(sql),
				(error) => denied.test(error.code), sql);
			await morel.end('ROLLBACK');
		}
		await nothingMoved();
	});

const ACTS = process.env.ACQUIS_TEST_LONG ? 1000 : 300;

test(`L5 after ${ACTS} random confirmations and unlocks the counters are `
	+ 'what the covers say', async () => {
	const w = await world();
	const [morel] = people;
	const learners = [w.zoe, w.adam, school.person.lina];
	let seed = 20251002;
	const random = (n) => {
		seed = (seed * 1103515245 + 12345) % 2147483648;
		return Math.floor(seed / 65536) % n;
	};
	const act = async (steps) => {
		await morel.begin(levels[0]);
		for (const step of steps)
			await step(morel);
	};

	await server.sql(`INSERT INTO sheet (school_id, learner_id,
			evaluation_id, marks) VALUES ($1, $2, $3, '1')`,
	[school.id.essais, school.person.lina, w.two]);
	for (let i = 0; i < ACTS; i++) {
		const learner = learners[random(3)];
		const held = await server.sql(`SELECT id::text FROM interim
			WHERE state = 'confirmed' AND learner_id = $1`, [learner]);

		if (held.length > 3 || (held.length > 0 && random(2) === 0)) {
			await act(unlocking(held[random(held.length)].id, learner));
		} else {
			await server.sql('DELETE FROM draft WHERE learner_id = $1',
				[learner]);
			await draft(learner);
			await act(confirmation(learner));
		}
		if (i % 100 === 99)
			await nothingMoved();
	}
});
