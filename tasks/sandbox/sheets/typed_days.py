"""Dates as they are typed: in numbers in the locale's order, or with the names of its months."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from tasks.sandbox.sheets.locales import Locale

YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})", re.ASCII)
LOCAL = re.compile(r"(?P<a>\d{1,2})(?P<s>[/.\-])(?P<b>\d{1,2})(?:(?P=s)(?P<y>\d{4}|\d{2}))?", re.ASCII)
LAST_OF_2000S = 29
AMBIGUOUS = {"jui"}
Day = tuple[date, str]
"""The day, and the pattern that shows it as it was typed."""


def day(text: str, locale: Locale, today: date | None) -> Day | None:
    """The day; None when the text is none. One without a year is in this year."""
    if found := YEAR_FIRST.fullmatch(text):
        width = 2 if len(found["m"]) == len(found["d"]) == 2 else 1  # noqa: PLR2004 (two digits each)
        pattern = found["s"].join(("yyyy", "m" * width, "d" * width))
        return _day(found["y"], int(found["m"]), found["d"], pattern, today)
    if found := LOCAL.fullmatch(text):
        return _in_numbers(found, locale, today)
    return _in_words(" ".join(text.casefold().split()), locale, today)


def _in_numbers(found: re.Match[str], locale: Locale, today: date | None) -> Day | None:
    if not found["y"] and found["s"] != "/":
        return None
    order = "dm" if locale.day_first else "md"
    typed = dict(zip(order, (found["a"], found["b"]), strict=True))
    padded = found["a"].startswith("0") or found["b"].startswith("0")
    parts = [name * (2 if padded else 1) for name in order] + (["yyyy"] if found["y"] else [])
    return _day(found["y"], int(typed["m"]), typed["d"], found["s"].join(parts), today)


def _in_words(text: str, locale: Locale, today: date | None) -> Day | None:
    for phrase in _phrases(locale):
        if found := phrase.fullmatch(text):
            named = found.groupdict()
            month, name = _months(locale)[named["month"]]
            return _day(named["y"], month, named.get("d") or "1", _pattern(found, name, locale), today)
    return None


def _pattern(found: re.Match[str], month: str, locale: Locale) -> str:
    """The spelling with its numbers and names replaced; words between them are quoted."""
    long = found.groupdict().get("weekday") in {name.casefold() for name in locale.days}
    parts = {"weekday": "dddd" if long else "ddd", "month": month, "y": "yyyy"}
    shown, end = "", 0
    for name in sorted((name for name, text in found.groupdict().items() if text), key=found.start):
        part = _width("d", found[name]) if name == "d" else parts[name]
        shown += _quoted(found.string[end : found.start(name)]) + part
        end = found.end(name)
    return shown + _quoted(found.string[end:])


def _quoted(words: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: f'"{word[0]}"', words)


@cache
def _phrases(locale: Locale) -> tuple[re.Pattern[str], ...]:
    between, month = r"(?: de | del |, ?| |-)", f"(?P<month>{_any_of(_months(locale))})"
    weekday = f"(?:(?P<weekday>{_any_of(name.casefold() for name in (*locale.days, *locale.short_days))}),? )?"
    number, year = r"(?P<d>[0-9]{1,2})(?:er|st|nd|rd|th)?", rf"{between}(?P<y>[0-9]{{4}})"
    return (
        re.compile(f"{weekday}{number}{between}?{month}(?:{year})?"),
        re.compile(f"{weekday}{month}{between}{number}(?:{year})?"),
        re.compile(f"{month}{year}"),
    )


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def _months(locale: Locale) -> dict[str, tuple[int, str]]:
    """Every spelling of a month, with its number and its token; the point of an abbreviation may be left out."""
    names = {}
    for number, (short, full) in enumerate(zip(locale.short_months, locale.months, strict=True), 1):
        for spelling in (short, short.rstrip("."), *(() if full[:3] in AMBIGUOUS else (full[:3],))):
            names[spelling.casefold()] = number, "mmm"
        names[full.casefold()] = number, "mmmm"
    return names


def _day(year: str | None, month: int, number: str, pattern: str, today: date | None) -> Day | None:
    if not year and today is None:
        return None
    full = int(year) if year else today.year if today else 0
    if year and len(year) == 2:  # noqa: PLR2004 (as typed: 24)
        full += 2000 if full <= LAST_OF_2000S else 1900
    try:
        return date(full, month, int(number)), pattern
    except ValueError:
        return None


def _width(token: str, typed: str) -> str:
    return token * 2 if typed.startswith("0") else token
