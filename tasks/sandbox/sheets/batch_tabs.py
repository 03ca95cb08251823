"""The requests of a batch that make, copy, change and delete tabs, and the properties of the spreadsheet."""

import re
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book, new_number
from tasks.sandbox.sheets.copies import copied_tab, free_title, lose_references
from tasks.sandbox.sheets.markers import forget_tab
from tasks.sandbox.sheets.overlay import mask_of, selected
from tasks.sandbox.sheets.spreadsheet import tab_properties
from tasks.sandbox.sheets.tab_settings import set_properties

LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
CUSTOM_ZONE = re.compile(r"GMT[+-]\d\d:\d\d")
BOOK_PROPERTIES = ("title", "locale", "timeZone", "autoRecalc")


def add_sheet(book: Book, wanted: Json) -> Json:
    """``addSheet``; without an index it comes last."""
    properties = wanted.get("properties", {})
    if properties.get("sheetType", "GRID") != "GRID":
        raise not_modelled(f"a tab of type {properties['sheetType']}")
    tab = book.add_tab(properties.get("title", ""), properties.get("sheetId"), properties.get("index"))
    rest = properties.keys() - {"sheetId", "title", "index", "sheetType"}
    set_properties(book, tab, properties, {name: {} for name in rest})
    book.check_room(0)
    return {"addSheet": {"properties": tab_properties(book, tab)}}


def delete_sheet(book: Book, wanted: Json) -> Json:
    """``deleteSheet``; formulas elsewhere lose what they read there."""
    tab = book.tab(wanted.get("sheetId", 0))
    others = [other for other in book.tabs if other is not tab]
    if not others:
        raise invalid("You can't remove all the sheets in a document.")
    if all(other.properties.get("hidden") for other in others):
        raise invalid("You can't remove all the visible sheets in a document.")
    book.tabs.remove(tab)
    forget_tab(book, tab.sheet_id)
    book.named_ranges[:] = [one for one in book.named_ranges if one["range"].get("sheetId", 0) != tab.sheet_id]
    lose_references(book, tab.title)
    return {}


def duplicate_sheet(book: Book, wanted: Json) -> Json:
    """``duplicateSheet``: the cells and all that is kept beside them, but no developer metadata."""
    source = book.tab(wanted.get("sourceSheetId", 0))
    title = wanted.get("newSheetName") or free_title(book, f"Copy of {source.title}")
    new = book.add_tab(title, wanted.get("newSheetId"), wanted.get("insertSheetIndex", 0))
    at = book.tabs.index(new)
    book.tabs[at] = copied_tab(source, new.sheet_id, title, new_number)
    book.check_room(0)
    return {"duplicateSheet": {"properties": tab_properties(book, book.tabs[at])}}


def update_sheet(book: Book, wanted: Json) -> Json:
    """``updateSheetProperties``."""
    properties = wanted.get("properties", {})
    tab = book.tab(properties.get("sheetId", 0))
    mask = mask_of(wanted)
    if "*" in mask:
        mask = {name: {} for name in properties if name not in {"sheetId", "sheetType"}}
    set_properties(book, tab, properties, mask)
    return {}


def update_spreadsheet(book: Book, wanted: Json) -> Json:
    """``updateSpreadsheetProperties``."""
    properties, mask = wanted.get("properties", {}), mask_of(wanted)
    mask = {name: {} for name in properties} if "*" in mask else mask
    for name in selected(mask, "SpreadsheetProperties", BOOK_PROPERTIES):
        _check_property(name, properties.get(name, ""))
        book.properties[name] = properties[name]
    return {}


def _check_property(name: str, value: Any) -> None:  # noqa: ANN401 (any JSON value)
    if not value:
        raise invalid(f"{name} must not be empty.")
    if name == "locale" and not LOCALE.fullmatch(value):
        raise invalid(f"Invalid locale: {value}")
    if name == "timeZone":
        if CUSTOM_ZONE.fullmatch(value):
            raise not_modelled("a time zone that is only an offset")
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise invalid(f"Invalid time zone: {value}") from None
