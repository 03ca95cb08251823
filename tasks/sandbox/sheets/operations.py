"""What is spoken of Sheets, each operation behind the question who may do it with which spreadsheet."""

from dataclasses import replace

from tasks.sandbox.drive import access
from tasks.sandbox.sheets import calls, value_batches, value_calls
from tasks.sandbox.wire import Answer, Call, Operation

CREATE = "spreadsheets.create"
READS = {
    "spreadsheets.getByDataFilter",
    "spreadsheets.values.batchGetByDataFilter",
    "spreadsheets.developerMetadata.search",
}


def _guarded(one: Operation) -> Operation:
    least = "reader" if one.method == "GET" or one.name in READS else "writer"

    def work(call: Call) -> Answer:
        access.check_spreadsheet(call, call.parts["id"], least)
        if elsewhere := call.json().get("destinationSpreadsheetId") if one.name.endswith("copyTo") else None:
            access.check_spreadsheet(call, str(elsewhere), "writer")
        return one.work(call)

    return replace(one, work=work)


def _owned(one: Operation) -> Operation:
    """A new spreadsheet belongs to whoever made it."""

    def work(call: Call) -> Answer:
        before = set(call.world.books.ids())
        made = one.work(call)
        for book_id in set(call.world.books.ids()) - before:
            access.give(call.world, book_id, access.address_of(call))
        return made

    return replace(one, work=work)


OPERATIONS: list[Operation] = [
    _owned(one) if one.name == CREATE else _guarded(one)
    for one in (*value_batches.OPERATIONS, *value_calls.OPERATIONS, *calls.OPERATIONS)
]
