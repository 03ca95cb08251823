"""The calendar file of a mail (RFC 5546 REQUEST or CANCEL): one event in UTC, one guest, nothing about the topic."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event, vCalAddress

from tasks.domain.addresses import sendable
from tasks.domain.local_time import in_utc
from tasks.domain.mail_headers import mailbox
from tasks.domain.models import Person, Session
from tasks.domain.programme import Sender
from tasks.domain.untrusted import shown_name

ALARM = timedelta(minutes=-30)
_BEFORE_CLASS = b"\r\nCLASS:"


def invite(  # noqa: PLR0913  everything that one event says
    session: Session,
    *,
    sender: Sender,
    to: Person,
    method: str,
    meeting_link: str,
    language: str,
    sequence: int,
    made_at: datetime,
    labels: Mapping[str, str],
) -> bytes:
    """``method`` REQUEST puts the event into a calendar or changes it there, CANCEL takes it out.

    ``sequence`` grows with every change of start, end or place, and with a cancellation (RFC 5546 section 2.1.4).
    """
    summary = labels["event_summary"].replace("{ref}", session.ref)
    description = labels["event_description"].replace("{ref}", session.ref).replace("{link}", meeting_link)
    shared = _without_a_guest(
        session,
        sender=sender,
        method=method,
        meeting_link=meeting_link,
        language=language,
        sequence=sequence,
        made_at=in_utc(made_at),
        summary=summary,
        description=description,
    )
    guest = Event().content_line("ATTENDEE", _guest(to)).to_ical()
    return shared.replace(_BEFORE_CLASS, b"\r\n" + guest + _BEFORE_CLASS, 1)


@lru_cache(maxsize=256)  # the same for all guests who read in one language
def _without_a_guest(  # noqa: PLR0913  everything that one event says
    session: Session,
    *,
    sender: Sender,
    method: str,
    meeting_link: str,
    language: str,
    sequence: int,
    made_at: datetime,
    summary: str,
    description: str,
) -> bytes:
    event = Event()
    event.add("uid", event_uid(session.ref, sender))
    event.add("sequence", sequence)
    event.add("dtstamp", made_at)
    event.add("dtstart", in_utc(session.starts))
    event.add("dtend", in_utc(session.starts) + timedelta(minutes=session.minutes))
    event.add("summary", summary, parameters={"LANGUAGE": language})
    event.add("organizer", _address(sender.address, sender.name))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    if method == "CANCEL":
        event.add("status", "CANCELLED")
    else:
        event.add("status", "CONFIRMED")
        event.add("location", meeting_link)
        event.add("description", description, parameters={"LANGUAGE": language})
        event.add_component(_alarm(summary))
    return _calendar(event, method, sender)


def event_uid(ref: str, sender: Sender) -> str:
    """The same for every mail about a session, for ever."""
    return f"{uuid5(NAMESPACE_URL, f'https://{sender.domain}/{ref}').hex}@{sender.domain}"


def _calendar(event: Event, method: str, sender: Sender) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{sender.domain}//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _guest(person: Person) -> vCalAddress:
    guest = _address(sendable(person), shown_name(person))
    guest.params |= {"PARTSTAT": "NEEDS-ACTION", "ROLE": "REQ-PARTICIPANT", "RSVP": "TRUE"}
    return guest


def _address(address: str, name: str) -> vCalAddress:
    calendar_address = vCalAddress(f"mailto:{mailbox('', address).addr_spec}")
    if name:
        calendar_address.params["CN"] = name
    return calendar_address


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", ALARM)
    return alarm
