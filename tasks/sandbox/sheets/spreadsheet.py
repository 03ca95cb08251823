"""The ``Spreadsheet`` resource, with grid data where it is asked for."""

from collections.abc import Iterable
from typing import NamedTuple

from tasks.sandbox.masks import Mask, Selected, apply, below
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import Cell, cell_format, effective, entered
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.ranges import Area, Box, from_grid_range
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Row, Tab
from tasks.sandbox.sheets.theme import DEFAULT_FORMAT, THEME

Places = list[tuple[Tab, Box]]
PIXELS = {"ROWS": 21, "COLUMNS": 100}


class Wanted(NamedTuple):
    """Which parts of a cell were asked for, found out once and not for every cell."""

    note: bool
    entered: bool
    effective: bool
    formatted: bool
    mask: Mask
    inner: Mask


def tab_properties(book: Book, tab: Tab) -> Json:
    """``SheetProperties``."""
    rest = {name: value for name, value in tab.properties.items() if name != "grid"}
    grid = {"rowCount": tab.row_count, "columnCount": tab.column_count, **tab.properties.get("grid", {})}
    return {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "index": book.tabs.index(tab),
        "sheetType": "GRID",
        "gridProperties": grid,
        **rest,
    }


def resource(book: Book, url: str, mask: Mask, places: Places | None, *, with_ranges: bool = False) -> Json:
    """The selected part of a spreadsheet; ``places`` are the areas whose grid data was asked for, if any."""
    tabs = book.tabs
    if with_ranges and places is not None:
        asked = [tab for tab, _ in places]
        tabs = [tab for tab in book.tabs if tab in asked]
    metadata = [marker for marker in book.markers.values() if marker["location"]["locationType"] == "SPREADSHEET"]
    whole = {
        "spreadsheetId": book.book_id,
        "properties": properties(book),
        "sheets": [_sheet(book, tab, mask, places) for tab in tabs],
        "spreadsheetUrl": url,
        **({"developerMetadata": metadata} if metadata else {}),
    }
    selected: Json = apply(mask, whole)
    return selected


def properties(book: Book) -> Json:
    """``SpreadsheetProperties``."""
    plain = {name: book.properties[name] for name in ("title", "locale", "autoRecalc", "timeZone")}
    return {**plain, "defaultFormat": DEFAULT_FORMAT, "spreadsheetTheme": THEME}


def _sheet(book: Book, tab: Tab, mask: Mask, places: Places | None) -> Json:
    sheet: Json = {"properties": tab_properties(book, tab)}
    wanted = below(mask, "sheets", "data")
    if places is not None and wanted is not None:
        asked = [tab.area(box) for place, box in places if place is tab]
        sheet["data"] = Selected([_data(book, tab, area, wanted) for area in asked])
    markers = [marker for marker in book.markers.values() if marker["location"].get("sheetId") == tab.sheet_id]
    if markers:
        sheet["developerMetadata"] = markers
    return sheet | {name: value for name, value in tab.extras.items() if name != "validations" and value}


def _data(book: Book, tab: Tab, area: Area, mask: Mask) -> Json:
    data: Json = {}
    if area.top:
        data["startRow"] = area.top
    if area.left:
        data["startColumn"] = area.left
    cells = below(mask, "rowData", "values")
    if cells is not None:
        wanted = _wanted(cells)
        rows = [_row(tab, number, row, wanted, book.locale) for number, row in enumerate(tab.block(area), area.top)]
        while rows and not rows[-1]:
            rows.pop()
        if rows:
            data["rowData"] = Selected(rows)
    for name, dimension in (("rowMetadata", "ROWS"), ("columnMetadata", "COLUMNS")):
        if below(mask, name) is not None:
            data[name] = _sizes(book, tab, area, dimension)
    return {name: apply(mask, {name: part})[name] for name, part in data.items() if not mask or {name, "*"} & set(mask)}


def _row(tab: Tab, number: int, row: Row, wanted: Wanted, locale: Locale) -> Json:
    rules = tab.extras.get("validations", []) if below(wanted.mask, "dataValidation") is not None else []
    values = [_cell(cell, wanted, locale) for cell in row]
    for at, cell in enumerate(values if rules else []):
        for rule in rules:
            if _covers(from_grid_range(rule["range"]), number, at):
                cell["dataValidation"] = rule["rule"]
    while values and not values[-1]:
        values.pop()
    return {"values": values} if values else {}


def _wanted(mask: Mask) -> Wanted:
    return Wanted(
        note=below(mask, "note") is not None,
        entered=below(mask, "userEnteredValue") is not None,
        effective=below(mask, "effectiveValue") is not None,
        formatted=below(mask, "formattedValue") is not None,
        mask=mask,
        inner={name: mask[name] for name in mask if mask[name]},
    )


def _cell(cell: Cell, wanted: Wanted, locale: Locale) -> Json:
    data: Json = {}
    if wanted.note and cell.note:
        data["note"] = cell.note
    if cell.kind or cell.style:
        for name in ("userEnteredFormat", "effectiveFormat"):
            if below(wanted.mask, name) is not None:
                data[name] = cell_format(cell)
    if cell.value is not None or cell.formula or cell.error:
        if wanted.entered:
            data["userEnteredValue"] = entered(cell)
        if wanted.effective:
            data["effectiveValue"] = effective(cell)
        if wanted.formatted:
            data["formattedValue"] = shown(cell, locale)
    if wanted.inner:
        return {name: apply(wanted.inner.get(name, {}), part) for name, part in data.items()}
    return data


def _covers(box: Box, row: int, column: int) -> bool:
    down = box.top <= row and (box.bottom is None or row < box.bottom)
    return down and box.left <= column and (box.right is None or column < box.right)


def _sizes(book: Book, tab: Tab, area: Area, dimension: str) -> list[Json]:
    span = range(area.top, area.bottom) if dimension == "ROWS" else range(area.left, area.right)
    sizes = tab.row_sizes if dimension == "ROWS" else tab.column_sizes
    found = [{"pixelSize": PIXELS[dimension], **sizes.get(at, {})} for at in span]
    for marker in _bound(book, tab, dimension):
        at = marker["location"]["dimensionRange"]["startIndex"]
        if at in span:
            found[at - span.start].setdefault("developerMetadata", []).append(marker)
    return found


def _bound(book: Book, tab: Tab, dimension: str) -> Iterable[Json]:
    for marker in book.markers.values():
        place = marker["location"].get("dimensionRange")
        if place and place["dimension"] == dimension and place.get("sheetId", 0) == tab.sheet_id:
            yield marker
