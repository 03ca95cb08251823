// What the page shows now: the grid, the active cell, the range, and the box that is open for typing.
import { nameOf, placeOf } from "./sheet-names.js";

export const $ = (selector, inside = document) => inside.querySelector(selector);
export const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

export const now = {
  sheet: null,
  frame: null,
  grid: null,
  rows: [], // numbers of what is shown, in order
  columns: [],
  covered: new Map(), // name of a cell inside a merge: the cell that is there
  active: { row: 0, column: 0 },
  head: { row: 0, column: 0 }, // the other end of the range
  editor: null,
  tabbedFrom: null, // Enter after some Tabs goes back to the column where they began, as in Sheets
};

export function tell(text) {
  const live = $("#live");
  live.textContent = "";
  live.textContent = text;
}

export function read() {
  now.sheet = $("#sheet");
  now.frame = $(".frame", now.sheet);
  now.grid = $(".grid", now.sheet);
  now.rows = all("tbody tr", now.grid).map((line) => Number(line.dataset.row));
  now.columns = all("thead th[data-column]", now.grid).map((title) => Number(title.dataset.column));
  now.covered = new Map();
  for (const cell of all("td", now.grid)) {
    const link = cell.firstElementChild;
    if (link && link.tagName === "A") link.replaceWith(...link.childNodes);
    if (cell.colSpan > 1 || cell.rowSpan > 1) cover(cell);
  }
  const place = placeOf(now.sheet.dataset.at);
  if (place) now.active = now.head = place;
}

function cover(cell) {
  const { row, column } = placeOf(cell.id);
  const down = now.rows.slice(now.rows.indexOf(row)).slice(0, cell.rowSpan);
  const across = now.columns.slice(now.columns.indexOf(column)).slice(0, cell.colSpan);
  for (const at of down) for (const to of across) now.covered.set(nameOf(at, to), cell);
}

export const cellAt = (row, column) => {
  const name = nameOf(row, column);
  return now.covered.get(name) || document.getElementById(name);
};
export const current = () => cellAt(now.active.row, now.active.column);
export const rawOf = (cell) => (cell.dataset.raw !== undefined ? cell.dataset.raw : cell.textContent);
export const say = (name) => now.sheet.dataset[name];

export const span = () => ({
  top: Math.min(now.active.row, now.head.row), bottom: Math.max(now.active.row, now.head.row),
  left: Math.min(now.active.column, now.head.column), right: Math.max(now.active.column, now.head.column),
});
export const rangeName = () => {
  const { top, left, bottom, right } = span();
  const first = nameOf(top, left), last = nameOf(bottom, right);
  return first === last ? first : `${first}:${last}`;
};

export const inGrid = () => !now.editor && now.grid.contains(document.activeElement);
