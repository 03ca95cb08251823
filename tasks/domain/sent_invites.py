"""The calendar part of a mail that was sent, read back."""

from dataclasses import dataclass
from email import message_from_bytes, policy

from icalendar import Calendar


@dataclass(frozen=True, slots=True)
class SentInvite:
    """What it asked calendars to do: ``method`` REQUEST or CANCEL of RFC 5546, and its SEQUENCE."""

    sequence: int
    method: str


def sent_invite(raw: bytes) -> SentInvite | None:
    """None for a mail without a calendar part that can be read."""
    message = message_from_bytes(raw, policy=policy.default)
    part = next((one for one in message.walk() if one.get_content_type() == "text/calendar"), None)
    try:
        calendar = Calendar.from_ical(part.get_content()) if part else None
        event = next(iter(calendar.walk("VEVENT"))) if calendar else None
        return SentInvite(int(str(event["SEQUENCE"])), str(calendar["METHOD"])) if calendar and event else None
    except (ValueError, KeyError, StopIteration):
        return None
