"""The functions that staff use in formulas; any other one is ``#NAME?``, never a made-up value.

The arguments are values or grids, None where one was left out. IF, IFS, IFERROR and IFNA are read where formulas are
worked out, because they leave some of their arguments alone.
"""

from collections.abc import Callable

from tasks.sandbox.sheets.formula_dates import DATES
from tasks.sandbox.sheets.formula_numbers import NUMBERS, is_number
from tasks.sandbox.sheets.formula_ranges import RANGES
from tasks.sandbox.sheets.formula_texts import TEXTS
from tasks.sandbox.sheets.formula_values import (
    MANY,
    MISSING,
    VALUE,
    Argument,
    Desk,
    Failure,
    Formula,
    FormulaError,
    Functions,
    Grid,
    truth,
)


def call(desk: Desk, name: str, arguments: list[Argument]) -> Argument:
    """The value of a function. Raises FormulaError."""
    least, most, work = FUNCTIONS[name]
    if not least <= len(arguments) <= most:
        raise FormulaError(MISSING)
    return work(desk, arguments)


def _truths(given: list[Argument]) -> list[bool]:
    """Blanks of a range say nothing."""
    found: list[bool] = []
    for part in given:
        values = [value for value in part.flat() if value is not None] if isinstance(part, Grid) else [part]
        found += map(truth, values)
    if not found:
        raise FormulaError(VALUE)
    return found


def _is(test: Callable[[object], bool]) -> Formula:
    def work(_: Desk, given: list[Argument]) -> Argument:
        return test(given[0].rows[0][0] if isinstance(given[0], Grid) else given[0])

    return work


def _not_available(_: Desk, __: list[Argument]) -> Argument:
    raise FormulaError(MISSING)


FUNCTIONS: Functions = {
    "AND": (1, MANY, lambda _, given: all(_truths(given))),
    "OR": (1, MANY, lambda _, given: any(_truths(given))),
    "NOT": (1, 1, lambda _, given: not truth(given[0])),
    "NA": (0, 0, _not_available),
    "ISBLANK": (1, 1, _is(lambda value: value is None)),
    "ISNUMBER": (1, 1, _is(is_number)),
    "ISTEXT": (1, 1, _is(lambda value: isinstance(value, str))),
    "ISERROR": (1, 1, _is(lambda value: isinstance(value, Failure))),
    "ISNA": (1, 1, _is(lambda value: value == Failure(MISSING))),
    **DATES,
    **NUMBERS,
    **RANGES,
    **TEXTS,
}
