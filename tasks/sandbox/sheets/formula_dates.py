"""The functions on dates, which are serial numbers with the locale's pattern."""

import math
from datetime import date, datetime, timedelta

from tasks.sandbox.sheets.formula_values import (
    NUM,
    Argument,
    Desk,
    Formula,
    FormulaError,
    Functions,
    Moment,
    numeric,
    whole,
)

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (a serial number is wall-clock time)
LATER = 1900
ONE_DAY = timedelta(days=1)


def _day(desk: Desk, given: list[Argument]) -> Argument:
    """A year before 1900 counts from there; months and days may run over."""
    year, month, day = (whole(part, desk.locale) for part in given)
    try:
        first = datetime((year if year >= LATER else year + LATER) + (month - 1) // 12, (month - 1) % 12 + 1, 1)  # noqa: DTZ001 (as EPOCH)
        return Moment.of((first + timedelta(days=day - 1) - EPOCH).days, desk.locale.date)
    except (ValueError, OverflowError):
        raise FormulaError(NUM) from None


def _part(name: str) -> Formula:
    def work(desk: Desk, given: list[Argument]) -> Argument:
        try:
            found: date = EPOCH + timedelta(days=math.floor(numeric(given[0], desk.locale)))
        except OverflowError:
            raise FormulaError(NUM) from None
        return int(getattr(found, name))

    return work


DATES: Functions = {
    "TODAY": (0, 0, lambda desk, _: Moment.of((desk.now - EPOCH).days, desk.locale.date)),
    "NOW": (0, 0, lambda desk, _: Moment.of((desk.now - EPOCH) / ONE_DAY, desk.locale.moment)),
    "DATE": (3, 3, _day),
    "YEAR": (1, 1, _part("year")),
    "MONTH": (1, 1, _part("month")),
    "DAY": (1, 1, _part("day")),
}
