// An independent computation of weights and grades, in big integers and
// straight from the rules, compared with the C library on
// random cases (G1).
//
//     node tests/domain/grade_reference.mjs build/test/grade_stream [seed]
//
// 20,000 cases, or a million when ACQUIS_TEST_LONG is set.
// It shares no formula with the library: fractions are exact pairs, rounding
// is floor and ceiling of them, largest remainders are sorted.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { once } from "node:events";

const [program, seed = String(Date.now())] = process.argv.slice(2);
const count = process.env.ACQUIS_TEST_LONG ? "1000000" : "20000";

const POLICIES = {
  half_point_up: { per: 2n, how: "up-from-hundredths" },
  tenth_up: { per: 10n, how: "up-from-hundredths" },
  point_up: { per: 1n, how: "up-from-hundredths" },
  half_point_nearest: { per: 2n, how: "nearest" },
  tenth_nearest: { per: 10n, how: "nearest" },
  point_nearest: { per: 1n, how: "nearest" },
  half_point_up_exact: { per: 2n, how: "up" },
};

// mulberry32: small, seeded, good enough to choose cases
let state = Number(BigInt.asUintN(32, BigInt(seed)));
function dice(sides) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor(((t ^ (t >>> 14)) >>> 0) / 4294967296 * sides);
}
const pick = (list) => list[dice(list.length)];
const sum = (list) => list.reduce((a, b) => a + b, 0n);

// Fractions of non-negative integers.
const floor = ([a, b]) => a / b;
const ceil = ([a, b]) => (a % b === 0n ? a / b : a / b + 1n);
const halfUp = ([a, b]) => floor([2n * a + b, 2n * b]);
const times = ([a, b], k) => [a * k, b];

// R-12 by sorting.
function share(amounts, whole) {
  const total = sum(amounts);
  if (total === 0n) return amounts.map(() => 0n);
  const parts = amounts.map((a, at) => ({
    at, a, part: a * whole / total, rest: a * whole % total }));
  let left = whole - sum(parts.map((p) => p.part));
  const order = [...parts].sort((x, y) =>
    x.rest !== y.rest ? (x.rest > y.rest ? -1 : 1)
      : x.a !== y.a ? (x.a > y.a ? -1 : 1) : x.at - y.at);
  for (const p of order) {
    if (left === 0n) break;
    p.part += 1n;
    left -= 1n;
  }
  return parts.map((p) => p.part);
}

function randomCase() {
  const n = 1 + dice(pick([4, 13, 20, 64]));
  const table = pick([[0, 1, 2, 3], [20, 50, 80, 100], [1, 2, 3, 4], null]) ??
    [...new Set(Array.from({ length: 40 }, () => dice(1001)))]
      .sort((a, b) => a - b).slice(0, 4);
  const assessed = pick([0, 30, 65, 100]);
  const positions = Array.from({ length: n }, () =>
    dice(100) >= assessed ? pick(["N-", "N-", ".."])
      : pick(["1", "2", "3", "4"]) + pick(["i", "t", "t"]));
  const top = pick([2, 20, 201, 100000, 2 ** 40]);
  const amounts = Array.from({ length: n }, () => BigInt(dice(top)));
  const c = { table, factor: pick([10000, 10000, 5000, 0, dice(10001)]),
    policy: pick(Object.keys(POLICIES)), positions, amounts };
  c.weights = randomWeights(c);
  return c;
}

// Mostly exactly 100 % where it may be; sometimes every way to be wrong.
function randomWeights({ positions, amounts }) {
  const kept = positions.map((p, i) =>
    /\d/.test(p) ? amounts[i] + BigInt(dice(3)) : 0n);
  const weights = share(kept, 10000n);
  const at = dice(weights.length);
  switch (dice(12)) {
  case 0: weights[at] = BigInt(dice(10001)); break;
  case 1: weights[at] -= 1n; break;
  case 2: weights[at] += 1n; break;
  case 3: weights[at] = 10001n; break;
  case 4: return share(kept, BigInt(dice(10000)));
  }
  return weights;
}

function refusal({ positions, weights }) {
  if (weights.some((w) => w < 0n || w > 10000n)) return "range";
  if (weights.some((w, i) => w > 0n && !/\d/.test(positions[i]))) return "ne";
  if (sum(weights) > 10000n) return "over";
  return null;
}

// Each competency's part of the whole note, as a numerator over `whole`.
function products({ table, factor, positions, weights }) {
  return positions.map((p, i) => /\d/.test(p)
    ? weights[i] * BigInt(table[Number(p[0]) - 1]) *
      BigInt(p[1] === "i" ? factor : 10000)
    : 0n);
}

function proposal(c) {
  const reached = products(c);
  const whole = 10000n * 10000n * BigInt(c.table[3]);
  const s = sum(reached);
  const note = [20n * s, whole];
  const hundredths = halfUp(times(note, 100n));
  const { per, how } = POLICIES[c.policy];
  const steps = {
    "up-from-hundredths": ceil([hundredths * per, 100n]),
    nearest: halfUp(times(note, per)),
    up: ceil(times(note, per)),
  }[how];
  const shares = share(reached, 1000n);
  const terms = reached.map((r, i) =>
    `${halfUp([20000n * r, whole])}:${shares[i]}`);
  return `ok 2 0 ${s} ${whole} ${hundredths} ${steps * 100n / per}` +
    ` ${terms.join(" ")}`;
}

function expected(c) {
  const empty = !c.positions.some((p) => /\d/.test(p));
  const remainder = 10000n - sum(c.weights);
  const whole = 10000n * 10000n * BigInt(c.table[3]);
  const kept = c.positions.map((p, i) => /\d/.test(p) ? c.amounts[i] : 0n);
  const equal = c.positions.map((p) => /\d/.test(p) ? 1n : 0n);
  const spread = share(sum(kept) > 0n ? kept : equal, 10000n);
  const head = refusal(c) ??
    (empty ? `ok 1 ${remainder} 0 ${whole} -1 -1`
      : remainder > 0n ? `ok 0 ${remainder} 0 ${whole} -1 -1` : proposal(c));
  return `${head} |${empty ? "" : " " + spread.join(" ")}`;
}

const line = (c) => [c.table.join(","), c.factor, c.policy,
  c.positions.join(""), c.amounts.join(","), c.weights.join(",")].join(" ");

// Cases go out in lots, so that neither side waits with everything in memory.
async function compare(total) {
  const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[
    Symbol.asyncIterator]();
  const seen = {};
  const LOT = 200;

  for (let done = 0; done < total; done += LOT) {
    const cases = Array.from({ length: Math.min(LOT, total - done) },
      randomCase);
    child.stdin.write(cases.map((c) => line(c) + "\n").join(""));
    for (const c of cases) {
      const wanted = expected(c);
      const { value: got, done: ended } = await answers.next();
      if (ended || got !== wanted) {
        console.log(`not ok G1 seed ${seed}\n  case ${line(c)}\n` +
          `  library   ${got}\n  reference ${wanted}`);
        child.kill();
        return 1;
      }
      const kind = wanted.split(" ", 2).join(" ");
      seen[kind] = (seen[kind] ?? 0) + 1;
    }
  }
  child.stdin.end();
  const [status] = await once(child, "close");
  console.log(`ok G1 ${total} random cases agree with big integers` +
    ` (seed ${seed})`);
  console.log("  " + JSON.stringify(seen));
  return status;
}

process.exitCode = await compare(Number(count));
