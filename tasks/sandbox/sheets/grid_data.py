"""``GridData``: the cells of an area as ``CellData``, and its rows and columns."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tasks.sandbox.masks import Mask, Selected, apply, below
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell, cell_format, effective, entered
from tasks.sandbox.sheets.conditions import Judge
from tasks.sandbox.sheets.filtering import filtered_out
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Row, Tab
from tasks.sandbox.sheets.theme import DEFAULT_FORMAT
from tasks.sandbox.sheets.validations import rules_in

PIXELS = {"ROWS": 21, "COLUMNS": 100}
ALIGNED = {bool: "CENTER", int: "RIGHT", float: "RIGHT"}


class Wanted(NamedTuple):
    """Which parts of a cell were asked for, found out once and not for every cell."""

    note: bool
    entered: bool
    effective: bool
    formatted: bool
    format: bool
    look: bool
    rules: bool
    inner: Mask


def grid_data(judge: Judge, tab: Tab, area: Area, mask: Mask) -> Json:
    """The selected part of an area; leading empty cells are ``{}``, trailing ones are cut."""
    data: Json = {}
    if area.top:
        data["startRow"] = area.top
    if area.left:
        data["startColumn"] = area.left
    cells = below(mask, "rowData", "values")
    if cells is not None and (rows := _rows(tab, area, _wanted(cells), judge.book.locale)):
        data["rowData"] = Selected(rows)
    if below(mask, "rowMetadata") is not None:
        data["rowMetadata"] = _sizes(judge.book, tab, "ROWS", range(area.top, area.bottom))
        for at in filtered_out(judge, tab) & set(range(area.top, area.bottom)):
            data["rowMetadata"][at - area.top]["hiddenByFilter"] = True
    if below(mask, "columnMetadata") is not None:
        data["columnMetadata"] = _sizes(judge.book, tab, "COLUMNS", range(area.left, area.right))
    return {name: apply(mask, {name: part})[name] for name, part in data.items() if not mask or {name, "*"} & set(mask)}


def _wanted(mask: Mask) -> Wanted:
    def asked(name: str) -> bool:
        return below(mask, name) is not None

    return Wanted(
        note=asked("note"),
        entered=asked("userEnteredValue"),
        effective=asked("effectiveValue"),
        formatted=asked("formattedValue"),
        format=asked("userEnteredFormat"),
        look=asked("effectiveFormat"),
        rules=asked("dataValidation"),
        inner={name: mask[name] for name in mask if mask[name]},
    )


def _rows(tab: Tab, area: Area, wanted: Wanted, locale: Locale) -> list[Json]:
    rules = list(rules_in(tab, area)) if wanted.rules else []
    lines: Iterator[Row] = tab.block(area)
    height = max((place.bottom - area.top for place, _ in rules), default=0)
    found = []
    for number, row in enumerate(lines):
        found.append(_row(row, wanted, locale, _rules_at(rules, area, number)))
    found += [_row([], wanted, locale, _rules_at(rules, area, number)) for number in range(len(found), height)]
    while found and not found[-1]:
        found.pop()
    return found


def _rules_at(rules: list[tuple[Area, Json]], area: Area, number: int) -> dict[int, Json]:
    """The rule of each cell of a row that has one, by the cell's place in the area."""
    return {
        at - area.left: rule
        for place, rule in rules
        if place.top <= area.top + number < place.bottom
        for at in range(place.left, place.right)
    }


def _row(row: Row, wanted: Wanted, locale: Locale, rules: Mapping[int, Json]) -> Json:
    values = [_cell(cell, wanted, locale) for cell in row]
    if rules:
        values += [_cell(EMPTY, wanted, locale) for _ in range(max(rules) + 1 - len(values))]
        for at, rule in rules.items():
            values[at]["dataValidation"] = apply(wanted.inner.get("dataValidation", {}), rule)
    while values and not values[-1]:
        values.pop()
    return {"values": values} if values else {}


def _cell(cell: Cell, wanted: Wanted, locale: Locale) -> Json:
    data: Json = {}
    if wanted.note and cell.note:
        data["note"] = cell.note
    if wanted.format and (cell.kind or cell.style):
        data["userEnteredFormat"] = cell_format(cell)
    if wanted.look and cell != EMPTY:
        data["effectiveFormat"] = _look(cell)
    if not cell.blank:
        if wanted.entered:
            data["userEnteredValue"] = entered(cell)
        if wanted.effective:
            data["effectiveValue"] = effective(cell)
        if wanted.formatted:
            data["formattedValue"] = shown(cell, locale)
    if wanted.inner:
        return {name: apply(wanted.inner.get(name, {}), part) for name, part in data.items()}
    return data


def _look(cell: Cell) -> Json:
    """``effectiveFormat``: the spreadsheet's own format under the cell's."""
    own = {"horizontalAlignment": ALIGNED.get(type(cell.value), "LEFT"), "hyperlinkDisplayType": "PLAIN_TEXT"}
    found = {**DEFAULT_FORMAT, **(own if not cell.blank else {}), **(cell_format(cell) or {})}
    for name in ("textFormat", "padding"):
        found[name] = {**DEFAULT_FORMAT[name], **found[name]}
    return found


def _sizes(book: Book, tab: Tab, dimension: str, span: range) -> list[Json]:
    sizes = tab.row_sizes if dimension == "ROWS" else tab.column_sizes
    found = [{"pixelSize": PIXELS[dimension], **sizes.get(at, {})} for at in span]
    for marker in _bound(book, tab, dimension):
        at = marker["location"]["dimensionRange"]["startIndex"]
        if at in span:
            found[at - span.start].setdefault("developerMetadata", []).append(marker)
    return found


def _bound(book: Book, tab: Tab, dimension: str) -> Iterator[Json]:
    for marker in book.markers.values():
        place = marker["location"].get("dimensionRange")
        if place and place["dimension"] == dimension and place.get("sheetId", 0) == tab.sheet_id:
            yield marker
