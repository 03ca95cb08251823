"""``spreadsheets.batchUpdate``: all requests on a copy, or none."""

from collections.abc import Callable, Mapping

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.batch_cells import CELL_REQUESTS
from tasks.sandbox.sheets.batch_tabs import TAB_REQUESTS
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.markers import create, delete

Work = Callable[[Book, Json], Json]


def _create_marker(book: Book, wanted: Json) -> Json:
    return {"createDeveloperMetadata": {"developerMetadata": create(book, wanted.get("developerMetadata") or {})}}


def _delete_marker(book: Book, wanted: Json) -> Json:
    gone = delete(book, wanted.get("dataFilter") or {})
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": gone}}


REQUESTS: Mapping[str, Work] = {
    "createDeveloperMetadata": _create_marker,
    "deleteDeveloperMetadata": _delete_marker,
    **TAB_REQUESTS,
    **CELL_REQUESTS,
}


def perform(book: Book, requests: list[Json]) -> list[Json]:
    """The replies, one a request. Give it a copy: an error leaves half of the work behind."""
    if not requests:
        raise invalid("Must specify at least one request.")
    replies = []
    for number, request in enumerate(requests):
        kinds = [name for name, value in request.items() if value is not None]
        if len(kinds) != 1:
            raise invalid(f"Invalid requests[{number}]: exactly one kind of request must be set.")
        if kinds[0] not in REQUESTS:
            raise not_modelled(f"the batchUpdate request {kinds[0]!r}")
        replies.append(REQUESTS[kinds[0]](book, request[kinds[0]]))
    return replies
