// Weights as they are typed: percents with at most two decimals, comma or
// point, held as basis points (10000 is 100 %). Sums are integers, so the
// remainder is exact. The grade itself is the server's.

export const WHOLE = 10000;

// "12,5", "12.50", " 12 " → 1250; "" → 0; null when it is not a percent.
export function parsePercent(text) {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim());

  if (text.trim() === '')
    return 0;
  if (!match)
    return null;
  const bp = Number(match[1]) * 100 +
    Number((match[2] || '').padEnd(2, '0'));
  return bp <= WHOLE ? bp : null;
}

// For the API: 1250 → "12.50".
export function percent(bp) {
  const size = Math.abs(bp);
  const whole = Math.trunc(size / 100);
  const cents = String(size % 100).padStart(2, '0');

  return `${bp < 0 ? '-' : ''}${whole}.${cents}`;
}

// For people: the decimal sign of the language, no useless zeros when asked.
export function showPercent(bp, language, short = false) {
  const text = percent(bp).replace('-', '\u2212');
  const cut = short ? text.replace(/\.?0+$/, '') || '0' : text;

  return language === 'fr' ? cut.replace('.', ',') : cut;
}

export function showDecimal(value, language) {
  return language === 'fr' ? value.replace('.', ',') : value;
}

// Weights of the API as a Map from competency id to basis points.
export function toMap(weights) {
  return new Map(weights.map(({ competency_id, percent: value }) =>
    [competency_id, parsePercent(value)]));
}

export function toList(map) {
  return [...map].map(([competency_id, bp]) =>
    ({ competency_id, percent: percent(bp) }));
}

// What is left to share out; below zero, too much was given (M-242).
export function remainder(map) {
  let left = WHOLE;

  for (const bp of map.values())
    left -= bp;
  return left;
}

// 'left', 'whole' or 'over': only 'whole' shows a grade (M-243).
export function sharing(map) {
  const left = remainder(map);

  if (left === 0)
    return 'whole';
  return left > 0 ? 'left' : 'over';
}

// Learners to whom the weights of `source` may be copied: the same profile of
// evaluated competencies, graded on their last assessment, confirmed (M-244).
export function copyTargets(learners, source) {
  return learners.filter(({ learner, profile, assessment }) =>
    learner.id !== source.learner.id && assessment !== null &&
    assessment.state === 'confirmed' && profile !== null &&
    profile === source.profile);
}

export function hasWeights(entry) {
  return entry.weighting !== null && entry.weighting.weights.some(
    ({ percent: value }) => parsePercent(value) > 0);
}

// What the list of the class says of one learner: 'absent' (no assessment),
// 'open' (unlocked) or the state of the weighting.
export function standing(entry) {
  if (entry.assessment === null)
    return 'absent';
  if (entry.assessment.state === 'unlocked')
    return 'open';
  return entry.weighting === null ? 'incomplete' : entry.weighting.state;
}
