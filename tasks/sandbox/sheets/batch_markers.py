"""The requests of a batch about developer metadata."""

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.markers import FIELDS, create, delete, matching, update
from tasks.sandbox.sheets.overlay import mask_of, selected


def create_marker(book: Book, wanted: Json) -> Json:
    """``createDeveloperMetadata``."""
    return {"createDeveloperMetadata": {"developerMetadata": create(book, wanted.get("developerMetadata", {}))}}


def update_marker(book: Book, wanted: Json) -> Json:
    """``updateDeveloperMetadata`` of all that any of the filters finds."""
    if not wanted.get("dataFilters"):
        raise invalid("Must specify at least one dataFilter.")
    mask = selected(mask_of(wanted), "DeveloperMetadata", FIELDS)
    found = {one["metadataId"]: one for data_filter in wanted["dataFilters"] for one in matching(book, data_filter)}
    new = update(book, list(found.values()), wanted.get("developerMetadata", {}), mask)
    return {"updateDeveloperMetadata": {"developerMetadata": new} if new else {}}


def delete_marker(book: Book, wanted: Json) -> Json:
    """``deleteDeveloperMetadata``."""
    gone = delete(book, wanted.get("dataFilter", {}))
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": gone} if gone else {}}
