// Going from cell to cell by keys; what is not on the page is asked for.
import { letters, nameOf, placeOf } from "./sheet-names.js";
import { $, cellAt, current, now, rangeName, rawOf, tell } from "./sheet-page.js";
import { focusCell, mark } from "./sheet-marks.js";
import { show } from "./sheet-server.js";

export function go(row, column, { extend = false, focus = true } = {}) {
  const cell = cellAt(row, column);
  if (!cell) { show(`${now.sheet.dataset.here}?at=${nameOf(row, column)}`, focus); return; }
  if (extend) {
    now.head = { row, column };
    mark();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    tell(rangeName());
    return;
  }
  now.active = now.head = now.covered.size ? placeOf(cell.id) : { row, column };
  mark();
  if (focus) focusCell();
}

const nextIn = (list, at, by) => {
  const place = list.indexOf(at);
  const to = place < 0 ? 0 : Math.min(Math.max(place + by, 0), list.length - 1);
  return list[to];
};

export function step(down, across, extend = false) {
  const from = extend ? now.head : now.active;
  let row = nextIn(now.rows, from.row, down);
  let column = nextIn(now.columns, from.column, across);
  const here = current();
  while (!extend && (down || across) && cellAt(row, column) === here) {
    const further = { row: nextIn(now.rows, row, Math.sign(down)), column: nextIn(now.columns, column, Math.sign(across)) };
    if (further.row === row && further.column === column) break;
    ({ row, column } = further);
  }
  if (extend) { go(row, column, { extend }); return; }
  if (down > 0 && row === now.active.row && now.sheet.dataset.after) { show(`${now.sheet.dataset.here}?at=${letters(now.active.column)}${now.sheet.dataset.after}`); return; }
  if (down < 0 && now.sheet.dataset.before && now.active.row === firstLoose()) { show(`${now.sheet.dataset.here}?at=${letters(now.active.column)}${now.sheet.dataset.before}`); return; }
  go(row, column);
}

const firstLoose = () => {
  const line = $("tbody tr:not(.held)", now.grid);
  return line ? Number(line.dataset.row) : 0;
};

export function jump(down, across, extend) {
  const list = down ? now.rows : now.columns;
  const by = down || across;
  const from = extend ? now.head : now.active;
  const filled = (at) => { const cell = down ? cellAt(at, from.column) : cellAt(from.row, at); return cell && rawOf(cell) !== ""; };
  let place = list.indexOf(down ? from.row : from.column);
  const wasFilled = filled(list[place]) && place + by in list && filled(list[place + by]);
  place += by;
  while (place + by in list && (wasFilled ? filled(list[place + by]) : !filled(list[place]))) place += by;
  const to = list[Math.min(Math.max(place, 0), list.length - 1)];
  go(down ? to : from.row, across ? to : from.column, { extend });
}

export function pick({ row, column }) {
  now.active = { row: row ?? now.rows[0], column: column ?? now.columns[0] };
  now.head = { row: row ?? now.rows[now.rows.length - 1], column: column ?? now.columns[now.columns.length - 1] };
  mark();
  focusCell();
}
