"""What a person asks of a tab, as the ``batchUpdate`` requests that Google's own pages would send."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tasks.sandbox.pages.page import PageError
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.ranges import MOST_COLUMNS, Area, Box, column_letters, parse_a1
from tasks.sandbox.sheets.tabs import Tab

MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class Plan:
    """``key`` and ``facts`` are the phrase that says what is done; ``touched`` is what protected ranges guard.

    ``at`` is the cell to look at afterwards; ``tab`` the position of the tab to look at, where that is another one.
    """

    requests: list[Json]
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    touched: tuple[Area, ...] = ()
    at: str = ""
    tab: int | None = None
    moves: bool = True


Given = Mapping[str, str]
Planner = Callable[[Book, Tab, Given], Plan]


def whole(tab: Tab) -> Area:
    """All of a tab."""
    return Area(0, 0, tab.row_count, tab.column_count)


def a1(row: int, column: int) -> str:
    """The name of a cell."""
    return f"{column_letters(column)}{row + 1}"


def cell_of(text: str) -> tuple[int, int]:
    """``B2`` as row and column; 404 for anything else."""
    box = parse_a1(text.strip())
    if box is None or box.bottom != box.top + 1 or box.right != box.left + 1:
        raise PageError("sheet.no_cell", 404, cell=text)
    return box.top, box.left


def area_of(tab: Tab, text: str) -> Area:
    """``B2:D5``, ``B:B`` or ``2:3`` within the tab; 400 for anything else."""
    box = parse_a1(text.strip())
    if box is None or box.top >= tab.row_count or box.left >= tab.column_count:
        raise PageError("sheet.no_range", range=text)
    return tab.area(Box(box.top, box.left, box.bottom, box.right))


def rows_of(tab: Tab, given: Given) -> tuple[int, int]:
    """The rows ``from`` to ``to`` as a half-open span; 400 where there are none such."""
    first, last = given.get("from", "").strip(), (given.get("to") or given.get("from", "")).strip()
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        raise PageError("sheet.no_row", row=first or last)
    start, end = sorted((int(first), int(last)))
    if start < 1 or end > tab.row_count:
        raise PageError("sheet.no_row", row=end if start else start)
    return start - 1, end


def columns_of(tab: Tab, given: Given) -> tuple[int, int]:
    """The columns ``from`` to ``to`` as a half-open span; 400 where there are none such."""
    first = column_of(tab, given.get("from", ""))
    last = column_of(tab, given.get("to") or given.get("from", ""))
    return min(first, last), max(first, last) + 1


def column_of(tab: Tab, letters: str) -> int:
    """``B`` is 1; 400 for a column that the tab has not."""
    text = letters.strip()
    box = parse_a1(f"{text}1") if text.isascii() and text.isalpha() else None
    if box is None or box.left >= min(tab.column_count, MOST_COLUMNS):
        raise PageError("sheet.no_column", column=text)
    return box.left


def number_of(given: Given, name: str, most: int) -> int:
    """A whole number from 0 to ``most``; 400."""
    text = given.get(name, "").strip()
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        raise PageError("sheet.no_number", most=most)
    return int(text)
