// Documents opened by other programs: qpdf, poppler, and a reader of xlsx of
// our own.  Usage: node files_test.mjs <render_samples>; Debian packages qpdf
// and poppler-utils.  Titles carry the row or rule they prove.

import { test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";

const program = process.env.RENDER_SAMPLES ?? process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "render-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
execFileSync(program, [folder]);

const at = (name) => join(folder, name);
const run = (command, ...args) =>
  execFileSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
const flat = (s) => s.replace(/\s+/g, " ");
const text = (name, ...args) => flat(run("pdftotext", ...args, at(name), "-"));
const info = (name) => run("pdfinfo", at(name));
const pdfs = () => readdirSync(folder).filter((n) => n.endsWith(".pdf"));

const melec = [
  "Analyser les conditions de l'opération et son contexte",
  "Organiser l'opération dans son contexte",
  "Définir une installation à l'aide de solutions préétablies",
  "Réaliser une installation de manière éco-responsable",
  "Contrôler les grandeurs caractéristiques de l'installation",
  "Régler, paramétrer les matériels de l'installation",
  "Valider le fonctionnement de l'installation",
  "Diagnostiquer un dysfonctionnement",
  "Remplacer un matériel électrique",
  "Exploiter les outils numériques dans le contexte professionnel",
  "Compléter les documents liés aux opérations",
  "Communiquer entre professionnels sur l'opération",
  "Communiquer avec le client/usager sur l'opération",
];

test("X5 every PDF passes qpdf --check without a warning", () => {
  for (const name of pdfs()) {
    const { status, stdout, stderr } = spawnSync("qpdf", ["--check", at(name)], {
      encoding: "utf8",
    });
    assert.equal(status, 0, `${name}: ${stdout}${stderr}`);
    assert.doesNotMatch(stdout + stderr, /WARNING/, name);
  }
});

test("M-236 the print of one holds every text a family reads", () => {
  const words = text("one.pdf");
  for (const title of melec) assert.ok(words.includes(title), title);
  for (const part of [
    "Lycée des métiers Jacques-Prévert", "0999001W", "Zoë D'ARTAGNAN-LŒUVRE",
    "2de MELEC groupe 1", "13 février 2026", "Mme Claire MOREL", "17/01/2010",
    "02/10/2025", "05/12/2025", "13/02/2026", "Constats", "Conseils",
    "les câblages sont soignés", "mener seule une mise en service complète",
    "Maintenance d'une installation", "page 1/1", "Mise en service",
    "Jacques-Prévert · 0999001W", "Bilan du 13/02/2026 · révision 1",
  ])
    assert.ok(words.includes(part), part);
});

test("M-232 findings and advice come before the table", () => {
  const words = text("one.pdf");
  const order = ["Constats", "Conseils", "Positionnement par compétence",
    "Synthèse par unité", "Radar des compétences"].map((w) => words.indexOf(w));
  assert.ok(order.every((p) => p >= 0));
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
});

test("M-236 ordinary texts, four dates and the radar make one page", () => {
  assert.match(info("one.pdf"), /Pages: +1\n/);
  assert.match(info("four.pdf"), /Pages: +1\n/);
  assert.ok(text("four.pdf").includes("Radar des compétences"));
});

test("PDF is tagged, titled, dated by the assessment, in French", () => {
  const facts = info("one.pdf");
  assert.match(facts, /Tagged: +yes/);
  assert.match(facts, /Title: +Bilan intermédiaire de Zoë/);
  assert.match(facts, /Author: +Mme Claire MOREL/);
  assert.match(facts, /Page size: +595\.28 x 841\.89 pts \(A4\)/);
  assert.match(run("pdfinfo", "-isodates", at("one.pdf")),
    /CreationDate: +2026-02-13T00:00:00Z/);
  const tags = run("pdfinfo", "-struct", at("one.pdf"));
  for (const tag of ["Document", "H1", "H2", "P", "Table", "TR", "TH", "TD",
    "Figure"])
    assert.match(tags, new RegExp(`^ *${tag}\\b`, "m"), tag);
  const json = run("qpdf", "--json", at("one.pdf"));
  assert.match(json, /"\/Lang": "u:fr-FR"/);
  assert.match(json, /"\/DisplayDocTitle": true/);
  assert.match(json, /"\/Scope": "\/Column"/);
  assert.match(json, /"\/Scope": "\/Row"/);
});

test("M-051 slips: eight a page, each with name, login, code, address and a "
  + "QR code, whatever the name", () => {
  assert.match(info("slips.pdf"), /Pages: +2\n/);
  assert.match(info("slips.pdf"), /Tagged: +yes/);
  // As written: in reading order a hyphen that ends a line is left out.
  const words = text("slips.pdf", "-raw");
  const times = (part) => words.split(part).length - 1;
  assert.equal(times("7K3Q-M9FD-2XTB"), 9);
  assert.equal(times("https://acquis.lycee-marie-curie.example"), 9);
  assert.equal(times("22/12/2026"), 9);
  for (const part of ["Zoé MARTIN", "KERGUÉLEN", "MONTMORENCY",
    "Thị Hồng NGUYỄN", "<script>alert(1)</script>", "İlker ÇELİK",
    "jb.vanderstraeten-p2"])
    assert.ok(words.includes(part), part);
  const tags = run("pdfinfo", "-struct", at("slips.pdf"));
  assert.equal(tags.match(/^ *Figure\b/gm).length, 9);
  assert.equal(tags.match(/^ *Sect\b/gm).length, 9);
});

test("a voice reads words apart where a line or a paragraph ends", () => {
  const words = run("pdfinfo", "-struct-text", at("one.pdf"));
  assert.ok(words.includes('"Lycée des métiers Jacques-Prévert Nancy'));
  assert.ok(words.includes("dans les travaux d'atelier"));
  assert.ok(words.includes("diagnostic. Objectif"));
});

test("F-11 the figure has its sentence as alternative text", () => {
  const json = run("qpdf", "--json", at("one.pdf"));
  assert.match(json, /"\/Alt": "u:Bilan du 13 février 2026 : \d+ compétences/);
  const many = run("qpdf", "--json", at("class.pdf"));
  assert.equal(many.match(/"\/Alt": /g).length, 30);
});

test("fonts are embedded, and DejaVu only", () => {
  for (const name of pdfs()) {
    const rows = run("pdffonts", at(name)).trim().split("\n").slice(2);
    for (const row of rows) {
      assert.match(row, /DejaVuSans/, name);
      assert.match(row, / yes +yes +yes /, name);
    }
  }
});

test("M-235 no radar with a single assessment", () => {
  assert.ok(!text("first.pdf").includes("Radar"));
  assert.ok(text("learner.pdf").includes("Radar"));
});

test("M-237 a class: one outline entry and own page numbers each", () => {
  const json = JSON.parse(run("qpdf", "--json", at("class.pdf")));
  assert.equal(json.outlines.length, 30);
  assert.match(json.outlines[0].title, /^Zoë D'ARTAGNAN-LŒUVRE — /);
  assert.deepEqual(json.outlines.map((o) => o.destpageposfrom1),
    [...Array(30)].map((_, i) => i + 1));
  const words = text("class.pdf");
  assert.equal(words.match(/page 1\/1/g).length, 30);
});

test("M-238 all of a learner: one column more each time, six at most", () => {
  const pages = info("learner.pdf").match(/Pages: +(\d+)/)[1];
  const words = text("learner.pdf");
  assert.ok(Number(pages) >= 8);
  assert.ok(words.includes("Les 6 dernières dates sur 8 sont affichées."));
});

test("X5 sixty competencies: every long title whole, no row split", () => {
  const pages = Number(info("sixty.pdf").match(/Pages: +(\d+)/)[1]);
  let seen = 0;
  for (let page = 1; page <= pages; page++) {
    const words = text("sixty.pdf", "-f", `${page}`, "-l", `${page}`);
    const begun = words.match(/Contribuer à des actions/g)?.length ?? 0;
    const ended = words.match(/professionnelle n° \d+\)/g)?.length ?? 0;
    assert.equal(begun, ended, `page ${page}`);
    if (begun > 0) assert.match(words, /Code Compétence/, `page ${page}`);
    seen += ended;
  }
  assert.equal(seen, 60);
});

test("X5 no competency at all, and NE everywhere, are still documents", () => {
  assert.ok(text("none.pdf").includes("Positionnement par compétence"));
  const words = text("ne.pdf", "-layout");
  for (const title of melec) assert.ok(words.includes(title), title);
  assert.ok(words.includes("0 compétences évaluées sur 13"));
});

test("X5 emoji, Hebrew, Arabic and ideograms are not lost", () => {
  const words = text("hostile.pdf");
  for (const part of ["👍", "🚀", "שלום עולם", "مرحبا", "œuvre ≥ 3 ☐ ☒ ✓ — 5ᵉ"])
    assert.ok(words.includes(part), part);
  assert.ok(words.replace(/ /g, "").includes("漢字sanspolice"));
  assert.ok(words.includes("Caractères bidi inversés contrôle."));
  assert.ok(words.includes('<script>alert(1)</script> & "guillemets" (a) \\(b'));
});

test("X5 names of m31 are printed as they are", () => {
  assert.ok(text("hostile.pdf").includes("Camille <script>alert(1)</script>"));
  assert.ok(text("formula.pdf").includes("Camille =CMD|' /C calc'!A0"));
  assert.ok(text("formula.pdf").includes("bâtiment et des travaux publics"));
  assert.ok(!text("formula.pdf").includes("Conseils"));
});

test("X5 texts at their limits keep every character on the page", () => {
  const words = text("limits.pdf", "-x", "0", "-y", "0", "-W", "596", "-H", "788")
    .replace(/ /g, "");
  assert.equal(words.match(/W/g).length, 1000 + "0999001W".match(/W/g).length);
  assert.ok(words.match(/M/g).length >= 200 * 5);
  assert.doesNotMatch(words, /M-M/);
  assert.ok(words.includes("13,50/20"));
});

test("M-219 100 000 characters flow over pages and none is lost", () => {
  // Without the margins, which stand between two halves of a sentence.
  const words = text("long.pdf", "-x", "0", "-y", "42", "-W", "596", "-H", "750");
  const findings = [...words.matchAll(/constat numéro (\d+) est/g)];
  const advice = [...words.matchAll(/Conseil (\d+) : relire la fiche\./g)];
  assert.ok(findings.length > 1500);
  findings.forEach((m, i) => assert.equal(Number(m[1]), i + 1));
  assert.ok(advice.length > 3000);
  advice.forEach((m, i) => assert.equal(Number(m[1]), i + 1));
});

test("the time zone and the locale change no byte", () => {
  const other = mkdtempSync(join(tmpdir(), "render-"));
  execFileSync(program, [other], {
    env: { ...process.env, TZ: "Pacific/Kiritimati", LC_ALL: "C" },
  });
  for (const name of readdirSync(folder))
    assert.ok(readFileSync(at(name)).equals(readFileSync(join(other, name))),
      name);
  rmSync(other, { recursive: true });
});

test("radar files are a PNG and an SVG that another program draws", () => {
  assert.equal(readFileSync(at("radar.png")).subarray(1, 4).toString(), "PNG");
  assert.equal(readFileSync(at("radar.png")).readUInt32BE(16), 800);
  const svg = readFileSync(at("radar.svg"), "utf8");
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" role="img"/);
  assert.doesNotMatch(svg, /="[^"]*\b(nan|inf)\b|href=|style=|<script/i);
  assert.match(svg, /<title id="radar-title">Radar des compétences<\/title>/);
});

// The parts of a zip, by name.
function unzip(bytes) {
  const parts = {};
  let end = bytes.length - 22;
  while (bytes.readUInt32LE(end) !== 0x06054b50) end--;
  let entry = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    const method = bytes.readUInt16LE(entry + 10);
    const size = bytes.readUInt32LE(entry + 20);
    const name = bytes.readUInt16LE(entry + 28);
    const local = bytes.readUInt32LE(entry + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) +
      bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + size);
    parts[bytes.toString("utf8", entry + 46, entry + 46 + name)] =
      (method === 0 ? data : inflateRawSync(data)).toString("utf8");
    entry += 46 + name + bytes.readUInt16LE(entry + 30) +
      bytes.readUInt16LE(entry + 32);
  }
  return parts;
}

const unescape = (s) => s.replace(/&lt;/g, "<").replace(/&gt;/g, ">")
  .replace(/&quot;/g, '"').replace(/&amp;/g, "&");

// Cells of a sheet: name → { formula, value }.
function cells(parts, sheet) {
  const shared = [...parts["xl/sharedStrings.xml"]
    .matchAll(/<si><t[^>]*>(.*?)<\/t><\/si>/gs)].map((m) => unescape(m[1]));
  const found = {};
  for (const [, attributes, body] of parts[`xl/worksheets/sheet${sheet}.xml`]
    .matchAll(/<c ([^>]*?)>(.*?)<\/c>/gs)) {
    const name = attributes.match(/r="([A-Z]+\d+)"/)[1];
    const value = body.match(/<v>(.*?)<\/v>/s)?.[1] ?? "";
    found[name] = {
      formula: body.match(/<f>(.*?)<\/f>/s)?.[1],
      value: /t="s"/.test(attributes) ? shared[Number(value)] :
        /t="str"/.test(attributes) ? value : Number(value),
    };
  }
  return found;
}

const letters = (n) =>
  n < 26 ? String.fromCharCode(65 + n) :
    letters(Math.floor(n / 26) - 1) + letters(n % 26);

test("X4 the XLSX of notes holds no formula, whatever the names", () => {
  const parts = unzip(readFileSync(at("grades.xlsx")));
  const notes = cells(parts, 1);
  assert.ok(Object.values(notes).every((c) => c.formula === undefined));
  assert.equal(notes.B3.value, "=CMD|' /C calc'!A0");
  assert.equal(notes.D3.value, "@SUM(A1)");
  assert.equal(notes.B4.value, "-2+3");
  assert.equal(notes.F2.value, "2E1");
  assert.equal(notes.J2.value, 13.5);
  assert.equal(notes.E2.value, 40195); // 17/01/2010
  assert.match(parts["docProps/core.xml"], /2025-12-05T00:00:00Z/);
  assert.match(parts["xl/worksheets/sheet1.xml"], /<pane [^>]*state="frozen"/);
  assert.match(parts["xl/worksheets/sheet1.xml"], /<autoFilter /);
});

test("R-20 the cached values of live formulas are the exact ones", () => {
  const parts = unzip(readFileSync(at("grades.xlsx")));
  const sheet = cells(parts, 2);
  const scale = cells(parts, 3);
  const worth = [2, 3, 4, 5].map((row) => BigInt(scale[`B${row}`].value));
  const whole = 10000n * worth[3] * 10000n;
  const row = (line) => {
    let reached = 0n, total = 0;
    for (let i = 0; i < 13; i++) {
      const level = sheet[letters(4 + i) + line]?.value;
      const percent = sheet[letters(30 + i) + line]?.value ?? 0;
      const bp = Math.round(percent * 100);
      total += bp;
      if (typeof level === "number")
        reached += BigInt(bp) * worth[level - 1] * 10000n;
    }
    return { total, reached };
  };
  for (const line of [2, 3]) {
    const { total, reached } = row(line);
    const h = (4000n * reached + whole) / (2n * whole);
    assert.equal(total, 10000);
    assert.equal(sheet[`AR${line}`].value, 100);
    assert.equal(sheet[`AS${line}`].value, Number(reached));
    assert.equal(sheet[`AT${line}`].value, Number(h) / 100);
    assert.equal(sheet[`AU${line}`].value, Number((h + 49n) / 50n) / 2);
    for (const column of ["AR", "AS", "AT", "AU"])
      assert.ok(sheet[column + line].formula, column);
  }
  assert.equal(sheet.AU2.value, 13.5); // V1
  assert.equal(sheet.AU3.value, 10); // V14
  assert.equal(sheet.AR4.value, 25);
  assert.equal(sheet.AU4.value, ""); // 75 % are left
});

test("R-20 a spreadsheet computes what is cached", (t) => {
  if (spawnSync("ssconvert", ["--version"]).error)
    return t.skip("gnumeric is not installed");
  run("ssconvert", "--recalc", "-S", at("grades.xlsx"), at("grades.csv"));
  const rows = readFileSync(at("grades.csv.1"), "utf8").trim().split("\n");
  const last = rows.slice(1).map((r) => r.split(",").slice(-5));
  assert.deepEqual(last[0], ["100", "200000000", "13.33", "13.5", "13.5"]);
  assert.deepEqual(last[1].slice(2), ["10", "10", "10"]);
  assert.deepEqual(last[2], ["25", "", "", "", ""]);
});
