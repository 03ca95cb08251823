// A page of the server inside a dialog, and what goes wrong.
import { $, all, say, tell } from "./sheet-page.js";

export const dialog = $("#dialog");

export function openDialog(main, role = "dialog") {
  dialog.replaceChildren(...[...main.childNodes].map((node) => document.importNode(node, true)));
  dialog.setAttribute("role", role);
  const title = $("h1", dialog);
  if (title) { title.id = "dialog-title"; dialog.setAttribute("aria-labelledby", "dialog-title"); }
  for (const back of all(".back", dialog)) { back.setAttribute("role", "button"); if (!$("form", dialog)) back.textContent = say("sayClose"); }
  if (!dialog.open) dialog.showModal();
  const first = $("[autofocus], button.primary, .back", dialog);
  if (first) first.focus();
}

export function announce(text) {
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
