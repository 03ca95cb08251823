"""The tab that a form writes to: which column belongs to which question, which row to which response.

A new response is an inserted row after the last one; an edited one rewrites its row. Staff sort, rename, move, insert
and delete here all the time, so both are looked up anew each time: a column by its header as last seen, a row by its
time stamp. What Google does for a column or row that is gone is not known: here it is made again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.domain.serials import milliseconds
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.moves import insert
from tasks.sandbox.sheets.tabs import Tab

STAMP, EMAIL = "timestamp", "email"
"""The keys of the two columns that are no question; all others are question ids."""

EDITED = "Responder updated this value."


@dataclass(eq=False)
class ResponseSheet:
    """``columns`` is the place of each key when the headers stood as in ``seen`` (as wide as the grid)."""

    book: Book
    tab: Tab
    columns: dict[str, int]
    seen: list[str]

    def places(self) -> dict[str, int]:
        """Where each key's column stands now; a key whose column is gone is missing."""
        headers = headers_of(self.tab)
        stayed = {key: at for key, at in self.columns.items() if headers[at : at + 1] == [self.seen[at]]}
        found = dict(stayed)
        for key in [key for key in self.columns if key not in found]:
            moved = [at for at, text in enumerate(headers) if text and text == self.seen[self.columns[key]]]
            free = [at for at in moved if at not in found.values()]
            if free or self._renamed(headers, self.columns[key], found):
                found[key] = free[0] if free else self.columns[key]
        return {key: found[key] for key in self.columns if key in found}

    def add_column(self, key: str, header: str) -> int:
        """A new column after the last one of the form; columns of the staff move on."""
        places = self.places()
        at = max(places.values(), default=-1) + 1
        insert(self.book, self.tab, "COLUMNS", at, at + 1)
        like = self.tab.cell(0, at - 1) if at else EMPTY
        self.tab.put(0, [(at, like._replace(value=header, formula="", error="", note=""))])
        self._remember({name: place + (place >= at) for name, place in places.items()} | {key: at})
        return at

    def rename(self, key: str, header: str) -> None:
        """Another header for a column, if it is still there."""
        places = self.places()
        if key in places:
            old = self.tab.cell(0, places[key])
            self.tab.put(0, [(places[key], old._replace(value=header, formula="", error=""))])
        self._remember(places)

    def forget(self, key: str) -> None:
        """The question is gone; its column stays."""
        places = self.places()
        places.pop(key, None)
        self._remember(places)

    def add(self, cells: Mapping[str, Cell]) -> None:
        """A response that was not here before."""
        places = self._all_places()
        row = self._last_response(places) + 1
        insert(self.book, self.tab, "ROWS", row, row + 1)
        self.tab.put(row, [(places[key], cell) for key, cell in cells.items() if key in places])

    def rewrite(self, stamp: float | None, before: Mapping[str, Cell], cells: Mapping[str, Cell]) -> None:
        """The row with this time stamp gets new values, and a note where the answer is another than before."""
        places = self._all_places()
        row = self._row_of(stamp, before, places)
        if row is None:
            self.add(cells)
            return
        self.tab.put(
            row,
            [(at, self._edited(row, at, before.get(key, EMPTY), cells.get(key, EMPTY))) for key, at in places.items()],
        )

    def link(self) -> Json:
        """What the form has to remember."""
        return {"book": self.book.book_id, "tab": self.tab.sheet_id, "columns": self.columns, "seen": self.seen}

    def _renamed(self, headers: list[str], at: int, found: Mapping[str, int]) -> bool:
        """Only the header changed: nothing that was a column of its own stands here now."""
        if at >= len(headers) or at in found.values() or len(headers) != len(self.seen):
            return False
        return headers[at] not in self.seen or not headers[at]

    def _all_places(self) -> dict[str, int]:
        places = self.places()
        lost = {key: self.seen[at] for key, at in self.columns.items() if key not in places}
        self._remember(places)
        for key, header in lost.items():
            self.add_column(key, header)
        return self.columns

    def _remember(self, places: Mapping[str, int]) -> None:
        self.columns, self.seen = dict(places), headers_of(self.tab)

    def _last_response(self, places: Mapping[str, int]) -> int:
        for row in range(self.tab.rows_with_data() - 1, 0, -1):
            if _is_stamp(self.tab.cell(row, places[STAMP])):
                return row
        return 0

    def _row_of(self, stamp: float | None, before: Mapping[str, Cell], places: Mapping[str, int]) -> int | None:
        """Of several rows of one instant the one that holds most of the known answers."""
        if stamp is None:
            return None
        wanted, column = milliseconds(stamp), places[STAMP]
        rows = [
            row
            for row in range(1, self.tab.rows_with_data())
            if _is_stamp(cell := self.tab.cell(row, column)) and milliseconds(float(cell.value or 0)) == wanted
        ]

        def likeness(row: int) -> int:
            return sum(self.tab.cell(row, at).value == before.get(key, EMPTY).value for key, at in places.items())

        return max(rows, key=likeness, default=None)

    def _edited(self, row: int, at: int, before: Cell, now: Cell) -> Cell:
        old = self.tab.cell(row, at)
        changed = before.value != now.value and now.kind != "DATE_TIME"
        return now._replace(note=EDITED if changed else old.note, style=old.style)


def headers_of(tab: Tab) -> list[str]:
    """The first row as text, as wide as the grid."""
    return [str(tab.cell(0, at).value or "") for at in range(tab.column_count)]


def _is_stamp(cell: Cell) -> bool:
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
