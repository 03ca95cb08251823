"""The filter of a tab and its filter views, kept as they were set; which rows they hide is for the pages to say."""

from collections.abc import Iterator

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book, new_number
from tasks.sandbox.sheets.moves import sort
from tasks.sandbox.sheets.overlay import mask_of, overlaid, selected, stored
from tasks.sandbox.sheets.places import area_of
from tasks.sandbox.sheets.ranges import to_grid_range
from tasks.sandbox.sheets.tabs import Tab

FIELDS = ("title", "range", "namedRangeId", "sortSpecs", "criteria", "filterSpecs")


def set_filter(book: Book, wanted: Json) -> Json:
    """``setBasicFilter``; open bounds are filled with the grid's, and its sort order is carried out."""
    given = wanted.get("filter", {})
    tab, new = _placed(book, given)
    tab.extras["basicFilter"] = new
    if specs := new.get("sortSpecs"):
        _, area = area_of(book, new)
        body = type(area)(area.top + 1, area.left, area.bottom, area.right)
        if body.top < body.bottom:
            sort(book, tab, body, specs, markers_follow=book.markers_follow_sort)
    return {}


def clear_filter(book: Book, wanted: Json) -> Json:
    """``clearBasicFilter``."""
    book.tab(wanted.get("sheetId", 0)).extras.pop("basicFilter", None)
    return {}


def add_view(book: Book, wanted: Json) -> Json:
    """``addFilterView``."""
    given = wanted.get("filter", {})
    taken = {view["filterViewId"] for _, view in _views(book)}
    number = given.get("filterViewId") or new_number(f"{book.book_id}:view:{len(taken)}", taken)
    if number in taken:
        raise invalid(f"Filter view with id {number} already exists.")
    tab, new = _placed(book, {"title": f"Filter {len(taken) + 1}", **given, "filterViewId": number})
    tab.extras.setdefault("filterViews", []).append(new)
    return {"addFilterView": {"filter": new}}


def duplicate_view(book: Book, wanted: Json) -> Json:
    """``duplicateFilterView``."""
    _, old = _view(book, wanted.get("filterId"))
    copy = {name: part for name, part in old.items() if name != "filterViewId"}
    made = add_view(book, {"filter": {**copy, "title": f"Copy of {old['title']}"}})
    return {"duplicateFilterView": made["addFilterView"]}


def update_view(book: Book, wanted: Json) -> Json:
    """``updateFilterView``."""
    given = wanted.get("filter", {})
    home, old = _view(book, given.get("filterViewId"))
    mask = selected(mask_of(wanted), "FilterView", FIELDS)
    spelling = {"criteria", "filterSpecs"} & mask.keys()
    before = {name: part for name, part in old.items() if not (spelling and name in {"criteria", "filterSpecs"})}
    tab, new = _placed(book, overlaid(before, given, mask))
    home.extras["filterViews"].remove(old)
    tab.extras.setdefault("filterViews", []).append(new)
    return {}


def delete_view(book: Book, wanted: Json) -> Json:
    """``deleteFilterView``."""
    tab, old = _view(book, wanted.get("filterId"))
    tab.extras["filterViews"].remove(old)
    return {}


def _views(book: Book) -> Iterator[tuple[Tab, Json]]:
    for tab in book.tabs:
        for view in tab.extras.get("filterViews", []):
            yield tab, view


def _view(book: Book, number: int | None) -> tuple[Tab, Json]:
    for tab, view in _views(book):
        if view["filterViewId"] == number:
            return tab, view
    raise invalid(f"No filter view with id: {number}")


def _placed(book: Book, given: Json) -> tuple[Tab, Json]:
    if "tableId" in given:
        raise not_modelled("a filter on a native table")
    named = next((one for one in book.named_ranges if one["namedRangeId"] == given.get("namedRangeId")), None)
    if "namedRangeId" in given and named is None:
        raise invalid(f"No named range with id: {given['namedRangeId']}")
    new = _both_spellings({**given, **({"range": named["range"]} if named else {})})
    tab, area = area_of(book, {"range": {}, **new})
    return tab, {**stored(new), "range": to_grid_range(tab.sheet_id, area)}


def _both_spellings(given: Json) -> Json:
    """Criteria by column, and the same as a list; where both were sent the list counts."""
    specs = given.get("filterSpecs")
    if specs is None:
        criteria = given.get("criteria")
        if not criteria:
            return given
        if not all(key.isdecimal() for key in criteria):
            raise invalid("The key of a filter's criteria must be a column index.")
        specs = [{"columnIndex": int(key), "filterCriteria": part} for key, part in criteria.items()]
        return {**given, "filterSpecs": specs}
    criteria = {str(spec.get("columnIndex", 0)): spec.get("filterCriteria", {}) for spec in specs}
    return {**given, "criteria": criteria}
