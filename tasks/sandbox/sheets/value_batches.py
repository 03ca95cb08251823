"""Sheets v4: the ``values`` methods for many ranges, also by data filters."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.bodies import body
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import Value
from tasks.sandbox.sheets.data_filters import Place, places
from tasks.sandbox.sheets.ranges import written
from tasks.sandbox.sheets.value_calls import asked, input_option, rendering, updated, values_operation
from tasks.sandbox.sheets.values import read
from tasks.sandbox.sheets.writing import Wrote, clear, sent, write
from tasks.sandbox.wire import Answer, Call, Operation, masked

Rows = list[list[Value]]


def _get(call: Call) -> Answer:
    book, how = call.world.books.get(call.parts["id"]), rendering(asked(call))
    found = [read(book, *book.find(text), how) for text in call.many("ranges")]
    return masked(call, {"spreadsheetId": book.book_id, **({"valueRanges": found} if found else {})})


def _get_by_filter(call: Call) -> Answer:
    wanted = body("BatchGetValuesByDataFilterRequest", call.json())
    book, how = call.world.books.get(call.parts["id"]), rendering(wanted)
    found = [
        {"valueRange": read(book, *place, how), "dataFilters": filters}
        for place, filters in _matches(book, wanted.get("dataFilters", []))
    ]
    return masked(call, {"spreadsheetId": book.book_id, **({"valueRanges": found} if found else {})})


def _matches(book: Book, filters: Iterable[Json]) -> list[tuple[Place, list[Json]]]:
    """Every place once, with all filters that find it."""
    found: dict[str, tuple[Place, list[Json]]] = {}
    for number, one in enumerate(filters):
        with _of(f"dataFilters[{number}]"):
            for place in places(book, one):
                found.setdefault(written(place[0].title, place[0].area(place[1])), (place, []))[1].append(one)
    return list(found.values())


def _update(call: Call) -> Answer:
    wanted, blocks = _blocks(call, "BatchUpdateValuesRequest")
    with call.world.changing(call.parts["id"]) as book:
        done = []
        for number, (block, rows) in enumerate(blocks):
            with _of(f"data[{number}]"):
                done.append(write(book, *book.find(block.get("range", "")), rows, _input(wanted)))
        answers = [{"spreadsheetId": book.book_id, **_updated(book, one, wanted)} for one in done]
    return masked(call, {"spreadsheetId": book.book_id, **_totals(done), "responses": answers})


def _update_by_filter(call: Call) -> Answer:
    wanted, blocks = _blocks(call, "BatchUpdateValuesByDataFilterRequest")
    with call.world.changing(call.parts["id"]) as book:
        done: list[tuple[Json, Wrote]] = []
        for number, (block, rows) in enumerate(blocks):
            with _of(f"data[{number}]"):
                found = places(book, block.get("dataFilter", {}))
                done += [(block.get("dataFilter", {}), write(book, *place, rows, _input(wanted))) for place in found]
        answers = [{**_updated(book, one, wanted), "dataFilter": by} for by, one in done]
    totals = _totals([one for _, one in done])
    return masked(call, {"spreadsheetId": book.book_id, **totals, **({"responses": answers} if answers else {})})


def _blocks(call: Call, message: str) -> tuple[Json, list[tuple[Json, Rows]]]:
    """The request, and its blocks with their rows; all that is wrong with them is said before a range is looked at."""
    given = call.json()
    wanted = body(message, given)
    _input(wanted)
    return wanted, [(block, sent(block, f"data[{number}]")) for number, block in enumerate(wanted.get("data", []))]


def _input(wanted: Json) -> str:
    return input_option(wanted.get("valueInputOption", ""))


def _updated(book: Book, done: Wrote, wanted: Json) -> Json:
    return updated(book, done, wanted, with_values=bool(wanted.get("includeValuesInResponse")))


def _totals(done: Sequence[Wrote]) -> Json:
    """Distinct rows and columns, and all cells."""
    counts = {
        "totalUpdatedRows": len({(one.tab.sheet_id, row) for one in done for row in one.rows}),
        "totalUpdatedColumns": len({(one.tab.sheet_id, column) for one in done for column in one.columns}),
        "totalUpdatedCells": sum(one.cells for one in done),
        "totalUpdatedSheets": len({one.tab.sheet_id for one in done if one.cells}),
    }
    return {name: count for name, count in counts.items() if count}


def _clear(call: Call) -> Answer:
    ranges = body("BatchClearValuesRequest", call.json()).get("ranges", [])
    with call.world.changing(call.parts["id"]) as book:
        return _cleared(call, book, [book.find(text) for text in ranges])


def _clear_by_filter(call: Call) -> Answer:
    filters = body("BatchClearValuesByDataFilterRequest", call.json()).get("dataFilters", [])
    with call.world.changing(call.parts["id"]) as book:
        return _cleared(call, book, [place for place, _ in _matches(book, filters)])


def _cleared(call: Call, book: Book, found: Iterable[Place]) -> Answer:
    cleared = [clear(*place) for place in found]
    return masked(call, {"spreadsheetId": book.book_id, **({"clearedRanges": cleared} if cleared else {})})


@contextmanager
def _of(part: str) -> Iterator[None]:
    """A refusal says which part of the request it is about."""
    try:
        yield
    except GoogleError as error:
        if error.code == 400:  # noqa: PLR2004 (the only code that is about the request)
            raise GoogleError(400, f"Invalid {part}: {error.message}") from None
        raise


OPERATIONS: list[Operation] = [
    values_operation("GET", ":batchGet", "batchGet", _get),
    values_operation("POST", ":batchGetByDataFilter", "batchGetByDataFilter", _get_by_filter),
    values_operation("POST", ":batchUpdate", "batchUpdate", _update),
    values_operation("POST", ":batchUpdateByDataFilter", "batchUpdateByDataFilter", _update_by_filter),
    values_operation("POST", ":batchClear", "batchClear", _clear),
    values_operation("POST", ":batchClearByDataFilter", "batchClearByDataFilter", _clear_by_filter),
]
