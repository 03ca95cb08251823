"""The part of a tab that a page shows: a window of rows, the frozen ones, columns, what is hidden or merged."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.sandbox.pages.sheet_cell import Looks, Seen
from tasks.sandbox.pages.sheet_filter import frozen_rows
from tasks.sandbox.pages.sheet_rows import WINDOW, Rows, Spans
from tasks.sandbox.sheets.conditions import Judge
from tasks.sandbox.sheets.filtering import criteria_of, filtered_area, filtered_out
from tasks.sandbox.sheets.ranges import column_letters
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Tab

MOST_COLUMNS = 200
MOST_FROZEN = 10
WIDTH, WIDEST, ROW_HEADS = 100, 220, 52
A_LETTER, PADDING, LOOKED_AT = 7.5, 24, 30
HEIGHT, HEAD_HEIGHT = 30, 28


@dataclass(frozen=True, slots=True)
class Column:
    """``left`` is where a frozen column stands, in pixels; ``filter`` is on or off, or ``""`` outside the filter."""

    index: int
    letters: str
    width: int
    left: int | None
    filter: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row; ``top`` is where a frozen one stands, in pixels; ``gap`` is whether rows before it are hidden."""

    number: int
    top: int | None
    gap: bool
    cells: list[Seen]


@dataclass(frozen=True, slots=True)
class View:
    """``first`` and ``last`` number the window among the ``count`` rows that can be seen."""

    columns: list[Column]
    lines: list[Line]
    looks: Looks
    first: int
    last: int
    count: int
    before: int | None
    after: int | None
    more_columns: int
    filtered: int

    @property
    def lefts(self) -> dict[int, int]:
        """Where the frozen columns stand, in pixels."""
        return {column.index: column.left for column in self.columns if column.left is not None}


def view(judge: Judge, tab: Tab, row: int) -> View:
    """The window that holds this row."""
    out = filtered_out(judge, tab)
    hidden = out | {at for at, size in tab.row_sizes.items() if size.get("hiddenByUser")}
    frozen = [at for at in range(min(frozen_rows(tab), MOST_FROZEN)) if at not in hidden]
    rows = Rows(frozen_rows(tab), tab.row_count, hidden)
    place = rows.place(row) // WINDOW * WINDOW
    window = rows.window(place)
    columns = list(_columns(judge, tab))
    looks = Looks(judge, tab)
    spans = Spans(tab, [*frozen, *window], [column.index for column in columns])
    lines = [
        Line(at, HEAD_HEIGHT + number * HEIGHT if at in set(frozen) else None, at - 1 in hidden, [])
        for number, at in enumerate([*frozen, *window])
    ]
    for line in lines:
        line.cells.extend(_cells(looks, spans, tab, line.number, columns))
    return View(
        columns,
        lines,
        looks,
        place + 1 if window else 0,
        place + len(window),
        len(rows),
        rows.at(place - 1) if place else None,
        rows.at(place + WINDOW) if place + WINDOW < len(rows) else None,
        max(tab.column_count - MOST_COLUMNS, 0),
        len(out),
    )


def _cells(looks: Looks, spans: Spans, tab: Tab, row: int, columns: list[Column]) -> Iterator[Seen]:
    for column in columns:
        place = row, column.index
        if place in spans.covered:
            continue
        seen = looks.seen(row, column.index, f"{column.letters}{row + 1}", tab.cell(row, column.index))
        down, across = spans.anchors.get(place, (1, 1))
        yield seen if (down, across) == (1, 1) else replace(seen, down=down, across=across)


def _columns(judge: Judge, tab: Tab) -> Iterator[Column]:
    fitting = _fitting(judge, tab)
    area, criteria = filtered_area(tab), criteria_of(tab)
    frozen = int(tab.properties.get("grid", {}).get("frozenColumnCount", 0))
    left, gap = ROW_HEADS, False
    for at in range(min(tab.column_count, MOST_COLUMNS)):
        size = tab.column_sizes.get(at, {})
        if size.get("hiddenByUser"):
            gap = True
            continue
        width = int(size.get("pixelSize") or fitting.get(at, WIDTH))
        inside = area is not None and area.left <= at < area.right
        state = ("on" if at in criteria else "off") if inside else ""
        yield Column(at, column_letters(at), width, left if at < frozen else None, state, gap)
        left, gap = left + width, False


def _fitting(judge: Judge, tab: Tab) -> dict[int, int]:
    """Widths for what stands in the first rows: nobody has set any, and what is cut off cannot be read."""
    longest: dict[int, int] = {}
    for cells in tab.rows[:LOOKED_AT]:
        for at, cell in enumerate(cells[:MOST_COLUMNS]):
            if not cell.blank:
                longest[at] = max(longest.get(at, 0), len(shown(cell, judge.book.locale)))
    return {at: min(max(int(count * A_LETTER) + PADDING, WIDTH), WIDEST) for at, count in longest.items()}
