/* How people read the cells of a Draft (see parts/unsaved.js). */
import { readCell } from '../store/draft.js';
import { positionText } from './position.js';

const textKeys = ['findings', 'advice'];

export const draftWords = (competencies, words, t) => ({
  locked: 'save_locked_interim',
  label: key => textKeys.includes(key) ? t(`interim_${key}`)
    : competencies.find(({ id }) => id === key)?.code ?? key,
  text: (key, value) => textKeys.includes(key) ? value
    : positionText(readCell(key, value), words, t),
});
