"""The values of a search: words, days, ages and sizes."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tasks.sandbox.failures import not_modelled
from tasks.sandbox.shapes import Json

MIDNIGHTS = ZoneInfo("America/Los_Angeles")
"""Days in a search begin where Gmail's documentation says: at midnight of the Pacific time zone."""

WORD = re.compile(r"[^\W_]+")
DAY = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
AGE = re.compile(r"(\d+)([dmy])")
SIZE = re.compile(r"(\d+)([kKmM]?)[bB]?")
DAYS = {"d": 1, "m": 30, "y": 365}
BYTES = {"": 1, "k": 1024, "m": 1024**2}


def _words(text: str) -> str:
    return f" {' '.join(WORD.findall(text.casefold()))} "


def said(value: str, message: Json, fields: tuple[str, ...]) -> bool:
    """Whole words in sequence, in any case of letters; a value without a word is said nowhere."""
    wanted = _words(value)
    if not wanted.strip():
        return False
    texts = (str(message["noted"][name]).casefold() for name in fields)
    return any(wanted in _words(text) for text in texts if all(word in text for word in wanted.split()))


def instant(value: str) -> float:
    """``2024/02/16``, ``2024-02-16`` or seconds since 1970, in seconds since 1970; 501 for another way to say it."""
    if value.isdigit() and len(value) >= 9:  # noqa: PLR2004 (seconds since 1970, not a year)
        return float(value)
    if not (found := DAY.fullmatch(value)):
        raise not_modelled(f"the date {value} in a search")
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=MIDNIGHTS).timestamp()
    except ValueError:
        raise not_modelled(f"the date {value} in a search") from None


def age(value: str) -> float:
    """``2d``, ``3m`` or ``1y`` in seconds; 501 for another way to say it."""
    if not (found := AGE.fullmatch(value)):
        raise not_modelled(f"the age {value} in a search")
    return timedelta(days=int(found[1]) * DAYS[found[2]]).total_seconds()


def bytes_in(value: str) -> int:
    """``5M`` or ``300K``; 501 for another way to say it."""
    if not (found := SIZE.fullmatch(value)):
        raise not_modelled(f"the size {value} in a search")
    return int(found[1]) * BYTES[found[2].lower()]
