"""Where a request points: ``GridRange``, ``DimensionRange`` and ``GridCoordinate`` as places on a tab that exists."""

from dataclasses import dataclass

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.ranges import Area, from_grid_range, to_grid_range
from tasks.sandbox.sheets.tabs import Tab


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows or columns of a tab, the end excluded."""

    tab: Tab
    dimension: str
    start: int
    end: int


def size_of(tab: Tab, dimension: str) -> int:
    """How many rows or columns there are."""
    if dimension not in {"ROWS", "COLUMNS"}:
        raise invalid("Must specify a dimension.")
    return tab.row_count if dimension == "ROWS" else tab.column_count


def area_of(book: Book, wanted: Json, name: str = "range") -> tuple[Tab, Area]:
    """The range of a request cut to the grid; 400 when there is none, or nothing of it lies in the grid."""
    if name not in wanted:
        raise invalid(f"Must specify {name}.")
    given = wanted[name]
    tab = book.tab(given.get("sheetId", 0))
    for axis in ("Row", "Column"):
        start, end = given.get(f"start{axis}Index", 0), given.get(f"end{axis}Index")
        if start < 0 or (end is not None and end <= start):
            raise invalid(f"{name}.end{axis}Index[{end}] must be after {name}.start{axis}Index[{start}].")
    return tab, tab.area(from_grid_range(given))


def range_of(book: Book, wanted: Json, name: str = "range") -> tuple[Tab, Json]:
    """The range of a request with its bounds filled in, ready to be kept."""
    tab, area = area_of(book, wanted, name)
    return tab, to_grid_range(tab.sheet_id, area)


def strip_of(book: Book, wanted: Json, name: str = "range", *, any_size: bool = False) -> Strip:
    """The dimension range of a request, cut to the grid unless it may be of ``any_size``."""
    given = wanted.get(name)
    if given is None:
        raise invalid(f"Must specify {name}.")
    tab = book.tab(given.get("sheetId", 0))
    size = size_of(tab, given.get("dimension", ""))
    start, end = given.get("startIndex", 0), given.get("endIndex", size)
    if not 0 <= start < end:
        raise invalid(f"{name}.endIndex[{end}] must be after {name}.startIndex[{start}].")
    if not any_size and start >= size:
        raise invalid(f"{name}.startIndex[{start}] is after last {_word(given)} in grid[{size - 1}]")
    return Strip(tab, given["dimension"], start, end if any_size else min(end, size))


def corner_of(book: Book, wanted: Json, name: str) -> tuple[Tab, int, int]:
    """The tab, row and column of a coordinate; 400 outside the grid."""
    if name not in wanted:
        raise invalid(f"Must specify {name}.")
    given = wanted[name]
    tab = book.tab(given.get("sheetId", 0))
    row, column = given.get("rowIndex", 0), given.get("columnIndex", 0)
    for axis, at, size in (("row", row, tab.row_count), ("column", column, tab.column_count)):
        if not 0 <= at < size:
            raise invalid(f"GridCoordinate.{axis}Index[{at}] is after last {axis} in grid[{size - 1}]")
    return tab, row, column


def strip_range(strip: Strip) -> Json:
    """A ``DimensionRange``; as Google does, without ``sheetId`` when that is 0."""
    bounds: Json = {"dimension": strip.dimension, "startIndex": strip.start, "endIndex": strip.end}
    return {"sheetId": strip.tab.sheet_id, **bounds} if strip.tab.sheet_id else bounds


def _word(given: Json) -> str:
    return "row" if given["dimension"] == "ROWS" else "column"
