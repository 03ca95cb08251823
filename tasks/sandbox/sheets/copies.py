"""A tab as a copy of another one, and what happens to formulas when a tab gets another title or goes."""

import copy
from collections.abc import Callable
from typing import Any

from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.follow import formula_rows
from tasks.sandbox.sheets.references import retitled
from tasks.sandbox.sheets.tabs import Tab

NewNumber = Callable[[str, set[int]], int]
IDS = {"protectedRangeId", "filterViewId", "bandedRangeId"}
PLACES = {"range", "ranges", "unprotectedRanges", "merges"}


def copied_tab(source: Tab, sheet_id: int, title: str, new_number: NewNumber) -> Tab:
    """The same cells and all that is kept beside them; protections, views and bandings get ids of their own."""
    new = source.draft()
    new.sheet_id, new.title, new.saved = sheet_id, title, None
    new.extras = _rehomed(copy.deepcopy(source.extras), sheet_id, new_number)
    return new


def free_title(book: Book, title: str) -> str:
    """The title, with a number behind it when it is taken."""
    number, found = 1, title
    while book.titled(found):
        number, found = number + 1, f"{title} {number}"
    return found


def retitle_references(book: Book, old: str, new: str) -> None:
    """Formulas of all tabs read the tab under its new title."""
    for tab in book.tabs:
        _rewrite(tab, lambda formula: retitled(formula, old, new))


def lose_references(book: Book, title: str) -> None:
    """Formulas that read a tab that is gone read ``#REF!``."""
    for tab in book.tabs:
        _rewrite(tab, lambda formula: retitled(formula, title, None))


def _rewrite(tab: Tab, change: Callable[[str], str]) -> None:
    for number in formula_rows(tab):
        row = tab.rows[number]
        new = [cell._replace(formula=change(cell.formula)) if cell.formula else cell for cell in row]
        if new != row:
            tab.rows[number] = new


def _rehomed(part: Any, sheet_id: int, new_number: NewNumber) -> Any:  # noqa: ANN401 (any JSON value)
    if isinstance(part, list):
        return [_rehomed(item, sheet_id, new_number) for item in part]
    if not isinstance(part, dict):
        return part
    found = {name: _rehomed(value, sheet_id, new_number) for name, value in part.items()}
    for name in PLACES & found.keys():
        one = found[name]
        found[name] = [_placed(each, sheet_id) for each in one] if isinstance(one, list) else _placed(one, sheet_id)
    for name in IDS & found.keys():
        found[name] = new_number(f"{sheet_id}:{found[name]}", set())
    return found


def _placed(place: Json, sheet_id: int) -> Json:
    bounds = {name: value for name, value in place.items() if name != "sheetId"}
    return {"sheetId": sheet_id, **bounds} if sheet_id else bounds
