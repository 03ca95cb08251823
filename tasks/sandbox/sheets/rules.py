"""The sheet's own rules for what a person types: data validation and protected ranges.

Google holds only people to them; what comes through the API is written whatever they say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.areas import filled, inside, meet
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import Cell
from tasks.sandbox.sheets.conditions import NOT_COMPUTED, Judge
from tasks.sandbox.sheets.ranges import Area, Box, from_grid_range
from tasks.sandbox.sheets.tabs import Tab

LISTED = 12


class Outcome(StrEnum):
    """What Sheets does with a value: takes it, takes it with a warning in the cell's corner, or refuses it."""

    FITS = "fits"
    MARKED = "marked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``key`` and ``facts`` are the phrase that says what the rule asks for; ``message`` the rule's own words."""

    outcome: Outcome = Outcome.FITS
    key: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    message: str = ""


class Protection(StrEnum):
    """How far a person on the pages may change a place; a person there is nobody's editor."""

    FREE = "free"
    ASKS = "asks"
    BARS = "bars"


def rule_at(tab: Tab, row: int, column: int) -> Json | None:
    """The ``DataValidationRule`` of a cell."""
    for entry in reversed(tab.extras.get("validations", [])):
        if covers(from_grid_range(entry["range"]), row, column):
            found: Json = entry["rule"]
            return found
    return None


def covers(box: Box, row: int, column: int) -> bool:
    """Whether a place lies in a box."""
    down = box.top <= row and (box.bottom is None or row < box.bottom)
    return down and box.left <= column and (box.right is None or column < box.right)


def verdict(judge: Judge, rule: Json | None, cell: Cell) -> Verdict:
    """What the rule says to a value; an empty cell always fits, and a rule that is a formula is not checked."""
    if rule is None or cell.blank:
        return Verdict()
    condition = rule.get("condition") or {}
    kind = condition.get("type", "")
    if kind not in NOT_COMPUTED and judge.meets(cell, condition):
        return Verdict()
    refused = rule.get("strict") and kind not in NOT_COMPUTED
    return Verdict(
        Outcome.REFUSED if refused else Outcome.MARKED,
        "sheet.rule_" + kind.lower(),
        _facts(judge, condition),
        rule.get("inputMessage") or "",
    )


def _facts(judge: Judge, condition: Json) -> dict[str, str]:
    if condition.get("type", "").startswith("ONE_OF_"):
        words = judge.choices(condition)
        return {"choices": ", ".join(words[:LISTED]) + (" …" if len(words) > LISTED else "")}
    if condition.get("type") in {"BOOLEAN", *NOT_COMPUTED}:
        return {}
    return dict(zip(("a", "b"), judge.bounds(condition), strict=False))


def own_spelling(judge: Judge, rule: Json | None, text: str) -> str:
    """What is typed for a choice of a list is taken as the list spells it, as completing it in Sheets does."""
    condition = (rule or {}).get("condition") or {}
    if not condition.get("type", "").startswith("ONE_OF_"):
        return text
    wanted = text.strip().casefold()
    return next((word for word in judge.choices(condition) if word.casefold() == wanted), text)


def protection(book: Book, tab: Tab, areas: Iterable[Area]) -> Protection:
    """The strictest protection that any of these places has."""
    touched = list(areas)
    found = Protection.FREE
    for entry in tab.extras.get("protectedRanges", []):
        if not any(_bars(book, tab, entry, area) for area in touched):
            continue
        if not entry.get("warningOnly"):
            return Protection.BARS
        found = Protection.ASKS
    return found


def _bars(book: Book, tab: Tab, entry: Json, area: Area) -> bool:
    place = _protected(book, entry)
    if place is None or not meet(filled(place, tab.row_count, tab.column_count), area):
        return False
    free = (filled(one, tab.row_count, tab.column_count) for one in entry.get("unprotectedRanges") or [])
    return not any(inside(area, one) for one in free)


def _protected(book: Book, entry: Json) -> Json | None:
    if entry.get("range") is not None or "namedRangeId" not in entry:
        return entry.get("range") or {}
    named = (one["range"] for one in book.named_ranges if one.get("namedRangeId") == entry["namedRangeId"])
    return next(named, None)
