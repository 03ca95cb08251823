// Pressing, dragging and tapping in the grid.
import { placeOf } from "./sheet-names.js";
import { all, inGrid, now } from "./sheet-page.js";
import { go, pick } from "./sheet-moves.js";
import { close, edit, toggle } from "./sheet-editor.js";

document.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  if (!now.frame.contains(event.target)) { close({ keep: true, focus: false }); return; }
  const item = event.target.closest(".choices li");
  if (item) { now.editor.chosen = all("li", now.editor.list).indexOf(item); close({ keep: true }); event.preventDefault(); return; }
  if (now.editor && now.editor.box.contains(event.target)) return;
  const cell = event.target.closest("td");
  const title = event.target.closest("th");
  if (now.editor && (cell || title)) close({ keep: true });
  if (event.target.closest("a")) return;
  if (title && title.dataset.column !== undefined) pick({ column: Number(title.dataset.column) });
  else if (title && title.parentElement.dataset.row !== undefined) pick({ row: Number(title.parentElement.dataset.row) });
  else if (title) pick({});
  else if (cell) { press(event, cell); return; }
  else return;
  event.preventDefault();
});

function press(event, cell) {
  const { row, column } = placeOf(cell.id);
  const again = now.active.row === row && now.active.column === column;
  if (event.pointerType === "touch") { tapped = { cell, again }; return; }
  now.tabbedFrom = null;
  if (event.target.closest(".tick")) { go(row, column); toggle(cell); event.preventDefault(); return; }
  go(row, column, { extend: event.shiftKey });
  if (event.target.closest(".arrow")) edit();
  event.preventDefault();
}

let tapped = null;
document.addEventListener("pointerup", (event) => {
  if (!tapped || event.target.closest("td") !== tapped.cell) { tapped = null; return; }
  const { cell, again } = tapped;
  tapped = null;
  const { row, column } = placeOf(cell.id);
  go(row, column);
  if (event.target.closest(".tick")) toggle(cell);
  else if (again || event.target.closest(".arrow")) edit();
});
document.addEventListener("pointerover", (event) => {
  if (event.buttons !== 1 || event.pointerType === "touch" || now.editor || !now.frame.contains(event.target) || !inGrid()) return;
  const cell = event.target.closest("td");
  if (cell) { const { row, column } = placeOf(cell.id); go(row, column, { extend: true }); }
});
document.addEventListener("dblclick", (event) => {
  if (event.target.closest("td") && now.frame.contains(event.target) && !event.target.closest(".tick")) edit();
});
