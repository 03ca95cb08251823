"""The functions that reckon."""

import math
from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import TypeGuard

from tasks.sandbox.sheets.formula_values import (
    DIVISION,
    MANY,
    Argument,
    Desk,
    Failure,
    Formula,
    FormulaError,
    Functions,
    Grid,
    numeric,
    whole,
)
from tasks.sandbox.sheets.locales import Locale

MOST_PLACES = 300
EXACT = Context(prec=700)


def numbers(given: Iterable[Argument], locale: Locale) -> list[float]:
    """All numbers: in a range text, blanks and TRUE do not count, as an argument of their own they must be numbers."""
    found: list[float] = []
    for part in given:
        found += of_range(part) if isinstance(part, Grid) else [numeric(part, locale)]
    return found


def of_range(part: Grid) -> list[float]:
    """The numbers of a range. Raises FormulaError for an error in it."""
    for value in part.flat():
        if isinstance(value, Failure):
            raise FormulaError(value.code)
    return [value for value in part.flat() if is_number(value)]


def is_number(value: object) -> TypeGuard[float]:
    """Dates are, TRUE is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rounded(how: str) -> Formula:
    def work(desk: Desk, given: list[Argument]) -> Argument:
        places = whole(given[1], desk.locale) if len(given) > 1 else 0
        places = max(min(places, MOST_PLACES), -MOST_PLACES)
        value = Decimal(repr(float(numeric(given[0], desk.locale)))).scaleb(places)
        return float(value.quantize(Decimal(1), how, EXACT).scaleb(-places))

    return work


def _average(desk: Desk, given: list[Argument]) -> Argument:
    found = numbers(given, desk.locale)
    if not found:
        raise FormulaError(DIVISION)
    return math.fsum(found) / len(found)


def _modulo(desk: Desk, given: list[Argument]) -> Argument:
    divisor = numeric(given[1], desk.locale)
    if not divisor:
        raise FormulaError(DIVISION)
    return numeric(given[0], desk.locale) % divisor


def _extreme(sign: int) -> Formula:
    def work(desk: Desk, given: list[Argument]) -> Argument:
        return max(numbers(given, desk.locale), key=lambda value: sign * value, default=0)

    return work


NUMBERS: Functions = {
    "SUM": (1, MANY, lambda desk, given: math.fsum(numbers(given, desk.locale))),
    "AVERAGE": (1, MANY, _average),
    "MIN": (1, MANY, _extreme(-1)),
    "MAX": (1, MANY, _extreme(1)),
    "ROUND": (1, 2, _rounded(ROUND_HALF_UP)),
    "ROUNDUP": (1, 2, _rounded(ROUND_UP)),
    "ROUNDDOWN": (1, 2, _rounded(ROUND_DOWN)),
    "INT": (1, 1, lambda desk, given: math.floor(numeric(given[0], desk.locale))),
    "ABS": (1, 1, lambda desk, given: abs(numeric(given[0], desk.locale))),
    "MOD": (2, 2, _modulo),
    "VALUE": (1, 1, lambda desk, given: numeric(given[0], desk.locale)),
}
