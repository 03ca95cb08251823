"""The functions on text."""

from collections.abc import Callable

from tasks.sandbox.sheets.formula_values import (
    MANY,
    VALUE,
    Argument,
    Desk,
    Formula,
    FormulaError,
    Functions,
    Grid,
    numeric,
    single,
    text,
    truth,
    whole,
)
from tasks.sandbox.sheets.patterns import by_pattern


def _words(desk: Desk, given: list[Argument]) -> list[str]:
    """Every value, those of ranges one by one."""
    flat = [value for part in given for value in (part.flat() if isinstance(part, Grid) else [part])]
    return [text(value, desk.locale) for value in flat]


def _text_join(desk: Desk, given: list[Argument]) -> Argument:
    words = _words(desk, given[2:])
    return text(given[0], desk.locale).join(word for word in words if word or not truth(given[1]))


def _left(desk: Desk, given: list[Argument]) -> Argument:
    return text(given[0], desk.locale)[: _count(desk, given)]


def _right(desk: Desk, given: list[Argument]) -> Argument:
    words = text(given[0], desk.locale)
    return words[max(len(words) - _count(desk, given), 0) :]


def _count(desk: Desk, given: list[Argument]) -> int:
    count = whole(given[1], desk.locale) if len(given) > 1 else 1
    if count < 0:
        raise FormulaError(VALUE)
    return count


def _middle(desk: Desk, given: list[Argument]) -> Argument:
    start, length = whole(given[1], desk.locale), whole(given[2], desk.locale)
    if start < 1 or length < 0:
        raise FormulaError(VALUE)
    return text(given[0], desk.locale)[start - 1 : start - 1 + length]


def _substitute(desk: Desk, given: list[Argument]) -> Argument:
    words, old, new = (text(part, desk.locale) for part in given)
    return words.replace(old, new) if old else words


def _formatted(desk: Desk, given: list[Argument]) -> Argument:
    value = single(given[0])
    if isinstance(value, str):
        return value
    shown = by_pattern(numeric(value, desk.locale), text(given[1], desk.locale), desk.locale)
    if shown is None:
        raise FormulaError(VALUE)
    return shown


def _each(change: Callable[[str], str | int]) -> Formula:
    def work(desk: Desk, given: list[Argument]) -> Argument:
        return change(text(given[0], desk.locale))

    return work


TEXTS: Functions = {
    "CONCATENATE": (1, MANY, lambda desk, given: "".join(_words(desk, given))),
    "CONCAT": (2, 2, lambda desk, given: "".join(_words(desk, given))),
    "JOIN": (2, MANY, lambda desk, given: text(given[0], desk.locale).join(_words(desk, given[1:]))),
    "TEXTJOIN": (3, MANY, _text_join),
    "TRIM": (1, 1, _each(lambda words: " ".join(filter(None, words.split(" "))))),
    "LOWER": (1, 1, _each(str.lower)),
    "UPPER": (1, 1, _each(str.upper)),
    "PROPER": (1, 1, _each(str.title)),
    "LEN": (1, 1, _each(len)),
    "LEFT": (1, 2, _left),
    "RIGHT": (1, 2, _right),
    "MID": (3, 3, _middle),
    "SUBSTITUTE": (3, 3, _substitute),
    "EXACT": (2, 2, lambda desk, given: text(given[0], desk.locale) == text(given[1], desk.locale)),
    "TEXT": (2, 2, _formatted),
    "HYPERLINK": (1, 2, lambda desk, given: text(given[-1], desk.locale)),
}
