"""Dates and hours in cells: serial numbers (days since 1899-12-30, wall clock of the sheet) and plain text."""

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from tasks.domain.models import Cell

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (a wall clock has no zone)
DAY_MS = 86_400_000
DAY_SECONDS = 86_400
CUSTOM_ZONE = re.compile(r"(?:GMT|UTC)([+-])(\d{1,2})(?::?(\d{2}))?")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HOUR = re.compile(r"([01]?[0-9]|2[0-3]) ?(?:[:.]([0-5][0-9])|[hH] ?([0-5][0-9])?)")
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
"""What lies outside is a typing error, or a number that is no date."""


@lru_cache(maxsize=64)
def zone_info(zone: str) -> tzinfo | None:
    """The zone of a spreadsheet: an IANA name, or a custom one such as ``GMT-07:00``."""
    if custom := CUSTOM_ZONE.fullmatch(zone):
        sign, hours, minutes = custom.groups(default="0")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if sign == "-" else offset) if offset < timedelta(days=1) else None
    try:
        return ZoneInfo(zone)
    except (OSError, ValueError, KeyError):
        return None


def milliseconds(n: float) -> int:
    """A serial number without the noise of its last digits."""
    return round(n * DAY_MS)


def from_serial(n: object, zone: str) -> datetime:
    """Raises TypeError for anything but a number, ValueError for an unknown zone or a number that is no date.

    The hour that happens twice in autumn is taken as the first one.
    """
    if isinstance(n, bool) or not isinstance(n, int | float):
        raise TypeError(n)
    if (where := zone_info(zone)) is None:
        raise ValueError(zone)
    if not _is_day(n):
        raise ValueError(n)
    return (EPOCH + timedelta(milliseconds=milliseconds(n))).replace(tzinfo=where)


def to_serial(moment: datetime, zone: str) -> float:
    """Raises ValueError for an unknown zone."""
    if (where := zone_info(zone)) is None:
        raise ValueError(zone)
    return (moment.astimezone(where).replace(tzinfo=None) - EPOCH) / timedelta(days=1)


def moment_of(cell: Cell, zone: str) -> datetime | None:
    """The aware moment of a time stamp cell; None for text, errors, ticks and numbers that are no date."""
    try:
        return from_serial(cell, zone)
    except (TypeError, ValueError):
        return None


def date_of(cell: Cell) -> date | None:
    """The day of a date cell, or of text that cannot be read in two ways (``2024-03-12``)."""
    if isinstance(cell, str):
        return _iso(cell.strip())
    if isinstance(cell, bool) or not _is_day(cell):
        return None
    return (EPOCH + timedelta(milliseconds=milliseconds(cell))).date()


def time_of(cell: Cell) -> time | None:
    """The hour of a time cell (a fraction of a day), or of text such as ``15:00``, ``15.00`` or ``15h00``."""
    if isinstance(cell, str):
        found = HOUR.fullmatch(cell.strip())
        return time(int(found[1]), int(found[2] or found[3] or 0)) if found else None
    if isinstance(cell, bool) or not 0 <= cell < 1:
        return None
    seconds = min(round(cell * DAY_SECONDS), DAY_SECONDS - 1)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _iso(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and FIRST <= day <= LAST else None


def _is_day(n: float) -> bool:
    return (FIRST - EPOCH.date()).days <= n < (LAST - EPOCH.date()).days
