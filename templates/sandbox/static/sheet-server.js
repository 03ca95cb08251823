// Changes are sent in order, one at a time; the page that comes back replaces the sheet.
import { nameOf } from "./sheet-names.js";
import { $, cellAt, now, rawOf, read, say, tell } from "./sheet-page.js";
import { focusCell, mark } from "./sheet-marks.js";
import { announce, dialog, openDialog } from "./sheet-dialog.js";
import { put } from "./sheet-box.js";

class Lost extends Error {}
let queue = Promise.resolve();
let waiting = 0;
let refusedAt = null;

export function send(path, fields, at = now.active) {
  waiting += 1;
  return inTurn(async () => {
    const answer = await ask(path, { method: "POST", body: new URLSearchParams(fields) }).finally(() => { waiting -= 1; });
    take(answer, at, waiting === 0);
  });
}

export function sendForm(path, fields) {
  refusedAt = null;
  return send(path, fields);
}

export function show(path, focus = true, sentFrom = null) {
  return inTurn(async () => {
    take(await ask(path, {}), sentFrom, true);
    if (focus && !now.editor) focusCell();
  });
}

export const showInDialog = (path) => inTurn(async () => openDialog($("main", (await ask(path, {})).page)));

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
  const sameTab = fresh.dataset.here === now.sheet.dataset.here;
  const inGrid = !document.activeElement || document.activeElement === document.body || now.frame.contains(document.activeElement);
  const { scrollLeft, scrollTop } = now.frame;
  const before = { active: now.active, head: now.head };
  const open = now.editor;
  const moved = sentFrom && (before.active.row !== sentFrom.row || before.active.column !== sentFrom.column);
  const inside = document.activeElement && document.activeElement.id;
  now.sheet.replaceWith(document.importNode(fresh, true));
  read();
  mark();
  document.title = document.title.replace(/^.*(?= · )/, $(".sheet-head h1").textContent);
  const address = new URL(url);
  for (const name of ["said", "kept"]) address.searchParams.delete(name);
  history.replaceState(null, "", address);
  if (sameTab) { now.frame.scrollTo(scrollLeft, scrollTop); if (moved && cellAt(before.active.row, before.active.column)) { Object.assign(now, before); mark(); } }
  if (open) { now.frame.append(open.box); if (open.list) now.frame.append(open.list); put(open); open.box.focus({ preventScroll: true }); }
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

dialog.addEventListener("close", () => {
  const at = refusedAt;
  refusedAt = null;
  if (at) {
    now.active = now.head = at;
    mark();
    show(`${now.sheet.dataset.here}?at=${nameOf(at.row, at.column)}`, true, at);
  }
  focusCell();
});

export function save(text, at = now.active) {
  const cell = cellAt(at.row, at.column);
  if (cell && rawOf(cell) === text) return;
  if (cell) { cell.replaceChildren(text); cell.dataset.raw = text; cell.classList.add("saving"); cell.title = say("saySaving"); }
  send(`${now.sheet.dataset.here}/edit/${nameOf(at.row, at.column)}`, { value: text }, at);
}
