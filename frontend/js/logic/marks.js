// From codes of the framework's scales to the signs and colours of the
// screen. The place on the scale decides, never the word: two frameworks name
// the same four levels differently.

const SIGNS = ['\u2212\u2212', '\u2212', '+', '++'];

// Of a mark: { code, title, sign, tone }, tone being 1 to 4, 'ne' or 'abs'.
export function markTable(framework) {
  return new Map(framework.scales.result.levels.map(level => {
    if (level.value === null)
      return [level.code, level.code === 'absent' ?
        { ...level, sign: 'Abs', tone: 'abs' } :
        { ...level, sign: 'NE', tone: 'ne' }];
    return [level.code, { ...level, sign: SIGNS[level.value],
      tone: level.value + 1 }];
  }));
}

// Of a position level: the same, keyed by 1 to 4 and null. Signs are those of
// the framework (N D A E for MCV) with a true minus.
export function positionTable(framework) {
  return new Map(framework.scales.position.levels.map(level => [
    level.value,
    { ...level, tone: level.value === null ? 'ne' : level.value,
      sign: level.symbol.replace(/-/g, '\u2212') },
  ]));
}

export function objectiveTable(framework) {
  return new Map(framework.scales.objective.levels.map(
    level => [level.code, level]));
}
