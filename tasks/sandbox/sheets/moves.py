"""Rows and columns that are inserted, deleted, moved or sorted, and everything that moves along with them."""

from collections.abc import Callable

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.markers import tab_of
from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.sheets.tabs import Tab

NewPlace = Callable[[int], int | None]
"""Where the row or column that stood here stands now; None when it is gone."""


def insert(book: Book, tab: Tab, dimension: str, start: int, end: int) -> None:
    """Empty rows or columns; what stood there and behind moves on."""
    count, size = end - start, _size(tab, dimension)
    if count < 1 or not 0 <= start <= size:
        raise invalid(f"Invalid requests[0].insertDimension: range.startIndex[{start}] must be less than {size + 1}")
    if dimension == "ROWS":
        if start < len(tab.rows):
            tab.rows[start:start] = [[] for _ in range(count)]
        tab.row_count += count
    else:
        tab.rows = [row[:start] + [EMPTY] * count + row[start:] if len(row) > start else row for row in tab.rows]
        tab.column_count += count
    _follow(book, tab, dimension, start, lambda at: at if at < start else at + count)


def delete(book: Book, tab: Tab, dimension: str, start: int, end: int) -> None:
    """Remove rows or columns with all that is bound to them."""
    count, size = end - start, _size(tab, dimension)
    if not 0 <= start < end <= size:
        raise invalid(f"Invalid requests[0].deleteDimension: range {start}:{end} is outside the grid of {size}")
    if count == size:
        raise invalid(
            f"Invalid requests[0].deleteDimension: You can't delete all the {dimension.lower()} on the sheet."
        )
    if dimension == "ROWS":
        del tab.rows[start:end]
        tab.row_count -= count
    else:
        tab.rows = [row[:start] + row[end:] for row in tab.rows]
        tab.column_count -= count

    def place(at: int) -> int | None:
        if at < start:
            return at
        return None if at < end else at - count

    _follow(book, tab, dimension, start, place)


def move(book: Book, tab: Tab, dimension: str, start: int, end: int, to: int) -> None:
    """Move rows or columns before the index ``to``, counted before the move."""
    size = _size(tab, dimension)
    if not (0 <= start < end <= size and 0 <= to <= size) or start < to < end:
        raise invalid("Invalid requests[0].moveDimension: the destination lies inside the range or outside the grid")
    order = [at for at in range(size) if not start <= at < end]
    at = order.index(to) if to in order else (len(order) if to == size else start)
    order[at:at] = range(start, end)
    if dimension == "ROWS":
        tab.rows = [tab.rows[old] if old < len(tab.rows) else [] for old in order]
    else:
        tab.rows = [[row[old] if old < len(row) else EMPTY for old in order] for row in tab.rows]
        for row in tab.rows:
            while row and row[-1] == EMPTY:
                row.pop()
    places = {old: new for new, old in enumerate(order)}
    _follow(book, tab, dimension, 0, places.get)


def sort(book: Book, tab: Tab, area: Area, specs: list[Json], *, markers_follow: bool) -> None:
    """Sort the rows of an area; ties keep their order and blanks come last, whichever way."""
    rows = list(range(area.top, min(area.bottom, len(tab.rows))))
    for spec in reversed(specs):
        column = spec.get("dimensionIndex", 0)
        filled = [row for row in rows if not tab.cell(row, column).blank]
        blank = [row for row in rows if tab.cell(row, column).blank]
        descending = spec.get("sortOrder") == "DESCENDING"
        filled.sort(key=lambda row: sort_key(tab.cell(row, column)), reverse=descending)
        if descending:
            filled = _ties_in_order(tab, column, filled)
        rows = filled + blank
    width = range(area.left, area.right)
    new = [[(at, tab.cell(row, at)) for at in width] for row in rows]
    for row, cells in enumerate(new, area.top):
        tab.put(row, cells)
    if markers_follow:
        places = {old: new_row for new_row, old in enumerate(rows, area.top)}
        _follow_markers(book, tab, "ROWS", lambda at: places.get(at, at))


def sort_key(cell: Cell) -> tuple[int, float, str]:
    """Numbers, then text in any case of letters, then FALSE and TRUE."""
    value = cell.value
    if isinstance(value, bool):
        return 2, int(value), ""
    if isinstance(value, int | float):
        return 0, value, ""
    return 1, 0, str(value or cell.error).casefold()


def _ties_in_order(tab: Tab, column: int, rows: list[int]) -> list[int]:
    rank: dict[tuple[int, float, str], int] = {}
    for row in rows:
        rank.setdefault(sort_key(tab.cell(row, column)), len(rank))
    return sorted(rows, key=lambda row: (rank[sort_key(tab.cell(row, column))], row))


def _size(tab: Tab, dimension: str) -> int:
    if dimension not in {"ROWS", "COLUMNS"}:
        raise invalid(f"Invalid dimension: {dimension}")
    return tab.row_count if dimension == "ROWS" else tab.column_count


def _follow(book: Book, tab: Tab, dimension: str, first: int, place: NewPlace) -> None:
    tab.moved(first if dimension == "ROWS" else 0)
    sizes = tab.row_sizes if dimension == "ROWS" else tab.column_sizes
    moved = {new: value for old, value in sizes.items() if (new := place(old)) is not None}
    sizes.clear()
    sizes.update(moved)
    names = ("startRowIndex", "endRowIndex") if dimension == "ROWS" else ("startColumnIndex", "endColumnIndex")
    for holder in [*tab.extras.get("validations", []), *tab.extras.get("protectedRanges", [])]:
        _follow_range(holder.get("range") or {}, names, place)
    _follow_range((tab.extras.get("basicFilter") or {}).get("range") or {}, names, place)
    _follow_markers(book, tab, dimension, place)


def _follow_range(given: Json, names: tuple[str, str], place: NewPlace) -> None:
    start, end = names
    inside = range(given.get(start, 0), given.get(end, 0))
    now = sorted(new for old in inside if (new := place(old)) is not None)
    if end in given:
        given[start], given[end] = (now[0], now[-1] + 1) if now else (given.get(start, 0), given.get(start, 0))


def _follow_markers(book: Book, tab: Tab, dimension: str, place: NewPlace) -> None:
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
