"""The ``values`` methods' work: a block of values out of a tab, or into it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import Cell, Value
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.ranges import Area, Box, beyond, column_letters, written
from tasks.sandbox.sheets.shown import is_moment, shown
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.typed import typed

Block = list[list[Value]]
RENDERINGS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
DATES = ("SERIAL_NUMBER", "FORMATTED_STRING")
INPUTS = ("RAW", "USER_ENTERED")


@dataclass(frozen=True, slots=True)
class Rendering:
    """``majorDimension``, ``valueRenderOption`` and ``dateTimeRenderOption``."""

    dimension: str = "ROWS"
    value: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"

    def __post_init__(self) -> None:
        choice("major_dimension", self.dimension, ("ROWS", "COLUMNS"))
        choice("value_render_option", self.value, RENDERINGS)
        choice("date_time_render_option", self.dates, DATES)

    def render(self, cell: Cell, locale: Locale) -> Value:
        """One cell as this option shows it."""
        if self.value == "FORMATTED_VALUE":
            return shown(cell, locale)
        if self.value == "FORMULA" and cell.formula:
            return cell.formula
        if cell.error:
            return cell.error
        if self.dates == "FORMATTED_STRING" and is_moment(cell):
            return shown(cell, locale)
        return "" if cell.value is None else cell.value


def choice(name: str, value: str, known: Sequence[str]) -> str:
    """The value, when it is one of the known ones, else 400."""
    if value not in known:
        raise invalid(f"Invalid value at '{name}', \"{value}\"")
    return value


def read(book: Book, tab: Tab, box: Box, how: Rendering) -> Json:
    """A ``ValueRange``: trailing blanks cut, ``values`` absent when all is blank."""
    area = tab.area(box)
    rows: Block = [[how.render(cell, book.locale) for cell in row] for row in tab.block(area)]
    answer: Json = {"range": written(tab.title, area), "majorDimension": how.dimension}
    if how.dimension == "COLUMNS":
        rows = turned(rows)
    if block := cut(rows):
        answer["values"] = block
    return answer


def cut(rows: Block) -> Block:
    """Without trailing empty cells and rows."""
    block = [row[: _used(row)] for row in rows]
    while block and not block[-1]:
        block.pop()
    return block


def turned(rows: Block) -> Block:
    """Rows become columns."""
    width = max(map(len, rows), default=0)
    return [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]


def sent(body: Json) -> list[list[Value]]:
    """``values`` of a ``ValueRange`` as rows; null means: leave this cell alone."""
    values = body.get("values") or []
    if not isinstance(values, list) or not all(isinstance(row, list) for row in values):
        shown_value = values if isinstance(values, str) else next(row for row in values if not isinstance(row, list))
        raise invalid(
            "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), " + f'"{shown_value}"'
        )
    dimension = choice("data.major_dimension", body.get("majorDimension") or "ROWS", ("ROWS", "COLUMNS"))
    for value in (value for row in values for value in row):
        if isinstance(value, list | dict):
            raise invalid(f"Invalid values[0][0]: {'list' if isinstance(value, list) else 'struct'}_value")
    if dimension == "ROWS":
        return values
    width = max(map(len, values), default=0)
    return [[row[at] if at < len(row) else None for row in values] for at in range(width)]


def write(book: Book, tab: Tab, box: Box, rows: list[list[Value]], how: str) -> Json:
    """An ``UpdateValuesResponse`` without the id: the range covers the data sent, the counts only what was not null."""
    choice("value_input_option", how, INPUTS)
    height, width = len(rows), max(map(len, rows), default=0)
    target = Area(box.top, box.left, box.top + max(height, 1), box.left + max(width, 1))
    _fits(tab, box, target)
    touched_columns: set[int] = set()
    cells = touched_rows = 0
    for number, row in enumerate(rows):
        new = [(box.left + at, value) for at, value in enumerate(row) if value is not None]
        if new:
            at_row = box.top + number
            tab.put(at_row, [(at, _entered(tab.cell(at_row, at), value, how, book.locale)) for at, value in new])
            touched_columns.update(at for at, _ in new)
            touched_rows, cells = touched_rows + 1, cells + len(new)
    counts = {"updatedRows": touched_rows, "updatedColumns": len(touched_columns), "updatedCells": cells}
    return {"updatedRange": written(tab.title, target), **{name: count for name, count in counts.items() if count}}


def clear(tab: Tab, box: Box) -> str:
    """Empty an area (formats and notes stay) and say which it was."""
    area = tab.area(box)
    for row in range(area.top, min(area.bottom, len(tab.rows))):
        cells = enumerate(tab.rows[row][area.left : area.right], area.left)
        gone = [(at, cell._replace(value=None, formula="", error="")) for at, cell in cells if not cell.blank]
        if gone:
            tab.put(row, gone)
    return written(tab.title, area)


def _used(row: list[Value]) -> int:
    end = len(row)
    while end and row[end - 1] == "":
        end -= 1
    return end


def _entered(old: Cell, value: Value, how: str, locale: Locale) -> Cell:
    if how == "USER_ENTERED" and isinstance(value, str):
        return typed(value, old, locale)
    return old._replace(value=None if value == "" else value, formula="", error="")


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
