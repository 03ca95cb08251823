"""C1-C8: a calendar file that programs believe, and that says what the mail says."""

import re
from collections.abc import Iterator
from datetime import datetime

from tasks.domain.message_rules.expected import EventFacts, Expected, Finding, Rule
from tasks.domain.message_rules.ical_lines import CalendarError, Component
from tasks.domain.message_rules.seen import Seen

STAMP = re.compile(r"\d{8}T\d{6}Z")
UTC_LINE = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC")
LONGEST_LINE = 75  # octets, RFC 5545 section 3.1
REQUIRED = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER", "ATTENDEE", "SEQUENCE", "STATUS", "CLASS")
SINGLE = (*REQUIRED, "DESCRIPTION", "LOCATION", "TRANSP", "PRIORITY", "URL", "CREATED", "LAST-MODIFIED")
ALLOWED = frozenset({*REQUIRED, "DESCRIPTION", "LOCATION", "TRANSP"})
ALLOWED_IN_ALARMS = frozenset({"ACTION", "DESCRIPTION", "TRIGGER"})
STATUS = {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}
SHAPES = (["VCALENDAR", "VEVENT"], ["VCALENDAR", "VEVENT", "VALARM"])


def calendar_file(seen: Seen, expected: Expected) -> Iterator[Finding]:
    """C1-C8."""
    if expected.event is None:
        return
    yield from _method(seen, expected.event)
    yield from _lines(seen.calendar)
    yield from _copy(seen)
    try:
        components = seen.components
    except CalendarError as error:
        yield Finding(Rule.C2, f"the calendar cannot be read: {error}")
        return
    if [one.name for one in components] not in SHAPES:
        yield Finding(Rule.C2, "the calendar is not one event, with one alarm at most")
        return
    calendar, event, *alarms = components
    yield from _whole(calendar, event)
    yield from _version(event, expected.event, expected.now)
    yield from _time(event, expected.event)
    yield from _utc_line(seen.text, expected.event)
    yield from _people(event, expected)
    yield from _standing(event, alarms, expected.event)
    yield from _extras(components)


def _method(seen: Seen, event: EventFacts) -> Iterator[Finding]:
    media = [part.parameters.get("method") for part in seen.leaves if part.media == "text/calendar"]
    lines = re.findall(rb"^METHOD:(.*?)\r?$", seen.calendar, re.MULTILINE)
    if media != [event.method] or lines != [event.method.encode()]:
        yield Finding(Rule.C1, f"the method is not {event.method} in the header and in the file")


def _lines(raw: bytes) -> Iterator[Finding]:
    bare = raw.replace(b"\r\n", b"")
    if b"\n" in bare or b"\r" in bare or not raw.endswith(b"\r\n"):
        yield Finding(Rule.C7, "a line of the calendar does not end with CR and LF")
    if max(map(len, raw.split(b"\r\n"))) > LONGEST_LINE:
        yield Finding(Rule.C7, f"a line of the calendar has more than {LONGEST_LINE} octets")


def _copy(seen: Seen) -> Iterator[Finding]:
    copies = [part.content() for part in seen.leaves if part.media == "application/ics"]
    if copies != [seen.calendar]:
        yield Finding(Rule.C8, "invite.ics is not the calendar of the mail")


def _whole(calendar: Component, event: Component) -> Iterator[Finding]:
    for name, value in (("VERSION", "2.0"), ("PRODID", None), ("METHOD", None)):
        if not calendar.value(name) or (value and calendar.value(name) != value):
            yield Finding(Rule.C2, f"the calendar has no single right {name}")
    for name in REQUIRED:
        if not event.all(name):
            yield Finding(Rule.C2, f"the event has no {name}")
    for name in SINGLE:
        if len(event.all(name)) > 1:
            yield Finding(Rule.C2, f"the event has {name} more than once")
    if event.all("DURATION"):
        yield Finding(Rule.C2, "the event has a DURATION beside its end")


def _version(event: Component, expected: EventFacts, now: datetime) -> Iterator[Finding]:
    if event.value("UID") != expected.uid:
        yield Finding(Rule.C3, "the UID is not the one of the session")
    if event.value("SEQUENCE") != str(expected.sequence):
        yield Finding(Rule.C3, f"SEQUENCE is not {expected.sequence}")
    stamp = _instant(event, "DTSTAMP")
    if stamp is None:
        yield Finding(Rule.C3, "DTSTAMP is not an instant in UTC")
    elif stamp > now or (expected.after and stamp < expected.after):
        yield Finding(Rule.C3, "DTSTAMP is older than that of an earlier mail, or still to come")


def _time(event: Component, expected: EventFacts) -> Iterator[Finding]:
    for name, right in (("DTSTART", expected.starts), ("DTEND", expected.ends)):
        if (found := _instant(event, name)) is None:
            yield Finding(Rule.C4, f"{name} is not an instant in UTC")
        elif found != right:
            yield Finding(Rule.C4, f"{name} is not {right:%Y-%m-%d %H:%M} UTC")


def _utc_line(text: str, expected: EventFacts) -> Iterator[Finding]:
    """A mail about a session that moved names the old start as well, but never only that."""
    said = UTC_LINE.findall(text)
    if said and f"{expected.starts:%Y-%m-%d %H:%M} UTC" not in said:
        yield Finding(Rule.C4, "the line in UTC is not the start of the calendar file")


def _instant(event: Component, name: str) -> datetime | None:
    found = event.all(name)
    if len(found) != 1 or found[0].parameters or not STAMP.fullmatch(found[0].value):
        return None
    try:
        return datetime.fromisoformat(found[0].value)
    except ValueError:
        return None


def _people(event: Component, expected: Expected) -> Iterator[Finding]:
    if event.value("ORGANIZER") != f"mailto:{expected.house.sender.address}":
        yield Finding(Rule.C5, "ORGANIZER is not From")
    guests = event.all("ATTENDEE")
    if [guest.value for guest in guests] != [f"mailto:{expected.recipient}"]:
        yield Finding(Rule.C5, "the only ATTENDEE is not the reader")
        return
    asked = (
        {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"} if expected.event and expected.event.method == "REQUEST" else {}
    )
    if any(guests[0].parameters.get(name) != value for name, value in asked.items()):
        yield Finding(Rule.C5, "ATTENDEE is not asked for an answer")


def _standing(event: Component, alarms: list[Component], expected: EventFacts) -> Iterator[Finding]:
    if event.value("STATUS") != STATUS[expected.method]:
        yield Finding(Rule.C6, f"STATUS is not {STATUS[expected.method]}")
    if event.value("CLASS") != "PRIVATE":
        yield Finding(Rule.C6, "CLASS is not PRIVATE")
    if any(alarm.value("ACTION") != "DISPLAY" for alarm in alarms):
        yield Finding(Rule.C6, "an alarm does more than DISPLAY")


def _extras(components: tuple[Component, ...]) -> Iterator[Finding]:
    allowed = {"VCALENDAR": {"VERSION", "PRODID", "METHOD", "CALSCALE"}, "VEVENT": ALLOWED, "VALARM": ALLOWED_IN_ALARMS}
    for component in components:
        for one in component.properties:
            if one.name not in allowed[component.name] and one.name != "DURATION":
                yield Finding(Rule.C7, f"{component.name} has {one.name[:40]}")
