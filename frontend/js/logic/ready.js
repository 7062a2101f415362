// What an interim assessment still lacks before it can be previewed.

// Competencies that still have no position (M-217): NE is one.
export function missing(competencies, map) {
  return competencies.filter(({ id }) => !map.has(id));
}

// What a click on BI meets (M-217, G-09). `shown` are the competencies that
// the unit filter leaves on screen.
export function readiness(all, shown, map) {
  const visible = new Set(shown.map(({ id }) => id));
  const left = missing(all, map);
  const here = left.filter(({ id }) => visible.has(id));
  const hidden = left.filter(({ id }) => !visible.has(id));

  return { ready: left.length === 0, here, hidden,
    done: all.length - left.length, total: all.length };
}
