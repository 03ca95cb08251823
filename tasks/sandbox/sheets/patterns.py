"""Number format patterns: ``#,##0.00;(#,##0.00)``, ``d "de" mmmm``, ``[h]:mm:ss``, ``0.00E+00``, ``@``.

A pattern is written in American notation; what it shows is in the locale's. Colours and widths show nothing here.
"""

import re

from tasks.sandbox.sheets.digits import Part, number, plain
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.moments import moment

PART = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[(?P<long>h+|m+|s+)\]|\[\$(?P<money>[^\]-]*)[^\]]*\]|(?P<silent>\[[^\]]*\]|[_*].)'
    r"|(?P<half>am/pm|a/p)|(?P<clock>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(?P<power>[eE][+-])|(?P<text>@)"
    r"|(?P<digit>[0#?])|(?P<sign>[.,%])|(?P<literal>.)",
    re.DOTALL,
)
TIMELY = {"long", "half", "clock"}
MOST_SECTIONS = 4


def by_pattern(value: float, pattern: str, locale: Locale) -> str | None:
    """The number as the pattern shows it; None when no calendar has that day."""
    parts, shown_value = _section(sections(pattern), value)
    if is_timely(parts):
        return moment(shown_value, parts, locale)
    if not any(part.kind == "digit" for part in parts):
        return "".join(plain(shown_value, locale) if part.kind == "text" else part.text for part in parts)
    return number(shown_value, parts, locale)


def of_text(value: str, pattern: str) -> str:
    """Text as the pattern shows it: only a section with ``@`` changes it."""
    found = [parts for parts in sections(pattern) if any(part.kind == "text" for part in parts)]
    if not found:
        return value
    return "".join(value if part.kind == "text" else part.text for part in found[-1])


def is_timely(parts: list[Part]) -> bool:
    """Whether it shows a date, a time or a duration."""
    return any(part.kind in TIMELY for part in parts)


def sections(pattern: str) -> list[list[Part]]:
    """For what is positive, negative, zero and text; the first for all where there is no other."""
    found: list[list[Part]] = [[]]
    for match in PART.finditer(pattern):
        kind = match.lastgroup or ""
        text = match[kind]
        if kind == "literal" and text == ";" and len(found) < MOST_SECTIONS:
            found.append([])
        elif kind in {"quoted", "escaped", "money", "literal"}:
            found[-1].append(Part("literal", text))
        elif kind != "silent":
            found[-1].append(Part(kind, text))
    return found


def _section(found: list[list[Part]], value: float) -> tuple[list[Part], float]:
    numeric = [parts for parts in found if not any(part.kind == "text" for part in parts)] or found
    if value < 0 and len(numeric) > 1:
        return numeric[1], -value
    if value == 0 and len(numeric) > 2:  # noqa: PLR2004 (the third is for zero)
        return numeric[2], value
    return numeric[0], value
