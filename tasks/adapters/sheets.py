"""Spreadsheets through gspread: one request reads a whole spreadsheet, one atomic batch writes to it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gspread
from gspread.exceptions import APIError
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL

from tasks.adapters.google_answers import NO_ANSWER, fault_of, raise_for_connection
from tasks.adapters.google_session import GoogleSession
from tasks.domain.display import CellChange, NewRow
from tasks.domain.faults import Unclear
from tasks.domain.models import Cell, CellError, Tab, Workbook

EVERYTHING = (
    "properties(timeZone),developerMetadata(metadataId,metadataValue),"
    "sheets(properties(sheetId,title),developerMetadata(metadataId,metadataValue),"
    "data(startRow,startColumn,rowData(values(effectiveValue,note))))"
)
MARKER_KEY = "a"


class Sheets:
    """Reads and writes by spreadsheet id. Values are written raw: never parsed, never a formula."""

    def __init__(self, session: GoogleSession) -> None:
        self._client = gspread.Client(auth=session.credentials, session=session).http_client

    def read(self, name: str, spreadsheet_id: str) -> Workbook:
        """All tabs with their values, time zone and markers, in one request. Raises Fault."""
        found = _ask(
            lambda: self._client.fetch_sheet_metadata(
                spreadsheet_id, params={"includeGridData": "true", "fields": EVERYTHING}
            ),
            f"reading {name}",
        )
        return _read(name, spreadsheet_id, found, f"reading {name}")

    def write(
        self, book: Workbook, rows: Sequence[NewRow], changes: Sequence[CellChange], done_with: Sequence[int] = ()
    ) -> Workbook:
        """Append rows, change cells, and drop markers no longer needed: all or nothing, in one request. Raises Fault.

        A batch that repeats a marker is refused whole (Refused), so an append whose answer was lost cannot be doubled.
        The answer is the spreadsheet as Google has it right after the batch, from the same request.
        """
        requests = [*_drops(done_with), *_markers(rows), *_appends(rows), *map(_change, changes)]
        body = {"requests": requests, "includeSpreadsheetInResponse": True}
        url, what = SPREADSHEET_BATCH_UPDATE_URL % book.spreadsheet_id, f"writing to {book.name}"
        fields = f"updatedSpreadsheet({EVERYTHING})"
        found = _ask(lambda: self._client.request("post", url, params={"fields": fields}, json=body).json(), what)
        return _read(book.name, book.spreadsheet_id, found.get("updatedSpreadsheet", {}), what)


def _ask(call: Callable[[], Any], what: str) -> dict[str, Any]:
    """One call of gspread, which sends one request. Raises Fault."""
    try:
        answer = call()
    except APIError as error:
        raise fault_of(error.response.status_code, error.response.content, what, error.response.headers) from None
    except NO_ANSWER as error:
        raise_for_connection(error, what)
    except (KeyError, TypeError):  # gspread expects Google's own shape of an error
        raise Unclear(f"{what}: an error that cannot be read") from None
    if not isinstance(answer, dict):
        raise Unclear(f"{what}: no answer that can be read")
    return answer


def _read(name: str, spreadsheet_id: str, found: Mapping[str, Any], what: str) -> Workbook:
    try:
        return _workbook(name, spreadsheet_id, found)
    except (KeyError, TypeError, AttributeError):
        raise Unclear(f"{what}: an answer that cannot be read") from None


def _workbook(name: str, spreadsheet_id: str, found: Mapping[str, Any]) -> Workbook:
    tabs = [_tab(sheet) for sheet in found.get("sheets", [])]
    notes = [*found.get("developerMetadata", [])]
    for sheet in found.get("sheets", []):
        notes += sheet.get("developerMetadata", [])
    return Workbook(
        name=name,
        spreadsheet_id=spreadsheet_id,
        time_zone=found["properties"]["timeZone"],
        tabs={tab.title: tab for tab in tabs},
        markers={note["metadataId"]: note.get("metadataValue", "") for note in notes},
    )


def _tab(sheet: Mapping[str, Any]) -> Tab:
    grid = (sheet.get("data") or [{}])[0]
    rows = tuple(tuple(_value(cell) for cell in row.get("values", [])) for row in grid.get("rowData", []))
    notes = {
        (number, column): cell["note"]
        for number, row in enumerate(grid.get("rowData", []))
        for column, cell in enumerate(row.get("values", []))
        if "note" in cell
    }
    return Tab(sheet["properties"]["title"], sheet["properties"].get("sheetId", 0), rows, notes)


def _value(cell: Mapping[str, Any]) -> Cell:
    value = cell.get("effectiveValue", {})
    for kind in ("stringValue", "numberValue", "boolValue"):
        if kind in value:
            found: Cell = value[kind]
            return found
    if "errorValue" in value:
        return CellError(f"#{value['errorValue'].get('type', 'ERROR')}")
    return ""


def _extended(value: Cell) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}}
    if isinstance(value, int | float):
        return {"userEnteredValue": {"numberValue": value}}
    return {"userEnteredValue": {"stringValue": value}} if value else {}


def _markers(rows: Sequence[NewRow]) -> list[dict[str, Any]]:
    return [
        {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataId": row.marker[0],
                    "metadataKey": MARKER_KEY,
                    "metadataValue": row.marker[1],
                    "visibility": "DOCUMENT",
                    "location": {"sheetId": row.sheet_id},
                }
            }
        }
        for row in rows
    ]


def _appends(rows: Sequence[NewRow]) -> list[dict[str, Any]]:
    by_tab: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        cells = [_extended(cell) for cell in row.cells]
        for column, note in row.notes.items():
            cells[column]["note"] = note
        by_tab.setdefault(row.sheet_id, []).append({"values": cells})
    return [
        {"appendCells": {"sheetId": sheet_id, "rows": values, "fields": "userEnteredValue,note"}}
        for sheet_id, values in by_tab.items()
    ]


def _change(change: CellChange) -> dict[str, Any]:
    start = {"sheetId": change.sheet_id, "rowIndex": change.row, "columnIndex": change.column}
    return {
        "updateCells": {
            "start": start,
            "rows": [{"values": [{"note": change.value} if change.is_note else _extended(change.value)]}],
            "fields": "note" if change.is_note else "userEnteredValue",
        }
    }


def _drops(markers: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": number}}}}
        for number in markers
    ]
