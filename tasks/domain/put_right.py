"""What went astray while we wrote, because staff sorted rows or moved columns between our read and our write.

Only cells that hold what we wrote a moment ago, or what they held before, are touched: what somebody typed meanwhile
is left for the next run to read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tasks.domain.cells import fitting, written
from tasks.domain.display import CellChange, NewRow, Plan, find_tab
from tasks.domain.headers import match_headers
from tasks.domain.models import Cell, Tab, Workbook
from tasks.domain.table import Row, read_table


def put_right(
    plan: Plan, before: Workbook, after: Workbook, rows: Sequence[NewRow], changes: Sequence[CellChange]
) -> list[CellChange]:
    """The cells of a tab to be corrected: it was read before and after ``rows`` and ``changes`` were written.

    A value of ours in a column that is not ours gives way to what stood there before.
    """
    old, _ = find_tab(before, plan.columns)
    new, _ = find_tab(after, plan.columns)
    if old is None or new is None:
        return []
    rows = [row for row in rows if row.sheet_id == new.sheet_id]
    changes = [change for change in changes if change.sheet_id == new.sheet_id and not change.is_note]
    moved = _headers(old, plan) != _headers(new, plan)
    lost = [change for row in rows for change in _misplaced(row, new, plan)] if moved else []
    foreign = list(_in_foreign_columns(plan, old, new, changes)) if moved else []
    ours = _still_wrong(plan, old, after, {*_texts(rows, changes)})
    return [*ours, *foreign, *lost, *_in_rows_without_key(plan, new, changes)]


def _headers(tab: Tab, plan: Plan) -> Mapping[str, int]:
    return match_headers(tab.rows[0], plan.columns.columns).columns


def _texts(rows: Sequence[NewRow], changes: Sequence[CellChange]) -> Iterator[str]:
    yield from (written(cell) for row in rows for cell in row.cells)
    yield from (written(change.value) for change in changes)


def _still_wrong(plan: Plan, old: Tab, after: Workbook, ours: set[str]) -> Iterator[CellChange]:
    """Cells that do not show what they should, and in which nobody has typed meanwhile."""
    everything = {line.effect_key for line in plan.lines}
    display = plan.on(after, everything)
    tab, _ = find_tab(after, plan.columns)
    if tab is None:
        return
    known = _by_identity(old, plan)
    fields = {place: field for field, place in _headers(tab, plan).items()}
    now = {row.number - 1: row for row in read_table(tab, plan.columns.columns).rows}
    for change in display.changes:
        row, field = now[change.row], fields[change.column]
        earlier = known.get(row.text(plan.identity).strip())
        if row.text(field) in ours or (earlier and earlier.text(field) == row.text(field)):
            yield change


def _by_identity(tab: Tab, plan: Plan) -> dict[str, Row]:
    return {row.text(plan.identity).strip(): row for row in read_table(tab, plan.columns.columns).rows}


def _in_foreign_columns(plan: Plan, old: Tab, new: Tab, changes: Sequence[CellChange]) -> Iterator[CellChange]:
    """Values of ours that landed in a column of staff, which had moved to where ours had been."""
    headers = _headers(new, plan)
    ours = {headers[field] for field in plan.owned if field in headers}
    key_place, old_key_place = headers[plan.identity], _headers(old, plan)[plan.identity]
    earlier = {written(_cell(row, old_key_place)).strip(): row for row in old.rows[1:]}
    for change in changes:
        if change.column in ours:
            continue
        before = _place_of(written(_cell(new.rows[0], change.column)), old)
        for number, row in enumerate(new.rows[1:], start=1):
            identity = written(_cell(row, key_place)).strip()
            stood = earlier.get(identity) or (old.rows[number] if number < len(old.rows) else ())
            value = _cell(stood, before) if before is not None else ""
            if written(_cell(row, change.column)) == written(change.value) != written(value):
                yield CellChange(new.sheet_id, number, change.column, value)


def _in_rows_without_key(plan: Plan, new: Tab, changes: Sequence[CellChange]) -> Iterator[CellChange]:
    """Values of ours in a row that somebody has just inserted."""
    place = _headers(new, plan)[plan.identity]
    for change in changes:
        row = new.rows[change.row] if change.row < len(new.rows) else ()
        ours = change.value != "" and written(_cell(row, change.column)) == written(change.value)
        if ours and not written(_cell(row, place)).strip():
            yield replace(change, value="")


def _misplaced(row: NewRow, new: Tab, plan: Plan) -> Iterator[CellChange]:
    """A row of ours that was appended under headers which had moved: each value under its own header."""
    planned = {place: fitting(cell) for place, cell in enumerate(row.cells) if cell != ""}
    headers = _headers(new, plan)
    for number, cells in enumerate(new.rows):
        if number and all(written(_cell(cells, place)) == written(cell) for place, cell in planned.items()):
            wanted: dict[int, Cell] = dict.fromkeys(planned, "")
            wanted |= {headers[field]: fitting(cell) for field, cell in row.line.cells.items() if field in headers}
            for place, cell in wanted.items():
                if written(_cell(cells, place)) != written(cell):
                    yield CellChange(new.sheet_id, number, place, cell)
            return


def _place_of(header: str, tab: Tab) -> int | None:
    return next((place for place, cell in enumerate(tab.rows[0]) if written(cell) == header), None)


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""
