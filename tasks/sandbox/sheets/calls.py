"""Sheets v4: the spreadsheet and its batch."""

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.masks import apply, below
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.batch import perform
from tasks.sandbox.sheets.book import Book, new_number
from tasks.sandbox.sheets.markers import get, matching
from tasks.sandbox.sheets.ranges import Box
from tasks.sandbox.sheets.spreadsheet import Places, resource
from tasks.sandbox.wire import Answer, Call, Operation, answer, masked, operation
from tasks.sandbox.world import World

ROOT = "/v4/spreadsheets"
DEFAULT = "spreadsheetId,properties,sheets,spreadsheetUrl,namedRanges,developerMetadata"
EVERYTHING_OF_A_TAB = ("properties", "basicFilter", "protectedRanges", "developerMetadata")


def link(book_id: str) -> str:
    """``spreadsheetUrl``; only ever shown, never followed by a client."""
    return f"https://docs.google.com/spreadsheets/d/{book_id}/edit"


def new_spreadsheet(world: World, title: str) -> Book:
    """An empty spreadsheet with one tab."""
    number = world.store.next_number("spreadsheets")
    book_id = f"sandbox-new-{number}-{new_number(title, set()):x}"
    world.books.create(book_id, title, world.clock.text())
    with world.changing(book_id) as book:
        book.add_tab("Sheet1", 0)
    return world.books.get(book_id)


def _get(call: Call) -> Answer:
    book = call.world.books.get(call.parts["id"])
    mask = call.mask()
    ranges = [text for text in call.many("ranges") if text]
    with_data = below(mask, "sheets", "data") is not None if mask else call.flag("includeGridData")
    places: Places | None = None
    if ranges:
        places = [book.find(text) for text in ranges]
    elif with_data:
        places = [(tab, Box()) for tab in book.tabs]
    if not with_data:
        mask = mask or {name: {} for name in DEFAULT.split(",")} | {
            "sheets": {name: {} for name in EVERYTHING_OF_A_TAB}
        }
    return answer(resource(book, link(book.book_id), mask, places, with_ranges=bool(ranges)))


def _create(call: Call) -> Answer:
    wanted = call.json()
    if unknown := set(wanted) - {"properties", "sheets", "spreadsheetId"}:
        raise not_modelled(f"creating a spreadsheet with {', '.join(sorted(unknown))}")
    properties = wanted.get("properties") or {}
    book = new_spreadsheet(call.world, properties.get("title") or "Untitled spreadsheet")
    requests: list[Json] = []
    if rest := {name: value for name, value in properties.items() if name in {"locale", "timeZone"} and value}:
        requests.append({"updateSpreadsheetProperties": {"properties": rest, "fields": ",".join(rest)}})
    if tabs := wanted.get("sheets") or []:
        requests.append({"updateSheetProperties": {"properties": {"title": "\0"}, "fields": "title"}})
        requests += [{"addSheet": {"properties": _new_id(tab.get("properties") or {})}} for tab in tabs]
        requests.append({"deleteSheet": {"sheetId": 0}})
    if requests:
        with call.world.changing(book.book_id) as draft:
            perform(draft, requests)
    book = call.world.books.get(book.book_id)
    return masked(call, resource(book, link(book.book_id), {}, None))


def _new_id(properties: Json) -> Json:
    return {"sheetId": new_number(str(properties.get("title")), {0}), **properties}


def _batch(call: Call) -> Answer:
    wanted = call.json()
    with call.world.changing(call.parts["id"]) as draft:
        replies = perform(draft, wanted.get("requests") or [])
    body: Json = {"spreadsheetId": draft.book_id, "replies": replies}
    if wanted.get("includeSpreadsheetInResponse"):
        body["updatedSpreadsheet"] = resource(draft, link(draft.book_id), {}, None)
    return answer(apply(call.mask(), body))


def _marker(call: Call) -> Answer:
    book, number = call.world.books.get(call.parts["id"]), call.parts["number"]
    if not number.isdigit():
        raise invalid(f"Invalid value at 'metadata_id' (TYPE_INT32), \"{number}\"")
    return masked(call, get(book, int(number)))


def _search(call: Call) -> Answer:
    book = call.world.books.get(call.parts["id"])
    filters = call.json().get("dataFilters") or []
    found = [
        {"developerMetadata": marker, "dataFilters": [wanted]}
        for wanted in filters
        for marker in matching(book, wanted)
    ]
    return masked(call, {"matchedDeveloperMetadata": found} if found else {})


OPERATIONS: list[Operation] = [
    operation("sheets", "POST", ROOT, "spreadsheets.create", _create),
    operation("sheets", "POST", ROOT + "/{id}:batchUpdate", "spreadsheets.batchUpdate", _batch),
    operation(
        "sheets", "GET", ROOT + "/{id}/developerMetadata/{number}", "spreadsheets.developerMetadata.get", _marker
    ),
    operation(
        "sheets", "POST", ROOT + "/{id}/developerMetadata:search", "spreadsheets.developerMetadata.search", _search
    ),
    operation("sheets", "GET", ROOT + "/{id}", "spreadsheets.get", _get),
]
