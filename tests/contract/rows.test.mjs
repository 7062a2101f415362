// Every row and rule this version promises stands in the title of a test.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';

const root = new URL('../../tests/', import.meta.url);

// "M-059 – M-067, M-071": what the issues done so far name.
const promised = [
	1, 2, 3, ...rows(34, 56), ...rows(59, 67), 71,
	...rows(102, 104), ...rows(106, 112),
	...rows(117, 121), ...rows(124, 126), ...rows(192, 198), 200, 201, 204,
	206, ...rows(210, 238), ...rows(239, 251), ...rows(252, 257),
].map((n) => `M-${String(n).padStart(3, '0')}`);

// Company assessments feed the dashboard in a later version.
const later = new Set(['M-211', 'M-226']);

const rules = [
	...Array.from({ length: 20 }, (_, i) =>
		`R-${String(i + 1).padStart(2, '0')}`).filter((r) => r !== 'R-19'),
	'F-01', 'F-02', 'F-03', 'F-04', 'F-05', 'F-06', 'F-07', 'F-08', 'F-11',
	'F-12', 'L1', 'L2', 'L3', 'L4', 'L5', 'G1', 'A2', 'A4', 'H1', 'H2', 'H3',
	'H4', 'H7', 'P10', 'S3', 'S4', 'I1', 'T1', 'T2',
];

function rows(first, last) {
	return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function files(folder) {
	return readdirSync(folder).flatMap((name) => {
		const url = new URL(name, folder);

		if (statSync(url).isDirectory())
			return name === 'data' ? [] : files(new URL(`${name}/`, folder));
		return /\.(mjs|c|sql)$/.test(name) ? [url] : [];
	});
}

const literal = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`]*`/.source;
const joined = (by) => `(?:${literal})(?:\\s*${by}\\s*(?:${literal}))*`;

// What a test is called with, be it put together of pieces; `story` is a test
// with a school of its own.
const called = new RegExp(`\\b(?:test|story)\\(\\s*(${joined('\\+')})`, 'g');
// In C a table of titles (tests/domain/check.h), in SQL what is echoed.
const table = /struct check_test \w+\[\] = \{\n([^]*?)\n\};/g;
const entry = new RegExp(`\\{\\s*(${joined('')}),`, 'g');
const echoed = /^\\echo (.*)$/gm;

const matches = (text, pattern) => [...text.matchAll(pattern)]
	.map((m) => m[1]);

// The program of an oracle tells its one test itself.
const told = /console\.log\(`(ok [^`]*)`/g;
const titlesOf = {
	'.c': (text) => matches(text, table).flatMap((t) => matches(t, entry)),
	'.mjs': (text) => [...matches(text, called), ...matches(text, told)],
	'.sql': (text) => matches(text, echoed),
};

// A word that two pieces share is whole in the title.
function whole(title) {
	return title.replace(/(['"`])\s*\+?\s*(['"`])/g, '');
}

function titles() {
	return files(root).flatMap((url) => {
		const kind = /\.\w+$/.exec(url.pathname)[0];

		return titlesOf[kind](readFileSync(url, 'utf8')).map(whole);
	}).join('\n');
}

test('titles are what a test is called, and nothing else', () => {
	assert.deepEqual(titlesOf['.mjs'](`
		test('M-9' + \`01 one\`, () => {
			check('M-902'); // 'M-903'
		});
		story("M-904", async () => {});`).map(whole),
	["'M-901 one`", '"M-904"']);
	assert.deepEqual(titlesOf['.c'](`
static const char *const others[] = { "M-905" };
static const struct check_test tests[] = {
	{ "M-906 a title"
	  " of two lines", run },
};`).map(whole), ['"M-906 a title of two lines"']);
	assert.deepEqual(titlesOf['.sql'](
		"\\echo M-907\nSELECT 'M-908';"), ['M-907']);
});

test('every row of features.md that is promised is named by a test', () => {
	const all = titles();
	const missing = promised.filter((row) => !later.has(row)
		&& !all.includes(row));

	assert.deepEqual(missing, []);
});

test('every rule that is promised is named by a test', () => {
	const all = titles();

	assert.deepEqual(rules.filter((rule) =>
		!new RegExp(`\\b${rule}\\b`).test(all)), []);
});
