// Copy, cut and paste: plain text for other programs, what the cells hold for a sheet.
import { nameOf } from "./sheet-names.js";
import { cellAt, inGrid, now, rangeName, rawOf, span } from "./sheet-page.js";
import { send } from "./sheet-server.js";

const quote = (text) => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function block(contentOf) {
  const { top, left, bottom, right } = span();
  return now.rows.filter((row) => row >= top && row <= bottom).map((row) => now.columns.filter((column) => column >= left && column <= right).map((column) => {
    const cell = cellAt(row, column);
    return cell && cell.id === nameOf(row, column) ? quote(contentOf(cell)) : "";
  }).join("\t")).join("\n");
}

function copy(event) {
  if (!inGrid()) return;
  event.clipboardData.setData("text/plain", block((cell) => cell.textContent));
  event.clipboardData.setData("application/x-sheet-cells", block(rawOf));
  event.preventDefault();
  if (event.type === "cut") send(`${now.sheet.dataset.here}/edit/${nameOf(now.active.row, now.active.column)}`, { clear: rangeName() });
}

document.addEventListener("copy", copy);
document.addEventListener("cut", copy);
document.addEventListener("paste", (event) => {
  if (!inGrid()) return;
  const text = event.clipboardData.getData("application/x-sheet-cells") || event.clipboardData.getData("text/plain");
  event.preventDefault();
  if (text === "") return;
  const { top, left } = span();
  send(`${now.sheet.dataset.here}/edit/${nameOf(top, left)}`, { block: text.replaceAll("\r\n", "\n") });
});
