/*
 * Results on a criterion, from the `result` scale of a framework.
 *
 * Four values in order, then "not assessable" and "absent", which are answers
 * too.  A scale is data: the words come from it, the signs, keys and colours
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

/** A map from code to mark, for drawing. */
export function markTable(scale) {
  return new Map(marksOf(scale).map(mark => [mark.code, mark]));
}
