"""The conditions of ``COUNTIF`` and its like: ``">=5"``, ``"<>x"``, ``"Ana*"`` or a plain value."""

import re
from collections.abc import Callable

from tasks.sandbox.sheets.formula_numbers import is_number
from tasks.sandbox.sheets.formula_values import Argument, Failure, Scalar, ordered, single
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.typed_numbers import number

Test = Callable[[Scalar], bool]
SPELLING = re.compile(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)
WILD = re.compile(r"~[*?~]|[*?]|[^*?~]+|~")
ANY = {"*": ".*", "?": "."}
COMPARISONS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def condition(given: Argument, locale: Locale) -> Test:
    """The test that a condition is."""
    wanted = single(given)
    if not isinstance(wanted, str):
        return lambda value: same(value, wanted)
    found = SPELLING.match(wanted)
    sign, operand = (found[1] or "=", found[2]) if found else ("=", wanted)
    typed = number(operand.strip(), locale)
    if sign not in {"=", "<>"}:
        return _compared(sign, typed.value if typed else operand)
    test = _equal(typed.value if typed else operand)
    return test if sign == "=" else lambda value: not test(value)


def same(value: Scalar, wanted: Scalar) -> bool:
    """Equal, as ``=`` sees it; blanks and errors equal nothing."""
    return value is not None and not isinstance(value, Failure) and ordered(value, wanted) == 0


def like(operand: str) -> Test:
    """``*`` and ``?`` stand for other letters, ``~`` before them for themselves; in any case of letters."""
    parts = [ANY.get(part) or re.escape(part.removeprefix("~") or part) for part in WILD.findall(operand)]
    expression = re.compile("".join(parts), re.DOTALL | re.IGNORECASE)

    def test(value: Scalar) -> bool:
        words = "" if value is None else value
        return isinstance(words, str) and expression.fullmatch(words) is not None

    return test


def _equal(operand: float | str) -> Test:
    if not isinstance(operand, str):
        return lambda value: same(value, operand)
    if operand.upper() in {"TRUE", "FALSE"}:
        return lambda value: value is (operand.upper() == "TRUE")
    return like(operand)


def _compared(sign: str, operand: float | str) -> Test:
    def test(value: Scalar) -> bool:
        alike = isinstance(value, str) if isinstance(operand, str) else is_number(value)
        return alike and COMPARISONS[sign](ordered(value, operand))

    return test
