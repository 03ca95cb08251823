"""``spreadsheets.create``: a ``Spreadsheet`` as the requests that make it out of an empty one."""

from collections.abc import Iterator

from tasks.sandbox.failures import not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import new_number

READ_ONLY = {"spreadsheetId", "spreadsheetUrl"}
BOOK = {"properties", "sheets", "namedRanges", "developerMetadata"}
CHANGEABLE = ("locale", "timeZone", "autoRecalc")
LISTS = {
    "merges": ("mergeCells", "range"),
    "protectedRanges": ("addProtectedRange", "protectedRange"),
    "conditionalFormats": ("addConditionalFormatRule", "rule"),
    "filterViews": ("addFilterView", "filter"),
    "bandedRanges": ("addBanding", "bandedRange"),
    "developerMetadata": ("createDeveloperMetadata", "developerMetadata"),
}
STAND_IN = "\0"
WRITTEN = "userEnteredValue,userEnteredFormat,note,dataValidation"


def requests_for(wanted: Json) -> list[Json]:
    """The requests; the tab of the empty spreadsheet makes room where tabs are named. 501 for what is not modelled."""
    if beyond := wanted.keys() - BOOK - READ_ONLY:
        raise not_modelled(f"creating a spreadsheet with {min(beyond)}")
    requests: list[Json] = []
    properties = {name: wanted.get("properties", {}).get(name) for name in CHANGEABLE}
    if given := {name: value for name, value in properties.items() if value}:
        requests.append({"updateSpreadsheetProperties": {"properties": given, "fields": ",".join(given)}})
    if tabs := wanted.get("sheets", []):
        requests += _tabs(tabs)
    requests += [{"addNamedRange": {"namedRange": one}} for one in wanted.get("namedRanges", [])]
    requests += _each("developerMetadata", wanted)
    return requests


def _tabs(tabs: list[Json]) -> Iterator[Json]:
    """The first tab is number 0 unless it says otherwise."""
    stand_in = new_number("stand-in", {tab.get("properties", {}).get("sheetId", 0) for tab in tabs})
    yield {"addSheet": {"properties": {"sheetId": stand_in, "title": STAND_IN}}}
    yield {"deleteSheet": {"sheetId": 0}}
    taken = {tab.get("properties", {}).get("sheetId") for tab in tabs} - {None}
    for at, tab in enumerate(tabs):
        properties = {name: part for name, part in tab.get("properties", {}).items() if name != "index"}
        if "sheetId" not in properties:
            free = 0 if not at and 0 not in taken else new_number(f"tab {at}", taken)
            properties["sheetId"] = free
            taken.add(free)
        properties.setdefault("title", f"Sheet{at + 1}")
        yield {"addSheet": {"properties": properties}}
        yield from _contents(tab, properties["sheetId"])
    yield {"deleteSheet": {"sheetId": stand_in}}


def _contents(tab: Json, sheet_id: int) -> Iterator[Json]:
    if beyond := tab.keys() - LISTS.keys() - {"properties", "data", "basicFilter"}:
        raise not_modelled(f"creating a tab with {min(beyond)}")
    for data in tab.get("data", []):
        start = {"rowIndex": data.get("startRow", 0), "columnIndex": data.get("startColumn", 0)}
        if rows := data.get("rowData", []):
            yield {"updateCells": {"start": {"sheetId": sheet_id, **start}, "rows": rows, "fields": WRITTEN}}
        if {"rowMetadata", "columnMetadata"} & data.keys():
            raise not_modelled("creating a tab with sizes of rows and columns")
    for name in LISTS:
        yield from _each(name, tab)
    if "basicFilter" in tab:
        yield {"setBasicFilter": {"filter": tab["basicFilter"]}}


def _each(name: str, holder: Json) -> Iterator[Json]:
    kind, field = LISTS[name]
    return ({kind: {field: one}} for one in holder.get(name, []))
