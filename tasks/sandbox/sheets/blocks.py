"""Where a tab holds something: rectangles around cells that touch, also at a corner. Rectangles that touch are one."""

from collections.abc import Iterable, Iterator
from typing import Self

from tasks.sandbox.sheets.cells import raw_blank
from tasks.sandbox.sheets.ranges import Area


class Blocks:
    """Rectangles, none of which touches another one. Open are those that a further row may still touch."""

    def __init__(self, still_open: Iterable[Area] = (), closed: Iterable[Area] = ()) -> None:
        self.still_open = list(still_open)
        self.closed = list(closed)

    def copy(self) -> Self:
        """Blocks that can grow without these noticing."""
        return type(self)(self.still_open, self.closed)

    def all(self) -> list[Area]:
        """Open or closed."""
        return self.closed + self.still_open

    def add(self, area: Area) -> None:
        """One more rectangle; they must come in the order of their tops."""
        reaching = [block for block in self.still_open if block.bottom >= area.top]
        if len(reaching) < len(self.still_open):
            self.closed += [block for block in self.still_open if block.bottom < area.top]
            self.still_open = reaching
        while touching := [block for block in self.still_open if _touch(block, area)]:
            self.still_open = [block for block in self.still_open if block not in touching]
            area = _around([area, *touching])
            if any((block.left, block.right) != (area.left, area.right) for block in touching):
                area = self._reopened(area)
        self.still_open.append(area)

    def _reopened(self, area: Area) -> Area:
        """What became wider may touch what was done with."""
        while touching := [block for block in self.closed if _touch(block, area)]:
            self.closed = [block for block in self.closed if block not in touching]
            area = _around([area, *touching])
        return area


def found_in(rows: Iterable[list[object]]) -> list[Area]:
    """The blocks of some rows, in the order of their tops."""
    blocks = Blocks()
    for number, row in enumerate(rows):
        for left, right in _runs(row):
            blocks.add(Area(number, left, number + 1, right))
    return sorted(blocks.all(), key=lambda block: block.top)


def _runs(row: list[object]) -> Iterator[tuple[int, int]]:
    start = None
    for at, cell in enumerate(row):
        if cell is None or (type(cell) is dict and raw_blank(cell)):
            if start is not None:
                yield start, at
            start = None
        elif start is None:
            start = at
    if start is not None:
        yield start, len(row)


def _touch(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right


def _around(areas: list[Area]) -> Area:
    return Area(
        min(area.top for area in areas),
        min(area.left for area in areas),
        max(area.bottom for area in areas),
        max(area.right for area in areas),
    )
