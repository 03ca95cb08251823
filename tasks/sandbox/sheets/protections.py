"""Protected ranges: kept and answered as Google does; who is held to them is for the pages to say."""

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book, new_number
from tasks.sandbox.sheets.overlay import mask_of, overlaid, selected, stored
from tasks.sandbox.sheets.tabs import Tab

FIELDS = ("range", "namedRangeId", "description", "warningOnly", "editors", "unprotectedRanges")
OPEN = {"sheetId"}


def add_protection(book: Book, wanted: Json) -> Json:
    """``addProtectedRange``; the reply names no editors, reading it back does."""
    given = wanted.get("protectedRange", {})
    taken = {old["protectedRangeId"] for tab in book.tabs for old in tab.extras.get("protectedRanges", [])}
    number = given.get("protectedRangeId") or new_number(f"{book.book_id}:{len(taken)}", taken)
    if number in taken:
        raise invalid(f"Protected range with id {number} already exists.")
    new = {**given, "protectedRangeId": number, "requestingUserCanEdit": True}
    tab = _checked(book, new)
    new = {"editors": {}, **stored(new)}
    tab.extras.setdefault("protectedRanges", []).append(_with_editor(book, new))
    return {"addProtectedRange": {"protectedRange": new}}


def update_protection(book: Book, wanted: Json) -> Json:
    """``updateProtectedRange``."""
    given = wanted.get("protectedRange", {})
    home, old = _protection(book, given.get("protectedRangeId"))
    new = overlaid(old, given, selected(mask_of(wanted), "ProtectedRange", FIELDS))
    if new.get("warningOnly") and "editors" not in given:
        new.pop("editors", None)
    tab = _checked(book, new)
    home.extras["protectedRanges"].remove(old)
    tab.extras.setdefault("protectedRanges", []).append(_with_editor(book, {"editors": {}, **stored(new)}))
    return {}


def delete_protection(book: Book, wanted: Json) -> Json:
    """``deleteProtectedRange``."""
    tab, old = _protection(book, wanted.get("protectedRangeId"))
    tab.extras["protectedRanges"].remove(old)
    return {}


def _protection(book: Book, number: int | None) -> tuple[Tab, Json]:
    for tab in book.tabs:
        for old in tab.extras.get("protectedRanges", []):
            if old["protectedRangeId"] == number:
                return tab, old
    raise invalid(f"No protected range with id: {number}")


def _checked(book: Book, new: Json) -> Tab:
    if new.get("tableId"):
        raise not_modelled("protecting a native table")
    if new.get("warningOnly") and any(new.get("editors", {}).values()):
        raise invalid("ProtectedRange is warningOnly. Editors cannot be set on it.")
    if number := new.get("namedRangeId"):
        named = next((one for one in book.named_ranges if one["namedRangeId"] == number), None)
        if named is None:
            raise invalid(f"No named range with id: {number}")
        new["range"] = named["range"]
    place = new.get("range", {})
    tab = book.tab(place.get("sheetId", 0))
    whole = place.keys() <= OPEN
    if new.get("unprotectedRanges") and not whole:
        raise invalid("Unprotected ranges are only supported on protected sheets.")
    others = [
        old for old in tab.extras.get("protectedRanges", []) if old["protectedRangeId"] != new["protectedRangeId"]
    ]
    if whole and any(old["range"].keys() <= OPEN for old in others):
        raise invalid(f'Sheet "{tab.title}" already has sheet protection.')
    new["range"] = place
    return tab


def _with_editor(book: Book, new: Json) -> Json:
    """Whoever protects a range may edit it."""
    users = new["editors"].get("users", [])
    mine = [] if book.editor in {"", *users} else [book.editor]
    return {**new, "editors": {**new["editors"], "users": [*mine, *users]}}
