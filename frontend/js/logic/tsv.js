/*
 * Tab-separated text, as spreadsheets copy and paste it: a field with a tab,
 * a line end or a quote stands between quotes, and a quote is doubled.
 */

/** Lines of fields.  The line end after the last line is not a line. */
export function parseTsv(text) {
  const lines = [[]];
  let field = '';
  let quoted = false;
  let i = 0;

  const endField = () => {
    lines.at(-1).push(field);
    field = '';
  };

  while (i < text.length) {
    const c = text[i++];

    if (quoted && c === '"' && text[i] === '"') {
      field += '"';
      i++;
    } else if (quoted) {
      if (c === '"')
        quoted = false;
      else
        field += c;
    } else if (c === '"' && field === '') {
      quoted = true;
    } else if (c === '\t') {
      endField();
    } else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i] === '\n')
        i++;
      endField();
      lines.push([]);
    } else {
      field += c;
    }
  }
  if (field !== '' || lines.at(-1).length > 0)
    endField();
  else
    lines.pop();
  return lines;
}

export function formatTsv(lines) {
  const quote = field => /[\t\r\n"]/.test(field)
    ? `"${field.replaceAll('"', '""')}"` : field;

  return lines.map(line => line.map(quote).join('\t')).join('\r\n');
}

/**
 * What pasting a text does.  One value fills the whole range, a block lands
 * on its top left cell.
 *
 * `read(text)` gives a value, null for empty, undefined if not understood;
 * `writable(row, col)` is false for a locked line.  Nothing is guessed: what
 * is not understood, falls outside or is locked is counted.
 */
export function planPaste(text, range, rows, cols, read, writable) {
  const plan = { changes: [], bad: 0, outside: 0, locked: 0 };
  const lines = parseTsv(text);
  const one = lines.length === 1 && lines[0].length === 1;

  const put = (row, col, field) => {
    const value = read(field);

    if (row >= rows || col >= cols)
      plan.outside++;
    else if (value === undefined)
      plan.bad++;
    else if (!writable(row, col))
      plan.locked++;
    else
      plan.changes.push({ row, col, value });
  };

  if (one)
    for (let row = range.top; row <= range.bottom; row++)
      for (let col = range.left; col <= range.right; col++)
        put(row, col, lines[0][0]);
  else
    lines.forEach((line, i) => line.forEach((field, j) =>
      put(range.top + i, range.left + j, field)));
  return plan;
}
