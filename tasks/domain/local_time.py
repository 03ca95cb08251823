"""Moments as a person in some city reads them; nothing here knows what time it is."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, get_timezone_location

_LOCALES = {"en": "en_GB"}
_PLAIN = str.maketrans("\u202f\u2009\u00a0", "   ", "\u200e\u200f\u061c")  # spaces for narrow ones, no direction marks


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC, to the second. Raises ValueError for one without a zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def utc_line(moment: datetime) -> str:
    """``2026-11-12 20:05 UTC``, the same in every language."""
    return f"{in_utc(moment):%Y-%m-%d %H:%M} UTC"


@lru_cache(maxsize=1024)
def local_date(moment: datetime, zone: str, language: str) -> str:
    """Weekday and date in ``zone`` (an IANA name). Raises ValueError."""
    return day_in_words(in_utc(moment).astimezone(_zone_info(zone)).date(), language)


def day_in_words(day: date, language: str) -> str:
    """Weekday and date."""
    return str(format_date(day, "full", locale=_locale(language))).translate(_PLAIN)


@lru_cache(maxsize=1024)  # many readers share a zone and a language
def local_moment(moment: datetime, zone: str, language: str) -> str:
    """Weekday, date, 24-hour time, city and offset in ``zone`` (an IANA name). Raises ValueError."""
    local = in_utc(moment).astimezone(_zone_info(zone))
    place = ", ".join(filter(None, (_city(zone, language), _offset(local, language))))
    return f"{local_date(moment, zone, language)}, {local:%H:%M} ({place})".translate(_PLAIN)


def _offset(local: datetime, language: str) -> str:
    """``GMT-03:30`` as the language writes it. (Babel 2.18 makes that ``GMT-04:30``: it rounds down.)"""
    offset = local.utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    pattern = str(Locale.parse(_locale(language)).zone_formats["gmt"])
    return pattern.replace("%s", f"{'-' if offset < timedelta() else '+'}{hours:02}:{minutes:02}")


def _zone_info(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (ValueError, ZoneInfoNotFoundError):
        raise ValueError(f"there is no time zone {zone!r}") from None


def _city(zone: str, language: str) -> str:
    if "/" not in zone or zone.startswith("Etc/"):
        return ""
    place = str(get_timezone_location(_zone_info(zone), locale=_locale(language), return_city=True))
    return place.rpartition("/")[2]


def _locale(language: str) -> str:
    return _LOCALES.get(language, language)
