// The keys in the grid and in the bar above it.
import { nameOf, placeOf } from "./sheet-names.js";
import { $, current, now, rangeName, rawOf, tell } from "./sheet-page.js";
import { focusCell, mark } from "./sheet-marks.js";
import { go, jump, pick, step } from "./sheet-moves.js";
import { save, send } from "./sheet-server.js";
import { edit, toggle, typed } from "./sheet-editor.js";

function key(event) {
  const control = event.ctrlKey || event.metaKey;
  const cell = current();
  const end = event.shiftKey ? now.head : now.active;
  const screen = Math.max(Math.floor(now.frame.clientHeight / 30) - 4, 5);
  const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (event.key !== "Tab" && event.key.length > 1 && event.key !== "Shift" && event.key !== "Enter") now.tabbedFrom = null;
  if (arrows && !event.altKey) (control ? jump : step)(arrows[0], arrows[1], event.shiftKey);
  else if (event.key === "PageDown") step(screen, 0, event.shiftKey);
  else if (event.key === "PageUp") step(-screen, 0, event.shiftKey);
  else if (event.key === "Home") go(control ? now.rows[0] : end.row, now.columns[0], { extend: event.shiftKey });
  else if (event.key === "End") go(control ? now.rows[now.rows.length - 1] : end.row, now.columns[now.columns.length - 1], { extend: event.shiftKey });
  else if (event.key === "Tab") {
    if (now.columns.indexOf(now.active.column) === (event.shiftKey ? 0 : now.columns.length - 1)) return;
    now.tabbedFrom ??= now.active.column;
    step(0, event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape") { if (now.head !== now.active) go(now.active.row, now.active.column); else $("#name-box").focus(); }
  else if (event.key === "F2" && event.shiftKey) $("#open-cell").click();
  else if (event.key === "F2" || (event.key === "Enter" && !control)) { if (!(event.key === "Enter" && cell && toggle(cell))) edit(); }
  else if (event.key === "Delete" || event.key === "Backspace") send(`${now.sheet.dataset.here}/edit/${nameOf(now.active.row, now.active.column)}`, { clear: rangeName() });
  else if (event.key === " " && event.shiftKey) pick({ row: now.active.row });
  else if (event.key === " " && control) pick({ column: now.active.column });
  else if (event.key === " " && cell && toggle(cell)) tell("");
  else if (control && !event.shiftKey && event.key.toLowerCase() === "z") $("#undo").requestSubmit();
  else if (control && (event.key.toLowerCase() === "y" || event.key.toLowerCase() === "z")) $("#redo").requestSubmit();
  else if (control && event.key.toLowerCase() === "a") pick({});
  else if (control && event.key.toLowerCase() === "f") $(".search input").focus();
  else if (!control && !event.altKey && event.key.length === 1) edit(event.key, { typing: true });
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (now.editor && event.target === now.editor.box) typed(event);
  else if (event.target.closest("td")) key(event);
  else if (event.target.id === "name-box" && event.key === "Enter") {
    const place = placeOf(event.target.value);
    event.preventDefault();
    if (place) go(place.row, place.column); else { event.target.value = nameOf(now.active.row, now.active.column); }
  } else if (event.target.id === "formula") inBar(event);
  else if (event.key === "Escape") {
    const menu = event.target.closest("details[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); event.preventDefault(); }
  }
});

function inBar(event) {
  if (event.key === "Enter" && !event.altKey && !event.ctrlKey && !event.shiftKey) {
    save(event.target.value);
    step(1, 0);
  } else if (event.key === "Escape") { event.target.value = current() ? rawOf(current()) : ""; focusCell(); }
  else return;
  event.preventDefault();
}

let barAt = null;
document.addEventListener("focusin", (event) => {
  if (event.target.id === "name-box") event.target.select();
  if (event.target.id === "formula") barAt = now.active;
});
document.addEventListener("change", (event) => { if (event.target.id === "formula" && barAt) save(event.target.value, barAt); });
document.addEventListener("focusout", (event) => {
  if (event.target.id === "formula") setTimeout(mark);
});
