"""The requests of a batch that write cells: values, formats, notes, borders, validation."""

from collections.abc import Iterator

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.masks import Mask
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import MODELLED, Cell, cell_format, changed, with_format
from tasks.sandbox.sheets.formulas import compute
from tasks.sandbox.sheets.overlay import mask_of, overlaid, unknown_field
from tasks.sandbox.sheets.places import area_of, corner_of
from tasks.sandbox.sheets.ranges import Area, to_grid_range
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.validations import set_rule

READ_ONLY = {"effectiveValue", "effectiveFormat", "formattedValue", "hyperlink"}
KEPT_ELSEWHERE = {"dataValidation"}
NOT_HERE = {"pivotTable", "textFormatRuns", "chipRuns", "dataSourceTable", "dataSourceFormula"}


def append_cells(book: Book, wanted: Json) -> Json:
    """``appendCells``: below the last row with data, whatever table stands where; the grid grows."""
    if wanted.get("tableId"):
        raise not_modelled("appendCells into a native table")
    tab, fields = book.tab(wanted.get("sheetId", 0)), _fields(wanted)
    start, rows = tab.rows_with_data(), wanted.get("rows", [])
    tab.grow(start + len(rows), _width(rows))
    book.check_room(0)
    _lay(tab, start, 0, rows, fields)
    return {}


def update_cells(book: Book, wanted: Json) -> Json:
    """``updateCells`` at a start or in a range; what the rows leave of a range is cleared."""
    fields, rows = _fields(wanted), wanted.get("rows", [])
    if ("start" in wanted) == ("range" in wanted):
        raise invalid("Must specify either start or range.")
    if "start" in wanted:
        tab, top, left = corner_of(book, wanted, "start")
        _check_within(Area(top, left, tab.row_count, tab.column_count), rows)
    else:
        tab, area = area_of(book, wanted)
        _check_within(area, rows)
        top, left = area.top, area.left
        _fill(tab, area, {}, fields)
    _lay(tab, top, left, rows, fields)
    return {}


def repeat_cell(book: Book, wanted: Json) -> Json:
    """``repeatCell``."""
    tab, area = area_of(book, wanted)
    _fill(tab, area, wanted.get("cell", {}), _fields(wanted))
    return {}


def update_borders(book: Book, wanted: Json) -> Json:
    """``updateBorders``; a side that is not named stays as it is, style NONE takes it away."""
    tab, area = area_of(book, wanted)
    for row in range(area.top, area.bottom):
        cells = []
        for at in range(area.left, area.right):
            sides = {side: wanted[name] for side, name in _sides(area, row, at) if name in wanted}
            if sides:
                cells.append((at, _bordered(tab.cell(row, at), sides)))
        if cells:
            tab.put(row, cells)
    return {}


def _fields(wanted: Json) -> Mask:
    mask = mask_of(wanted)
    if "*" in mask:
        return {name: {} for name in MODELLED | KEPT_ELSEWHERE}
    for name in mask.keys() - MODELLED - KEPT_ELSEWHERE - READ_ONLY:
        raise unknown_field("CellData", name)
    return {name: inner for name, inner in mask.items() if name not in READ_ONLY}


def _laid_over(old: Cell, data: Json, fields: Mask) -> Cell:
    if beyond := NOT_HERE & data.keys():
        raise not_modelled(f"writing {min(beyond)} of a cell")
    cell = old
    if "userEnteredFormat" in fields:
        before, given = cell_format(old) or {}, data.get("userEnteredFormat", {})
        cell = with_format(cell, overlaid(before, given, fields["userEnteredFormat"]))
    return changed(cell, data, {name for name in fields if name in {"userEnteredValue", "note"}}, compute)


def _lay(tab: Tab, top: int, left: int, rows: list[Json], fields: Mask) -> None:
    for number, row in enumerate(rows, top):
        cells = list(enumerate(row.get("values", []), left))
        tab.put(number, [(at, _laid_over(tab.cell(number, at), data, fields)) for at, data in cells])
        if "dataValidation" in fields and (
            tab.extras.get("validations") or any("dataValidation" in one for _, one in cells)
        ):
            for at, data in cells:
                place = to_grid_range(tab.sheet_id, Area(number, at, number + 1, at + 1))
                set_rule(tab, place, data.get("dataValidation"))


def _fill(tab: Tab, area: Area, data: Json, fields: Mask) -> None:
    """The same for every cell; where that leaves a cell empty, rows that were never written are not touched."""
    blank = _laid_over(Cell(), data, fields) == Cell()
    bottom = min(area.bottom, len(tab.rows)) if blank else area.bottom
    for row in range(area.top, bottom):
        right = min(area.right, len(tab.rows[row])) if blank else area.right
        tab.put(row, [(at, _laid_over(tab.cell(row, at), data, fields)) for at in range(area.left, right)])
    if "dataValidation" in fields:
        set_rule(tab, to_grid_range(tab.sheet_id, area), data.get("dataValidation"))


def _width(rows: list[Json]) -> int:
    return max((len(row.get("values", [])) for row in rows), default=0)


def _check_within(area: Area, rows: list[Json]) -> None:
    if area.top + len(rows) > area.bottom:
        raise invalid(f"Attempting to write row: {area.bottom}, beyond the last requested row of: {area.bottom - 1}")
    if area.left + _width(rows) > area.right:
        raise invalid(
            f"Attempting to write column: {area.right}, beyond the last requested column of: {area.right - 1}"
        )


def _sides(area: Area, row: int, at: int) -> Iterator[tuple[str, str]]:
    yield "top", "top" if row == area.top else "innerHorizontal"
    yield "bottom", "bottom" if row == area.bottom - 1 else "innerHorizontal"
    yield "left", "left" if at == area.left else "innerVertical"
    yield "right", "right" if at == area.right - 1 else "innerVertical"


def _bordered(cell: Cell, sides: Json) -> Cell:
    style = cell_format(cell) or {}
    borders = {**style.get("borders", {}), **sides}
    borders = {side: border for side, border in borders.items() if border.get("style", "NONE") != "NONE"}
    kept = {name: part for name, part in style.items() if name != "borders"}
    return with_format(cell, {**kept, **({"borders": borders} if borders else {})})
