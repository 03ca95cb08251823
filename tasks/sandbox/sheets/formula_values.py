"""What formulas reckon with: single values, grids of them, and the errors that take their place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from tasks.sandbox.sheets.digits import plain
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.patterns import by_pattern
from tasks.sandbox.sheets.typed_numbers import number as typed_number

DIVISION, VALUE, REF, NAME, NUM, MISSING, ERROR = "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ERROR!"


class FormulaError(Exception):
    """A formula's value is an error; ``code`` is what the cell shows."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a formula is worked out: its locale, and what the wall clock there shows."""

    locale: Locale
    now: datetime


class Moment(float):
    """A number that is a date or a time, with the pattern it is shown in."""

    pattern = ""

    @classmethod
    def of(cls, value: float, pattern: str) -> Self:
        """The serial number with its pattern."""
        made = cls(value)
        made.pattern = pattern
        return made


@dataclass(frozen=True, slots=True)
class Failure:
    """A cell that shows an error: it only hurts whoever uses it."""

    code: str


Scalar = float | str | bool | Failure | None


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of values, all of the same width; ``top`` and ``left`` say where they were read, if they were.

    ``below`` counts the rows of a range under what is written; they are all blank.
    """

    rows: list[list[Scalar]]
    top: int | None = None
    left: int = 0
    below: int = 0

    @property
    def blanks(self) -> int:
        """The cells of the rows below."""
        return self.below * len(self.rows[0])

    def flat(self) -> list[Scalar]:
        """Row by row."""
        return [value for row in self.rows for value in row]


Argument = Scalar | Grid
Formula = Callable[[Desk, list[Argument]], Argument]
Functions = dict[str, tuple[int, int, Formula]]
"""The least and the most arguments that a function takes, and its work (which may raise FormulaError)."""
MANY = 255


def single(value: Argument) -> float | str | bool | None:
    """One value; a grid of several is none. Raises FormulaError."""
    if isinstance(value, Grid):
        if len(value.rows) != 1 or len(value.rows[0]) != 1:
            raise FormulaError(VALUE)
        value = value.rows[0][0]
    if isinstance(value, Failure):
        raise FormulaError(value.code)
    return value


def numeric(value: Argument, locale: Locale) -> float:
    """As a number: text that reads as one counts, a blank is 0. Raises FormulaError."""
    one = single(value)
    if isinstance(one, str):
        found = typed_number(one.strip(), locale)
        if found is None:
            raise FormulaError(VALUE)
        return found.value
    if isinstance(one, bool):
        return int(one)
    return 0 if one is None else one


def whole(value: Argument, locale: Locale) -> int:
    """As a whole number, cut off."""
    return int(numeric(value, locale))


def text(value: Argument, locale: Locale) -> str:
    """As text: a date as it is shown, another number plainly. Raises FormulaError."""
    one = single(value)
    if one is None:
        return ""
    if isinstance(one, str):
        return one
    if isinstance(one, bool):
        return locale.true if one else locale.false
    if isinstance(one, Moment):
        return by_pattern(one, one.pattern, locale) or plain(one, locale)
    return plain(one, locale)


def truth(value: Argument) -> bool:
    """As TRUE or FALSE: numbers other than 0 are true. Raises FormulaError for text."""
    one = single(value)
    if isinstance(one, str):
        if one.upper() not in {"TRUE", "FALSE"}:
            raise FormulaError(VALUE)
        return one.upper() == "TRUE"
    return bool(one)


def ordered(one: Scalar, other: Scalar) -> int:
    """-1, 0 or 1: numbers before text (in any case of letters) before FALSE and TRUE; a blank equals 0 and ``""``."""
    left, right = _key(one, other), _key(other, one)
    return (left > right) - (left < right)


def _key(value: Scalar, beside: Scalar) -> tuple[int, float, str]:
    if isinstance(value, Failure):
        raise FormulaError(value.code)
    if value is None:
        value = "" if isinstance(beside, str) else False if isinstance(beside, bool) else 0
    if isinstance(value, bool):
        return 2, int(value), ""
    return (1, 0, value.casefold()) if isinstance(value, str) else (0, value, "")
