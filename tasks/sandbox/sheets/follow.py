"""What moves along when rows or columns of a tab come, go or change places: ranges, rules, markers, formulas."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.changes import Change
from tasks.sandbox.sheets.markers import tab_of
from tasks.sandbox.sheets.references import Corner, Pair, rewritten
from tasks.sandbox.sheets.tabs import Tab

GRID = {"sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}
STRIP = {"sheetId", "dimension", "startIndex", "endIndex"}
BOUNDS = {"ROWS": ("startRowIndex", "endRowIndex"), "COLUMNS": ("startColumnIndex", "endColumnIndex")}
COLUMN_NUMBERS = {"columnIndex", "dimensionIndex"}
FROZEN = {"ROWS": "frozenRowCount", "COLUMNS": "frozenColumnCount"}
HOLDERS = {"range", "ranges"}
GONE = object()


def follow(book: Book, tab: Tab, change: Change) -> None:
    """Everything that names a place on this tab names the right one again, or is gone with it."""
    sizes = tab.row_sizes if change.dimension == "ROWS" else tab.column_sizes
    moved = {new: value for old, value in sizes.items() if (new := change.place(old)) is not None}
    sizes.clear()
    sizes.update(moved)
    _follow_frozen(tab, change)
    tab.extras = {name: kept for name, part in tab.extras.items() if (kept := _followed(part, change)) is not GONE}
    _follow_names(book, tab, change)
    follow_markers(book, tab, change.dimension, change.place)
    _follow_formulas(book, tab, change)


def follow_markers(book: Book, tab: Tab, dimension: str, place: Callable[[int], int | None]) -> None:
    """Developer metadata of a row or column moves with it and dies with it."""
    for number, marker in list(book.markers.items()):
        bound = marker["location"].get("dimensionRange")
        if not bound or bound["dimension"] != dimension or tab_of(marker) != tab.sheet_id:
            continue
        new = place(bound["startIndex"])
        if new is None:
            del book.markers[number]
        else:
            moved = {**bound, "startIndex": new, "endIndex": new + 1}
            book.markers[number] = {**marker, "location": {**marker["location"], "dimensionRange": moved}}


def _follow_frozen(tab: Tab, change: Change) -> None:
    """Rows that come in among the frozen ones are frozen too."""
    grid, name = tab.properties.get("grid", {}), FROZEN[change.dimension]
    if count := grid.get(name):
        span = change.span(0, count)
        grid[name] = span[1] if span else 0
        if not grid[name]:
            del grid[name]


def _follow_names(book: Book, tab: Tab, change: Change) -> None:
    for named in book.named_ranges:
        if named.get("range", {}).get("sheetId", 0) == tab.sheet_id and "range" in named:
            named["range"] = _grid_range(named["range"], change)
    book.named_ranges[:] = [named for named in book.named_ranges if named.get("range") is not GONE]


def _followed(part: Any, change: Change) -> Any:  # noqa: ANN401 (any JSON value)
    if isinstance(part, list):
        return [kept for item in part if (kept := _followed(item, change)) is not GONE]
    if not isinstance(part, dict):
        return part
    if part and part.keys() <= GRID:
        return _grid_range(part, change)
    if part.keys() <= STRIP and "dimension" in part:
        return _strip(part, change)
    found = {}
    for name, value in part.items():
        kept = _column(name, value, change) if change.dimension == "COLUMNS" else value
        found[name] = _followed(kept, change)
        if found[name] is GONE or (name in HOLDERS and value and not found[name]):
            return GONE
    return found


def _column(name: str, value: Any, change: Change) -> Any:  # noqa: ANN401 (any JSON value)
    """Filters and their sort orders count columns from the left edge of the tab."""
    if name in COLUMN_NUMBERS and isinstance(value, int):
        new = change.place(value)
        return GONE if new is None else new
    if name == "criteria" and isinstance(value, dict):
        places = {key: change.place(int(key)) for key in value if key.isdecimal()}
        return {str(places[key]): value[key] for key in places if places[key] is not None}
    return value


def _grid_range(given: Json, change: Change) -> Any:  # noqa: ANN401 (a range, or GONE)
    start, end = BOUNDS[change.dimension]
    if start not in given and end not in given:
        return given
    span = change.span(given.get(start, 0), given.get(end))
    return GONE if span is None else _bounded(given, start, end, span)


def _strip(given: Json, change: Change) -> Any:  # noqa: ANN401 (a range, or GONE)
    if given["dimension"] != change.dimension:
        return given
    span = change.span(given.get("startIndex", 0), given.get("endIndex"))
    return GONE if span is None else _bounded(given, "startIndex", "endIndex", span)


def _bounded(given: Json, start: str, end: str, span: tuple[int, int | None]) -> Json:
    found = dict(given)
    if start in given or span[0]:
        found[start] = span[0]
    if span[1] is not None:
        found[end] = span[1]
    return found


def _follow_formulas(book: Book, tab: Tab, change: Change) -> None:
    for other in book.tabs:
        for number in formula_rows(other):
            row = other.rows[number]
            new = [cell._replace(formula=_formula(cell.formula, other, tab, change)) for cell in row]
            if new != row:
                other.rows[number] = new


def formula_rows(tab: Tab) -> list[int]:
    """The numbers of the rows that hold a formula."""
    return [start + at for start, chunk in tab.grid.numbered() for at in chunk.formulas]


def _formula(formula: str, home: Tab, changed: Tab, change: Change) -> str:
    def reference(title: str | None, pair: Pair) -> Pair | None:
        meant = home is changed if title is None else title.casefold() == changed.title.casefold()
        return _reference(pair, change) if meant else pair

    return rewritten(formula, reference) if formula else formula


def _reference(pair: Pair, change: Change) -> Pair | None:
    rows = change.dimension == "ROWS"
    first, last = (corner.row if rows else corner.column for corner in pair)
    if first is None and last is None:
        return pair
    start, end = (first or 0), (None if last is None else last + 1)
    swapped = end is not None and end <= start
    span = change.span(end - 1, start + 1) if swapped and end is not None else change.span(start, end)
    if span is None:
        return None
    low, high = span[0], None if span[1] is None else span[1] - 1
    ends = (high, low) if swapped else (low, high)
    return _with(pair[0], ends[0] if first is not None else None, rows=rows), _with(pair[1], ends[1], rows=rows)


def _with(corner: Corner, at: int | None, *, rows: bool) -> Corner:
    return replace(corner, row=at) if rows else replace(corner, column=at)
