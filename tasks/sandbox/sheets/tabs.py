"""One tab in memory."""

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.chunks import Chunk, Row
from tasks.sandbox.sheets.ranges import Area, Box, within
from tasks.sandbox.sheets.rows import Rows

__all__ = ["COLUMNS", "ROWS", "Row", "Size", "Tab"]

Size = dict[int, Json]
ROWS, COLUMNS = 1000, 26


@dataclass(eq=False)
class Tab:
    """``grid`` ends with the last row that holds anything.

    ``properties`` is what ``SheetProperties`` holds beside id, title, index and size; ``extras`` what the sheet holds
    (basicFilter, protectedRanges, and our list ``validations``); ``row_sizes`` and ``column_sizes`` what is hidden.
    """

    sheet_id: int
    title: str
    row_count: int = ROWS
    column_count: int = COLUMNS
    properties: Json = field(default_factory=dict)
    extras: Json = field(default_factory=dict)
    row_sizes: Size = field(default_factory=dict)
    column_sizes: Size = field(default_factory=dict)
    grid: Rows = field(default_factory=Rows)
    saved: "Saved | None" = None

    @property
    def rows(self) -> Rows:
        """The rows; what it gives are copies, so a row changes by being set."""
        return self.grid

    @rows.setter
    def rows(self, rows: Iterable[Row]) -> None:
        self.grid = Rows.of(rows)

    def draft(self) -> Self:
        """A copy that can be changed without the original noticing."""
        other = copy.copy(self)
        other.properties, other.extras = copy.deepcopy((self.properties, self.extras))
        other.row_sizes, other.column_sizes = dict(self.row_sizes), dict(self.column_sizes)
        other.grid = self.grid.copy()
        return other

    def cell(self, row: int, column: int) -> Cell:
        """The cell, empty where nothing was ever written."""
        if row < len(self.grid):
            cells = self.grid.cells(row)
            if column < len(cells):
                return cells[column]
        return EMPTY

    def put(self, row: int, cells: Iterable[tuple[int, Cell]]) -> None:
        """Replace cells of one row."""
        self.lay(row, [cells])

    def lay(self, top: int, rows: Sequence[Iterable[tuple[int, Cell]]]) -> None:
        """Replace cells of rows that follow each other."""
        height = len(self.grid)
        new = [_laid(self.grid[at] if at < height else [], cells) for at, cells in enumerate(rows, top)]
        if len(new) == 1 and top < height:
            self.grid[top] = new[0]
        else:
            self.grid[top : top + len(new)] = [*([[]] * (top - height)), *new]

    def trim(self) -> None:
        """Let the grid end with a row that holds something."""
        while self.grid and not self.grid.cells(len(self.grid) - 1):
            self.grid.pop()

    def grow(self, rows: int, columns: int = 0) -> None:
        """Make room."""
        self.row_count = max(self.row_count, rows)
        self.column_count = max(self.column_count, columns)

    def area(self, box: Box) -> Area:
        """The box cut to this grid; 400 when it begins outside."""
        return within(box, self.row_count, self.column_count, self.title)

    def block(self, area: Area) -> Iterator[Row]:
        """The written part of an area, row by row; rows may be short."""
        for number in range(area.top, min(area.bottom, len(self.grid))):
            yield list(self.grid.cells(number)[area.left : area.right])

    def rows_with_data(self) -> int:
        """The number of the last row that can be read, 0 for an empty tab."""
        for number in range(len(self.grid), 0, -1):
            if any(not cell.blank for cell in self.grid.cells(number - 1)):
                return number
        return 0

    def described(self) -> Json:
        """What is kept beside the rows."""
        names = (
            "sheet_id",
            "title",
            "row_count",
            "column_count",
            "properties",
            "extras",
        )
        body = {name: getattr(self, name) for name in names}
        return body | {"row_sizes": list(self.row_sizes.items()), "column_sizes": list(self.column_sizes.items())}


def _laid(row: Row, cells: Iterable[tuple[int, Cell]]) -> Row:
    for column, cell in cells:
        if len(row) <= column:
            row.extend([EMPTY] * (column + 1 - len(row)))
        row[column] = cell
    while row and row[-1] == EMPTY:
        row.pop()
    return row


@dataclass(frozen=True)
class Saved:
    """What is on disk of a tab: its description and its chunks."""

    description: str
    chunks: list[Chunk]
