"""What Sheets makes of text that somebody types (``USER_ENTERED``): numbers, dates, times, ticks, formulas."""

import re
from datetime import date, datetime, time

from tasks.sandbox.sheets.cells import Cell, Value
from tasks.sandbox.sheets.formulas import compute
from tasks.sandbox.sheets.locales import Locale

EPOCH = date(1899, 12, 30)
DAY = 86_400
HALF = 12
CENTURY = 100
ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
LOCAL = re.compile(r"(?P<a>\d{1,2})(?P<s>[/.\-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})")
CLOCK = re.compile(r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?\s*(?P<half>[AaPp]\.?[Mm]\.?)?")


def typed(text: str, old: Cell, locale: Locale) -> Cell:
    """The cell after this text was typed into it; a leading apostrophe keeps it text."""
    kept = old._replace(value=None, formula="", error="")
    if text.startswith("'"):
        return kept._replace(value=text[1:] or None)
    if text.startswith("=") and len(text) > 1:
        value, error = compute(text)
        return kept._replace(formula=text, value=value, error=error)
    stripped = text.strip()
    if (truth := _truth(stripped, locale)) is not None:
        return kept._replace(value=truth)
    value, kind, pattern = _number(stripped, locale) or _moment(stripped, locale) or (text or None, "", "")
    if kind and old.kind != kind:
        return kept._replace(value=value, kind=kind, pattern=pattern)
    return kept._replace(value=value)


def serial(moment: datetime) -> float:
    """Days since 1899-12-30, the time as a fraction."""
    return day_serial(moment.date()) + _fraction(moment.time())


def day_serial(day: date) -> int:
    """Whole days since 1899-12-30."""
    return (day - EPOCH).days


def _truth(text: str, locale: Locale) -> bool | None:
    word = text.upper()
    if word in {"TRUE", locale.true}:
        return True
    return False if word in {"FALSE", locale.false} else None


def _number(text: str, locale: Locale) -> tuple[Value, str, str] | None:
    group, decimal = re.escape(locale.group), re.escape(locale.decimal)
    whole = rf"(?:\d+|\d{{1,3}}(?:{group}\d{{3}})+)"
    if not re.fullmatch(rf"[+-]?(?:{whole}(?:{decimal}\d*)?|{decimal}\d+)(?:[eE][+-]?\d+)?%?", text):
        return None
    plain = text.rstrip("%").replace(locale.group, "").replace(locale.decimal, ".")
    number = float(plain)
    value: Value = int(plain) if re.fullmatch(r"[+-]?\d{1,15}", plain) else number
    if text.endswith("%"):
        return number / 100, "PERCENT", "0.00%" if locale.decimal in text else "0%"
    if locale.group in text:
        return value, "NUMBER", "#,##0.00" if locale.decimal in text else "#,##0"
    return value, "", ""


def _moment(text: str, locale: Locale) -> tuple[Value, str, str] | None:
    if clock := CLOCK.fullmatch(text):
        return _with(None, _time(clock), "", _clock_pattern(clock))
    head, _, tail = text.replace("T", " ", 1).partition(" ")
    day, pattern = _day(head, locale)
    if day is None:
        return None
    if not tail:
        return _with(day, None, pattern, "")
    clock = CLOCK.fullmatch(tail.strip())
    return _with(day, _time(clock), pattern, _clock_pattern(clock)) if clock else None


def _with(day: date | None, clock: time | None, day_pattern: str, clock_pattern: str) -> tuple[Value, str, str] | None:
    if day is None:
        return None if clock is None else (_fraction(clock), "TIME", clock_pattern)
    if not clock_pattern:
        return day_serial(day), "DATE", day_pattern
    return (
        None if clock is None else (day_serial(day) + _fraction(clock), "DATE_TIME", f"{day_pattern} {clock_pattern}")
    )


def _day(text: str, locale: Locale) -> tuple[date | None, str]:
    if iso := ISO.fullmatch(text):
        return _date(int(iso["y"]), int(iso["m"]), int(iso["d"])), "yyyy-mm-dd"
    if not (local := LOCAL.fullmatch(text)):
        return None, ""
    month, day = (local["b"], local["a"]) if locale.day_first else (local["a"], local["b"])
    year = int(local["y"]) + (2000 if int(local["y"]) < CENTURY else 0)
    width = 2 if local["a"].startswith("0") or local["b"].startswith("0") else 1
    parts = ["d" * width, "m" * width] if locale.day_first else ["m" * width, "d" * width]
    return _date(year, int(month), int(day)), local["s"].join([*parts, "yyyy"])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(found: re.Match[str]) -> time | None:
    hour = int(found["h"])
    if found["half"]:
        if not 1 <= hour <= HALF:
            return None
        hour = hour % HALF + (HALF if found["half"][0] in "Pp" else 0)
    try:
        return time(hour, int(found["m"]), int(found["s"] or 0))
    except ValueError:
        return None


def _clock_pattern(found: re.Match[str]) -> str:
    hours = "hh" if found["h"].startswith("0") else "h"
    return hours + ":mm" + (":ss" if found["s"] else "") + (" am/pm" if found["half"] else "")


def _fraction(clock: time) -> float:
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) / DAY
