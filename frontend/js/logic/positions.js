// Positions: level 1 to 4 against an intermediate or terminal objective, or
// NE, which has no objective. A competency without a position is not
// in the map at all: that is not NE.

export const OBJECTIVES = ['intermediate', 'terminal'];
export const LEVELS = [1, 2, 3, 4];
export const NE = Object.freeze({ level: null, objective: null });
export const TEXT_MAX = 20000;

// The eight levels and NE, in the order of the panel (M-213).
export function choices() {
  const list = [];

  for (const objective of OBJECTIVES)
    for (const level of LEVELS)
      list.push({ level, objective });
  list.push(NE);
  return list;
}

export function same(a, b) {
  if (!a || !b)
    return !a && !b;
  return a.level === b.level && a.objective === b.objective;
}

// Positions of the API as a Map from competency id to { level, objective }.
export function toMap(positions) {
  return new Map(positions.map(({ competency_id, level, objective }) =>
    [competency_id, { level, objective }]));
}

export function toList(map) {
  return [...map].map(([competency_id, { level, objective }]) =>
    ({ competency_id, level, objective }));
}

// Hidden rows pre-set to NE, once the teacher agreed to it (G-09).
export function presetNotEvaluated(hidden, map) {
  const next = new Map(map);

  for (const { id } of hidden)
    next.set(id, NE);
  return next;
}

// Rows of a table of one column per interim assessment, oldest first (M-233):
// [{ competency, cells: [position or null] }].
export function history(competencies, interims) {
  const maps = interims.map(({ positions }) => toMap(positions));

  return competencies.map(competency => ({
    competency,
    cells: maps.map(map => map.get(competency.id) || null),
  }));
}

// Competencies under the units of the framework (M-220); a competency of two
// units stands under both, one of none under `null`.
export function byUnit(competencies, units) {
  const groups = units.map(unit => {
    const ids = new Set(unit.competencies.map(
      ({ competency_id }) => competency_id));
    return { unit, competencies: competencies.filter(
      ({ id }) => ids.has(id)) };
  });
  const placed = new Set(groups.flatMap(
    group => group.competencies.map(({ id }) => id)));
  const others = competencies.filter(({ id }) => !placed.has(id));

  if (others.length > 0)
    groups.push({ unit: null, competencies: others });
  return groups.filter(group => group.competencies.length > 0);
}

// What changed from one interim assessment to the next, in words to choose:
// 'gain', 'loss', 'same', 'new', 'none'. Levels only, as the radar (F-11).
export function change(before, after) {
  if (!after || after.level === null)
    return 'none';
  if (!before || before.level === null)
    return 'new';
  if (after.level === before.level)
    return 'same';
  return after.level > before.level ? 'gain' : 'loss';
}

// Characters as the server counts them: code points after NFC.
export function textLength(text) {
  return [...normalizeText(text)].length;
}

export function normalizeText(text) {
  return text.normalize('NFC').replace(/\r\n?/g, '\n');
}

// The word is compared exactly: no trimming, no case (M-223).
export function confirmed(word) {
  return word === 'CONFIRMATION';
}
