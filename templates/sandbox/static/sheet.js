// A spreadsheet by keyboard and pointer. The server decides and renders: each change is a form that is sent, and what
// comes back replaces the sheet. Without this script the same forms and links do the same, page by page.
import { $, all, now, read, tell } from "./sheet-page.js";
import { focusCell, mark } from "./sheet-marks.js";
import { dialog } from "./sheet-dialog.js";
import { save, sendForm, show, showInDialog } from "./sheet-server.js";
import "./sheet-keys.js";
import "./sheet-clipboard.js";
import "./sheet-pointer.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  const method = (event.submitter && event.submitter.getAttribute("formmethod")) || form.getAttribute("method") || "get";
  const path = form.getAttribute("action");
  if (method !== "post" || !path || !path.startsWith("/sheets/")) return;
  event.preventDefault();
  if (form.id === "bar") { save($("#formula").value); focusCell(); return; }
  const fields = new FormData(form, event.submitter);
  for (const menu of all("details[open]", now.sheet)) menu.open = false;
  sendForm(path, fields);
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
    showInDialog(link.getAttribute("href"));
  } else if (link.getAttribute("href").startsWith(`${now.sheet.dataset.here}?`)) {
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

read();
mark();
if (!document.activeElement || document.activeElement === document.body) focusCell();
tell($("#said").textContent);
document.documentElement.classList.add("js");
