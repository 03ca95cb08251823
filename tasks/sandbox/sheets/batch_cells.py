"""The requests of a batch that change cells and the rows and columns they stand in."""

from collections.abc import Callable, Mapping

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.masks import parse
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import MODELLED, Cell, changed, with_format
from tasks.sandbox.sheets.formulas import compute
from tasks.sandbox.sheets.moves import delete, insert, move, sort
from tasks.sandbox.sheets.ranges import Area, beyond, from_grid_range, written
from tasks.sandbox.sheets.tabs import Tab


def _fields(wanted: Json) -> set[str]:
    """The top-level fields of ``CellData`` that a request changes."""
    mask = parse(wanted.get("fields") or "")
    if not mask:
        raise invalid(
            "Invalid request: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    return set(MODELLED) if "*" in mask else set(mask)


def _laid_over(old: Cell, data: Json, wanted: Json, fields: set[str]) -> Cell:
    inner = parse(wanted["fields"]).get("userEnteredFormat")
    if not inner or "*" in inner:
        return changed(old, data, fields, compute)
    number = {"type": old.kind, "pattern": old.pattern} if old.kind else None
    style = {**old.style, "numberFormat": number}
    given = data.get("userEnteredFormat") or {}
    style.update({name: given.get(name) for name in inner})
    return changed(with_format(old, style), data, fields - {"userEnteredFormat"}, compute)


def _append_cells(book: Book, wanted: Json) -> Json:
    if wanted.get("tableId"):
        raise not_modelled("appendCells into a native table")
    tab, fields = book.tab(wanted.get("sheetId", 0)), _fields(wanted)
    start = tab.rows_with_data()
    rows = wanted.get("rows") or []
    tab.grow(start + len(rows), max((len(row.get("values") or []) for row in rows), default=0))
    _lay(tab, start, 0, wanted, fields)
    return {}


def _update_cells(book: Book, wanted: Json) -> Json:
    fields = _fields(wanted)
    if wanted.get("start") is not None:
        start = wanted["start"]
        tab, top, left = (
            book.tab(start.get("sheetId", 0)),
            start.get("rowIndex", 0),
            start.get("columnIndex", 0),
        )
    elif wanted.get("range") is not None:
        tab = book.tab(wanted["range"].get("sheetId", 0))
        area = tab.area(from_grid_range(wanted["range"]))
        _erase(tab, area, wanted, fields)
        top, left = area.top, area.left
    else:
        raise invalid("Invalid requests[0].updateCells: Must specify start or range.")
    _check_grid(tab, top, left, wanted.get("rows") or [])
    _lay(tab, top, left, wanted, fields)
    return {}


def _lay(tab: Tab, top: int, left: int, wanted: Json, fields: set[str]) -> None:
    for number, row in enumerate(wanted.get("rows") or [], top):
        cells = enumerate(row.get("values") or [], left)
        tab.put(number, [(at, _laid_over(tab.cell(number, at), data, wanted, fields)) for at, data in cells])


def _erase(tab: Tab, area: Area, wanted: Json, fields: set[str]) -> None:
    for row in range(area.top, min(area.bottom, len(tab.rows))):
        width = range(area.left, min(area.right, len(tab.rows[row])))
        tab.put(row, [(at, _laid_over(tab.cell(row, at), {}, wanted, fields)) for at in width])


def _check_grid(tab: Tab, top: int, left: int, rows: list[Json]) -> None:
    width = max((len(row.get("values") or []) for row in rows), default=0)
    if top + len(rows) > tab.row_count or left + width > tab.column_count:
        area = Area(top, left, top + max(len(rows), 1), left + max(width, 1))
        raise beyond(written(tab.title, area), tab.row_count, tab.column_count)


def _repeat_cell(book: Book, wanted: Json) -> Json:
    given, fields = wanted.get("range") or {}, _fields(wanted)
    tab = book.tab(given.get("sheetId", 0))
    area = tab.area(from_grid_range(given))
    for row in range(area.top, area.bottom):
        cells = range(area.left, area.right)
        data = wanted.get("cell") or {}
        tab.put(row, [(at, _laid_over(tab.cell(row, at), data, wanted, fields)) for at in cells])
    return {}


def _sort_range(book: Book, wanted: Json) -> Json:
    given = wanted.get("range") or {}
    tab = book.tab(given.get("sheetId", 0))
    area = tab.area(from_grid_range(given))
    sort(book, tab, area, wanted.get("sortSpecs") or [], markers_follow=book.markers_follow_sort)
    return {}


def _dimension(book: Book, given: Json) -> tuple[Tab, str, int, int]:
    tab = book.tab(given.get("sheetId", 0))
    dimension = given.get("dimension", "")
    size = tab.row_count if dimension == "ROWS" else tab.column_count
    end = given.get("endIndex")
    return tab, dimension, given.get("startIndex") or 0, size if end is None else end


def _insert_dimension(book: Book, wanted: Json) -> Json:
    insert(book, *_dimension(book, wanted.get("range") or {}))
    return {}


def _delete_dimension(book: Book, wanted: Json) -> Json:
    delete(book, *_dimension(book, wanted.get("range") or {}))
    return {}


def _move_dimension(book: Book, wanted: Json) -> Json:
    move(book, *_dimension(book, wanted.get("source") or {}), wanted.get("destinationIndex") or 0)
    return {}


CELL_REQUESTS: Mapping[str, Callable[[Book, Json], Json]] = {
    "appendCells": _append_cells,
    "updateCells": _update_cells,
    "repeatCell": _repeat_cell,
    "sortRange": _sort_range,
    "insertDimension": _insert_dimension,
    "deleteDimension": _delete_dimension,
    "moveDimension": _move_dimension,
}
