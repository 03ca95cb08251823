"""One tab in memory: rows of cells that are replaced, never changed in place, so that a copy is cheap."""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.ranges import Area, Box, within

Row = list[Cell]
Size = dict[int, Json]
ROWS, COLUMNS = 1000, 26


@dataclass(eq=False)
class Tab:
    """``rows`` ends with the last row that holds anything; ``dirty`` rows are not on disk yet.

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
    rows: list[Row] = field(default_factory=list)
    dirty: set[int] = field(default_factory=set)
    saved: int = 0

    def draft(self) -> Self:
        """A copy that can be changed without the original noticing."""
        other = copy.copy(self)
        other.properties, other.extras = copy.deepcopy((self.properties, self.extras))
        other.row_sizes, other.column_sizes = dict(self.row_sizes), dict(self.column_sizes)
        other.rows, other.dirty = list(self.rows), set(self.dirty)
        return other

    def cell(self, row: int, column: int) -> Cell:
        """The cell, empty where nothing was ever written."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return EMPTY

    def put(self, row: int, cells: Iterable[tuple[int, Cell]]) -> None:
        """Replace cells of one row."""
        while len(self.rows) <= row:
            self.dirty.add(len(self.rows))
            self.rows.append([])
        new = list(self.rows[row])
        for column, cell in cells:
            if len(new) <= column:
                new.extend([EMPTY] * (column + 1 - len(new)))
            new[column] = cell
        while new and new[-1] == EMPTY:
            new.pop()
        self.rows[row] = new
        self.dirty.add(row)

    def trim(self) -> None:
        """Let ``rows`` end with a row that holds something."""
        while self.rows and not self.rows[-1]:
            self.rows.pop()
        self.dirty = {row for row in self.dirty if row < len(self.rows)}

    def moved(self, first: int) -> None:
        """Every row from this one on has another place."""
        self.dirty.update(range(first, len(self.rows)))

    def grow(self, rows: int, columns: int = 0) -> None:
        """Make room."""
        self.row_count = max(self.row_count, rows)
        self.column_count = max(self.column_count, columns)

    def area(self, box: Box) -> Area:
        """The box cut to this grid; 400 when it begins outside."""
        return within(box, self.row_count, self.column_count, self.title)

    def block(self, area: Area) -> Iterator[Row]:
        """The written part of an area, row by row; rows may be short."""
        for row in self.rows[area.top : area.bottom]:
            yield row[area.left : area.right]

    def rows_with_data(self) -> int:
        """The number of the last row that can be read, 0 for an empty tab."""
        for number in range(len(self.rows), 0, -1):
            if any(not cell.blank for cell in self.rows[number - 1]):
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
