"""Which rows and cells of a tab are there to be seen: without the hidden ones, merged ones as one; and a search."""

from itertools import islice

from tasks.sandbox.sheets.areas import filled
from tasks.sandbox.sheets.cells import load
from tasks.sandbox.sheets.conditions import Judge
from tasks.sandbox.sheets.filtering import raw_rows
from tasks.sandbox.sheets.ranges import Area, column_letters
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Tab

WINDOW = 100


class Rows:
    """The rows below the frozen ones that are not hidden."""

    def __init__(self, start: int, stop: int, hidden: set[int]) -> None:
        self.rows = [at for at in range(start, stop) if at not in hidden] if hidden else range(start, stop)

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, place: int) -> int:
        """The row at this place, the last one beyond the end."""
        return self.rows[min(place, len(self.rows) - 1)]

    def place(self, row: int) -> int:
        """The place of a row; of a hidden one that of the next."""
        if not self.rows:
            return 0
        low, high = 0, len(self.rows) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.rows[middle] >= row else (middle + 1, high)
        return low

    def window(self, place: int) -> list[int]:
        """The rows to show."""
        return list(self.rows[place : place + WINDOW])


class Spans:
    """Merged cells among the rows and columns that are shown."""

    def __init__(self, tab: Tab, rows: list[int], columns: list[int]) -> None:
        self.anchors: dict[tuple[int, int], tuple[int, int]] = {}
        self.covered: set[tuple[int, int]] = set()
        for given in tab.extras.get("merges", []):
            area = filled(given, tab.row_count, tab.column_count)
            self._add([at for at in rows if area.top <= at < area.bottom], _across(columns, area))

    def _add(self, rows: list[int], columns: list[int]) -> None:
        if rows and columns:
            self.anchors[rows[0], columns[0]] = len(rows), len(columns)
            self.covered |= {(row, column) for row in rows for column in columns} - {(rows[0], columns[0])}


def _across(columns: list[int], area: Area) -> list[int]:
    return [at for at in columns if area.left <= at < area.right]


def search(judge: Judge, tab: Tab, words: str, most: int) -> list[str]:
    """The cells whose text or note holds these words, in reading order."""
    wanted, locale = words.casefold(), judge.book.locale

    def holds(raw: object) -> bool:
        if isinstance(raw, str):
            return wanted in raw.casefold()
        cell = load(raw)
        return wanted in shown(cell, locale).casefold() or wanted in cell.note.casefold()

    found = (
        f"{column_letters(at)}{row + 1}"
        for row, cells in raw_rows(tab, 0, tab.row_count)
        for at, raw in enumerate(cells)
        if raw is not None and holds(raw)
    )
    return list(islice(found, most))
