"""Developer metadata: ids that the client may choose and that can be used only once in a spreadsheet."""

from typing import Any

from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.masks import Mask
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book, new_number

LIMIT = 30_000
KINDS = {"ROWS": "ROW", "COLUMNS": "COLUMN"}
PLAIN = ("metadataId", "metadataKey", "metadataValue", "visibility")
FIELDS = ("metadataKey", "metadataValue", "location", "visibility")


def create(book: Book, wanted: Json) -> Json:
    """Add an entry; 400 when its id is in use."""
    number = wanted.get("metadataId")
    if number is None:
        number = new_number(f"{book.book_id}:{len(book.markers)}", set(book.markers))
    if number <= 0:
        raise invalid(f"Invalid metadataId: {number}")
    if number in book.markers:
        raise invalid(f"Developer metadata with ID {number} already exists.")
    return _kept(book, number, wanted)


def update(book: Book, markers: list[Json], wanted: Json, mask: Mask) -> list[Json]:
    """Change the named fields of some entries."""
    changed = []
    for old in markers:
        given = {name: wanted.get(name) for name in mask}
        new = {name: part for name, part in {**old, **given}.items() if part is not None}
        changed.append(_kept(book, old["metadataId"], new))
    return changed


def get(book: Book, number: int) -> Json:
    """One entry; 404."""
    if number not in book.markers:
        raise not_found(f"No developer metadata with ID {number}.")
    return book.markers[number]


def matching(book: Book, data_filter: Json) -> list[Json]:
    """The entries that a ``DataFilter`` finds: by a lookup, or those of a range."""
    if "developerMetadataLookup" in data_filter:
        lookup = data_filter["developerMetadataLookup"]
        return [marker for marker in book.markers.values() if _found(marker, lookup)]
    if "a1Range" in data_filter:
        tab, box = book.find(data_filter["a1Range"])
        rows, columns = (box.top, box.bottom), (box.left, box.right)
    elif "gridRange" in data_filter:
        given = data_filter["gridRange"]
        tab = book.tab(given.get("sheetId", 0))
        rows = given.get("startRowIndex", 0), given.get("endRowIndex")
        columns = given.get("startColumnIndex", 0), given.get("endColumnIndex")
    else:
        raise invalid("A data filter must have a filter.")
    spans = {"ROW": rows, "COLUMN": columns}
    return [one for one in book.markers.values() if tab_of(one) == tab.sheet_id and _in_range(one["location"], spans)]


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
    """The tab that an entry is bound to, itself or by a row or column; None for the spreadsheet."""
    location: Json = marker["location"]
    if location["locationType"] == "SPREADSHEET":
        return None
    place: Json = location.get("dimensionRange", location)
    return int(place.get("sheetId", 0))


def _kept(book: Book, number: int, wanted: Json) -> Json:
    if not wanted.get("metadataKey"):
        raise invalid("Must specify a metadataKey.")
    if wanted.get("visibility") not in {"DOCUMENT", "PROJECT"}:
        raise invalid("Must specify a visibility.")
    marker = {
        "metadataId": number,
        "metadataKey": wanted["metadataKey"],
        **({"metadataValue": wanted["metadataValue"]} if wanted.get("metadataValue") else {}),
        "location": _location(book, wanted.get("location", {})),
        "visibility": wanted["visibility"],
    }
    book.markers[number] = marker
    _check_size(book, tab_of(marker))
    return marker


def _in_range(location: Json, spans: dict[str, tuple[int, int | None]]) -> bool:
    start, end = spans.get(location["locationType"], (0, None))
    if "dimensionRange" not in location:
        return spans["ROW"] == spans["COLUMN"] == (0, None)
    at = location["dimensionRange"]["startIndex"]
    return bool(start <= at and (end is None or at < end))


def _found(marker: Json, lookup: Json) -> bool:
    if any(marker.get(name) != lookup[name] for name in PLAIN if name in lookup):
        return False
    location = marker["location"]
    if lookup.get("locationType", location["locationType"]) != location["locationType"]:
        return False
    wanted = lookup.get("metadataLocation")
    if wanted is None:
        return True
    if lookup.get("locationMatchingStrategy") == "EXACT_LOCATION":
        return bool(_placed(wanted) == location)
    return _intersects(location, wanted)


def _intersects(location: Json, wanted: Json) -> bool:
    """A row lies in its tab, and everything in the spreadsheet; what lies around a place meets it too."""
    if wanted.get("spreadsheet") or location["locationType"] == "SPREADSHEET":
        return True
    place = _placed(wanted)
    if tab_of({"location": place}) != tab_of({"location": location}):
        return False
    one, other = place.get("dimensionRange"), location.get("dimensionRange")
    if one is None or other is None or one["dimension"] != other["dimension"]:
        return True
    return bool(one["startIndex"] < other["endIndex"] and other["startIndex"] < one["endIndex"])


def _placed(wanted: Json) -> Json:
    if wanted.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "dimensionRange" in wanted:
        place: dict[str, Any] = {"startIndex": 0, **wanted["dimensionRange"]}
        place.setdefault("endIndex", place["startIndex"] + 1)
        return {"locationType": KINDS.get(place.get("dimension", ""), ""), "dimensionRange": place}
    return {"locationType": "SHEET", "sheetId": wanted.get("sheetId", 0)}


def _location(book: Book, wanted: Json) -> Json:
    if not {"spreadsheet", "sheetId", "dimensionRange"} & wanted.keys():
        raise invalid("Must specify a location.")
    place = _placed(wanted)
    if "dimensionRange" in place:
        bound = place["dimensionRange"]
        book.tab(bound.get("sheetId", 0))
        if bound["endIndex"] - bound["startIndex"] != 1 or bound["startIndex"] < 0 or not place["locationType"]:
            raise invalid("The range must be one row or one column.")
    elif "sheetId" in place:
        book.tab(place["sheetId"])
    return place


def _check_size(book: Book, sheet_id: int | None) -> None:
    size = sum(
        len(marker["metadataKey"]) + len(marker.get("metadataValue", ""))
        for marker in book.markers.values()
        if tab_of(marker) == sheet_id
    )
    if size > LIMIT:
        raise invalid(f"Developer metadata is limited to {LIMIT} characters here.")
