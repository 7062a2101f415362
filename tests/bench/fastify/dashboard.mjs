// From rows to the dashboard.  Frameworks are read once a process.

const MARKS = '1234NA';

function readFramework(key, document) {
	const competencies = document.competencies
		.filter(c => c.assessable)
		.sort((a, b) => a.order - b.order);
	const criteria = [];

	for (const c of competencies) {
		c.criteria = document.criteria
			.filter(k => k.competency_id === c.id)
			.sort((a, b) => a.order - b.order);
		c.first = criteria.length;
		criteria.push(...c.criteria);
		c.units = document.units.filter(u => u.competencies
			.some(m => m.competency_id === c.id))
			.map(u => u.code);
	}
	return { key, id: document.id, competencies, criteria,
		complexities: document.complexity_levels.map(c => c.code),
		marks: document.scales.result.levels.map(l => l.code) };
}

export async function loadFrameworks(pool) {
	const { rows } = await pool.query(
		'SELECT key, document FROM framework WHERE current');

	return new Map(rows.map(({ key, document }) => {
		const f = readFramework(key, JSON.parse(document));

		return [f.id, f];
	}));
}

function author(row) {
	return { id: row.author_id, first_name: row.first_name,
		last_name: row.last_name };
}

function position(text) {
	return {
		level: text[0] === 'N' ? null : Number(text[0]),
		objective: { i: 'intermediate', t: 'terminal' }[text[1]] ?? null,
	};
}

// Marks by line of the table: criteria, then whole competencies.
function fillCells(framework, rows) {
	const lines = framework.criteria.length
		+ framework.competencies.length;
	const cells = Array.from({ length: lines },
		() => new Array(rows.length).fill(null));

	rows.forEach((row, column) => {
		row.filled = row.expected = 0;
		row.items.forEach((item, place) => {
			const mark = MARKS.indexOf(row.marks[place] ?? '.');

			if (row.dropped.includes(place + 1))
				return;
			row.expected++;
			if (mark < 0)
				return;
			row.filled++;
			cells[item > 0 ? item - 1
				: framework.criteria.length - item - 1][column]
				= framework.marks[mark];
		});
	});
	return cells;
}

function positionsOf(interims, at) {
	const said = [];

	for (const row of interims) {
		const text = row.positions.slice(2 * at, 2 * at + 2);

		if (text !== '' && text !== '..')
			said.push({ interim_id: row.id,
				confirmed_at: row.confirmed_at,
				author: author(row), ...position(text) });
	}
	return said;
}

function draftOf(draft, at) {
	const text = draft?.positions.slice(2 * at, 2 * at + 2) ?? '';

	return text === '' || text === '..' ? null : position(text);
}

export function buildDashboard(frameworks, found) {
	const { head, evaluations, interims, draft } = found;
	const f = frameworks.get(head.framework_id);
	const cells = fillCells(f, evaluations);
	const counts = Object.fromEntries(f.complexities.map(c => [c, 0]));

	for (const e of evaluations)
		if (e.complexity !== null)
			counts[e.complexity]++;
	return {
		learner: { id: head.id, first_name: head.first_name,
			last_name: head.last_name, track: head.track,
			class_id: head.class_id, class_code: head.class_code },
		draft_access: head.draft_access,
		framework_id: f.id,
		filters: { framework: f.id, units: [], complexities: [] },
		evaluations: evaluations.map(e => ({
			id: e.id, title: e.title, complexity: e.complexity,
			context: e.context, class_level: e.class_level,
			assessed_on: e.assessed_on, taken: e.taken,
			author: author(e),
			filled: e.filled, expected: e.expected,
		})),
		bar: evaluations.filter(e => e.taken).length,
		counts,
		interims: interims.map(i => ({ interim_id: i.id,
			confirmed_at: i.confirmed_at, author: author(i) })),
		competencies: f.competencies.map((c, at) => ({
			id: c.id, code: c.code, title: c.title, units: c.units,
			domain_id: c.domain_id, group_id: c.group_id ?? null,
			positions: positionsOf(interims, at),
			draft: draftOf(draft, at),
			whole_marks: cells[f.criteria.length + at],
			criteria: c.criteria.map((k, i) => ({ id: k.id,
				title: k.title, marks: cells[c.first + i] })),
		})),
	};
}
