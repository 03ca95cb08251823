"""What a ``DataFilter`` points at: a range in A1 notation, a grid range, or what carries some metadata."""

from collections.abc import Iterator

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.markers import matching
from tasks.sandbox.sheets.ranges import Box, from_grid_range
from tasks.sandbox.sheets.tabs import Tab

Place = tuple[Tab, Box]


def places(book: Book, wanted: Json) -> list[Place]:
    """All places that the filter finds, in the order of the metadata; 400 when it says nothing or means nothing."""
    if wanted.get("a1Range") is not None:
        return [book.find(wanted["a1Range"])]
    if wanted.get("gridRange") is not None:
        given = wanted["gridRange"]
        return [(book.tab(given.get("sheetId") or 0), from_grid_range(given))]
    if wanted.get("developerMetadataLookup") is not None:
        return list(_marked(book, wanted))
    raise invalid("Must specify at least one filter.")


def _marked(book: Book, wanted: Json) -> Iterator[Place]:
    for marker in matching(book, wanted):
        location = marker["location"]
        if place := location.get("dimensionRange"):
            start, end = place["startIndex"], place["endIndex"]
            box = Box(top=start, bottom=end) if place["dimension"] == "ROWS" else Box(left=start, right=end)
            yield book.tab(place.get("sheetId") or 0), box
        elif "sheetId" in location:
            yield book.tab(location["sheetId"]), Box()
        else:
            raise not_modelled("values by metadata of the whole spreadsheet")
