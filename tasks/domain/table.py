"""A tab as rows of cells by field, whatever the order of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.domain.cells import cell_name, is_blank, whole, written
from tasks.domain.headers import HeaderMatch, match_headers
from tasks.domain.models import Cell, Problem, Tab
from tasks.domain.programme import Columns
from tasks.domain.sentences import say


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in a known column. ``number`` counts from 1 as Sheets does.

    ``noted`` are the fields whose cells have a note.
    """

    number: int
    cells: Mapping[str, Cell]
    noted: frozenset[str] = frozenset()

    def text(self, field: str) -> str:
        """The cell written out."""
        return written(self.cells[field])

    def texts(self) -> dict[str, str]:
        """All cells written out."""
        return {field: written(cell) for field, cell in self.cells.items()}

    def has(self, field: str) -> bool:
        """Whether anything stands in the cell."""
        return not is_blank(self.cells[field])


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` are those with something in a known column, ``blank`` the numbers of those without, above the last."""

    headers: HeaderMatch
    rows: tuple[Row, ...]
    blank: tuple[int, ...]

    def cell_name(self, row: int, field: str) -> str:
        """Where a field of a row stands, such as ``B9``."""
        return cell_name(row, self.headers.columns[field])


def read_table(tab: Tab, wording: Mapping[str, str]) -> Table:
    """Read every row below the headers."""
    headers = match_headers(tab.rows[0] if tab.rows else (), wording)
    noted = _noted(tab, headers)
    everything = [
        Row(number, _pick(cells, headers), noted.get(number, frozenset()))
        for number, cells in enumerate(tab.rows[1:], start=2)
    ]
    rows = tuple(row for row in everything if any(map(row.has, row.cells)))
    last = rows[-1].number if rows else 0
    seen = {row.number for row in rows}
    return Table(headers, rows, tuple(row.number for row in everything if row.number < last and row.number not in seen))


def column_problems(table: Table, columns: Columns, sheet: str) -> tuple[Problem, ...]:
    """What keeps a staff tab from being read: a column that is missing, or there twice."""
    missing = tuple(field for field in table.headers.missing if field not in columns.optional)
    faults = [("missing-column", missing), ("duplicate-column", table.headers.duplicates)]
    return tuple(_column_problem(code, fields, columns, sheet) for code, fields in faults if fields)


def _column_problem(code: str, fields: tuple[str, ...], columns: Columns, sheet: str) -> Problem:
    names = tuple(columns.columns[field] for field in fields)
    return Problem(
        code=code,
        sheet=sheet,
        subject=columns.tab,
        what=(say(code, tab=columns.tab, columns=names),),
        todo=(say("column-todo", columns=names),),
        row=1,
        column=", ".join(names),
    )


def _pick(cells: tuple[Cell, ...], headers: HeaderMatch) -> dict[str, Cell]:
    return {field: whole(cells[place]) if place < len(cells) else "" for field, place in headers.columns.items()}


def _noted(tab: Tab, headers: HeaderMatch) -> dict[int, frozenset[str]]:
    fields = {place: field for field, place in headers.columns.items()}
    found: dict[int, frozenset[str]] = {}
    for row, place in tab.notes:
        if place in fields:
            found[row + 1] = found.get(row + 1, frozenset()) | {fields[place]}
    return found
