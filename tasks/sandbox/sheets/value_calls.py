"""Sheets v4: the ``values`` methods for one range."""

from collections.abc import Mapping

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.append import table
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import Value
from tasks.sandbox.sheets.formulas import recalculate
from tasks.sandbox.sheets.moves import insert
from tasks.sandbox.sheets.ranges import Area, Box, written
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.values import Rendering, choice, read
from tasks.sandbox.sheets.writing import INPUTS, Wrote, clear, sent, write
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

VALUES = "/v4/spreadsheets/{id}/values"
UNSPECIFIED = {"", "DIMENSION_UNSPECIFIED", "INPUT_VALUE_OPTION_UNSPECIFIED"}
INSERTIONS = ("OVERWRITE", "INSERT_ROWS")


def rendering(wanted: Mapping[str, str]) -> Rendering:
    """How values are to be read, from a query or a body."""
    dimension = wanted.get("majorDimension") or "ROWS"
    return Rendering(
        "ROWS" if dimension in UNSPECIFIED else dimension,
        wanted.get("valueRenderOption") or "FORMATTED_VALUE",
        wanted.get("dateTimeRenderOption") or "SERIAL_NUMBER",
    )


def rendering_back(wanted: Mapping[str, str]) -> Rendering:
    """How values just written are to be read back."""
    return rendering(
        {
            "valueRenderOption": wanted.get("responseValueRenderOption") or "",
            "dateTimeRenderOption": wanted.get("responseDateTimeRenderOption") or "",
        }
    )


def input_option(given: str) -> str:
    """``valueInputOption``; 400 without one."""
    if given in UNSPECIFIED:
        raise invalid("'valueInputOption' is required but not specified")
    return choice("value_input_option", "ValueInputOption", given, INPUTS)


def updated(book: Book, done: Wrote, wanted: Mapping[str, str], *, with_values: bool) -> Json:
    """``updatedRange``, the counts, and ``updatedData`` where that is asked for."""
    if not with_values:
        return done.counted()
    recalculate(book)
    return {**done.counted(), "updatedData": read(book, done.tab, done.whole, rendering_back(wanted))}


def asked(call: Call) -> dict[str, str]:
    """The query, one value a name."""
    return {name: values[-1] for name, values in call.query.items()}


def _get(call: Call) -> Answer:
    book = call.world.books.get(call.parts["id"])
    return masked(call, read(book, *book.find(call.parts["range"]), rendering(asked(call))))


def _update(call: Call) -> Answer:
    body, how = call.json(), input_option(call.one("valueInputOption"))
    rows = sent(body)
    with call.world.changing(call.parts["id"]) as book:
        done = write(book, *_place(book, call, body), rows, how)
        answered = updated(book, done, asked(call), with_values=call.flag("includeValuesInResponse"))
    return masked(call, {"spreadsheetId": book.book_id, **answered})


def _place(book: Book, call: Call, body: Json) -> tuple[Tab, Box]:
    """The range of the path, which that of the body must mean too where there is one."""
    found = book.find(call.parts["range"])
    if body.get("range") and book.find(body["range"]) != found:
        raise invalid(f"Requested range [{call.parts['range']}] does not match value range [{body['range']}]")
    return found


def _append(call: Call) -> Answer:
    body, how = call.json(), input_option(call.one("valueInputOption"))
    insertion = call.one("insertDataOption") or "OVERWRITE"
    choice("insert_data_option", "InsertDataOption", insertion, INSERTIONS)
    rows = sent(body)
    with call.world.changing(call.parts["id"]) as book:
        tab, box = _place(book, call, body)
        found = table(tab, tab.area(box))
        start = _room(book, tab, found, box, rows, insertion=insertion)
        done = write(book, tab, start, rows, how)
        updates = updated(book, done, asked(call), with_values=call.flag("includeValuesInResponse"))
    answered: Json = {"spreadsheetId": book.book_id, "updates": {"spreadsheetId": book.book_id, **updates}}
    if found:
        answered["tableRange"] = written(tab.title, found)
    return masked(call, answered)


def _room(book: Book, tab: Tab, found: Area | None, box: Box, rows: list[list[Value]], *, insertion: str) -> Box:
    """Where an append begins; the grid is big enough for it afterwards."""
    top, left = (found.bottom, found.left) if found else (box.top, box.left)
    if insertion == "INSERT_ROWS" and rows and top < tab.row_count:
        insert(book, tab, "ROWS", top, top + len(rows))
    height, width = max(tab.row_count, top + len(rows)), max(tab.column_count, left + max(map(len, rows), default=0))
    book.check_room(height * width - tab.row_count * tab.column_count)
    tab.grow(height, width)
    return Box(top, left, top + 1, left + 1)


def _clear(call: Call) -> Answer:
    with call.world.changing(call.parts["id"]) as book:
        cleared = clear(*book.find(call.parts["range"]))
    return masked(call, {"spreadsheetId": book.book_id, "clearedRange": cleared})


def values_operation(method: str, path: str, name: str, work: Work) -> Operation:
    """An operation below ``/values``."""
    return operation("sheets", method, VALUES + path, f"spreadsheets.values.{name}", work)


OPERATIONS: list[Operation] = [
    values_operation("POST", "/{range_}:append", "append", _append),
    values_operation("POST", "/{range_}:clear", "clear", _clear),
    values_operation("GET", "/{range_}", "get", _get),
    values_operation("PUT", "/{range_}", "update", _update),
]
