/* Search in words: accents, capitals and the order of words do not matter. */

export const fold = text => text.normalize('NFD')
  .replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, ' ');

/** True when each word of `query` is found in one of the texts. */
export function found(query, ...texts) {
  const words = fold(query).split(/\s+/).filter(word => word !== '');
  const text = fold(texts.join(' '));

  return words.every(word => text.includes(word));
}
