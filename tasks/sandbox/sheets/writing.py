"""The writing ``values`` methods' work: a block of values into a tab, or out of it."""

from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from tasks.sandbox.failures import GoogleError, invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.bodies import wrong
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell, Value
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.now import local_now
from tasks.sandbox.sheets.ranges import Area, Box, beyond, column_letters, written
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.typed import typed
from tasks.sandbox.sheets.values import DIMENSIONS, choice

LIST = "type.googleapis.com/google.protobuf.ListValue"
LONGEST = 50_000
EXACT = 2**53
INPUTS = ("RAW", "USER_ENTERED")


@dataclass(frozen=True)
class Wrote:
    """What a write did: ``area`` covers the data that was sent, the counts only what was not null."""

    tab: Tab
    asked: Box
    area: Area
    rows: frozenset[int]
    columns: frozenset[int]
    cells: int

    @property
    def whole(self) -> Box:
        """What is read back when that is asked for: the asked range, where it is more than its first cell."""
        asked, area = self.asked, self.area
        if asked.bottom == asked.top + 1 and asked.right == asked.left + 1:
            return Box(area.top, area.left, area.bottom, area.right)
        return asked

    def counted(self) -> Json:
        """The range and counts as answers have them; a count of nothing is left out."""
        counts = {
            "updatedRows": len(self.rows),
            "updatedColumns": len(self.columns),
            "updatedCells": self.cells,
        }
        kept = {name: count for name, count in counts.items() if count}
        return {"updatedRange": written(self.tab.title, self.area), **kept}


def sent(body: Json, path: str = "data") -> list[list[Value]]:
    """``values`` of a ``ValueRange`` as rows; null means: leave this cell alone. 400 for what no cell can hold."""
    values = body.get("values")
    if values is None:
        values = []
    if not isinstance(values, list):
        raise _no_list(f"{path}.values", values)
    for number, row in enumerate(values):
        if not isinstance(row, list):
            raise _no_list(f"{path}.values[{number}]" if len(values) > 1 else f"{path}.values", row)
    dimension = choice(f"{path}.major_dimension", "Dimension", body.get("majorDimension") or "ROWS", DIMENSIONS)
    rows = [[_held(value, number, at) for at, value in enumerate(row)] for number, row in enumerate(values)]
    if dimension == "ROWS":
        return rows
    width = max(map(len, rows), default=0)
    return [[row[at] if at < len(row) else None for row in rows] for at in range(width)]


def write(book: Book, tab: Tab, box: Box, rows: list[list[Value]], how: str) -> Wrote:
    """Lay the rows at the top left corner of the box; 400 when they do not fit into it or the grid."""
    width = max(map(len, rows), default=0)
    target = Area(box.top, box.left, box.top + max(len(rows), 1), box.left + max(width, 1))
    _fits(tab, box, target)
    typist = _Typist(book.locale, local_now(book).date()) if how == "USER_ENTERED" else None
    new: list[list[tuple[int, Cell]]] = []
    columns: set[int] = set()
    for number, row in enumerate(rows, box.top):
        old = tab.grid.cells(number) if number < len(tab.grid) else ()
        cells = [
            (at, _entered(old[at] if at < len(old) else EMPTY, value, typist))
            for at, value in enumerate(row, box.left)
            if value is not None
        ]
        columns.update(at for at, _ in cells)
        new.append(cells)
    tab.lay(box.top, new)
    touched = frozenset(box.top + at for at, cells in enumerate(new) if cells)
    return Wrote(tab, box, target, touched, frozenset(columns), sum(map(len, new)))


def clear(tab: Tab, box: Box) -> str:
    """Empty an area (formats and notes stay) and say which it was."""
    area = tab.area(box)
    for row in range(area.top, min(area.bottom, len(tab.grid))):
        cells = enumerate(tab.grid.cells(row)[area.left : area.right], area.left)
        gone = [(at, cell._replace(value=None, formula="", error="")) for at, cell in cells if not cell.blank]
        if gone:
            tab.put(row, gone)
    return written(tab.title, area)


@dataclass(frozen=True, slots=True)
class _Typist:
    """Whoever types, types in a locale and on a day."""

    locale: Locale
    today: date


def _entered(old: Cell, value: Value, typist: _Typist | None) -> Cell:
    if typist and isinstance(value, str):
        return typed(value, old, typist.locale, typist.today)
    kept = None if value == "" else value
    return Cell(kept) if old is EMPTY else old._replace(value=kept, formula="", error="")


def _held(value: Any, row: int, column: int) -> Value:  # noqa: ANN401 (any JSON value)
    """What a cell makes of a JSON value: numbers are doubles."""
    if isinstance(value, str):
        if len(value) > LONGEST:
            raise invalid(f"Your input contains more than the maximum of {LONGEST} characters in a single cell.")
        return value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _double(value)
    kind = "list_value" if isinstance(value, list) else "struct_value"
    raise invalid(f"Invalid values[{row}][{column}]: {kind} {{\n}}\n")


def _double(value: float) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = float("inf")
    if not isfinite(number):
        raise wrong("", "Invalid JSON payload received. Number out of range.")
    return int(number) if number.is_integer() and abs(number) < EXACT else number


def _no_list(path: str, value: object) -> GoogleError:
    shown = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return wrong(path, f"Invalid value at '{path}' ({LIST}), {shown}")


def _fits(tab: Tab, box: Box, target: Area) -> None:
    if target.bottom > tab.row_count or target.right > tab.column_count:
        raise beyond(written(tab.title, target), tab.row_count, tab.column_count)
    if box.bottom == box.top + 1 and box.right == box.left + 1:
        return
    asked = tab.area(box)
    if target.bottom > asked.bottom:
        where = f"row [{asked.bottom + 1}]"
    elif target.right > asked.right:
        where = f"column [{column_letters(asked.right)}]"
    else:
        return
    raise invalid(f"Requested writing within range [{written(tab.title, asked)}], but tried writing to {where}")
