// How the active cell and the range are shown: in the grid, in the bar above it, in the menus and below.
import { letters, nameOf } from "./sheet-names.js";
import { $, all, cellAt, current, now, rangeName, rawOf, say, span } from "./sheet-page.js";

export function mark() {
  const { top, left, bottom, right } = span();
  const many = top !== bottom || left !== right;
  for (const old of all(".active, .picked, [tabindex='0']", now.grid)) {
    old.classList.remove("active", "picked");
    old.tabIndex = -1;
    old.removeAttribute("aria-selected");
  }
  for (const title of all("th.on", now.grid)) title.classList.remove("on");
  for (const title of all("thead th[data-column]", now.grid)) {
    const column = Number(title.dataset.column);
    title.classList.toggle("on", column >= left && column <= right);
  }
  for (const line of all("tbody tr", now.grid)) {
    const row = Number(line.dataset.row);
    if (row < top || row > bottom) continue;
    line.firstElementChild.classList.add("on");
    if (many) for (const column of now.columns) if (column >= left && column <= right) {
      const cell = cellAt(row, column);
      if (cell) { cell.classList.add("picked"); cell.setAttribute("aria-selected", "true"); }
    }
  }
  const cell = current();
  if (cell) { cell.classList.add("active"); cell.tabIndex = 0; cell.setAttribute("aria-selected", "true"); }
  fill(cell, many);
}

function fill(cell, many) {
  const { top, left, bottom, right } = span();
  const name = nameOf(now.active.row, now.active.column);
  const values = {
    at: name, "row-from": top + 1, "row-to": bottom + 1, "column-from": letters(left), "column-to": letters(right),
    range: many && bottom - top < 100000 ? rangeName() : "",
  };
  for (const input of all("[data-fill]", now.sheet)) input.value = values[input.dataset.fill];
  const bar = $("#bar");
  bar.setAttribute("action", `${now.sheet.dataset.here}/edit/${name}`);
  if (document.activeElement !== $("#name-box")) $("#name-box").value = many ? rangeName() : name;
  if (document.activeElement !== $("#formula")) $("#formula").value = cell ? rawOf(cell) : "";
  $("#open-cell").setAttribute("href", `${now.sheet.dataset.here}/edit/${name}`);
  about(cell);
}

function about(cell) {
  const line = $("#about");
  line.replaceChildren();
  const add = (tag, text, className) => {
    const part = document.createElement(tag);
    part.textContent = text;
    part.className = className;
    if (line.childNodes.length) line.append("\n");
    line.append(part);
    return part;
  };
  if (cell && cell.dataset.broken) add("span", cell.dataset.broken, "broken");
  if (cell && cell.dataset.note) add("span", cell.dataset.note, "note");
  if (cell && /^https?:\/\//i.test(cell.dataset.link || "")) {
    const link = add("a", `${say("sayLink")}: ${cell.dataset.link}`, "");
    link.href = cell.dataset.link;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  line.hidden = !line.childNodes.length;
}

export function focusCell() {
  const cell = current();
  if (!cell) return;
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}
