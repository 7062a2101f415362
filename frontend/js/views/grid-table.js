/*
 * The grid: learners × items, or items × learners, with the keyboard map of
 * ux.md 4.
 *
 * Built once with the DOM, then only the cells that change are touched: a key
 * costs the same in a grid of 30 cells and of 3,000.  What it cannot do by
 * itself it asks for: `comment`, `menu`, `help`, `save`, `undo`, `redo`,
 * `pasted` (detail: the plan, to report what was refused).
 */
import { markKey, splitKey } from '../logic/cells.js';
import { actionOf } from '../logic/keymap.js';
import { readMark } from '../logic/typed.js';
import * as select from '../logic/selection.js';
import { formatTsv, planPaste } from '../logic/tsv.js';
import { nameOf } from './sheet.js';

function make(name, className, text) {
  const element = document.createElement(name);

  if (className)
    element.className = className;
  if (text !== undefined)
    element.textContent = text;
  return element;
}

/* Copied for each cell: cheaper than making one.  A td of a grid is a cell. */
const blank = make('td', '', ' ');

blank.tabIndex = -1;

/*
 * Widths in rem: a fixed layout costs the same whatever the texts.  Titles
 * lie flat while the longest word of a framework fits, else they stand: a
 * word is never cut.
 */
const WIDEST = 10;
const FLAT = 8;
const STANDING = 4.5;
const widths = {
  wide: { learner: [12.5, 3.75], item: [22, 3.25] },
  phone: { learner: [8.5, 3.75], item: [10, 3.25] },
};

export function mount(element, context) {
  const { t } = context;
  let sheet = null;
  let byLearner = true;
  let items = [];
  let learners = [];
  let cells = [];          /* [row][col] → td */
  let places = new Map();  /* key → td */
  let built = new Map();   /* filter → its table, laid out */
  let selection = select.selectCell(0, 0);
  let painted = [];
  let dragging = false;
  let title = '';

  const rows = () => byLearner ? learners.length : items.length;
  const cols = () => byLearner ? items.length : learners.length;
  const learnerAt = (row, col) => learners[byLearner ? row : col];
  const itemAt = (row, col) => items[byLearner ? col : row];
  const keyAt = (row, col) =>
    markKey(learnerAt(row, col).id, itemAt(row, col).id);

  function ask(verb, detail) {
    element.dispatchEvent(new CustomEvent(verb, { detail }));
  }

  /* Cells */

  function paintCell(td) {
    const { learner, item } = td;
    const mark = sheet.mark(learner, item);
    const waits = sheet.saver.waits(td.key);

    td.className = `${mark?.css ?? ''}${waits ? ' waits' : ''}${
      sheet.canWrite(learner) ? '' : ' frozen'}`;
    td.firstChild.data = mark?.sign ?? '';
    td.setAttribute('aria-label', `${nameOf(learner)}, ${item.code} ${
      item.title} : ${mark?.title ?? t('empty_cell')}`);
  }

  function buildCell(row, col) {
    const td = blank.cloneNode(true);

    td.row = row;
    td.col = col;
    td.learner = learnerAt(row, col);
    td.item = itemAt(row, col);
    td.key = keyAt(row, col);
    paintCell(td);
    cells[row][col] = td;
    places.set(td.key, td);
    return td;
  }

  /* Heads */

  function headButton(label, kind, index) {
    const button = make('button', 'head-menu', '⋯');

    button.type = 'button';
    button.tabIndex = -1;
    button.setAttribute('aria-label', t('grid_menu_of', { name: label }));
    button.addEventListener('click', event => {
      event.stopPropagation();
      ask('menu', { kind, index });
    });
    return button;
  }

  function learnerHead(learner, index, scope) {
    const th = make('th', 'learner-head');

    th.scope = scope;
    th.append(make('span', 'name', nameOf(learner)));
    th.title = nameOf(learner);
    if (sheet.comment(learner) !== '')
      th.classList.add('commented');
    th.learner = learner;
    if (sheet.writable)
      th.append(headButton(nameOf(learner), 'learner', index));
    return th;
  }

  function itemHead(item, index, scope) {
    const th = make('th', 'item-head');

    th.scope = scope;
    th.append(make('span', 'name', item.title));
    th.title = `${item.code} – ${item.title}`;
    if (sheet.writable)
      th.append(headButton(item.title, 'item', index));
    return th;
  }

  function corner(text) {
    const th = make('th', 'corner', text);

    th.scope = 'col';
    return th;
  }

  function buildByLearner(table) {
    const head = table.createTHead();
    const bands = head.insertRow();
    const names = head.insertRow();
    const body = table.createTBody();

    bands.className = 'bands';
    bands.append(make('td', 'corner'));
    for (const group of sheet.groups(items)) {
      const th = make('th', 'band', group.code);

      th.scope = 'colgroup';
      th.colSpan = group.items.length;
      bands.append(th);
    }
    names.append(corner(t('learner')));
    items.forEach((item, col) => names.append(itemHead(item, col, 'col')));
    learners.forEach((learner, row) => {
      const tr = body.insertRow();

      cells[row] = [];
      tr.append(learnerHead(learner, row, 'row'));
      for (let col = 0; col < items.length; col++)
        tr.append(buildCell(row, col));
    });
  }

  function buildByItem(table) {
    const head = table.createTHead().insertRow();
    let row = 0;

    head.append(corner(t('grid_criterion')));
    learners.forEach((learner, col) =>
      head.append(learnerHead(learner, col, 'col')));
    for (const group of sheet.groups(items)) {
      const body = table.createTBody();
      const band = body.insertRow();
      const th = make('th', 'band');

      th.scope = 'rowgroup';
      th.colSpan = learners.length + 1;
      th.append(make('span', '', group.code));
      band.append(th);
      for (const item of group.items) {
        const tr = body.insertRow();

        cells[row] = [];
        tr.append(itemHead(item, row, 'row'));
        for (let col = 0; col < learners.length; col++)
          tr.append(buildCell(row, col));
        row++;
      }
    }
  }

  function columns(table) {
    const [head, least] = widths[matchMedia('(max-width: 48rem)').matches
      ? 'phone' : 'wide'][byLearner ? 'learner' : 'item'];
    const rem = Number.parseFloat(getComputedStyle(
      document.documentElement).fontSize);
    const room = (element.clientWidth / rem - head - 1) / Math.max(1, cols());
    const most = room < FLAT ? STANDING : WIDEST;
    const cell = byLearner ? Math.max(least, Math.min(room, most)) : least;
    const group = make('colgroup');
    const first = make('col');
    const others = make('col');

    first.style.width = `${head}rem`;
    others.style.width = `${cell}rem`;
    others.span = Math.max(1, cols());
    group.append(first, others);
    table.style.width = `${head + cell * cols()}rem`;
    element.style.setProperty('--head', `${head}rem`);
    element.classList.toggle('standing', byLearner && room < FLAT);
    element.classList.toggle('items', !byLearner);
    return group;
  }

  function build() {
    const pane = make('div', 'pane');
    const table = make('table',
      `grid ${byLearner ? 'by-learner' : 'by-item'}`);
    const caption = make('caption', 'sr-only', title);

    table.setAttribute('role', 'grid');
    table.setAttribute('aria-multiselectable', 'true');
    if (!sheet.writable)
      table.setAttribute('aria-readonly', 'true');
    table.append(caption, columns(table));
    cells = [];
    places = new Map();
    if (byLearner)
      buildByLearner(table);
    else
      buildByItem(table);
    listen(table);
    pane.append(table);
    return { pane, cells, places, stale: new Set() };
  }

  /*
   * A filter taken off shows the table that was built before it: put away
   * with `content-visibility`, it kept its layout.
   */
  function draw(name) {
    const known = built.get(name) ?? build();

    built.set(name, known);
    unpaintSelection();
    ({ cells, places } = known);
    for (const key of known.stale)
      if (places.has(key))
        paintCell(places.get(key));
    known.stale.clear();
    for (const other of built.values())
      other.pane.classList.toggle('away', other !== known);
    if (known.pane.parentNode !== element)
      element.append(known.pane);
    selection = select.fitSelection(selection, rows(), cols());
    paintSelection();
  }

  /* Selection */

  function unpaintSelection() {
    for (const td of painted) {
      td.removeAttribute('aria-selected');
      td.tabIndex = -1;
    }
    painted = [];
  }

  function paintSelection() {
    unpaintSelection();
    if (rows() === 0 || cols() === 0)
      return;
    for (const { row, col } of select.cellsOf(select.rangeOf(selection))) {
      cells[row][col].setAttribute('aria-selected', 'true');
      painted.push(cells[row][col]);
    }
    focusCell().tabIndex = 0;
    painted.push(focusCell());
  }

  const focusCell = () => cells[selection.focus.row][selection.focus.col];

  function moveTo(next, { focus = true } = {}) {
    selection = next;
    paintSelection();
    if (focus)
      focusCell().focus();
  }

  /* Changes */

  /* Cells of the selection that may be written: [{ row, col }]. */
  const writable = () => [...select.cellsOf(select.rangeOf(selection))]
    .filter(({ row, col }) => sheet.canWrite(learnerAt(row, col)));

  function fill(code) {
    const targets = writable();

    if (targets.length === 0)
      return;
    sheet.change(targets.map(({ row, col }) =>
      ({ key: keyAt(row, col), to: code })));
    if (targets.length > 1)
      context.announce(t('grid_filled', { n: targets.length }));
  }

  function setRank(rank) {
    const single = select.isSingle(selection);

    fill(sheet.codeOfRank(rank));
    if (single)
      moveTo(select.moveSelection(selection, 'down', false, rows(), cols()));
  }

  /* Clipboard */

  function copied() {
    const { top, left, bottom, right } = select.rangeOf(selection);
    const lines = [];

    for (let row = top; row <= bottom; row++) {
      const line = [];

      for (let col = left; col <= right; col++) {
        const rank = sheet.mark(learnerAt(row, col), itemAt(row, col))?.rank;

        line.push(rank === undefined ? '' : rank === 'ne' ? 'NE'
          : rank === 'abs' ? 'Abs' : String(rank));
      }
      lines.push(line);
    }
    return formatTsv(lines);
  }

  function copy(event) {
    event.preventDefault();
    event.clipboardData.setData('text/plain', copied());
    context.announce(t('grid_copied', { n: [...select.cellsOf(
      select.rangeOf(selection))].length }));
  }

  function cut(event) {
    copy(event);
    fill(null);
  }

  function paste(event) {
    event.preventDefault();
    if (!sheet.writable)
      return;

    const plan = planPaste(event.clipboardData.getData('text/plain'),
      select.rangeOf(selection), rows(), cols(),
      text => readMark(text, sheet.marks),
      (row, col) => sheet.canWrite(learnerAt(row, col)));

    sheet.change(plan.changes.map(({ row, col, value }) =>
      ({ key: keyAt(row, col), to: value })));
    ask('pasted', plan);
  }

  /* Keyboard and pointer */

  function act(action) {
    switch (action.type) {
    case 'move':
      moveTo(select.moveSelection(selection, action.move, action.extend,
        rows(), cols()));
      break;
    case 'mark': setRank(action.rank); break;
    case 'clear': fill(null); break;
    case 'drop':
      moveTo(select.selectCell(selection.focus.row, selection.focus.col));
      break;
    case 'select-all':
      moveTo({ anchor: { row: 0, col: 0 },
        focus: { row: rows() - 1, col: cols() - 1 } }, { focus: false });
      break;
    case 'comment': ask('comment', focusCell().learner); break;
    case 'menu':
      ask('menu', byLearner ? { kind: 'item', index: selection.focus.col }
        : { kind: 'learner', index: selection.focus.col });
      break;
    default: ask(action.type);
    }
  }

  function keydown(event) {
    if (event.target.tagName !== 'TD')
      return;

    const action = actionOf(event);

    if (action === null)
      return;
    event.preventDefault();
    act(action);
  }

  function press(event) {
    const td = event.target.closest('td[tabindex]');
    const th = event.target.closest('th');

    if (event.button !== 0)
      return;
    if (td === null) {
      pressHead(th, event);
      return;
    }
    event.preventDefault();
    dragging = event.pointerType === 'mouse';
    moveTo(event.shiftKey ? select.extendTo(selection, td.row, td.col)
      : select.selectCell(td.row, td.col));
  }

  /* The head of a line or column selects it. */
  function pressHead(th, event) {
    if (th === null || event.target.closest('button') !== null
      || th.classList.contains('band') || th.classList.contains('corner'))
      return;
    event.preventDefault();

    const row = th.scope === 'row';
    const at = row ? cells.findIndex(line => line[0]?.parentNode
      === th.parentNode) : th.cellIndex - 1;

    moveTo({
      anchor: row ? { row: at, col: 0 } : { row: 0, col: at },
      focus: row ? { row: at, col: cols() - 1 } : { row: rows() - 1, col: at },
    }, { focus: false });
    cells[row ? at : 0][row ? 0 : at].focus({ preventScroll: true });
  }

  function drag(event) {
    const td = event.target.closest('td[tabindex]');

    if (!dragging || td === null || (event.buttons & 1) === 0)
      return;
    moveTo(select.extendTo(selection, td.row, td.col), { focus: false });
  }

  function focused(event) {
    const { row, col } = event.target;

    if (event.target.getAttribute('aria-selected') === 'true'
      || row === undefined)
      return;
    moveTo(select.selectCell(row, col), { focus: false });
  }

  function listen(table) {
    table.addEventListener('keydown', keydown);
    table.addEventListener('pointerdown', press);
    table.addEventListener('pointerover', drag);
    table.addEventListener('focusin', focused);
    table.addEventListener('copy', copy);
    table.addEventListener('cut', cut);
    table.addEventListener('paste', paste);
  }

  function stopDrag() {
    dragging = false;
  }

  addEventListener('pointerup', stopDrag);
  return {
    /**
     * Draws the whole grid.  `filter` names the items shown; `fresh`: the
     * evaluation was read again, nothing built before is good.
     */
    show(data) {
      const turned = sheet !== null && byLearner !== data.byLearner;

      if (turned || data.fresh) {
        built = new Map();
        painted = [];
        element.replaceChildren();
      }
      ({ sheet, byLearner, items, title } = data);
      learners = sheet.learners;
      if (turned)
        selection = select.selectCell(selection.focus.col,
          selection.focus.row);
      draw(data.filter);
    },

    /** Touches only these cells. */
    paint(keys) {
      for (const other of built.values())
        if (other.places !== places)
          keys.forEach(key => other.stale.add(key));
      for (const key of keys) {
        const td = places.get(key);

        if (td !== undefined)
          paintCell(td);
      }
      if (keys.some(key => splitKey(key).item === null))
        for (const th of element.querySelectorAll('.learner-head'))
          th.classList.toggle('commented', sheet.comment(th.learner) !== '');
    },

    setRank,
    clear: () => fill(null),

    /** The learner and item under the keyboard. */
    get current() {
      return rows() === 0 || cols() === 0 ? null
        : { learner: focusCell().learner, item: focusCell().item };
    },

    focus() {
      if (rows() > 0 && cols() > 0)
        focusCell().focus({ preventScroll: true });
    },

    close() {
      removeEventListener('pointerup', stopDrag);
    },
  };
}
