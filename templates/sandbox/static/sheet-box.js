// Where the box for typing stands, with its choices below it.
import { cellAt, now } from "./sheet-page.js";

export function put(open) {
  const cell = cellAt(open.at.row, open.at.column);
  if (!cell) return;
  const place = cell.getBoundingClientRect(), edge = now.frame.getBoundingClientRect();
  const left = place.left - edge.left + now.frame.scrollLeft - 1, top = place.top - edge.top + now.frame.scrollTop - 1;
  const room = Math.max(now.frame.clientWidth - (place.left - edge.left) - 12, 120);
  Object.assign(open.box.style, { left: `${left}px`, top: `${top}px`, minWidth: `${Math.min(place.width + 1, room)}px`, maxWidth: `${Math.max(room, 160)}px`, width: "auto" });
  if (!CSS.supports("field-sizing", "content")) open.box.style.width = `${Math.max(place.width, 240)}px`;
  if (open.list) Object.assign(open.list.style, { left: `${left}px`, top: `${top + open.box.offsetHeight + 2}px` });
}
