"""Answers to our invitations (iMIP, RFC 6047; METHOD:REPLY of RFC 5546)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message

from icalendar import Calendar, Event

from tasks.domain.addresses import person
from tasks.domain.incoming.coming import Coming
from tasks.domain.incoming.parts import UNREADABLE, leaves

LARGEST = 100_000
TYPES = {"text/calendar", "application/ics"}


ANSWERS: Mapping[str, Coming] = {one.upper(): one for one in Coming}


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """One guest's answer. ``address_key`` is the ATTENDEE's, ``stamp`` when the answer was given (UTC), if it says."""

    uid: str
    address_key: str
    answer: Coming
    sequence: int = 0
    stamp: datetime | None = None


def read_reply(message: Message) -> CalendarReply | None:
    """The answer that a mail brings; None for any other mail, and for an answer that is none of the three."""
    for part in leaves(message):
        if part.get_content_type() in TYPES:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and len(payload) <= LARGEST and (found := _read(payload)):
                return found
    return None


def _read(data: bytes) -> CalendarReply | None:
    try:
        calendar = Calendar.from_ical(data)
        events = [one for one in calendar.walk("VEVENT") if isinstance(one, Event)]
        if str(calendar.get("METHOD", "")).upper() != "REPLY" or len(events) != 1:
            return None
        return _answer(events[0])
    except UNREADABLE:
        return None


def _answer(event: Event) -> CalendarReply | None:
    """RFC 5546, 3.2.3: one ATTENDEE, who answers."""
    guests = event.get("ATTENDEE")
    if guests is None or isinstance(guests, list):
        return None
    somebody = person("", str(guests))
    answer = ANSWERS.get(str(getattr(guests, "params", {}).get("PARTSTAT", "")).upper())
    uid = str(event.get("UID", ""))
    if not (somebody and answer and uid):
        return None
    number = str(event.get("SEQUENCE", "0"))
    return CalendarReply(
        uid, somebody.address_key, answer, int(number) if number.isascii() and number.isdigit() else 0, _stamp(event)
    )


def _stamp(event: Event) -> datetime | None:
    stamp = getattr(event.get("DTSTAMP"), "dt", None)
    return stamp.astimezone(UTC) if isinstance(stamp, datetime) and stamp.tzinfo else None
