// The framework as a tree to read, and words looked up in it.

export function fold(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/’/g, "'");
}

// Unit → competency → criteria; competencies of no unit come last, under a
// null unit. Groups are told by `group`.
export function tree(framework) {
  const criteria = new Map();
  const groups = new Map(framework.competencies
    .filter(({ kind }) => kind === 'group')
    .map(group => [group.id, group]));

  for (const criterion of framework.criteria) {
    const list = criteria.get(criterion.competency_id) || [];
    list.push(criterion);
    criteria.set(criterion.competency_id, list);
  }
  const node = (competency, weight) => ({ competency, weight,
    group: groups.get(competency.parent_id) || null,
    criteria: criteria.get(competency.id) || [] });
  const known = framework.competencies.filter(
    ({ kind }) => kind === 'competency');
  const placed = new Set();
  const units = framework.units.map(unit => {
    const weights = new Map(unit.competencies.map(
      member => [member.competency_id, member.weight_bp]));
    const members = known.filter(({ id }) => weights.has(id));
    members.forEach(({ id }) => placed.add(id));
    return { unit, competencies: members.map(
      competency => node(competency, weights.get(competency.id))) };
  });
  const others = known.filter(({ id }) => !placed.has(id));

  if (others.length > 0)
    units.push({ unit: null,
      competencies: others.map(one => node(one, null)) });
  return units;
}

// The branches holding all the words: a competency keeps all its criteria when
// its own code or title has them, else only the criteria that do.
export function search(branches, text) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const has = (...texts) => {
    const folded = fold(texts.join(' '));
    return words.every(word => folded.includes(word));
  };

  if (words.length === 0)
    return branches;
  return branches.map(({ unit, competencies }) => ({
    unit,
    competencies: competencies.map(node => {
      const { code, title, aliases, details } = node.competency;
      if (has(code, title, ...aliases, ...details))
        return node;
      const criteria = node.criteria.filter(criterion =>
        has(code, criterion.title, ...criterion.indicators));
      return criteria.length > 0 ? { ...node, criteria } : null;
    }).filter(Boolean),
  })).filter(({ competencies }) => competencies.length > 0);
}

export function assessable(framework) {
  return framework.competencies.filter(one => one.assessable);
}
