"""Time stamps in a CSV export are text; which locale wrote them is told by all of them together."""

from collections.abc import Iterable

from tasks.sandbox.sheets.cells import EMPTY
from tasks.sandbox.sheets.locales import Locale, locale
from tasks.sandbox.sheets.typed import typed

MONTH_FIRST, DAY_FIRST = locale("en_US"), locale("en_GB")


def reads_as_a_time(text: str) -> bool:
    """Whether it is a time stamp in some locale of the forms."""
    return any(_is_time(text, candidate) for candidate in (MONTH_FIRST, DAY_FIRST))


def typing_locale(stamps: Iterable[str], usual: Locale) -> Locale:
    """The locale in which most of the time stamps can be read; 03/04 alone does not tell it."""
    listed = list(stamps)
    return max((usual, MONTH_FIRST, DAY_FIRST), key=lambda candidate: sum(_is_time(text, candidate) for text in listed))


def _is_time(text: str, candidate: Locale) -> bool:
    return typed(text, EMPTY, candidate).kind in {"DATE", "DATE_TIME"}
