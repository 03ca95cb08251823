"""Named ranges: areas with a name that ``values`` and formulas may use."""

import re

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book, new_number
from tasks.sandbox.sheets.overlay import mask_of, overlaid, selected
from tasks.sandbox.sheets.places import area_of
from tasks.sandbox.sheets.ranges import parse_a1

NAME = re.compile(r"[^\W\d]\w{0,249}")
FIELDS = ("name", "range")


def add_named_range(book: Book, wanted: Json) -> Json:
    """``addNamedRange``; the id is a number in text."""
    given = wanted.get("namedRange", {})
    number = given.get("namedRangeId") or _new_id(book)
    if any(named["namedRangeId"] == number for named in book.named_ranges):
        raise invalid(f"Named range with id {number} already exists.")
    new = _checked(book, {"namedRangeId": number, **given})
    book.named_ranges.append(new)
    return {"addNamedRange": {"namedRange": new}}


def update_named_range(book: Book, wanted: Json) -> Json:
    """``updateNamedRange``."""
    given = wanted.get("namedRange", {})
    old = _named(book, given.get("namedRangeId", ""))
    new = overlaid(old, given, selected(mask_of(wanted), "NamedRange", FIELDS))
    at = book.named_ranges.index(old)
    book.named_ranges[at] = _checked(book, new, old)
    return {}


def delete_named_range(book: Book, wanted: Json) -> Json:
    """``deleteNamedRange``."""
    book.named_ranges.remove(_named(book, wanted.get("namedRangeId", "")))
    return {}


def _named(book: Book, number: str) -> Json:
    for named in book.named_ranges:
        if named["namedRangeId"] == number:
            return named
    raise invalid(f"No named range with id: {number}")


def _checked(book: Book, new: Json, old: Json | None = None) -> Json:
    name = new.get("name", "")
    if not NAME.fullmatch(name) or parse_a1(name) or name.casefold() in {"true", "false"}:
        raise invalid(f'Invalid named range name: "{name}"')
    for other in book.named_ranges:
        if other is not old and other["name"].casefold() == name.casefold():
            raise invalid(f"Cannot add named range with name {name}, a named range with that name already exists.")
    area_of(book, new)
    return {"namedRangeId": new["namedRangeId"], "name": name, "range": new["range"]}


def _new_id(book: Book) -> str:
    taken = {int(named["namedRangeId"]) for named in book.named_ranges if named["namedRangeId"].isdecimal()}
    return str(new_number(f"{book.book_id}:name:{len(taken)}", taken))
