// A spreadsheet by keyboard and pointer. The server decides and renders: each change is a form that is sent, and what
// comes back replaces the sheet. Without this script the same forms and links do the same, page by page.
"use strict";
(() => {
  const $ = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const LAST = 18277;
  document.documentElement.classList.add("js");

  // ---- names of cells
  const letters = (column) => {
    let text = "";
    for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
    return text;
  };
  const nameOf = (row, column) => letters(column) + (row + 1);
  const placeOf = (name) => {
    const found = /^([A-Z]{1,3})([1-9][0-9]{0,6})$/.exec(name.trim().toUpperCase());
    if (!found) return null;
    const column = [...found[1]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    return column > LAST ? null : { row: Number(found[2]) - 1, column };
  };

  // ---- what is on the page now
  let sheet, frame, grid, rows, columns, covered;
  let active = { row: 0, column: 0 };
  let head = active; // the other end of the range
  let editor = null;
  let tabbedFrom = null; // Enter after some Tabs goes back to the column where they began, as in Sheets
  const live = $("#live");
  const dialog = $("#dialog");
  const tell = (text) => { live.textContent = ""; live.textContent = text; };

  function read() {
    sheet = $("#sheet");
    frame = $(".frame", sheet);
    grid = $(".grid", sheet);
    rows = all("tbody tr", grid).map((line) => Number(line.dataset.row));
    columns = all("thead th[data-column]", grid).map((head) => Number(head.dataset.column));
    covered = new Map();
    for (const cell of all("td", grid)) {
      const link = cell.firstElementChild;
      if (link && link.tagName === "A") link.replaceWith(...link.childNodes);
      if (cell.colSpan > 1 || cell.rowSpan > 1) cover(cell);
    }
    const place = placeOf(sheet.dataset.at);
    if (place) active = head = place;
    mark();
  }

  function cover(cell) {
    const { row, column } = placeOf(cell.id);
    const down = rows.slice(rows.indexOf(row)).slice(0, cell.rowSpan);
    const across = columns.slice(columns.indexOf(column)).slice(0, cell.colSpan);
    for (const at of down) for (const to of across) covered.set(nameOf(at, to), cell);
  }

  const cellAt = (row, column) => {
    const name = nameOf(row, column);
    return covered.get(name) || document.getElementById(name);
  };
  const current = () => cellAt(active.row, active.column);
  const rawOf = (cell) => (cell.dataset.raw !== undefined ? cell.dataset.raw : cell.textContent);
  const say = (name) => sheet.dataset[name];

  // ---- the active cell and the range
  const span = () => ({
    top: Math.min(active.row, head.row), bottom: Math.max(active.row, head.row),
    left: Math.min(active.column, head.column), right: Math.max(active.column, head.column),
  });
  const rangeName = () => {
    const { top, left, bottom, right } = span();
    const first = nameOf(top, left), last = nameOf(bottom, right);
    return first === last ? first : `${first}:${last}`;
  };

  function mark() {
    const { top, left, bottom, right } = span();
    const many = top !== bottom || left !== right;
    for (const old of all(".active, .picked, [tabindex='0']", grid)) {
      old.classList.remove("active", "picked");
      old.tabIndex = -1;
      old.removeAttribute("aria-selected");
    }
    for (const head of all("th.on", grid)) head.classList.remove("on");
    for (const head of all("thead th[data-column]", grid)) head.classList.toggle("on", Number(head.dataset.column) >= left && Number(head.dataset.column) <= right);
    for (const line of all("tbody tr", grid)) {
      const row = Number(line.dataset.row);
      if (row < top || row > bottom) continue;
      line.firstElementChild.classList.add("on");
      if (many) for (const column of columns) if (column >= left && column <= right) {
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
    const name = nameOf(active.row, active.column);
    const values = {
      at: name, "row-from": top + 1, "row-to": bottom + 1, "column-from": letters(left), "column-to": letters(right),
      range: many && bottom - top < 100000 ? rangeName() : "",
    };
    for (const input of all("[data-fill]", sheet)) input.value = values[input.dataset.fill];
    const bar = $("#bar");
    bar.setAttribute("action", `${sheet.dataset.here}/edit/${name}`);
    if (document.activeElement !== $("#name-box")) $("#name-box").value = many ? rangeName() : name;
    if (document.activeElement !== $("#formula")) $("#formula").value = cell ? rawOf(cell) : "";
    $("#open-cell").setAttribute("href", `${sheet.dataset.here}/edit/${name}`);
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

  function focusCell() {
    const cell = current();
    if (!cell) return;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function go(row, column, { extend = false, focus = true } = {}) {
    const cell = cellAt(row, column);
    if (!cell) { show(`${sheet.dataset.here}?at=${nameOf(row, column)}`, focus); return; }
    if (extend) {
      head = { row, column };
      mark();
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
      tell(rangeName());
      return;
    }
    active = head = covered.size ? placeOf(cell.id) : { row, column };
    mark();
    if (focus) focusCell();
  }

  const nextIn = (list, at, by) => {
    const place = list.indexOf(at);
    const to = place < 0 ? 0 : Math.min(Math.max(place + by, 0), list.length - 1);
    return list[to];
  };

  function step(down, across, extend = false) {
    const from = extend ? head : active;
    let row = nextIn(rows, from.row, down);
    let column = nextIn(columns, from.column, across);
    const here = current();
    while (!extend && (down || across) && cellAt(row, column) === here) {
      const further = { row: nextIn(rows, row, Math.sign(down)), column: nextIn(columns, column, Math.sign(across)) };
      if (further.row === row && further.column === column) break;
      ({ row, column } = further);
    }
    if (extend) { go(row, column, { extend }); return; }
    if (down > 0 && row === active.row && sheet.dataset.after) { show(`${sheet.dataset.here}?at=${letters(active.column)}${sheet.dataset.after}`); return; }
    if (down < 0 && sheet.dataset.before && active.row === firstLoose()) { show(`${sheet.dataset.here}?at=${letters(active.column)}${sheet.dataset.before}`); return; }
    go(row, column);
  }

  const firstLoose = () => {
    const line = $("tbody tr:not(.held)", grid);
    return line ? Number(line.dataset.row) : 0;
  };

  function jump(down, across, extend) {
    const list = down ? rows : columns;
    const by = down || across;
    const from = extend ? head : active;
    const filled = (at) => { const cell = down ? cellAt(at, from.column) : cellAt(from.row, at); return cell && rawOf(cell) !== ""; };
    let place = list.indexOf(down ? from.row : from.column);
    const wasFilled = filled(list[place]) && place + by in list && filled(list[place + by]);
    place += by;
    while (place + by in list && (wasFilled ? filled(list[place + by]) : !filled(list[place]))) place += by;
    const to = list[Math.min(Math.max(place, 0), list.length - 1)];
    go(down ? to : from.row, across ? to : from.column, { extend });
  }

  // ---- sending and showing
  class Lost extends Error {}
  let queue = Promise.resolve();
  let waiting = 0;
  let refusedAt = null;

  function send(path, fields, at = active) {
    waiting += 1;
    return inTurn(async () => {
      const answer = await ask(path, { method: "POST", body: new URLSearchParams(fields) }).finally(() => { waiting -= 1; });
      take(answer, at, waiting === 0);
    });
  }

  function show(path, focus = true) {
    return inTurn(async () => {
      take(await ask(path, {}), null, true);
      if (focus) focusCell();
    });
  }

  function inTurn(work) {
    queue = queue.then(work).catch((error) => {
      if (!(error instanceof Lost)) throw error;
      announce(say("sayLost"));
    });
    const done = queue;
    queue = queue.catch(() => {});
    return done;
  }

  // What is pressed must not be replaced before it is let go: the click would be lost.
  let pressed = false;
  const letGo = () => new Promise((done) => { const look = () => (pressed ? setTimeout(look, 20) : done()); look(); });
  for (const [name, down] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
    document.addEventListener(name, () => { if (down) pressed = true; else setTimeout(() => { pressed = false; }); }, true);
  }

  async function ask(path, options) {
    const answer = await fetch(path, options).catch(() => { throw new Lost(); });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    await letGo();
    return { page, url: answer.url };
  }

  function take({ page, url }, sentFrom, last) {
    const fresh = page.getElementById("sheet");
    if (!fresh) { refuse(page, sentFrom); return; }
    if (dialog.open) dialog.close();
    if (last) render(fresh, url, sentFrom);
  }

  function render(fresh, url, sentFrom) {
    const sameTab = fresh.dataset.here === sheet.dataset.here;
    const inGrid = !document.activeElement || document.activeElement === document.body || frame.contains(document.activeElement);
    const { scrollLeft, scrollTop } = frame;
    const before = { active, head };
    const open = editor;
    const moved = sentFrom && (before.active.row !== sentFrom.row || before.active.column !== sentFrom.column);
    const inside = document.activeElement && document.activeElement.id;
    sheet.replaceWith(document.importNode(fresh, true));
    read();
    document.title = document.title.replace(/^.*(?= · )/, $(".sheet-head h1").textContent);
    const address = new URL(url);
    for (const name of ["said", "kept"]) address.searchParams.delete(name);
    history.replaceState(null, "", address);
    if (sameTab) { frame.scrollTo(scrollLeft, scrollTop); if (moved && cellAt(before.active.row, before.active.column)) { ({ active, head } = before); mark(); } }
    if (open) { frame.append(open.box); if (open.list) frame.append(open.list); put(open); open.box.focus({ preventScroll: true }); }
    else if (inGrid || !document.getElementById(inside)) focusCell();
    else document.getElementById(inside).focus();
    tell($("#said").textContent);
  }

  function refuse(page, sentFrom) {
    const main = $("main", page);
    refusedAt = sentFrom;
    openDialog(main, "alertdialog");
    tell($("#refusal p", page) ? $("#refusal p", page).textContent : "");
  }

  function openDialog(main, role = "dialog") {
    dialog.replaceChildren(...[...main.childNodes].map((node) => document.importNode(node, true)));
    dialog.setAttribute("role", role);
    const title = $("h1", dialog);
    if (title) { title.id = "dialog-title"; dialog.setAttribute("aria-labelledby", "dialog-title"); }
    for (const back of all(".back", dialog)) { back.setAttribute("role", "button"); if (!$("form", dialog)) back.textContent = say("sayClose"); }
    if (!dialog.open) dialog.showModal();
    const first = $("[autofocus], button.primary, .back", dialog);
    if (first) first.focus();
  }

  dialog.addEventListener("close", () => {
    if (refusedAt) {
      const at = refusedAt;
      refusedAt = null;
      show(`${sheet.dataset.here}?at=${nameOf(at.row, at.column)}`);
    } else focusCell();
  });

  function announce(text) {
    const box = document.createElement("main");
    const line = document.createElement("p");
    line.className = "notice bad";
    line.textContent = text;
    const close = document.createElement("button");
    close.className = "back";
    box.append(line, close);
    openDialog(box, "alertdialog");
    tell(text);
  }

  function save(text, at = active) {
    const cell = cellAt(at.row, at.column);
    if (cell && rawOf(cell) === text) return;
    if (cell) { cell.replaceChildren(text); cell.dataset.raw = text; cell.classList.add("saving"); cell.title = say("saySaving"); }
    send(`${sheet.dataset.here}/edit/${nameOf(at.row, at.column)}`, { value: text }, at);
  }

  // ---- typing in a cell
  function edit(start, { typing = false } = {}) {
    const cell = current();
    if (!cell || editor) return;
    const box = document.createElement("textarea");
    box.className = "editor";
    box.rows = 1;
    box.spellcheck = false;
    box.setAttribute("aria-label", nameOf(active.row, active.column));
    box.value = start === undefined ? rawOf(cell) : start;
    editor = { box, at: active, typing, list: null, chosen: -1 };
    frame.append(box);
    put(editor);
    box.focus({ preventScroll: true });
    box.setSelectionRange(box.value.length, box.value.length);
    if (cell.dataset.rule) offer(start === undefined ? "" : start);
  }

  function put(open) {
    const cell = cellAt(open.at.row, open.at.column);
    if (!cell) return;
    const place = cell.getBoundingClientRect(), edge = frame.getBoundingClientRect();
    const left = place.left - edge.left + frame.scrollLeft - 1, top = place.top - edge.top + frame.scrollTop - 1;
    const room = Math.max(frame.clientWidth - (place.left - edge.left) - 12, 120);
    Object.assign(open.box.style, { left: `${left}px`, top: `${top}px`, minWidth: `${Math.min(place.width + 1, room)}px`, maxWidth: `${Math.max(room, 160)}px`, width: "auto" });
    if (!CSS.supports("field-sizing", "content")) open.box.style.width = `${Math.max(place.width, 240)}px`;
    if (open.list) Object.assign(open.list.style, { left: `${left}px`, top: `${top + open.box.offsetHeight + 2}px` });
  }

  function offer(words) {
    const cell = cellAt(editor.at.row, editor.at.column);
    const source = document.getElementById(`choices-${cell.dataset.rule}`);
    if (!source) return;
    const wanted = words.trim().toLowerCase();
    const texts = all("option", source).map((option) => option.textContent).filter((text) => text.toLowerCase().includes(wanted));
    if (editor.list) editor.list.remove();
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
    editor.box.setAttribute("role", "combobox");
    editor.box.setAttribute("aria-controls", "choice-list");
    editor.box.setAttribute("aria-expanded", String(texts.length > 0));
    list.hidden = !texts.length;
    editor.list = list;
    frame.append(list);
    put(editor);
    choose(texts.indexOf(editor.box.value));
  }

  function choose(number) {
    editor.chosen = number;
    all("li", editor.list).forEach((item, at) => {
      item.setAttribute("aria-selected", String(at === number));
      if (at === number) item.parentElement.scrollTop = item.offsetTop - 100;
    });
    if (number >= 0) editor.box.setAttribute("aria-activedescendant", `choice-${number}`);
    else editor.box.removeAttribute("aria-activedescendant");
  }

  function close({ keep, down = 0, across = 0, focus = true }) {
    if (!editor) return;
    const { box, list, at } = editor;
    const chosen = list && editor.chosen >= 0 ? all("li", list)[editor.chosen].textContent : null;
    editor = null;
    box.remove();
    if (list) list.remove();
    if (keep) save(chosen === null ? box.value : chosen, at);
    if (down && tabbedFrom !== null) { const column = tabbedFrom; tabbedFrom = null; step(down, 0); if (cellAt(active.row, column)) go(active.row, column); }
    else if (down || across) step(down, across);
    else if (focus) focusCell();
    else mark();
  }

  function typed(event) {
    const open = editor;
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (open.list && !open.list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const count = open.list.children.length;
      choose((open.chosen + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if (event.key === "Enter" && (event.altKey || event.ctrlKey || event.metaKey)) open.box.setRangeText("\n", open.box.selectionStart, open.box.selectionEnd, "end");
    else if (event.key === "Enter") close({ keep: true, down: event.shiftKey ? -1 : 1 });
    else if (event.key === "Tab") { tabbedFrom ??= open.at.column; close({ keep: true, across: event.shiftKey ? -1 : 1 }); }
    else if (event.key === "Escape") close({ keep: false });
    else if (open.typing && moves && !event.shiftKey) close({ keep: true, down: moves[0], across: moves[1] });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function toggle(cell) {
    if (cell.dataset.next === undefined) return false;
    send(`${sheet.dataset.here}/edit/${cell.id}`, { value: cell.dataset.next });
    const box = $(".tick", cell);
    if (box) box.classList.toggle("on");
    return true;
  }

  // ---- keys in the grid
  function key(event) {
    const control = event.ctrlKey || event.metaKey;
    const cell = current();
    const end = event.shiftKey ? head : active;
    const screen = Math.max(Math.floor(frame.clientHeight / 30) - 4, 5);
    const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (event.key !== "Tab" && event.key.length > 1 && event.key !== "Shift" && event.key !== "Enter") tabbedFrom = null;
    if (arrows && !event.altKey) (control ? jump : step)(arrows[0], arrows[1], event.shiftKey);
    else if (event.key === "PageDown") step(screen, 0, event.shiftKey);
    else if (event.key === "PageUp") step(-screen, 0, event.shiftKey);
    else if (event.key === "Home") go(control ? rows[0] : end.row, columns[0], { extend: event.shiftKey });
    else if (event.key === "End") go(control ? rows[rows.length - 1] : end.row, columns[columns.length - 1], { extend: event.shiftKey });
    else if (event.key === "Tab") {
      if (columns.indexOf(active.column) === (event.shiftKey ? 0 : columns.length - 1)) return;
      tabbedFrom ??= active.column;
      step(0, event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") { if (head !== active) go(active.row, active.column); else $("#name-box").focus(); }
    else if (event.key === "F2" && event.shiftKey) $("#open-cell").click();
    else if (event.key === "F2" || (event.key === "Enter" && !control)) { if (!(event.key === "Enter" && cell && toggle(cell))) edit(); }
    else if (event.key === "Delete" || event.key === "Backspace") send(`${sheet.dataset.here}/edit/${nameOf(active.row, active.column)}`, { clear: rangeName() });
    else if (event.key === " " && event.shiftKey) pick({ row: active.row });
    else if (event.key === " " && control) pick({ column: active.column });
    else if (event.key === " " && cell && toggle(cell)) tell("");
    else if (control && !event.shiftKey && event.key.toLowerCase() === "z") $("#undo").requestSubmit();
    else if (control && (event.key.toLowerCase() === "y" || event.key.toLowerCase() === "z")) $("#redo").requestSubmit();
    else if (control && event.key.toLowerCase() === "a") pick({});
    else if (control && event.key.toLowerCase() === "f") $(".search input").focus();
    else if (!control && !event.altKey && event.key.length === 1) edit(event.key, { typing: true });
    else return;
    event.preventDefault();
  }

  function pick({ row, column }) {
    active = { row: row ?? rows[0], column: column ?? columns[0] };
    head = { row: row ?? rows[rows.length - 1], column: column ?? columns[columns.length - 1] };
    mark();
    focusCell();
  }

  // ---- copying
  const quote = (text) => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  function block(read_) {
    const { top, left, bottom, right } = span();
    return rows.filter((row) => row >= top && row <= bottom).map((row) => columns.filter((column) => column >= left && column <= right).map((column) => {
      const cell = cellAt(row, column);
      return cell && cell.id === nameOf(row, column) ? quote(read_(cell)) : "";
    }).join("\t")).join("\n");
  }
  const inGrid = () => !editor && grid.contains(document.activeElement);
  function copy(event) {
    if (!inGrid()) return;
    event.clipboardData.setData("text/plain", block((cell) => cell.textContent));
    event.clipboardData.setData("application/x-sheet-cells", block(rawOf));
    event.preventDefault();
    if (event.type === "cut") send(`${sheet.dataset.here}/edit/${nameOf(active.row, active.column)}`, { clear: rangeName() });
  }
  document.addEventListener("copy", copy);
  document.addEventListener("cut", copy);
  document.addEventListener("paste", (event) => {
    if (!inGrid()) return;
    const text = event.clipboardData.getData("application/x-sheet-cells") || event.clipboardData.getData("text/plain");
    event.preventDefault();
    if (text === "") return;
    const { top, left } = span();
    send(`${sheet.dataset.here}/edit/${nameOf(top, left)}`, { block: text.replaceAll("\r\n", "\n") });
  });

  // ---- events of the whole page
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (editor && event.target === editor.box) typed(event);
    else if (event.target.closest("td")) key(event);
    else if (event.target.id === "name-box" && event.key === "Enter") {
      const place = placeOf(event.target.value);
      event.preventDefault();
      if (place) go(place.row, place.column); else { event.target.value = nameOf(active.row, active.column); }
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
    if (event.target.id === "formula") barAt = active;
  });
  document.addEventListener("change", (event) => { if (event.target.id === "formula" && barAt) save(event.target.value, barAt); });
  document.addEventListener("focusout", (event) => {
    if (event.target.id === "formula") setTimeout(mark);
    if (!editor || event.target !== editor.box) return;
    const open = editor;
    setTimeout(() => { if (editor === open && open.box.isConnected && document.activeElement !== open.box) close({ keep: true, focus: false }); });
  });

  document.addEventListener("input", (event) => {
    if (editor && event.target === editor.box && editor.list) offer(editor.box.value);
    if (editor && event.target === editor.box) put(editor);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const method = (event.submitter && event.submitter.getAttribute("formmethod")) || form.getAttribute("method") || "get";
    const path = form.getAttribute("action");
    if (method !== "post" || !path || !path.startsWith("/sheets/")) return;
    event.preventDefault();
    if (form.id === "bar") { save($("#formula").value); focusCell(); return; }
    const fields = new FormData(form, event.submitter);
    for (const menu of all("details[open]", sheet)) menu.open = false;
    refusedAt = null;
    send(path, fields);
  });

  document.addEventListener("click", (event) => {
    const target = event.target;
    for (const menu of all("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
    const back = target.closest("dialog .back");
    if (back) { event.preventDefault(); dialog.close(); return; }
    const ticks = target.closest("[data-tick]");
    if (ticks) { for (const box of all("input[name=value]", dialog.open ? dialog : document)) box.checked = ticks.dataset.tick === "all"; return; }
    const link = target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
    if (link.dataset.dialog !== undefined) {
      event.preventDefault();
      ask(link.getAttribute("href"), {}).then(({ page }) => openDialog($("main", page)));
    } else if (link.getAttribute("href").startsWith(`${sheet.dataset.here}?`)) {
      event.preventDefault();
      show(link.getAttribute("href"));
    }
  });

  document.addEventListener("toggle", (event) => {
    if (!event.target.matches || !event.target.matches("details.menu[open]")) return;
    for (const menu of all("details.menu[open]")) if (menu !== event.target) menu.open = false;
    const box = event.target.lastElementChild;
    const over = box.getBoundingClientRect().right - document.documentElement.clientWidth;
    if (over > 0 && getComputedStyle(box).position === "absolute") box.style.left = `${-over - 8}px`;
  }, true);

  document.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (!frame.contains(event.target)) { close({ keep: true, focus: false }); return; }
    const item = event.target.closest(".choices li");
    if (item) { editor.chosen = all("li", editor.list).indexOf(item); close({ keep: true }); event.preventDefault(); return; }
    if (editor && editor.box.contains(event.target)) return;
    const cell = event.target.closest("td");
    const head = event.target.closest("th");
    if (editor && (cell || head)) close({ keep: true });
    if (event.target.closest("a")) return;
    if (head && head.dataset.column !== undefined) pick({ column: Number(head.dataset.column) });
    else if (head && head.parentElement.dataset.row !== undefined) pick({ row: Number(head.parentElement.dataset.row) });
    else if (head) pick({});
    else if (cell) { press(event, cell); return; }
    else return;
    event.preventDefault();
  });

  function press(event, cell) {
    const { row, column } = placeOf(cell.id);
    const again = active.row === row && active.column === column;
    if (event.pointerType === "touch") { tapped = { cell, again }; return; }
    tabbedFrom = null;
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
    if (event.buttons !== 1 || event.pointerType === "touch" || editor || !frame.contains(event.target) || !inGrid()) return;
    const cell = event.target.closest("td");
    if (cell) { const { row, column } = placeOf(cell.id); go(row, column, { extend: true }); }
  });
  document.addEventListener("dblclick", (event) => {
    if (event.target.closest("td") && frame.contains(event.target) && !event.target.closest(".tick")) edit();
  });

  read();
  if (!document.activeElement || document.activeElement === document.body) focusCell();
  tell($("#said").textContent);
})();
