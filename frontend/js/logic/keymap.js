/*
 * What a key means in the grid (ux.md 4).
 *
 * French keyboards type & é " ' where 1 2 3 4 are printed, so the row of
 * digits is read by its place (`code`), letters by what they are (`key`).
 * Copy, cut and paste are not here: the browser sends them as events of the
 * clipboard.
 */
const moves = {
  ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right',
  Home: 'row-start', End: 'row-end',
  PageUp: 'page-up', PageDown: 'page-down',
};

const letters = { n: 'ne', a: 'abs' };

function withControl({ key, shiftKey }) {
  const letter = key.toLowerCase();

  if (key === 'Home' || key === 'End')
    return { type: 'move', move: key === 'Home' ? 'start' : 'end',
      extend: shiftKey };
  if (letter === 'z')
    return { type: shiftKey ? 'redo' : 'undo' };
  if (letter === 'y')
    return { type: 'redo' };
  if (letter === 's')
    return { type: 'save' };
  if (letter === 'a')
    return { type: 'select-all' };
  return null;
}

/** An action for a KeyboardEvent, or null: the browser keeps the key. */
export function actionOf(event) {
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = event;

  if (altKey || event.isComposing)
    return null;
  if (ctrlKey || metaKey)
    return withControl(event);

  const digit = /^(?:Digit|Numpad)([1-4])$/.exec(code)?.[1];

  if (digit !== undefined && !(code.startsWith('Numpad') && key.length > 1))
    return { type: 'mark', rank: Number(digit) };
  if (key.toLowerCase() in letters)
    return { type: 'mark', rank: letters[key.toLowerCase()] };
  if (key in moves)
    return { type: 'move', move: moves[key], extend: shiftKey };
  switch (key) {
  case 'Enter':
    return { type: 'move', move: shiftKey ? 'up' : 'down', extend: false };
  case 'Delete':
  case 'Backspace':
    return { type: 'clear' };
  case 'F2': return { type: 'comment' };
  case 'Escape': return { type: 'drop' };
  case '?': return { type: 'help' };
  case 'ContextMenu': return { type: 'menu' };
  case 'F10': return shiftKey ? { type: 'menu' } : null;
  }
  return null;
}
