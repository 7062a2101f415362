/*
 * Selection in a grid of rows and columns: an anchor, where it began, and a
 * focus, where the keyboard is.  A single cell is a selection whose two ends
 * are the same.  Rows and columns count from 0.
 */
const PAGE = 10;

const clamp = (n, count) => Math.max(0, Math.min(n, count - 1));

export function selectCell(row, col) {
  return { anchor: { row, col }, focus: { row, col } };
}

export function extendTo(selection, row, col) {
  return { anchor: selection.anchor, focus: { row, col } };
}

export function isSingle({ anchor, focus }) {
  return anchor.row === focus.row && anchor.col === focus.col;
}

/** { top, left, bottom, right }, ends included. */
export function rangeOf({ anchor, focus }) {
  return {
    top: Math.min(anchor.row, focus.row),
    left: Math.min(anchor.col, focus.col),
    bottom: Math.max(anchor.row, focus.row),
    right: Math.max(anchor.col, focus.col),
  };
}

export function contains({ top, left, bottom, right }, row, col) {
  return row >= top && row <= bottom && col >= left && col <= right;
}

/** Each { row, col } of a range, line by line. */
export function* cellsOf({ top, left, bottom, right }) {
  for (let row = top; row <= bottom; row++)
    for (let col = left; col <= right; col++)
      yield { row, col };
}

/*
 * Where a move leads from a cell: up, down, left, right, row-start, row-end,
 * start, end, page-up, page-down.  It never leaves the grid.
 */
function landing({ row, col }, move, rows, cols) {
  switch (move) {
  case 'up': return { row: row - 1, col };
  case 'down': return { row: row + 1, col };
  case 'left': return { row, col: col - 1 };
  case 'right': return { row, col: col + 1 };
  case 'row-start': return { row, col: 0 };
  case 'row-end': return { row, col: cols - 1 };
  case 'start': return { row: 0, col: 0 };
  case 'end': return { row: rows - 1, col: cols - 1 };
  case 'page-up': return { row: row - PAGE, col };
  case 'page-down': return { row: row + PAGE, col };
  }
  return { row, col };
}

/** The selection after a move; `extend` keeps the anchor (Shift). */
export function moveSelection(selection, move, extend, rows, cols) {
  const to = landing(selection.focus, move, rows, cols);
  const row = clamp(to.row, rows);
  const col = clamp(to.col, cols);

  return extend ? extendTo(selection, row, col) : selectCell(row, col);
}

/** The selection kept inside a grid that became smaller. */
export function fitSelection({ anchor, focus }, rows, cols) {
  const fit = p => ({ row: clamp(p.row, rows), col: clamp(p.col, cols) });

  return { anchor: fit(anchor), focus: fit(focus) };
}
