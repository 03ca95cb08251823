"""Answers to look at before they are copied elsewhere: they stay text here, and harm nothing."""

import re
from collections.abc import Mapping

from tasks.domain.folding import one_line
from tasks.domain.programme import Kind

ONE_LINE: frozenset[Kind] = frozenset({"short", "email"})
FORMULA_STARTS = frozenset("=+-@")
FORMULA = re.compile(
    r"""=\s*\S                                  # =HYPERLINK(…)
    |   [+\-@][\w.]*[(|]                        # @SUM(1), +cmd|…
    |   [+\-@].*![$]?[A-Z]{1,3}[$]?\d           # +'Sheet 1'!A1
    |   [+\-@][$]?[A-Z]{1,3}[$]?\d+(?![\w])     # -A1
    |   \+\d[\d.]*[+*^]\d                       # +2+3
    |   -\d[\d.]*[+*/^]\d                       # -2+3
    """,
    re.VERBOSE | re.IGNORECASE,
)
MARKUP = re.compile(
    r"<[\s/]{0,9}(?:script|iframe|object|embed|svg|style|form|img\s|a\s{1,9}href)|javascript:", re.IGNORECASE
)
TEMPLATE = re.compile(r"\{\{|\{%|\$\{")
CONTROL_IN_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
RIGHT_TO_LEFT = re.compile(  # the blocks that Unicode keeps for such scripts (UAX 44, DerivedBidiClass), and the marks
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
LONGEST_FORMULA = 1000


def is_hostile(text: str, kind: Kind) -> bool:
    """Whether a spreadsheet, a web page, a template or a mail header could take the text for something to carry out."""
    return bool(
        _is_formula(text)
        or (("<" in text or ":" in text) and MARKUP.search(text))
        or ("{" in text and TEMPLATE.search(text))
        or (not text.isprintable() and _has_control(text, kind))
    )


def _is_formula(text: str) -> bool:
    bare = text.lstrip()
    if not bare or bare[0].isalnum():
        return False
    start = one_line(bare[:LONGEST_FORMULA])
    return start[:1] in FORMULA_STARTS and FORMULA.match(start) is not None


def _has_control(text: str, kind: Kind) -> bool:
    control = CONTROL_IN_LINE if kind in ONE_LINE else CONTROL_IN_TEXT
    return control.search(text.strip()) is not None


def hostile_fields(answers: Mapping[str, str], kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """The fields to look at."""
    return tuple(field for field, text in answers.items() if is_hostile(text, kinds[field]))


def is_right_to_left(text: str) -> bool:
    """Whether any letter or mark changes the direction of what stands beside it."""
    return not text.isascii() and RIGHT_TO_LEFT.search(text) is not None
