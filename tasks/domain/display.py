"""Keeps the pipeline's own columns of a tab equal to what it should show; other people's columns are left alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tasks.domain.cells import fitting, written
from tasks.domain.keys import marker
from tasks.domain.models import Cell, Problem, Tab, Workbook
from tasks.domain.programme import Columns
from tasks.domain.sentences import say
from tasks.domain.table import Row, Table, column_problems, read_table


@dataclass(frozen=True, slots=True)
class Line:
    """What one row of a tab should show, by field; ``effect_key`` is the claim under which it is appended.

    ``identity`` is the text of the key column by which the row is found again. A line that is ``gone_is_fine`` is
    not appended when it is not there. ``link`` is what the ledger should remember of the row for people to open.
    """

    effect_key: str
    ref: str
    identity: str
    cells: Mapping[str, Cell]
    gone_is_fine: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to append below a tab's data, cells in the order of the tab's columns.

    ``marker`` (id, value) is written along, so that a repeated attempt is refused; ``notes`` are by column.
    """

    line: Line
    sheet_id: int
    marker: tuple[int, str]
    cells: tuple[Cell, ...]
    notes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellChange:
    """A value for one cell, or with ``is_note`` the note on it; row and column count from 0."""

    sheet_id: int
    row: int
    column: int
    value: Cell
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines that a tab should show, on whatever it looks like when it is read.

    ``identity`` is the field of the key column, ``owned`` the fields that the pipeline keeps equal. ``left_alone`` are
    single cells (ref, field) that are not corrected. ``emptied`` are fields that are emptied in rows without a key.
    """

    columns: Columns
    lines: Sequence[Line]
    identity: str
    owned: Collection[str]
    left_alone: Collection[tuple[str, str]] = ()
    emptied: Collection[str] = ()

    def on(self, book: Workbook, shown: Collection[str]) -> "Display":
        """What the tab needs to look so.

        ``shown`` are the effect keys of rows that were appended before: a row that staff deleted does not come back.
        """
        tab, problems = find_tab(book, self.columns)
        if tab is None:
            return Display(self, problems=problems)
        table = read_table(tab, self.columns.columns)
        at = {row.text(self.identity).strip(): row for row in reversed(table.rows)}
        rows: list[NewRow] = []
        changes: list[CellChange] = []
        markers = dict(book.markers)
        for line in self.lines:
            if row := at.get(line.identity):
                ours = [field for field in self.owned if (line.ref, field) not in self.left_alone]
                changes += _corrections(tab, table, row, line, ours)
            elif not line.gone_is_fine and line.effect_key not in shown:
                cells = _in_order(line, table.headers.columns)
                number, value = marker(line.effect_key, markers)
                markers[number] = value
                rows.append(NewRow(line, tab.sheet_id, (number, value), cells))
        changes += _strays(tab, table, self.identity, self.emptied)
        return Display(self, tuple(rows), tuple(changes), frozenset(at))


@dataclass(frozen=True, slots=True)
class Display:
    """What a tab needs: rows to append, cells to correct, and the identities that stand in it already."""

    plan: Plan | None = None
    rows: tuple[NewRow, ...] = ()
    changes: tuple[CellChange, ...] = ()
    present: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def _strays(tab: Tab, table: Table, identity: str, fields: Collection[str]) -> list[CellChange]:
    """Cells of our columns in rows without a key: a row was inserted while we wrote."""
    places = table.headers.columns
    lost = [(row, field) for row in table.rows if not row.has(identity) for field in fields if row.has(field)]
    return [CellChange(tab.sheet_id, row.number - 1, places[field], "") for row, field in lost]


def sheet_name(book: Workbook, columns: Columns) -> str:
    """How people know a tab: spreadsheet and tab."""
    return f"{book.name} · {columns.tab}"


def find_tab(book: Workbook, columns: Columns) -> tuple[Tab | None, tuple[Problem, ...]]:
    """The tab with all its columns; or None and what is wrong with it."""
    sheet = sheet_name(book, columns)
    if tab := book.tabs.get(columns.tab):
        problems = column_problems(read_table(tab, columns.columns), columns, sheet)
        return (None, problems) if problems else (tab, ())
    what = say("missing-tab", tab=columns.tab)
    todo = say("missing-tab-todo", headers=", ".join(columns.columns.values()))
    return None, (Problem("missing-tab", sheet, columns.tab, (what,), (todo,)),)


def _corrections(tab: Tab, table: Table, row: Row, line: Line, owned: Collection[str]) -> list[CellChange]:
    places = table.headers.columns
    wanted = {field: fitting(line.cells[field]) for field in owned if field in line.cells and field in places}
    return [
        CellChange(tab.sheet_id, row.number - 1, places[field], cell)
        for field, cell in wanted.items()
        if row.text(field) != written(cell)
    ]


def _in_order(line: Line, columns: Mapping[str, int]) -> tuple[Cell, ...]:
    cells: list[Cell] = [""] * (max(columns.values()) + 1)
    for name, column in columns.items():
        cells[column] = fitting(line.cells.get(name, ""))
    return tuple(cells)
