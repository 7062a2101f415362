// The path of one learner, as the dashboard shows it (M-192 to M-206).
//
// The answer of the server has no filter: a click needs no round trip.

export const MODES = ['chronological', 'condensed', 'compact'];

// E for a company assessment, else the complexity (M-198).
export function columnCode(evaluation, framework) {
  if (evaluation.context !== 'company')
    return evaluation.complexity;
  const marker = framework.complexity_levels.find(
    level => level.context_marker);
  return marker ? marker.code : evaluation.complexity;
}

// Columns to show; `index` is the place in `marks`. None chosen: all (M-195).
export function columns(dashboard, framework, complexities = []) {
  const chosen = new Set(complexities);
  const all = dashboard.evaluations.map((evaluation, index) => (
    { index, evaluation, code: columnCode(evaluation, framework) }));

  if (chosen.size === 0)
    return all;
  return all.filter(column => chosen.has(column.code));
}

// How many of them stand at the left of the black bar (M-197).
export function barPlace(shown, bar) {
  return shown.filter(column => column.index < bar).length;
}

// Runs of the same class level (M-199); none crosses the bar.
export function bands(shown, bar, framework) {
  const titles = new Map(framework.class_levels.map(
    level => [level.code, level.title]));
  const runs = [];

  for (const { index, evaluation } of shown) {
    const code = evaluation.class_level;
    const taken = index < bar;
    const last = runs[runs.length - 1];
    if (last && last.code === code && last.taken === taken)
      last.span += 1;
    else
      runs.push({ code, taken, span: 1,
        title: titles.get(code) || code || '' });
  }
  return runs;
}

// No unit chosen: all (M-194).
export function competencies(dashboard, units = []) {
  const chosen = new Set(units);

  if (chosen.size === 0)
    return dashboard.competencies;
  return dashboard.competencies.filter(
    competency => competency.units.some(unit => chosen.has(unit)));
}

// Marks side by side in time order, without holes (M-202).
export function condense(marks, shown) {
  return shown.filter(column => marks[column.index] !== null)
    .map(column => ({ column, mark: marks[column.index] }));
}

// (M-200)
export function shape(evaluation) {
  return evaluation.context === 'company' ? 'capsule' : 'rectangle';
}

// In the framework's order; counts are before any filter (M-195).
export function complexityCounts(dashboard, framework) {
  return [...framework.complexity_levels]
    .sort((a, b) => a.order - b.order)
    .map(level => ({
      code: level.code,
      title: level.title,
      count: dashboard.counts[level.code] || 0,
    }));
}

// Unknown words are dropped: a link of another framework still opens.
export function readFilters(query, framework) {
  const known = (list, key) => query.getAll(key).filter(
    code => list.some(item => item.code === code));

  return {
    units: known(framework.units, 'unit'),
    complexities: known(framework.complexity_levels, 'complexity'),
    mode: MODES.includes(query.get('mode')) ? query.get('mode') : null,
    titles: query.get('titles') !== 'no',
  };
}

export function writeFilters({ units, complexities, mode, titles }) {
  const query = new URLSearchParams();

  for (const unit of units)
    query.append('unit', unit);
  for (const complexity of complexities)
    query.append('complexity', complexity);
  if (mode)
    query.set('mode', mode);
  if (!titles)
    query.set('titles', 'no');
  return query;
}

export function toggle(list, code) {
  return list.includes(code) ? list.filter(other => other !== code) :
    [...list, code];
}
