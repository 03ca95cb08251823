"""What an event holds: what the client sent, what Calendar fills in, and how it is written out."""

import hashlib
import re
from datetime import UTC, datetime

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.failures import invalid
from tasks.sandbox.gcalendar.zones import zone_named
from tasks.sandbox.shapes import Json

EVENT_ID = re.compile(r"[a-v0-9]{5,1024}")
RESPONSES = {"needsAction", "declined", "tentative", "accepted"}
STATUSES = {"confirmed", "tentative", "cancelled"}
OURS = ("kind", "etag", "created", "updated", "creator", "organizer", "htmlLink", "hangoutLink", "conferenceData")


def new_event(wanted: Json, owner: str, now: str, number: int) -> Json:
    """An event from the body of an insert; 400 for an id that Calendar does not take."""
    event_id = wanted.get("id") or hashlib.sha256(f"event {number}".encode()).hexdigest()[:26]
    if not EVENT_ID.fullmatch(str(event_id)):
        raise invalid("Invalid resource id value.")
    who = {"email": owner, "self": True}
    event = {name: value for name, value in wanted.items() if name not in OURS}
    event |= {
        "kind": "calendar#event",
        "id": event_id,
        "status": wanted.get("status", "confirmed"),
        "htmlLink": f"https://www.google.com/calendar/event?eid={event_id}",
        "created": now,
        "creator": who,
        "organizer": who,
        "iCalUID": wanted.get("iCalUID") or f"{event_id}@google.com",
        "sequence": int(wanted.get("sequence") or 0),
        "reminders": wanted.get("reminders") or {"useDefault": True},
        "eventType": "default",
    }
    return normalised(event, owner)


def normalised(event: Json, owner: str) -> Json:
    """Guests with an answer each."""
    if "attendees" in event:
        event["attendees"] = [_guest(guest, owner) for guest in event["attendees"] or []]
    return event


def check(event: Json) -> None:
    """400 for an event that Calendar would not take."""
    if event.get("status") not in STATUSES:
        raise invalid(f"Invalid status: {event.get('status')}")
    for side in ("start", "end"):
        if not event.get(side):
            raise invalid(f"Missing {side} time.", "required")
    start, end = instant(event["start"]), instant(event["end"])
    if end < start:
        raise invalid("The specified time range is empty.", "timeRangeEmpty")


def merged(old: Json, changes: Json) -> Json:
    """``patch``: objects are merged, arrays replaced whole, null removes."""
    new = dict(old)
    for name, value in changes.items():
        if name in OURS or name in {"id", "iCalUID", "sequence"}:
            continue
        if value is None:
            new.pop(name, None)
        elif isinstance(value, dict) and isinstance(new.get(name), dict):
            new[name] = merged_part(new[name], value)
        else:
            new[name] = value
    return new


def merged_part(old: Json, changes: Json) -> Json:
    """An object inside an event."""
    new = dict(old)
    for name, value in changes.items():
        if isinstance(value, dict) and isinstance(new.get(name), dict):
            new[name] = merged_part(new[name], value)
        else:
            new[name] = value
    return {name: value for name, value in new.items() if value is not None}


def stamped(event: Json, number: int, now: str) -> Json:
    """A new ``etag`` on each change."""
    return {**event, "etag": f'"{3_400_000_000_000_000 + number}"', "updated": now}


def shown(event: Json, zone: str, most_guests: int = 0) -> Json:
    """As the API writes it: times in the offset of the calendar's zone, nothing of our own.

    Of more guests than ``most_guests`` (0: no limit) only the mailbox's own entry is left.
    """
    body = {name: value for name, value in event.items() if not name.startswith("_")}
    if most_guests and len(body.get("attendees", [])) > most_guests:
        body["attendees"] = [guest for guest in body["attendees"] if guest.get("self")]
        body["attendeesOmitted"] = True
    for side in ("start", "end", "originalStartTime"):
        if "dateTime" in body.get(side, {}):
            local = instant(body[side]).astimezone(zone_named(zone))
            body[side] = {**body[side], "dateTime": local.isoformat().replace("+00:00", "Z")}
            body[side].setdefault("timeZone", zone)
    return body


def next_sequence(old: Json, asked: int | None, *, moved: bool) -> int:
    """What ``sequence`` becomes; 400 when the client wants to count backwards."""
    now = int(old.get("sequence", 0))
    if asked is not None and asked < now:
        raise invalid("Invalid sequence value. The specified sequence number is below the current sequence number.")
    return max(now + 1 if moved else now, asked or 0)


def meeting_time(event: Json) -> tuple[object, ...]:
    """What makes guests' calendars out of date."""
    return instant(event["start"]), instant(event["end"]), event.get("location", ""), event.get("recurrence", [])


def instant(side: Json) -> datetime:
    """``start`` or ``end`` as an aware instant; 400."""
    zone = zone_named(side.get("timeZone") or "UTC")
    if side.get("date"):
        return parse_instant(side["date"]).replace(tzinfo=zone)
    text = str(side.get("dateTime") or "")
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise invalid("Invalid value for: Invalid format: " + repr(text)) from None
    if at.tzinfo is None and not side.get("timeZone"):
        raise invalid("Missing time zone definition for start time.", "required")
    at = at if at.tzinfo else at.replace(tzinfo=zone)
    try:
        at.astimezone(UTC)
    except OverflowError:
        raise invalid("Invalid value for: Invalid format: " + repr(text)) from None
    return at


def _guest(guest: Json, owner: str) -> Json:
    if "@" not in str(guest.get("email", "")):
        raise invalid("Invalid attendee email.")
    body = {"responseStatus": "needsAction", **{name: value for name, value in guest.items() if value is not None}}
    if body["responseStatus"] not in RESPONSES:
        raise invalid(f"Invalid attendee response status: {body['responseStatus']}")
    return {**body, "self": True, "organizer": True} if body["email"] == owner else body
