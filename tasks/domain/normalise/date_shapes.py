"""How dates are written in three languages, as one pattern over folded text, and the days that each place may mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tasks.domain.normalise.date_words import (
    BETWEEN,
    DENIED,
    MONTHS,
    NEED_A_NUMBER,
    NO_DATES,
    RANGE,
    SEPARATOR,
    VERBS,
    WEEK,
    WORD,
)

FEW_WORDS = 3
LEAP_YEAR, MONTHS_A_YEAR = 2024, 12
MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|ero|o)?\b"
DAYS = rf"{DAY}(?:{SEPARATOR}{DAY})*"
YEAR = r"(?:\s*(?:,|del?|of)?\s*(?P<{0}>20\d\d)\b)?"
DATE = re.compile(
    rf"""\b(?P<iso>20\d\d([-/.])\d\d\2\d\d)\b
    |   (?<![\d/.-])(?P<one>\d{{1,2}})(?P<mark>[/.-])(?P<two>\d{{1,2}})(?P=mark)(?P<number>\d{{4}}|\d\d)(?![\d/-])
    |   (?<![\d/.-])(?P<left>\d{{1,2}})/(?P<right>\d{{1,2}})(?![\d/%-])
    |   (?<![\d/.:])\b(?P<days>{DAYS})\s*(?:of\s|de\s)?\s*(?P<named>{MONTH_NAMES})\b\.?{YEAR.format("year")}
    |   \b(?P<before>{MONTH_NAMES})\b\.?\s+(?P<after>{DAYS})(?!\s?(?::|/|h\b|am\b|pm\b)){YEAR.format("later")}
    |   \b(?P<month>{MONTH_NAMES})\b\.?{YEAR.format("whole")}
    """,
    re.VERBOSE,
)
GATE = re.compile(rf"\d/\d|\d[.-]\d|{MONTH_NAMES}")
SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
NUMBER = re.compile(r"\d+")
CLAUSE = re.compile(r"[;,.()\n]")


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A day, a month (``day`` 0), some days (``until`` > 0) or the week of a day; ``year`` 0 where none was named."""

    year: int
    month: int
    day: int = 0
    until: int = 0
    week: bool = False


@dataclass(frozen=True, slots=True)
class Spotted:
    """One place in the text and its days; with ``either``, it is one of the two (day first, month first).

    ``day_first`` tells the order of a date in numbers that can be read in one order only.
    """

    typed: str
    days: tuple[When, ...]
    either: bool = False
    day_first: bool | None = None


def spotted_dates(key: str, text: str) -> Iterator[Spotted]:
    """All dates that exist and are not denied ("not in June"); ``key`` is the folded text."""
    for match in DATE.finditer(key) if GATE.search(key) else ():
        clause = WORD.findall(CLAUSE.split(key[: match.start()])[-1])
        if DENIED & set(clause) or not _is_month(match, text):
            continue
        if days := tuple(day for day in _days(match, clause) if _exists(day)):
            either = bool(match["one"] or match["left"]) and len(days) > 1
            yield Spotted(match[0].strip(), days, either, _order(match))


def _is_month(match: re.Match[str], text: str) -> bool:
    """Not the verbs may and march, nor the French seven: those need a capital, a number, or to stand nearly alone."""
    name = match["month"]
    if not name or match["whole"]:
        return True
    if name in VERBS:
        return name.capitalize() in text or name.upper() in text or len(text.split()) <= FEW_WORDS
    return name not in NEED_A_NUMBER


def _days(match: re.Match[str], clause: list[str]) -> Iterator[When]:
    if match["iso"]:
        year, month, day = map(int, NUMBER.findall(match["iso"]))
        yield When(year, month, day)
    elif match["one"]:
        year = int(match["number"]) % 100 + 2000
        yield from _both_orders(int(match["one"]), int(match["two"]), year)
    elif match["left"]:
        yield from () if match[0] in NO_DATES else _both_orders(int(match["left"]), int(match["right"]), 0)
    elif match["month"]:
        yield When(int(match["whole"] or 0), MONTHS[match["month"]])
    else:
        yield from _named_days(match, clause)


def _both_orders(one: int, two: int, year: int) -> Iterator[When]:
    """Day first, then month first, where they differ."""
    yield from dict.fromkeys((When(year, two, one), When(year, one, two)))


def _named_days(match: re.Match[str], clause: list[str]) -> Iterator[When]:
    month = MONTHS[match["named"] or match["before"]]
    year = int(match["year"] or match["later"] or 0)
    typed = match["days"] or match["after"]
    numbers = [int(number) for number in NUMBER.findall(typed)]
    if (RANGE.search(typed) or BETWEEN & set(clause[-1:])) and sorted(set(numbers)) == numbers == [
        *numbers[:1],
        *numbers[-1:],
    ]:
        yield When(year, month, numbers[0], numbers[1])
    else:
        week = bool(WEEK & set(clause[-3:]))
        yield from (When(year, month, number, week=week) for number in numbers)


def _order(match: re.Match[str]) -> bool | None:
    """Whether a date in numbers can only be read with the day first, or only with the month first."""
    one, two = match["one"] or match["left"], match["two"] or match["right"]
    if not one or (int(one) > MONTHS_A_YEAR) == (int(two) > MONTHS_A_YEAR):
        return None
    return int(one) > MONTHS_A_YEAR


def _exists(when: When) -> bool:
    try:
        date(when.year or LEAP_YEAR, when.month, when.until or when.day or 1)
    except ValueError:
        return False
    return True
