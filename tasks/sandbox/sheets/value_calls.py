"""Sheets v4: the ``values`` methods."""

from collections.abc import Mapping

from tasks.sandbox.failures import not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.append import table
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import Value
from tasks.sandbox.sheets.moves import insert
from tasks.sandbox.sheets.ranges import Box, from_grid_range, written
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.values import INPUTS, Rendering, choice, clear, read, sent, write
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

VALUES = "/v4/spreadsheets/{id}/values"
UNKNOWN_INPUT = "INPUT_VALUE_OPTION_UNSPECIFIED"


def _book(call: Call) -> Book:
    return call.world.books.get(call.parts["id"])


def _rendering(wanted: Json) -> Rendering:
    return Rendering(
        wanted.get("majorDimension") or "ROWS",
        wanted.get("valueRenderOption") or "FORMATTED_VALUE",
        wanted.get("dateTimeRenderOption") or "SERIAL_NUMBER",
    )


def _asked(call: Call) -> Rendering:
    return _rendering(
        {name: call.one(name) for name in ("majorDimension", "valueRenderOption", "dateTimeRenderOption")}
    )


def _get(call: Call) -> Answer:
    book = _book(call)
    return masked(call, read(book, *book.find(call.parts["range"]), _asked(call)))


def _batch_get(call: Call) -> Answer:
    book, how = _book(call), _asked(call)
    found = [read(book, *book.find(text), how) for text in call.many("ranges")]
    return masked(call, {"spreadsheetId": book.book_id, "valueRanges": found})


def _filtered(book: Book, data_filter: Json) -> tuple[Tab, Box]:
    if "a1Range" in data_filter:
        return book.find(data_filter["a1Range"])
    if "gridRange" in data_filter:
        given = data_filter["gridRange"]
        return book.tab(given.get("sheetId", 0)), from_grid_range(given)
    raise not_modelled("a data filter other than a1Range and gridRange here")


def _batch_get_filtered(call: Call) -> Answer:
    book, wanted = _book(call), call.json()
    how = _rendering(wanted)
    filters = wanted.get("dataFilters") or []
    found = [{"valueRange": read(book, *_filtered(book, one), how), "dataFilters": [one]} for one in filters]
    return masked(call, {"spreadsheetId": book.book_id, "valueRanges": found})


def _input(call: Call) -> str:
    return choice("value_input_option", call.one("valueInputOption", UNKNOWN_INPUT), INPUTS)


def _update(call: Call) -> Answer:
    body, how = call.json(), _input(call)
    rows = sent(body)
    with call.world.changing(call.parts["id"]) as book:
        tab, box = book.find(call.parts["range"])
        done = {"spreadsheetId": book.book_id, **write(book, tab, box, rows, how)}
        if call.flag("includeValuesInResponse"):
            done["updatedData"] = _written(book, done, _response_rendering(call.query))
    return masked(call, done)


def _append(call: Call) -> Answer:
    body, how = call.json(), _input(call)
    rows = sent(body)
    with call.world.changing(call.parts["id"]) as book:
        tab, box = book.find(call.parts["range"])
        found = table(tab, tab.area(box))
        top, left = (found.bottom, found.left) if found else (box.top, box.left)
        if call.one("insertDataOption") == "INSERT_ROWS" and rows and top < tab.row_count:
            insert(book, tab, "ROWS", top, top + len(rows))
        tab.grow(top + len(rows), left + max(map(len, rows), default=0))
        updates = {"spreadsheetId": book.book_id, **write(book, tab, Box(top, left, top + 1, left + 1), rows, how)}
        if call.flag("includeValuesInResponse"):
            updates["updatedData"] = _written(book, updates, _response_rendering(call.query))
    answered: Json = {"spreadsheetId": book.book_id, "updates": updates}
    if found:
        answered["tableRange"] = written(tab.title, found)
    return masked(call, answered)


def _response_rendering(query: Mapping[str, list[str]]) -> Rendering:
    given = {name: values[-1] for name, values in query.items()}
    return _rendering(
        {
            "valueRenderOption": given.get("responseValueRenderOption"),
            "dateTimeRenderOption": given.get("responseDateTimeRenderOption"),
        }
    )


def _written(book: Book, done: Json, how: Rendering) -> Json:
    return read(book, *book.find(done["updatedRange"]), how)


def _clear(call: Call) -> Answer:
    with call.world.changing(call.parts["id"]) as book:
        tab, box = book.find(call.parts["range"])
        cleared = clear(tab, box)
    return masked(call, {"spreadsheetId": book.book_id, "clearedRange": cleared})


def _batch_clear(call: Call) -> Answer:
    ranges = call.json().get("ranges") or []
    with call.world.changing(call.parts["id"]) as book:
        cleared = [clear(tab, box) for tab, box in (book.find(text) for text in ranges)]
    return masked(call, {"spreadsheetId": book.book_id, "clearedRanges": cleared})


def _batch_update(call: Call) -> Answer:
    wanted = call.json()
    how = choice("value_input_option", wanted.get("valueInputOption") or UNKNOWN_INPUT, INPUTS)
    blocks = [(block, sent(block)) for block in wanted.get("data") or []]
    with call.world.changing(call.parts["id"]) as book:
        places = [_filtered(book, block.get("dataFilter") or {"a1Range": block.get("range")}) for block, _ in blocks]
        done = [
            {"spreadsheetId": book.book_id, **write(book, *place, rows, how)}
            for place, (_, rows) in zip(places, blocks, strict=True)
        ]
    cells = sum(one.get("updatedCells", 0) for one in done)
    totals = {
        "totalUpdatedRows": len(_touched(places, blocks, by_row=True)),
        "totalUpdatedColumns": len(_touched(places, blocks, by_row=False)),
        "totalUpdatedCells": cells,
        "totalUpdatedSheets": len({tab.sheet_id for tab, _ in places}) if cells else 0,
    }
    kept = {name: count for name, count in totals.items() if count}
    return masked(call, {"spreadsheetId": book.book_id, **kept, "responses": done})


def _touched(
    places: list[tuple[Tab, Box]], blocks: list[tuple[Json, list[list[Value]]]], *, by_row: bool
) -> set[object]:
    """The distinct rows, or columns, that a batch wrote to."""
    return {
        (tab.sheet_id, box.top + row if by_row else box.left + column)
        for (tab, box), (_, rows) in zip(places, blocks, strict=True)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None
    }


def _values(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("sheets", method, VALUES + path, f"spreadsheets.values.{name}", work)


OPERATIONS: list[Operation] = [
    _values("GET", ":batchGet", "batchGet", _batch_get),
    _values("POST", ":batchGetByDataFilter", "batchGetByDataFilter", _batch_get_filtered),
    _values("POST", ":batchUpdate", "batchUpdate", _batch_update),
    _values("POST", ":batchClear", "batchClear", _batch_clear),
    _values("POST", "/{range_}:append", "append", _append),
    _values("POST", "/{range_}:clear", "clear", _clear),
    _values("GET", "/{range_}", "get", _get),
    _values("PUT", "/{range_}", "update", _update),
]
