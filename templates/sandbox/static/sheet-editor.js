// Typing in a cell, with the choices of its rule.
import { nameOf } from "./sheet-names.js";
import { $, all, cellAt, current, now, rawOf, say } from "./sheet-page.js";
import { focusCell, mark } from "./sheet-marks.js";
import { go, step } from "./sheet-moves.js";
import { save, send } from "./sheet-server.js";
import { put } from "./sheet-box.js";

export function edit(start, { typing = false } = {}) {
  const cell = current();
  if (!cell || now.editor) return;
  const box = document.createElement("textarea");
  box.className = "editor";
  box.rows = 1;
  box.spellcheck = false;
  box.setAttribute("aria-label", nameOf(now.active.row, now.active.column));
  box.value = start === undefined ? rawOf(cell) : start;
  now.editor = { box, at: now.active, typing, list: null, chosen: -1 };
  now.frame.append(box);
  put(now.editor);
  box.focus({ preventScroll: true });
  box.setSelectionRange(box.value.length, box.value.length);
  if (cell.dataset.rule) offer(start === undefined ? "" : start);
}

export function offer(words) {
  const cell = cellAt(now.editor.at.row, now.editor.at.column);
  const source = document.getElementById(`choices-${cell.dataset.rule}`);
  if (!source) return;
  const wanted = words.trim().toLowerCase();
  const texts = all("option", source).map((option) => option.textContent).filter((text) => text.toLowerCase().includes(wanted));
  if (now.editor.list) now.editor.list.remove();
  const list = document.createElement("ul");
  list.className = "choices";
  list.id = "choice-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("sayChoices"));
  texts.forEach((text, number) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.id = `choice-${number}`;
    item.textContent = text;
    list.append(item);
  });
  now.editor.box.setAttribute("role", "combobox");
  now.editor.box.setAttribute("aria-controls", "choice-list");
  now.editor.box.setAttribute("aria-expanded", String(texts.length > 0));
  list.hidden = !texts.length;
  now.editor.list = list;
  now.frame.append(list);
  put(now.editor);
  const only = wanted && texts.length === 1 && texts[0].toLowerCase().startsWith(wanted);
  choose(only ? 0 : texts.indexOf(now.editor.box.value));
}

function choose(number) {
  now.editor.chosen = number;
  all("li", now.editor.list).forEach((item, at) => {
    item.setAttribute("aria-selected", String(at === number));
    if (at === number) item.parentElement.scrollTop = item.offsetTop - 100;
  });
  if (number >= 0) now.editor.box.setAttribute("aria-activedescendant", `choice-${number}`);
  else now.editor.box.removeAttribute("aria-activedescendant");
}

export function close({ keep, down = 0, across = 0, focus = true }) {
  if (!now.editor) return;
  const { box, list, at } = now.editor;
  const chosen = list && now.editor.chosen >= 0 ? all("li", list)[now.editor.chosen].textContent : null;
  now.editor = null;
  box.remove();
  if (list) list.remove();
  if (keep) save(chosen === null ? box.value : chosen, at);
  if (down && now.tabbedFrom !== null) { const column = now.tabbedFrom; now.tabbedFrom = null; step(down, 0); if (cellAt(now.active.row, column)) go(now.active.row, column); }
  else if (down || across) step(down, across);
  else if (focus) focusCell();
  else mark();
}

export function typed(event) {
  const open = now.editor;
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (open.list && !open.list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const count = open.list.children.length;
    choose((open.chosen + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
  } else if (event.key === "Enter" && (event.altKey || event.ctrlKey || event.metaKey)) open.box.setRangeText("\n", open.box.selectionStart, open.box.selectionEnd, "end");
  else if (event.key === "Enter") close({ keep: true, down: event.shiftKey ? -1 : 1 });
  else if (event.key === "Tab") { now.tabbedFrom ??= open.at.column; close({ keep: true, across: event.shiftKey ? -1 : 1 }); }
  else if (event.key === "Escape") close({ keep: false });
  else if (open.typing && moves && !event.shiftKey) close({ keep: true, down: moves[0], across: moves[1] });
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function toggle(cell) {
  if (cell.dataset.next === undefined) return false;
  send(`${now.sheet.dataset.here}/edit/${cell.id}`, { value: cell.dataset.next });
  const box = $(".tick", cell);
  if (box) box.classList.toggle("on");
  return true;
}

document.addEventListener("focusout", (event) => {
  const open = now.editor;
  if (!open || event.target !== open.box) return;
  setTimeout(() => {
    if (now.editor === open && open.box.isConnected && document.activeElement !== open.box) close({ keep: true, focus: false });
  });
});

document.addEventListener("input", (event) => {
  if (!now.editor || event.target !== now.editor.box) return;
  if (now.editor.list) offer(now.editor.box.value);
  put(now.editor);
});
