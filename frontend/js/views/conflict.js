/* The same cell, two people: resolves as chooseValues(). */
import { splitKey } from '../logic/cells.js';
import { chooseValues, quoted } from '../parts/conflict.js';
import { level } from '../parts/level.js';
import { nameOf } from './sheet.js';

export function askConflicts(sheet, conflicts, context) {
  const { t } = context;
  const learners = new Map(sheet.learners.map(l => [l.id, l]));
  const items = new Map(sheet.items.map(i => [i.id, i]));

  return chooseValues(context, conflicts.map(({ key, mine, theirs }) => {
    const { learner, item } = splitKey(key);
    const shown = value => item === null ? quoted(value, t)
      : level(sheet.table.get(value), t);

    return { key, name: nameOf(learners.get(learner)),
      what: item === null ? t('comment') : items.get(item).title,
      mine: shown(mine), theirs: shown(theirs) };
  }));
}
