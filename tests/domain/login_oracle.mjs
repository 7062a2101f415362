// Logins of everybody in the SIECLE samples against their oracle
// (M-036 to M-039, siecle 11).
//
//     node tests/domain/login_oracle.mjs build/login_stream [expected.json]

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [program = "build/tests/domain/login_stream",
  oracle = new URL("../data/samples/expected.json", import.meta.url)] =
  process.argv.slice(2);

const ask = (lines) => execFileSync(program, {
  input: lines.map((l) => l.join("\t") + "\n").join(""), encoding: "utf8",
}).split("\n").slice(0, -1);

// Everything in the oracle that has a login, in its order.
function people(node) {
  if (node === null || typeof node !== "object") return [];
  if (typeof node.login_base === "string") return [node];
  return Object.values(node).flatMap(people);
}

const all = people(JSON.parse(readFileSync(oracle, "utf8")).initial);
const bases = ask(all.map((p) =>
  ["base", p.prenom, p.nom_usage ?? p.nom_famille ?? p.nom]));
const TRIES = 9;
const suffixed = ask(bases.flatMap((b) =>
  Array.from({ length: TRIES }, (_, k) => ["suffix", b, k + 1])));

const used = new Set();
let failed = all.length === 0 ? 1 : 0;
all.forEach((person, i) => {
  const login = suffixed.slice(i * TRIES, (i + 1) * TRIES)
    .find((l) => !used.has(l));
  used.add(login);
  if (bases[i] === person.login_base && login === person.login) return;
  failed++;
  console.log(`  ${person.login_base}, ${person.login} expected,` +
    ` not ${bases[i]}, ${login}`);
});
console.log(`${failed ? "not ok" : "ok"} M-036 M-039 logins of` +
  ` ${all.length} people of the samples`);
process.exitCode = failed ? 1 : 0;
