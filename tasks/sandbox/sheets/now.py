"""The wall clock of a spreadsheet: dates without a year, ``TODAY`` and ``NOW`` go by its time zone."""

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from tasks.sandbox.sheets.book import Book

CUSTOM = re.compile(r"GMT([+-])(\d{1,2}):?(\d{2})?")


def local_now(book: Book) -> datetime:
    """When this change of the spreadsheet happens, as its own clock shows it (without a zone)."""
    instant = datetime.fromisoformat(book.modified)
    return instant.astimezone(zone(book.properties["timeZone"])).replace(tzinfo=None, microsecond=0)


def today(book: Book, instant: datetime) -> date:
    """The day that it is in the spreadsheet's time zone."""
    return instant.astimezone(zone(book.properties["timeZone"])).date()


def zone(name: str) -> tzinfo:
    """A CLDR zone or a custom one such as ``GMT-07:00``. Raises ValueError or KeyError for any other text."""
    if custom := CUSTOM.fullmatch(name):
        distance = timedelta(hours=int(custom[2]), minutes=int(custom[3] or 0))
        return timezone(-distance if custom[1] == "-" else distance)
    return ZoneInfo(name)
