// The same interim assessment printed by us and by Chromium.
//
// Chromium gets what a front end would print: one HTML page with the same
// texts, the same table and the same radar (our own SVG), loaded once into a
// tab that stays open; only page.pdf() is measured.

import { chromium } from 'playwright-core';
import { cpuOf, children, get, median } from './tools.mjs';

const COOKIE = 'bench-1-1';
const CLASS = 11;
// The second assessment of each learner: it has a radar (seed.sql).
const ASSESSMENTS = Array.from({ length: 30 }, (_, i) => 2001001 + i);

const style = `
	@page { size: A4; margin: 15mm }
	body { font: 9pt "DejaVu Sans", sans-serif }
	h1 { font-size: 14pt } h2 { font-size: 10pt }
	table { width: 100%; border-collapse: collapse }
	td { border: 0.5pt solid #999; padding: 2pt 4pt }
	svg { display: block; width: 160mm; margin: 0 auto;
		break-before: page }
	article { break-after: page }`;

function escaped(text) {
	return String(text ?? '').replace(/[&<>"]/g,
		c => `&#${c.charCodeAt(0)};`);
}

function article(a, svg) {
	const rows = a.positions.map(p => `<tr><td>${escaped(p.code)}
		<td>${escaped(p.title)}<td>${escaped(p.level ?? 'NE')}
		<td>${escaped(p.objective)}`);

	return `<article><h1>Bilan intermédiaire de compétences</h1>
		<p>${escaped(a.learner.first_name)}
		${escaped(a.learner.last_name)},
		${escaped(a.learner.class_code)}, ${escaped(a.confirmed_at)},
		${escaped(a.author.first_name)} ${escaped(a.author.last_name)}
		<h2>Constats</h2><p>${escaped(a.findings)}
		<h2>Conseils</h2><p>${escaped(a.advice)}
		<h2>Positionnement par compétence</h2>
		<table>${rows.join('')}</table>${svg}</article>`;
}

async function page(base, assessments) {
	const parts = [];

	for (const id of assessments) {
		const url = `/api/v1/interim-assessments/${id}`;
		const a = JSON.parse(await get(base, url, COOKIE));
		const svg = await get(base, `${url}/radar.svg`, COOKIE);

		parts.push(article(a, svg.toString()
			.replace(/^<\?xml[^>]*\?>/, '')));
	}
	return `<!doctype html><meta charset="utf-8">
		<style>${style}</style>${parts.join('')}`;
}

async function timed(work) {
	const start = process.hrtime.bigint();
	const bytes = await work();

	if (bytes.subarray(0, 5).toString() !== '%PDF-')
		throw new Error('not a PDF');
	return Number(process.hrtime.bigint() - start) / 1e6;
}

// Milliseconds, medians: { one, tab, ratio, all, tabAll, ratioAll, cpu }.
// A and B take turns; a ratio is one of each.
export async function measurePrint(server, { rounds, times }) {
	const one = `/api/v1/interim-assessments/${ASSESSMENTS[0]}.pdf`;
	const all = `/api/v1/classes/${CLASS}/interim-assessments/latest.pdf`;
	const browser = await chromium.launch({ args: ['--no-sandbox'],
		executablePath: process.env.ACQUIS_CHROMIUM
			?? '/usr/bin/chromium' });
	const rates = { one: [], tab: [], ratio: [], all: [], tabAll: [],
		ratioAll: [], cpu: [] };

	try {
		const tab = await browser.newPage();
		const tabAll = await browser.newPage();

		await tab.setContent(await page(server.base, [ASSESSMENTS[0]]));
		await tabAll.setContent(await page(server.base, ASSESSMENTS));
		for (let i = 0; i < 3; i++) {
			await get(server.base, one);
			await tab.pdf({ preferCSSPageSize: true });
		}
		for (let i = 0; i < rounds; i++)
			await round(rates, server, { one, all, tab, tabAll,
				times });
	} finally {
		await browser.close();
	}
	return Object.fromEntries(Object.entries(rates)
		.map(([name, list]) => [name, median(list)]));
}

async function several(times, work) {
	const took = [];

	for (let i = 0; i < times; i++)
		took.push(await timed(work));
	return median(took);
}

async function round(rates, server, { one, all, tab, tabAll, times }) {
	const ours = await several(times, () => get(server.base, one));
	const theirs = await several(times,
		() => tab.pdf({ preferCSSPageSize: true }));
	const workers = children(server.pid);
	const before = cpuOf(workers);
	const oursAll = await several(times, () => get(server.base, all));
	const cpu = (cpuOf(workers) - before) / times;
	const theirsAll = await several(Math.min(times, 3),
		() => tabAll.pdf({ preferCSSPageSize: true }));

	rates.one.push(ours);
	rates.tab.push(theirs);
	rates.ratio.push(theirs / ours);
	rates.all.push(oursAll);
	rates.tabAll.push(theirsAll);
	rates.ratioAll.push(theirsAll / oursAll);
	rates.cpu.push(cpu);
}
