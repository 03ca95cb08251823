"""What Sheets makes of text that somebody types (``USER_ENTERED``) in a locale.

A format that the text brings along (a date, a percentage, a currency) sticks to the cell, unless the cell has one of
that kind already. Text that reads as nothing else stays text.
"""

from datetime import date, datetime

from tasks.sandbox.sheets.cells import Cell, Value
from tasks.sandbox.sheets.formulas import compute
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.typed_days import day
from tasks.sandbox.sheets.typed_numbers import Typed, number
from tasks.sandbox.sheets.typed_times import DAY, time_of_day

EPOCH = date(1899, 12, 30)


def typed(text: str, old: Cell, locale: Locale, today: date | None = None) -> Cell:
    """The cell after this text was typed into it. Without ``today`` a date needs its year."""
    kept = old._replace(value=None, formula="", error="")
    if text.startswith("'"):
        return kept._replace(value=text[1:] or None)
    if old.kind == "TEXT":
        return kept._replace(value=text or None)
    if text.startswith("=") and len(text) > 1:
        value, error = compute(text, locale)
        return kept._replace(formula=text, value=value, error=error)
    stripped = text.strip()
    if (truth := _truth(stripped, locale)) is not None:
        return kept._replace(value=truth)
    found = number(stripped, locale) or _moment(stripped, locale, today)
    if found is None:
        return kept._replace(value=text or None)
    return _formatted(kept, found)


def serial(moment: datetime) -> float:
    """Days since 1899-12-30, the time as a fraction."""
    clock = moment.time()
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1_000_000
    return day_serial(moment.date()) + seconds / DAY


def day_serial(day: date) -> int:
    """Whole days since 1899-12-30."""
    return (day - EPOCH).days


def _formatted(kept: Cell, found: Typed) -> Cell:
    value: Value = found.value
    if not found.kind and kept.kind == "PERCENT":
        value = found.value / 100
    if found.kind and kept.kind != found.kind:
        return kept._replace(value=value, kind=found.kind, pattern=found.pattern)
    return kept._replace(value=value)


def _truth(text: str, locale: Locale) -> bool | None:
    word = text.upper()
    if word in {"TRUE", locale.true}:
        return True
    return False if word in {"FALSE", locale.false} else None


def _moment(text: str, locale: Locale, today: date | None) -> Typed | None:
    head, clock = time_of_day(text, locale)
    if not head:
        return clock
    found = day(head, locale, today)
    if found is None:
        return None
    value, pattern = day_serial(found[0]), found[1]
    if clock is None:
        return Typed(value, "DATE", pattern)
    if clock.value >= 1:
        return None
    return Typed(value + clock.value, "DATE_TIME", f"{pattern} {clock.pattern}")
