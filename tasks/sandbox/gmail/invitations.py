"""The calendar part of a mail as mail programs read it (RFC 5545, 5546 and 6047)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event

from tasks.sandbox.gmail.parts import Part

CALENDAR = "text/calendar"


@dataclass(frozen=True)
class Guest:
    """An ATTENDEE or the ORGANIZER; ``answer`` is its PARTSTAT."""

    address: str
    name: str = ""
    answer: str = "NEEDS-ACTION"


@dataclass(frozen=True)
class Invitation:
    """One VEVENT and the method that it comes with; ``start`` and ``end`` are aware, ``zone`` is its TZID or UTC.

    ``method`` is ``""`` when the part and the object inside it disagree: then no program offers answers.
    """

    method: str
    uid: str = ""
    sequence: int = 0
    stamp: str = ""
    summary: str = ""
    description: str = ""
    location: str = ""
    status: str = ""
    start: datetime | None = None
    end: datetime | None = None
    zone: str = ""
    whole_days: bool = False
    repeats: bool = False
    organizer: Guest | None = None
    guests: list[Guest] = field(default_factory=list)

    def guest(self, address: str) -> Guest | None:
        """The guest with this address."""
        return next((one for one in self.guests if one.address.casefold() == address.casefold()), None)


def invitation_in(parts: Iterable[Part]) -> Invitation | None:
    """The first calendar part that can be read, whether it stands in the mail or is attached to it."""
    for part in parts:
        if part.content_type in {CALENDAR, "application/ics"} or part.filename.endswith(".ics"):
            declared = str(part.message.get_param("method", "")) if part.content_type == CALENDAR else None
            if found := read(part.data, declared):
                return found
    return None


def read(data: bytes, declared: str | None = None) -> Invitation | None:
    """The event in an iCalendar object; None when there is none that can be read.

    ``declared`` is the ``method`` of the part's content type, None for a file, which has none.
    """
    try:
        calendar = Calendar.from_ical(data)
    except (ValueError, KeyError, IndexError, AttributeError):
        return None
    event = next((one for one in calendar.walk("VEVENT") if isinstance(one, Event)), None)
    if event is None:
        return None
    inside = str(calendar.get("METHOD", "")).upper()
    start, zone, whole_days = _moment(event, "DTSTART")
    end = _moment(event, "DTEND")[0]
    return Invitation(
        method=inside if declared is None or declared.upper() == inside else "",
        uid=str(_first(event, "UID")),
        sequence=_number(_first(event, "SEQUENCE")),
        stamp=_stamp(event),
        summary=str(_first(event, "SUMMARY")),
        description=str(_first(event, "DESCRIPTION")),
        location=str(_first(event, "LOCATION")),
        status=str(_first(event, "STATUS")).upper(),
        start=start,
        end=end or _after(event, start),
        zone=zone,
        whole_days=whole_days,
        repeats="RRULE" in event or "RDATE" in event,
        organizer=_person(_first(event, "ORGANIZER")) if "ORGANIZER" in event else None,
        guests=[_person(one) for one in _many(event.get("ATTENDEE"))],
    )


def _moment(event: Event, name: str) -> tuple[datetime | None, str, bool]:
    found = _value(event, name)
    if isinstance(found, datetime):
        zone = str(getattr(found.tzinfo, "key", "") or found.tzname() or "UTC")
        return (found if found.tzinfo else found.replace(tzinfo=UTC)), zone, False
    if isinstance(found, date):
        return datetime.combine(found, time(), UTC), "UTC", True
    return None, "", False


def _after(event: Event, start: datetime | None) -> datetime | None:
    length = _value(event, "DURATION")
    return start + length if start and isinstance(length, timedelta) else start


def _stamp(event: Event) -> str:
    found = _value(event, "DTSTAMP")
    return found.astimezone(UTC).isoformat() if isinstance(found, datetime) else ""


def _value(event: Event, name: str) -> object:
    """A date, time or length; None for what is absent or cannot be read."""
    try:
        return getattr(_first(event, name), "dt", None)
    except ValueError:
        return None


def _first(event: Event, name: str) -> object:
    return next(iter(_many(event.get(name))), "")


def _number(found: object) -> int:
    return int(str(found)) if str(found).isdigit() else 0


def _many(found: object) -> list[object]:
    return found if isinstance(found, list) else [found] if found else []


def _person(found: Any) -> Guest:  # noqa: ANN401 (icalendar's vCalAddress, or text where there should be one)
    given = getattr(found, "params", {})
    address = str(found)
    address = address[7:] if address.lower().startswith("mailto:") else address
    return Guest(address, str(given.get("CN", "")), str(given.get("PARTSTAT", "NEEDS-ACTION")).upper())
