"""Where ``values:append`` writes: below the last table that meets the asked range, else where it was asked."""

from collections.abc import Iterator

from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.sheets.tabs import Row, Tab


def table(tab: Tab, asked: Area) -> Area | None:
    """The last block of touching cells that meets the range."""
    meeting = [block for block in blocks(tab) if _meet(block, asked)]
    return max(meeting, key=lambda block: (block.bottom, block.right), default=None)


def blocks(tab: Tab) -> list[Area]:
    """The rectangles around cells that touch, also at a corner; rectangles that touch become one."""
    closed: list[Area] = []
    open_blocks: list[Area] = []
    for number, row in enumerate(tab.rows):
        reaching: list[Area] = []
        for block in open_blocks:
            (reaching if block.bottom >= number else closed).append(block)
        runs = [Area(number, left, number + 1, right) for left, right in _runs(row)]
        open_blocks = _joined([*reaching, *runs])
    return _joined([*closed, *open_blocks])


def _runs(row: Row) -> Iterator[tuple[int, int]]:
    start = None
    for at, cell in enumerate(row):
        if cell.blank:
            if start is not None:
                yield start, at
            start = None
        elif start is None:
            start = at
    if start is not None:
        yield start, len(row)


def _joined(areas: list[Area]) -> list[Area]:
    done: list[Area] = []
    for area in areas:
        block = area
        while touching := [other for other in done if _touch(other, block)]:
            for other in touching:
                done.remove(other)
                block = _around(block, other)
        done.append(block)
    return done


def _touch(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right


def _meet(one: Area, other: Area) -> bool:
    return one.top < other.bottom and other.top < one.bottom and one.left < other.right and other.left < one.right


def _around(one: Area, other: Area) -> Area:
    return Area(
        min(one.top, other.top),
        min(one.left, other.left),
        max(one.bottom, other.bottom),
        max(one.right, other.right),
    )
