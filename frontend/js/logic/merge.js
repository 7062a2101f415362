/*
 * Merge of what two people typed, cell by cell, against what both had read.
 */

/**
 * base, mine, theirs: maps from cell to value; mine holds what was changed.
 *
 * resend: cells only I changed; settled: both typed the same; conflicts: the
 * same cell, two values; gone: the cell is no longer in the grid.
 */
export function mergeCells(base, mine, theirs) {
  const result = { resend: new Map(), settled: [], conflicts: [], gone: [] };

  for (const [key, value] of mine) {
    const stored = theirs.get(key);

    if (stored === undefined)
      result.gone.push({ key, mine: value });
    else if (stored === value)
      result.settled.push(key);
    else if (stored === base.get(key))
      result.resend.set(key, value);
    else
      result.conflicts.push({ key, mine: value, theirs: stored });
  }
  return result;
}
