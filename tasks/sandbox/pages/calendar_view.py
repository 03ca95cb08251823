"""Events as days of a month in somebody's time zone: which day an event stands on depends on where one looks from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from babel import Locale
from babel.dates import format_date

from tasks.sandbox.gcalendar.events import instant
from tasks.sandbox.shapes import Json

ANGLO = "en_US"


@dataclass(frozen=True)
class Line:
    """One event on one day. ``time`` is ``HH:MM`` on that day, ``""`` for whole days and for later days of a span."""

    event_id: str
    calendar: str
    title: str
    time: str
    until: str
    status: str


@dataclass(frozen=True)
class Day:
    """A day and its events in order of time; ``outside`` is not of this month."""

    day: date
    lines: list[Line] = field(default_factory=list)
    outside: bool = False
    today: bool = False


def weeks_of(month: date, events: Iterable[Json], zone: tzinfo, language: str, today: date) -> list[list[Day]]:
    """The weeks that touch a month, beginning as the language's calendars do."""
    first = month - timedelta(days=(month.weekday() - _locale(language).first_week_day) % 7)
    last = _next_month(month)
    by_day = _by_day(events, zone, first, last + timedelta(days=6))
    days: list[Day] = []
    while first < last or len(days) % 7:
        days.append(Day(first, by_day.get(first, []), outside=first.month != month.month, today=first == today))
        first += timedelta(days=1)
    return [days[at : at + 7] for at in range(0, len(days), 7)]


def days_between(first: date, last: date, events: Iterable[Json], zone: tzinfo, today: date) -> list[Day]:
    """The days with events, the last one included."""
    by_day = _by_day(events, zone, first, last)
    return [Day(day, by_day[day], today=day == today) for day in sorted(by_day)]


def weekday_names(language: str) -> list[str]:
    """Short names of the days of a week in the order of the language's calendars."""
    locale = _locale(language)
    names = locale.days["stand-alone"]["abbreviated"]
    return [names[(locale.first_week_day + at) % 7] for at in range(7)]


def spelt(day: date, language: str, pattern: str = "full") -> str:
    """A date in words; ``MMMM y`` for a month."""
    return format_date(day, pattern, locale=_locale(language))


def months_around(month: date) -> tuple[date, date]:
    """The first days of the months before and after."""
    return (month - timedelta(days=1)).replace(day=1), _next_month(month)


def span(event: Json, zone: tzinfo) -> tuple[datetime, datetime]:
    """Start and end; a whole day is the same day everywhere."""
    if "date" in event["start"]:
        start, end = date.fromisoformat(event["start"]["date"]), date.fromisoformat(event["end"]["date"])
        return _midnight(start, zone), _midnight(end, zone)
    return instant(event["start"]).astimezone(zone), instant(event["end"]).astimezone(zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _by_day(events: Iterable[Json], zone: tzinfo, first: date, last: date) -> dict[date, list[Line]]:
    found: dict[date, list[tuple[datetime, Line]]] = {}
    for event in events:
        for start, day, line in _lines(event, zone, first, last):
            found.setdefault(day, []).append((start, line))
    return {day: [line for _, line in sorted(lines, key=lambda one: one[0])] for day, lines in found.items()}


def _lines(event: Json, zone: tzinfo, first: date, last: date) -> Iterator[tuple[datetime, date, Line]]:
    start, end = span(event, zone)
    whole = "date" in event["start"]
    last = min(last, max(start, end - timedelta(microseconds=1)).date())
    day = max(first, start.date())
    while day <= last:
        line = Line(
            event["id"],
            event.get("_calendar", ""),
            event.get("summary", ""),
            "" if whole or day != start.date() else f"{start:%H:%M}",
            "" if whole or day != end.date() else f"{end:%H:%M}",
            event["status"],
        )
        yield start.astimezone(UTC), day, line
        day += timedelta(days=1)


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _locale(language: str) -> Locale:
    return Locale.parse(ANGLO if language == "en" else language)
