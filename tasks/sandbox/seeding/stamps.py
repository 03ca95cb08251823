"""Time stamps in a CSV export are text; which locale wrote them is told by all of them together."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from tasks.sandbox.sheets.cells import EMPTY
from tasks.sandbox.sheets.locales import Locale, locale
from tasks.sandbox.sheets.typed import typed

FROM_FORMS = re.compile(
    r"(?P<day>\d{4}/\d{1,2}/\d{1,2})\s(?P<hour>\d{1,2}):(?P<rest>\d{2}:\d{2})\s(?P<half>[AaPp])\.?\s?[Mm]\.?\s"
    r"(?:GMT|UTC)(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?"
)
HALF_A_DAY = 12
MONTH_FIRST, DAY_FIRST = locale("en_US"), locale("en_GB")


def reads_as_a_time(text: str) -> bool:
    """Whether it is a time stamp in some locale of the forms."""
    return stamp_of_forms(text) is not None or any(_is_time(text, candidate) for candidate in (MONTH_FIRST, DAY_FIRST))


def stamp_of_forms(text: str) -> datetime | None:
    """The aware instant in what the download of Forms itself writes: ``2024/02/14 6:22:00 PM GMT+3``."""
    found = FROM_FORMS.fullmatch(text.strip())
    if found is None:
        return None
    hour = int(found["hour"]) % HALF_A_DAY + (HALF_A_DAY if found["half"] in "Pp" else 0)
    ahead = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    try:
        local = datetime.strptime(f"{found['day']} {hour}:{found['rest']}", "%Y/%m/%d %H:%M:%S")  # noqa: DTZ007 (next line)
        return local.replace(tzinfo=timezone(-ahead if found["sign"] == "-" else ahead))
    except ValueError:
        return None


def typing_locale(stamps: Iterable[str], usual: Locale) -> Locale:
    """The locale in which most of the time stamps can be read; 03/04 alone does not tell it."""
    listed = list(stamps)
    return max((usual, MONTH_FIRST, DAY_FIRST), key=lambda candidate: sum(_is_time(text, candidate) for text in listed))


def _is_time(text: str, candidate: Locale) -> bool:
    return typed(text, EMPTY, candidate).kind in {"DATE", "DATE_TIME"}
