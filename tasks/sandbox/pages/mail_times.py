"""Instants in words; with no zone they stand in UTC, and the page puts them into the browser's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from tasks.domain.local_time import local_date, local_moment
from tasks.sandbox.gmail.store import sent_at
from tasks.sandbox.shapes import Json

LOCALES = {"en": "en_GB"}


def arrived(message: Json) -> datetime:
    """The instant of a message."""
    return sent_at(message)


def short(moment: datetime, zone: str, language: str) -> str:
    """``16 Feb 2024, 08:00``."""
    local = moment.astimezone(ZoneInfo(zone) if zone else UTC)
    return str(format_datetime(local, "d MMM y, HH:mm", locale=LOCALES.get(language, language)))


def full(moment: datetime, zone: str, language: str) -> str:
    """Weekday, date, time, city and offset."""
    return local_moment(moment, zone or "UTC", language)


def until(start: datetime, end: datetime, zone: str, language: str) -> str:
    """The end of an event: only the hour on the day it began."""
    local = [moment.astimezone(ZoneInfo(zone) if zone else UTC) for moment in (start, end)]
    return f"{local[1]:%H:%M}" if local[0].date() == local[1].date() else full(end, zone, language)


def day(moment: datetime, language: str) -> str:
    """Weekday and date of an event that lasts whole days, which has no zone."""
    return local_date(moment, "UTC", language)
