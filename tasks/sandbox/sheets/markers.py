"""Developer metadata: ids that the client may choose and that can be used only once in a spreadsheet."""

from tasks.sandbox.failures import GoogleError, invalid, not_found, not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book, new_number

LIMIT = 30_000
BIGGEST = 2**31 - 1
LOOKUPS = {"metadataId", "metadataKey", "metadataValue", "visibility", "locationType", "metadataLocation"}


def create(book: Book, wanted: Json) -> Json:
    """Add an entry; 400 when its id is in use."""
    number = wanted.get("metadataId")
    if number is None:
        number = new_number(f"{book.book_id}:{len(book.markers)}", set(book.markers))
    if not isinstance(number, int) or not 0 < number <= BIGGEST:
        raise invalid(f"Invalid requests[0].createDeveloperMetadata: Invalid metadataId: {number}")
    if number in book.markers:
        raise invalid(
            f"Invalid requests[0].createDeveloperMetadata: Developer metadata with ID {number} already exists."
        )
    if not wanted.get("metadataKey"):
        raise invalid("Invalid requests[0].createDeveloperMetadata: Must specify a metadataKey.")
    marker = {
        "metadataId": number,
        "metadataKey": wanted["metadataKey"],
        **({"metadataValue": wanted["metadataValue"]} if wanted.get("metadataValue") else {}),
        "location": _location(book, wanted.get("location") or {}),
        "visibility": _visibility(wanted.get("visibility")),
    }
    book.markers[number] = marker
    _check_size(book, marker["location"].get("sheetId"))
    return marker


def get(book: Book, number: int) -> Json:
    """One entry; 404."""
    if number not in book.markers:
        raise not_found(f"No developer metadata with ID {number}.")
    return book.markers[number]


def matching(book: Book, data_filter: Json) -> list[Json]:
    """The entries that a ``DataFilter`` finds."""
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is None:
        raise not_modelled("this data filter; only developerMetadataLookup")
    if unknown := set(lookup) - LOOKUPS - {"locationMatchingStrategy"}:
        raise invalid(f"Unknown name {min(unknown)!r} at 'data_filter.developer_metadata_lookup'")
    return [marker for marker in book.markers.values() if _found(marker, lookup)]


def delete(book: Book, data_filter: Json) -> list[Json]:
    """Remove the entries that a ``DataFilter`` finds."""
    gone = matching(book, data_filter)
    for marker in gone:
        del book.markers[marker["metadataId"]]
    return gone


def forget_tab(book: Book, sheet_id: int) -> None:
    """What was bound to a tab dies with it."""
    for number in [number for number, marker in book.markers.items() if tab_of(marker) == sheet_id]:
        del book.markers[number]


def tab_of(marker: Json) -> int | None:
    """The tab that an entry is bound to, itself or by a row or column."""
    location: Json = marker["location"]
    if "dimensionRange" in location:
        return int(location["dimensionRange"].get("sheetId", 0))
    return location.get("sheetId")


def _found(marker: Json, lookup: Json) -> bool:
    for name in ("metadataId", "metadataKey", "metadataValue", "visibility"):
        if lookup.get(name) is not None and marker.get(name) != lookup[name]:
            return False
    location = marker["location"]
    if lookup.get("locationType") not in {None, location["locationType"]}:
        return False
    wanted = lookup.get("metadataLocation") or {}
    if "sheetId" in wanted:
        return tab_of(marker) == int(wanted["sheetId"])
    if wanted.get("spreadsheet"):
        return bool(location.get("spreadsheet"))
    if "dimensionRange" in wanted:
        return bool(location.get("dimensionRange") == wanted["dimensionRange"])
    return True


def _location(book: Book, wanted: Json) -> Json:
    if wanted.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if wanted.get("sheetId") is not None:
        book.tab(wanted["sheetId"])
        return {"locationType": "SHEET", "sheetId": wanted["sheetId"]}
    place = wanted.get("dimensionRange")
    if not place:
        raise invalid("Invalid requests[0].createDeveloperMetadata: Must specify a location.")
    book.tab(place.get("sheetId", 0))
    if place.get("endIndex", 0) - place.get("startIndex", 0) != 1 or place.get("dimension") not in {"ROWS", "COLUMNS"}:
        raise invalid("Invalid requests[0].createDeveloperMetadata: The range must be one row or one column.")
    kind = "ROW" if place["dimension"] == "ROWS" else "COLUMN"
    return {"locationType": kind, "dimensionRange": {"startIndex": 0, **place}}


def _visibility(wanted: object) -> str:
    if wanted not in {"DOCUMENT", "PROJECT"}:
        raise invalid("Invalid requests[0].createDeveloperMetadata: Must specify a visibility.")
    return str(wanted)


def _check_size(book: Book, sheet_id: int | None) -> None:
    size = sum(
        len(marker["metadataKey"]) + len(marker.get("metadataValue", ""))
        for marker in book.markers.values()
        if tab_of(marker) == sheet_id
    )
    if size > LIMIT:
        raise GoogleError(400, f"Developer metadata is limited to {LIMIT} characters here.")
