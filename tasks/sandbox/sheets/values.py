"""The reading ``values`` methods' work: a block of values out of a tab."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import Cell, Value, load
from tasks.sandbox.sheets.chunks import unpacked
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.ranges import Area, Box, written
from tasks.sandbox.sheets.shown import is_moment, shown
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.store import Encoded, compact

Block = list[list[Value]]
SHEETS = "type.googleapis.com/google.apps.sheets.v4"
DIMENSIONS = ("ROWS", "COLUMNS")
RENDERINGS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
DATES = ("SERIAL_NUMBER", "FORMATTED_STRING")


@dataclass(frozen=True, slots=True)
class Rendering:
    """``majorDimension``, ``valueRenderOption`` and ``dateTimeRenderOption``."""

    dimension: str = "ROWS"
    value: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"

    def __post_init__(self) -> None:
        choice("major_dimension", "Dimension", self.dimension, DIMENSIONS)
        choice("value_render_option", "ValueRenderOption", self.value, RENDERINGS)
        choice("date_time_render_option", "DateTimeRenderOption", self.dates, DATES)

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


def choice(name: str, kind: str, value: str, known: Sequence[str]) -> str:
    """The value, when it is one of the known ones, else 400."""
    if value not in known:
        raise invalid(f"Invalid value at '{name}' ({SHEETS}.{kind}), \"{value}\"")
    return value


def read(book: Book, tab: Tab, box: Box, how: Rendering) -> Json:
    """A ``ValueRange``: trailing blanks cut, ``values`` absent when all is blank, and JSON already."""
    area = tab.area(box)
    answer: Json = {"range": written(tab.title, area), "majorDimension": how.dimension}
    blocks = _blocks(tab, area, how, book.locale)
    if how.dimension == "COLUMNS":
        blocks = iter([turned([row for block in blocks for row in block])])
    if values := _encoded(blocks):
        answer["values"] = values
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


def _blocks(tab: Tab, area: Area, how: Rendering, locale: Locale) -> Iterator[Block]:
    """The rendered rows, some at a time: a big sheet has no room as objects."""

    def rendered(cell: object) -> Value:
        return cell if type(cell) is str else how.render(load(cell), locale)

    for packed in tab.grid.packed(area.top, area.bottom):
        yield [[rendered(cell) for cell in row[area.left : area.right]] for row in unpacked(packed)]


def _encoded(blocks: Iterable[Block]) -> Encoded | None:
    pieces: list[bytes] = []
    empty = 0
    for block in blocks:
        filled = cut(block)
        if filled:
            pieces += [b"," if pieces else b"[", compact([*([[]] * empty), *filled])[1:-1].encode()]
            empty = 0
        empty += len(block) - len(filled)
    return Encoded([*pieces, b"]"]) if pieces else None


def _used(row: list[Value]) -> int:
    end = len(row)
    while end and row[end - 1] == "":
        end -= 1
    return end
