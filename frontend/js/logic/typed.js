/* What a text typed or pasted into a cell means. */
const typed = new Map([
  ['1', 1], ['2', 2], ['3', 3], ['4', 4],
  ['--', 1], ['-', 2], ['+', 3], ['++', 4],
  ['n', 'ne'], ['ne', 'ne'], ['a', 'abs'], ['abs', 'abs'],
]);

/**
 * What a text typed or pasted means: a code of the scale, null for an empty
 * cell, undefined for what is not understood.  Codes and titles of the scale
 * are understood too, so that a copied table can come back.
 */
export function readMark(text, marks) {
  const word = text.trim().toLowerCase().replace(/[−–—]/g, '-')
    .replace(/^'(?=[-+])/, '');

  if (word === '')
    return null;

  const rank = typed.get(word);

  return marks.find(m => rank === undefined
    ? m.code === word || m.title.toLowerCase() === word
    : m.rank === rank)?.code;
}
