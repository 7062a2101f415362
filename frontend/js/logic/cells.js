/*
 * Cells of an evaluation by one key each: `learner|item` holds a mark (a code
 * or null), `learner|#` the comment of the learner (a text, '' when empty).
 */
const COMMENT = '#';

export const markKey = (learner, item) => `${learner}|${item}`;
export const commentKey = learner => `${learner}|${COMMENT}`;

/** { learner, item }, item null for a comment. */
export function splitKey(key) {
  const at = key.indexOf('|');
  const item = key.slice(at + 1);

  return { learner: key.slice(0, at), item: item === COMMENT ? null : item };
}

/** Every cell of an evaluation as the server gave it: Map. */
export function cellsOfEvaluation(evaluation) {
  const cells = new Map();

  for (const learner of evaluation.learners) {
    evaluation.items.forEach((item, i) => {
      if (!item.removed)
        cells.set(markKey(learner.id, item.id), learner.marks[i]);
    });
    cells.set(commentKey(learner.id), learner.comment);
  }
  return cells;
}

/** The body of PATCH …/marks for some cells; `items` tells their kind. */
export function bodyOf(cells, items) {
  const kinds = new Map(items.map(item => [item.id, item.kind]));
  const body = {};

  for (const [key, value] of cells) {
    const { learner, item } = splitKey(key);

    if (item === null)
      (body.comments ??= []).push({ learner_id: learner,
        comment: value === '' ? null : value });
    else
      (body.marks ??= []).push({ learner_id: learner,
        [kinds.get(item) === 'competency' ? 'competency_id' : 'criterion_id']:
          item, mark: value });
  }
  return body;
}

/** { filled, expected } of the values shown; NE and absent are answers. */
export function progressOf(learners, items, value) {
  let filled = 0;

  for (const learner of learners)
    for (const item of items)
      if ((value(markKey(learner.id, item.id)) ?? null) !== null)
        filled++;
  return { filled, expected: learners.length * items.length };
}

/*
 * A table of what is shown, for a spreadsheet: a line per learner.  Text that
 * a spreadsheet would take for a formula is prefixed by an apostrophe.
 */
export function exportCsv(learners, items, value, markTable, words) {
  const safe = text => /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  const quote = text => `"${safe(text).replaceAll('"', '""')}"`;
  const lines = [[words.learner, ...items.map(i => `${i.code} ${i.title}`),
    words.comment]];

  for (const learner of learners)
    lines.push([`${learner.last_name} ${learner.first_name}`,
      ...items.map(i => markTable.get(value(markKey(learner.id, i.id)))?.title
        ?? ''),
      value(commentKey(learner.id)) ?? '']);
  return `\uFEFF${lines.map(line => line.map(quote).join(';'))
    .join('\r\n')}\r\n`;
}
