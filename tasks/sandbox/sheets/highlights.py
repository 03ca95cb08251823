"""Conditional formats and banding, kept as they were set: they change how a sheet looks, never what it holds."""

from collections.abc import Iterator

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.areas import meet
from tasks.sandbox.sheets.book import Book, new_number
from tasks.sandbox.sheets.overlay import mask_of, overlaid, selected, stored
from tasks.sandbox.sheets.places import area_of, range_of
from tasks.sandbox.sheets.tabs import Tab

BANDING = ("range", "rowProperties", "columnProperties")


def add_rule(book: Book, wanted: Json) -> Json:
    """``addConditionalFormatRule``; without an index it comes first."""
    tab, rule = _checked(book, wanted.get("rule", {}))
    rules = _rules(tab)
    rules.insert(_index(wanted.get("index", 0), len(rules) + 1), rule)
    return {}


def update_rule(book: Book, wanted: Json) -> Json:
    """``updateConditionalFormatRule``: another rule at an index, or another index for a rule."""
    at = wanted.get("index", 0)
    if "rule" in wanted:
        tab, new = _checked(book, wanted["rule"])
        old = _rules(tab)[_index(at, len(_rules(tab)))]
        _rules(tab)[at] = new
        return {"updateConditionalFormatRule": {"newRule": new, "newIndex": at, "oldRule": old}}
    rules = _rules(book.tab(wanted.get("sheetId", 0)))
    to = _index(wanted.get("newIndex", 0), len(rules))
    moved = rules.pop(_index(at, len(rules)))
    rules.insert(to, moved)
    return {"updateConditionalFormatRule": {"newRule": moved, "newIndex": to, "oldIndex": at}}


def delete_rule(book: Book, wanted: Json) -> Json:
    """``deleteConditionalFormatRule``."""
    rules = _rules(book.tab(wanted.get("sheetId", 0)))
    return {"deleteConditionalFormatRule": {"rule": rules.pop(_index(wanted.get("index", 0), len(rules)))}}


def add_banding(book: Book, wanted: Json) -> Json:
    """``addBanding``; two bandings cannot meet."""
    given = wanted.get("bandedRange", {})
    taken = {band["bandedRangeId"] for _, band in _bandings(book)}
    number = given.get("bandedRangeId") or new_number(f"{book.book_id}:band:{len(taken)}", taken)
    if number in taken:
        raise invalid(f"Banded range with id {number} already exists.")
    tab, new = _banded(book, {**given, "bandedRangeId": number})
    tab.extras.setdefault("bandedRanges", []).append(new)
    return {"addBanding": {"bandedRange": new}}


def update_banding(book: Book, wanted: Json) -> Json:
    """``updateBanding``."""
    given = wanted.get("bandedRange", {})
    home, old = _banding(book, given.get("bandedRangeId"))
    home.extras["bandedRanges"].remove(old)
    tab, new = _banded(book, overlaid(old, given, selected(mask_of(wanted), "BandedRange", BANDING)))
    tab.extras.setdefault("bandedRanges", []).append(new)
    return {}


def delete_banding(book: Book, wanted: Json) -> Json:
    """``deleteBanding``."""
    tab, old = _banding(book, wanted.get("bandedRangeId"))
    tab.extras["bandedRanges"].remove(old)
    return {}


def _rules(tab: Tab) -> list[Json]:
    rules: list[Json] = tab.extras.setdefault("conditionalFormats", [])
    return rules


def _index(at: int, count: int) -> int:
    if not 0 <= at < count:
        raise invalid(f"No conditional format rule at index: {at}")
    return at


def _checked(book: Book, given: Json) -> tuple[Tab, Json]:
    if not given.get("ranges"):
        raise invalid("A conditional format rule must have at least one range.")
    if ("booleanRule" in given) == ("gradientRule" in given):
        raise invalid("A conditional format rule must be either a boolean or a gradient rule.")
    places = [range_of(book, {"range": one}) for one in given["ranges"]]
    tab = places[0][0]
    if any(other is not tab for other, _ in places):
        raise invalid("All ranges of a conditional format rule must be on the same sheet.")
    return tab, {**stored(given), "ranges": [place for _, place in places]}


def _bandings(book: Book) -> Iterator[tuple[Tab, Json]]:
    for tab in book.tabs:
        for band in tab.extras.get("bandedRanges", []):
            yield tab, band


def _banding(book: Book, number: int | None) -> tuple[Tab, Json]:
    for tab, band in _bandings(book):
        if band["bandedRangeId"] == number:
            return tab, band
    raise invalid(f"No banded range with id: {number}")


def _banded(book: Book, given: Json) -> tuple[Tab, Json]:
    if "rowProperties" not in given and "columnProperties" not in given:
        raise invalid("At least one of rowProperties or columnProperties must be specified.")
    tab, place = range_of(book, given)
    _, area = area_of(book, given)
    for other in tab.extras.get("bandedRanges", []):
        if meet(area, area_of(book, other)[1]):
            raise invalid("You cannot add alternating background colors to a range that already has them.")
    return tab, {**stored(given), "range": place}
