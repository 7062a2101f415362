/*
 * Words of results come from the scale of a framework; signs, keys and colours
 * from the rank, so they are the same in every diploma.
 */
const signs = ['−−', '−', '+', '++'];

/** { code, title, rank: 1..4 | 'ne' | 'abs', sign, css } of each value. */
export function marksOf(scale) {
  const valued = scale.levels.filter(l => (l.value ?? null) !== null)
    .sort((a, b) => a.value - b.value);

  return scale.levels.map(level => {
    const at = valued.indexOf(level);

    if (at >= 0)
      return { code: level.code, title: level.title, rank: at + 1,
        sign: signs[at], css: `lv${at + 1}` };
    return level.code === 'absent'
      ? { code: level.code, title: level.title, rank: 'abs', sign: 'Abs',
        css: 'lvabs' }
      : { code: level.code, title: level.title, rank: 'ne', sign: 'NE',
        css: 'lvne' };
  });
}

export function markTable(scale) {
  return new Map(marksOf(scale).map(mark => [mark.code, mark]));
}

/** Keyed by 1 to 4, null for NE; signs of the framework, with a true minus. */
export function positionTable(framework) {
  return new Map(framework.scales.position.levels.map(level => [
    level.value, {
      title: level.title,
      sign: level.symbol.replace(/-/g, '\u2212'),
      css: level.value === null ? 'lvne' : `lv${level.value}`,
    }]));
}

export function objectiveTable(framework) {
  return new Map(framework.scales.objective.levels.map(
    level => [level.code, level.title]));
}
