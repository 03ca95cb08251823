"""Rows and columns that are inserted, deleted, moved or sorted, and everything that moves along with them."""

from collections.abc import Iterable
from typing import TypeVar

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.changes import Deleted, Inserted, Moved
from tasks.sandbox.sheets.follow import follow, follow_markers
from tasks.sandbox.sheets.places import size_of
from tasks.sandbox.sheets.ranges import Area, to_grid_range
from tasks.sandbox.sheets.references import copied
from tasks.sandbox.sheets.tabs import Row, Tab
from tasks.sandbox.sheets.validations import rules_in, set_rule

Item = TypeVar("Item")
DOWN = "DESCENDING"


def insert(book: Book, tab: Tab, dimension: str, start: int, end: int, *, like: int | None = None) -> None:
    """Empty rows or columns; what stood there and behind moves on. ``like`` is the one whose look they inherit."""
    count, size = end - start, size_of(tab, dimension)
    if count < 1 or not 0 <= start <= size:
        raise invalid(f"range.startIndex is larger than current grid size ({size})")
    book.check_room(count * (tab.column_count if dimension == "ROWS" else tab.row_count))
    if dimension == "ROWS":
        if start < len(tab.rows):
            looks = [] if like is None else list(map(_look, tab.rows[like : like + 1]))
            tab.rows[start:start] = [looks[0] if looks else [] for _ in range(count)]
        tab.row_count += count
    else:
        tab.rows = [_widened(row, start, count, like) if len(row) > start else row for row in tab.rows]
        tab.column_count += count
    follow(book, tab, Inserted(dimension, start, count))
    if like is not None:
        _inherit_rules(tab, dimension, like if like < start else like + count, start, end)


def delete(book: Book, tab: Tab, dimension: str, start: int, end: int) -> None:
    """Remove rows or columns with all that is bound to them."""
    size = size_of(tab, dimension)
    word = "row" if dimension == "ROWS" else "column"
    if not 0 <= start < end:
        raise invalid(f"range.endIndex[{end}] must be greater than range.startIndex[{start}]")
    if start >= size:
        raise invalid(
            f"Cannot delete a {word} that doesn't exist. Tried to delete {word} index {start} but there are only"
            f" {size} {word}s."
        )
    end = min(end, size)
    if end - start == size:
        raise invalid(f"You can't delete all the {word}s on the sheet.")
    if dimension == "ROWS":
        del tab.rows[start:end]
        tab.row_count -= end - start
    else:
        tab.rows = [_stripped(row[:start] + row[end:]) for row in tab.rows]
        tab.column_count -= end - start
    follow(book, tab, Deleted(dimension, start, end))


def move(book: Book, tab: Tab, dimension: str, start: int, end: int, to: int) -> None:
    """Move rows or columns before the index ``to``, counted before the move."""
    size = size_of(tab, dimension)
    if not (0 <= start < end <= size and 0 <= to <= size) or start < to < end:
        raise invalid("The destination lies inside the moved range or outside the grid.")
    change = Moved(dimension, start, end, to)
    if dimension == "ROWS":
        tab.rows = _moved(list(tab.rows), [], change)
    else:
        tab.rows = [_stripped(_moved(row, EMPTY, change)) for row in tab.rows]
    follow(book, tab, change)


def sort(book: Book, tab: Tab, area: Area, specs: list[Json], *, markers_follow: bool) -> None:
    """Sort the rows of an area; ties keep their order and blanks come last, whichever way."""
    bottom = max(min(area.bottom, len(tab.grid)), area.top)
    order = list(range(bottom - area.top))
    for spec in reversed(specs):
        order = _sorted(tab.grid.column(spec.get("dimensionIndex", 0), area.top, bottom), order, spec)
    if area.left == 0 and area.right == tab.column_count and not tab.grid.has_formulas:
        tab.grid.reorder(area.top, order)
    else:
        _carry(tab, area, order)
    if markers_follow:
        places = {area.top + old: area.top + to for to, old in enumerate(order)}
        follow_markers(book, tab, "ROWS", lambda at: places.get(at, at))


def _carry(tab: Tab, area: Area, order: list[int]) -> None:
    width = area.right - area.left
    before = tab.rows[area.top : area.top + len(order)]
    after = []
    for to, old in enumerate(order):
        kept, moving = before[to], before[old][area.left : area.right]
        part = [_carried(cell, to - old) for cell in moving] + [EMPTY] * (width - len(moving))
        left = kept[: area.left] + [EMPTY] * (area.left - len(kept))
        after.append(_stripped(left + part + kept[area.right :]))
    tab.rows[area.top : area.top + len(order)] = after


def sort_key(cell: Cell) -> tuple[int, float, str]:
    """Numbers, then text in any case of letters, then FALSE and TRUE."""
    value = cell.value
    if isinstance(value, bool):
        return 2, int(value), ""
    if isinstance(value, int | float):
        return 0, value, ""
    return 1, 0, str(value or cell.error).casefold()


def _sorted(cells: list[Cell], order: list[int], spec: Json) -> list[int]:
    keys = {at: sort_key(cells[at]) for at in order if not cells[at].blank}
    filled = sorted((at for at in order if at in keys), key=keys.__getitem__, reverse=spec.get("sortOrder") == DOWN)
    return filled + [at for at in order if at not in keys]


def _carried(cell: Cell, down: int) -> Cell:
    """A formula that a sort takes to another row reads its new neighbours."""
    return cell._replace(formula=copied(cell.formula, down, 0)) if cell.formula and down else cell


def _look(row: Iterable[Cell]) -> Row:
    return _stripped([Cell(kind=cell.kind, pattern=cell.pattern, style=cell.style) for cell in row])


def _inherit_rules(tab: Tab, dimension: str, like: int, start: int, end: int) -> None:
    for place, rule in list(rules_in(tab, _across(tab, dimension, like, like + 1))):
        new = Area(start, place.left, end, place.right)
        if dimension == "COLUMNS":
            new = Area(place.top, start, place.bottom, end)
        set_rule(tab, to_grid_range(tab.sheet_id, new), rule)


def _across(tab: Tab, dimension: str, start: int, end: int) -> Area:
    return Area(start, 0, end, tab.column_count) if dimension == "ROWS" else Area(0, start, tab.row_count, end)


def _widened(row: Row, start: int, count: int, like: int | None) -> Row:
    look = _look(row[like : like + 1]) if like is not None else []
    return row[:start] + (look or [EMPTY]) * count + row[start:]


def _moved(items: list[Item], blank: Item, change: Moved) -> list[Item]:
    needed = max(change.end, change.to)
    if change.start >= len(items) and change.to >= len(items):
        return items
    items = items + [blank] * (needed - len(items))
    order = sorted(range(len(items)), key=change.place)
    return [items[old] for old in order]


def _stripped(row: Row) -> Row:
    while row and row[-1] == EMPTY:
        row.pop()
    return row
