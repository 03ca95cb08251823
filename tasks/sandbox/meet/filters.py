"""``filter`` of Meet's lists: comparisons joined by AND."""

import operator
import re
from collections.abc import Callable, Mapping

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.failures import invalid, not_modelled

TERM = re.compile(r"""([\w.]+)\s*(=|>=|<=|>|<)\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
NULL = re.compile(r"([\w.]+)\s+IS\s+NULL", re.IGNORECASE)
SIGNS: Mapping[str, Callable[..., bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
Test = Callable[[Mapping[str, str | None]], bool]


def parse_filter(text: str, times: set[str], texts: set[str]) -> Test:
    """A test on ``{field: value}`` (None: unset); 400 for what is no filter on these fields, 501 for OR and NOT."""
    tests = [_term(part.strip(), text, times, texts) for part in _parts(text)]
    return lambda values: all(test(values) for test in tests)


def _parts(text: str) -> list[str]:
    if re.search(r"\b(OR|NOT)\b", re.sub(r"\"[^\"]*\"|'[^']*'", "", text)):
        raise not_modelled("OR and NOT in a filter")
    return re.split(r"\s+AND\s+", text.strip(), flags=re.IGNORECASE) if text.strip() else []


def _term(part: str, text: str, times: set[str], texts: set[str]) -> Test:
    if (null := NULL.fullmatch(part)) and null[1] in times:
        return lambda values: values[null[1]] is None
    found = TERM.fullmatch(part)
    if not found or found[1] not in times | texts:
        raise invalid(f"Invalid filter: {text}")
    name, sign, value = found[1], found[2], found[3] or found[4] or found[5] or ""
    if name in texts:
        if sign != "=":
            raise invalid(f"Invalid filter: {text}")
        return lambda values: values[name] == value
    wanted = parse_instant(value)
    return lambda values: (have := values[name]) is not None and SIGNS[sign](parse_instant(have), wanted)
