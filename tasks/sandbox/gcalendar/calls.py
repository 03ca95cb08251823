"""Calendar v3: events with ids that the client chooses, and the mails that ``sendUpdates`` would have sent."""

from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.gcalendar.events import (
    check,
    meeting_time,
    merged,
    new_event,
    normalised,
    shown,
    stamped,
)
from tasks.sandbox.gcalendar.meetings import after_read, with_conference
from tasks.sandbox.gcalendar.search import listing
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

EVENTS = "/calendar/v3/calendars/{calendar}/events"
ID_TAKEN = "The requested identifier already exists."
TIME_ZONE = "America/New_York"
UPDATES = {"", "all", "externalOnly", "none"}


def calendar_of(call: Call) -> Json:
    """The one calendar there is, under either of its names; 404."""
    if call.parts["calendar"] not in {"primary", call.world.owner}:
        raise not_found("Not Found")
    return {
        "kind": "calendar#calendar",
        "etag": '"1"',
        "id": call.world.owner,
        "summary": call.world.programme.name,
        "timeZone": TIME_ZONE,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }


def _stored(call: Call) -> Json:
    calendar_of(call)
    event = call.world.store.get("event", call.parts["event"])
    if event is None:
        raise not_found("Not Found")
    return event


def _keep(call: Call, event: Json, action: str) -> Json:
    world = call.world
    event = stamped(event, world.store.next_number("calendar"), world.clock.text())
    world.store.put("event", event["id"], event)
    _notify(call, event, action)
    return event


def _notify(call: Call, event: Json, action: str) -> None:
    """Note whom Google would have mailed."""
    mode = call.one("sendUpdates") or ("all" if call.flag("sendNotifications") else "none")
    guests = [guest["email"] for guest in event.get("attendees", []) if not guest.get("self")]
    if mode == "none" or not guests:
        return
    number = call.world.store.next_number("notification")
    body = {
        "n": number,
        "action": action,
        "sendUpdates": mode,
        "event": event["id"],
        "summary": event.get("summary", ""),
        "to": guests,
        "at": call.world.clock.text(),
    }
    call.world.store.put("notification", str(number), body)


def _answer(call: Call, event: Json) -> Answer:
    return masked(call, shown(event, call.one("timeZone") or TIME_ZONE))


def _insert(call: Call) -> Answer:
    calendar_of(call)
    _check_updates(call)
    wanted = {name: value for name, value in call.json().items() if value is not None}
    event = new_event(wanted, call.world.owner, call.world.clock.text(), call.world.store.next_number("event"))
    if call.world.store.get("event", event["id"]) is not None:
        raise GoogleError(409, ID_TAKEN)
    event = with_conference(call, event, wanted, {})
    check(event)
    return _answer(call, _keep(call, event, "insert"))


def _get(call: Call) -> Answer:
    event = _stored(call)
    answered = _answer(call, event)
    after_read(call.world, event)
    return answered


def _patch(call: Call) -> Answer:
    old = _changeable(call)
    return _replace(call, old, merged(old, call.json()))


def _update(call: Call) -> Answer:
    old = _changeable(call)
    wanted = {name: value for name, value in call.json().items() if value is not None}
    kept = ("kind", "id", "iCalUID", "created", "creator", "organizer", "sequence", "htmlLink", "_pendingReads")
    new = {**wanted, **{name: old[name] for name in kept if name in old}}
    return _replace(call, old, {"status": "confirmed", **new})


def _replace(call: Call, old: Json, new: Json) -> Answer:
    _check_updates(call)
    new = with_conference(call, normalised(new, call.world.owner), call.json(), old)
    check(new)
    if meeting_time(new) != meeting_time(old) or new.get("status") != old.get("status"):
        new["sequence"] = old.get("sequence", 0) + 1
    return _answer(call, _keep(call, new, "cancel" if new["status"] == "cancelled" else "update"))


def _changeable(call: Call) -> Json:
    event = _stored(call)
    wanted = call.headers.get("if-match", "*")
    if wanted not in {"*", event["etag"]}:
        raise GoogleError(412, "Precondition Failed")
    return event


def _delete(call: Call) -> Answer:
    event = _changeable(call)
    _check_updates(call)
    if event["status"] == "cancelled":
        raise GoogleError(410, "Resource has been deleted")
    _keep(call, {**event, "status": "cancelled", "sequence": event["sequence"] + 1}, "cancel")
    return Answer(status=204, content_type="text/html")


def _check_updates(call: Call) -> None:
    if call.one("sendUpdates") not in UPDATES:
        raise invalid(f"Invalid value for: {call.one('sendUpdates')} is not a valid value")


def _list(call: Call) -> Answer:
    calendar = calendar_of(call)
    found, token = listing(call)
    body = {
        "kind": "calendar#events",
        "etag": f'"p{call.world.store.fact("number:calendar", 0)}"',
        "summary": calendar["summary"],
        "updated": call.world.clock.text(),
        "timeZone": call.one("timeZone") or TIME_ZONE,
        "accessRole": "owner",
        "defaultReminders": [],
        "items": [shown(event, call.one("timeZone") or TIME_ZONE) for event in found],
    }
    return masked(call, body | ({"nextPageToken": token} if token else {}))


def _calendar(call: Call) -> Answer:
    return masked(call, calendar_of(call))


def _calendars(call: Call) -> Answer:
    named = Call(call.world, "GET", call.base_url, {}, {}, b"", {"calendar": "primary"})
    entry = calendar_of(named) | {
        "kind": "calendar#calendarListEntry",
        "accessRole": "owner",
        "primary": True,
        "selected": True,
        "defaultReminders": [],
    }
    return masked(call, {"kind": "calendar#calendarList", "etag": '"1"', "items": [entry]})


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("calendar", method, path, name, work)


OPERATIONS: list[Operation] = [
    _spoken("GET", EVENTS, "events.list", _list),
    _spoken("POST", EVENTS, "events.insert", _insert),
    _spoken("GET", EVENTS + "/{event}", "events.get", _get),
    _spoken("PATCH", EVENTS + "/{event}", "events.patch", _patch),
    _spoken("PUT", EVENTS + "/{event}", "events.update", _update),
    _spoken("DELETE", EVENTS + "/{event}", "events.delete", _delete),
    _spoken("GET", "/calendar/v3/calendars/{calendar}", "calendars.get", _calendar),
    _spoken("GET", "/calendar/v3/users/me/calendarList", "calendarList.list", _calendars),
]
