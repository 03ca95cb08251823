"""A step taken back: what the person changed is as it was, what came through the API since stays."""

from tasks.sandbox.pages.page import PageError
from tasks.sandbox.pages.sheet_undo import Step
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.chunks import Row
from tasks.sandbox.sheets.rows import Rows
from tasks.sandbox.sheets.tabs import Tab

OF_THE_BOOK = ("properties", "named_ranges")
OF_THE_TAB = ("title", "properties", "extras", "row_sizes", "column_sizes")


def restore(draft: Book, step: Step) -> int:
    """Take a step back in a draft of the spreadsheet as it is now; says how many cells stay because they were
    changed since. PageError where it would undo what somebody else did."""
    for name in OF_THE_BOOK:
        _put_back(draft, step.before, step.after, name)
    draft.markers = _markers(draft, step)
    kept = _tabs(draft, step)
    order = [tab.sheet_id for tab in step.before.tabs]
    if order != [tab.sheet_id for tab in step.after.tabs]:
        draft.tabs.sort(key=lambda tab: order.index(tab.sheet_id) if tab.sheet_id in order else len(order))
    return kept


def _changed_since() -> PageError:
    return PageError("sheet.undo_changed", 409)


def _put_back(now: object, before: object, after: object, name: str) -> None:
    old, new = getattr(before, name), getattr(after, name)
    if old == new:
        return
    if getattr(now, name) != new:
        raise _changed_since()
    setattr(now, name, old.copy() if isinstance(old, dict | list) else old)


def _markers(draft: Book, step: Step) -> dict[int, Json]:
    """Developer metadata goes back to its rows; entries that came since for rows further down move along."""
    before, after = step.before.markers, step.after.markers
    since = {number: marker for number, marker in draft.markers.items() if number not in after}
    known = {number: marker for number, marker in draft.markers.items() if number in after}
    if not step.moves:
        return draft.markers
    if known != after:
        raise _changed_since()
    return {**before, **{number: _shifted(marker, step) for number, marker in since.items()}}


def _shifted(marker: Json, step: Step) -> Json:
    place = marker["location"].get("dimensionRange")
    if not place or place["dimension"] != "ROWS":
        return marker
    sheet = place.get("sheetId", 0)
    sizes = [tab.row_count for book in (step.before, step.after) for tab in book.tabs if tab.sheet_id == sheet]
    by = sizes[0] - sizes[1] if sizes[1:] else 0
    moved = {**place, "startIndex": place["startIndex"] + by, "endIndex": place["endIndex"] + by}
    return {**marker, "location": {**marker["location"], "dimensionRange": moved}}


def _tabs(draft: Book, step: Step) -> int:
    before, after = ({tab.sheet_id: tab for tab in book.tabs} for book in (step.before, step.after))
    here = {tab.sheet_id: tab for tab in draft.tabs}
    kept = 0
    for number in before.keys() | after.keys():
        if number not in after:
            _bring_back(draft, before[number])
        elif number not in before:
            if number not in here or not _same(here[number], after[number]):
                raise _changed_since()
            draft.tabs.remove(here[number])
        elif not _same(before[number], after[number]):
            if number not in here:
                raise _changed_since()
            kept += _restore_tab(here[number], before[number], after[number], moves=step.moves)
    return kept


def _bring_back(draft: Book, tab: Tab) -> None:
    if draft.titled(tab.title) or any(tab.sheet_id == other.sheet_id for other in draft.tabs):
        raise _changed_since()
    again = tab.draft()
    again.saved = None
    draft.tabs.append(again)


def _same(one: Tab, other: Tab) -> bool:
    plain = one.described() == other.described()
    return plain and (one.grid.chunks == other.grid.chunks or _packed(one.grid) == _packed(other.grid))


def _packed(grid: Rows) -> list[bytes]:
    return [row for part in grid.packed(0, len(grid)) for row in part]


def _restore_tab(now: Tab, before: Tab, after: Tab, *, moves: bool) -> int:
    for name in OF_THE_TAB:
        _put_back(now, before, after, name)
    kept = _restore_grid(now, before, after, moves=moves)
    now.row_count += before.row_count - after.row_count
    now.column_count += before.column_count - after.column_count
    return kept


def _restore_grid(now: Tab, before: Tab, after: Tab, *, moves: bool) -> int:
    old, new, present = _packed(before.grid), _packed(after.grid), _packed(now.grid)
    if old == new:
        return 0
    if present == new:
        now.grid = before.grid.copy()
        return 0
    if not moves:
        return _restore_cells(now, before, after)
    first = len(new) + before.row_count - after.row_count
    if present[: len(new)] != new or first < len(old):
        raise _changed_since()
    below = now.rows[len(new) :]
    now.grid = before.grid.copy()
    now.grid.extend([[] for _ in range(first - len(old))])
    now.grid.extend(below)
    return 0


def _restore_cells(now: Tab, before: Tab, after: Tab) -> int:
    kept = 0
    for row in range(max(len(before.grid), len(after.grid))):
        old, new, present = (_row(tab, row) for tab in (before, after, now))
        if old == new:
            continue
        width = max(len(old), len(new))
        changed = [at for at in range(width) if _at(old, at) != _at(new, at)]
        free = [at for at in changed if _at(present, at) == _at(new, at)]
        now.put(row, [(at, _at(old, at)) for at in free])
        kept += len(changed) - len(free)
    return kept


def _row(tab: Tab, row: int) -> Row:
    return tab.rows[row] if row < len(tab.rows) else []


def _at(row: Row, column: int) -> Cell:
    return row[column] if column < len(row) else EMPTY
