"""Sheets v4: the spreadsheet, its batch and its developer metadata."""

from typing import Any

from tasks.sandbox.failures import invalid
from tasks.sandbox.masks import Mask, apply, below
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.batch import perform
from tasks.sandbox.sheets.bodies import body
from tasks.sandbox.sheets.book import Book, new_number
from tasks.sandbox.sheets.conditions import Judge
from tasks.sandbox.sheets.copies import copied_tab, free_title
from tasks.sandbox.sheets.creating import requests_for
from tasks.sandbox.sheets.data_filters import places
from tasks.sandbox.sheets.markers import get, matching
from tasks.sandbox.sheets.now import today
from tasks.sandbox.sheets.spreadsheet import Places, resource, tab_properties
from tasks.sandbox.wire import Answer, Call, Operation, Work, answer, masked, operation
from tasks.sandbox.world import World

ROOT = "/v4/spreadsheets"


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
    book, mask = call.world.books.get(call.parts["id"]), call.mask()
    asked = [book.find(text) for text in call.many("ranges") if text]
    with_data = _with_data(mask, plain=call.flag("includeGridData"))
    return answer(_resource(call, book, mask, asked or None, with_data=with_data))


def _get_filtered(call: Call) -> Answer:
    wanted, mask = body("GetSpreadsheetByDataFilterRequest", call.json()), call.mask()
    book = call.world.books.get(call.parts["id"])
    asked = [place for one in wanted.get("dataFilters", []) for place in places(book, one)]
    with_data = _with_data(mask, plain=wanted.get("includeGridData", False))
    only = asked if wanted.get("dataFilters") else None
    return answer(_resource(call, book, mask, only, with_data=with_data))


def _resource(call: Call, book: Book, mask: Mask, places: Places | None = None, *, with_data: bool = False) -> Json:
    judge = Judge(book, today(book, call.world.clock.now()))
    return resource(judge, link(book.book_id), mask, places, with_data=with_data)


def _with_data(mask: Mask, *, plain: bool) -> bool:
    """``includeGridData`` counts only where no field mask says it better."""
    return below(mask, "sheets", "data") is not None if mask else plain


def _create(call: Call) -> Answer:
    wanted = body("Spreadsheet", call.json())
    title = wanted.get("properties", {}).get("title") or "Untitled spreadsheet"
    book_id = new_spreadsheet(call.world, title).book_id
    if requests := requests_for(wanted):
        with call.world.changing(book_id) as draft:
            draft.editor = _address(call)
            perform(draft, requests)
    book = call.world.books.get(book_id)
    return masked(call, _resource(call, book, {}))


def _batch(call: Call) -> Answer:
    wanted = body("BatchUpdateSpreadsheetRequest", call.json())
    with call.world.changing(call.parts["id"]) as draft:
        draft.editor = _address(call)
        replies = perform(draft, wanted.get("requests", []))
    answered: dict[str, Any] = {"spreadsheetId": draft.book_id, "replies": replies}
    mask = call.mask()
    if wanted.get("includeSpreadsheetInResponse"):
        answered["updatedSpreadsheet"] = _updated(call, draft, wanted, below(mask, "updatedSpreadsheet") or {})
    return answer(apply(mask, answered))


def _updated(call: Call, book: Book, wanted: Json, mask: Mask) -> Json:
    asked = [book.find(text) for text in wanted.get("responseRanges", [])]
    with_data = _with_data(mask, plain=wanted.get("responseIncludeGridData", False))
    return _resource(call, book, mask, asked or None, with_data=with_data)


def _address(call: Call) -> str:
    return call.caller.address if call.caller else call.world.owner


def _copy_tab(call: Call) -> Answer:
    wanted, sheet = body("CopySheetToAnotherSpreadsheetRequest", call.json()), call.parts["sheet"]
    if not sheet.isdecimal():
        raise invalid(f"Invalid value at 'sheet_id' (TYPE_INT32), \"{sheet}\"")
    source = call.world.books.get(call.parts["id"]).tab(int(sheet))
    with call.world.changing(wanted.get("destinationSpreadsheetId", "")) as book:
        title = free_title(book, f"Copy of {source.title}")
        taken = {tab.sheet_id for tab in book.tabs}
        number = new_number(f"{book.book_id}:{title}:{len(taken)}", taken)
        book.tabs.append(copied_tab(source, number, title, new_number))
        book.check_room(0)
        made = tab_properties(book, book.tabs[-1])
    return masked(call, made)


def _marker(call: Call) -> Answer:
    book, number = call.world.books.get(call.parts["id"]), call.parts["number"]
    if not number.isdecimal():
        raise invalid(f"Invalid value at 'metadata_id' (TYPE_INT32), \"{number}\"")
    return masked(call, get(book, int(number)))


def _search(call: Call) -> Answer:
    filters = body("SearchDeveloperMetadataRequest", call.json()).get("dataFilters", [])
    book = call.world.books.get(call.parts["id"])
    found: dict[int, Json] = {}
    for wanted in filters:
        for marker in matching(book, wanted):
            kept = found.setdefault(marker["metadataId"], {"developerMetadata": marker, "dataFilters": []})
            kept["dataFilters"].append(wanted)
    return masked(call, {"matchedDeveloperMetadata": list(found.values())} if found else {})


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("sheets", method, ROOT + path, f"spreadsheets.{name}", work)


OPERATIONS: list[Operation] = [
    _spoken("POST", "", "create", _create),
    _spoken("POST", "/{id}:batchUpdate", "batchUpdate", _batch),
    _spoken("POST", "/{id}:getByDataFilter", "getByDataFilter", _get_filtered),
    _spoken("POST", "/{id}/sheets/{sheet}:copyTo", "sheets.copyTo", _copy_tab),
    _spoken("GET", "/{id}/developerMetadata/{number}", "developerMetadata.get", _marker),
    _spoken("POST", "/{id}/developerMetadata:search", "developerMetadata.search", _search),
    _spoken("GET", "/{id}", "get", _get),
]
