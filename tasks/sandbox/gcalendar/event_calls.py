"""Events with ids that the client chooses: made, read, changed, answered, moved, cancelled."""

import hashlib

from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.gcalendar.calendars import calendar_named
from tasks.sandbox.gcalendar.events import (
    check,
    meeting_time,
    merged,
    new_event,
    next_sequence,
    normalised,
    shown,
)
from tasks.sandbox.gcalendar.meetings import after_read, with_conference
from tasks.sandbox.gcalendar.notices import check_updates, notify_guests
from tasks.sandbox.gcalendar.recurrence import check_recurrence, occurrences
from tasks.sandbox.gcalendar.search import listing
from tasks.sandbox.gcalendar.storage import events_of, find, keep, remove
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

EVENTS = "/calendar/v3/calendars/{calendar}/events"
ID_TAKEN = "The requested identifier already exists."
KEPT_BY_UPDATE = (
    "kind",
    "id",
    "iCalUID",
    "created",
    "creator",
    "organizer",
    "sequence",
    "htmlLink",
    "eventType",
    "recurringEventId",
    "originalStartTime",
    "_calendar",
    "_pendingReads",
)


def _calendar(call: Call) -> str:
    return str(calendar_named(call.world, call.parts["calendar"])["id"])


def _zone(call: Call) -> str:
    return call.one("timeZone") or str(calendar_named(call.world, call.parts["calendar"])["timeZone"])


def _stored(call: Call) -> Json:
    event = find(call.world, _calendar(call), call.parts["event"])
    if event is None:
        raise not_found("Not Found")
    return event


def _answer(call: Call, event: Json) -> Answer:
    return masked(call, shown(event, _zone(call), call.number("maxAttendees", 0)))


def _wanted(call: Call) -> Json:
    """The body without what is unset; attachments only of a client that says it knows them."""
    body = {name: value for name, value in call.json().items() if value is not None}
    return body if call.flag("supportsAttachments") else {name: body[name] for name in body if name != "attachments"}


# ------------------------------------------------------------------------------------------------ made
def _insert(call: Call) -> Answer:
    calendar, wanted = _calendar(call), _wanted(call)
    check_updates(call)
    event = new_event(wanted, call.world.owner, call.world.clock.text(), call.world.store.next_number("event"))
    if _collides(call, calendar, event["id"]):
        raise GoogleError(409, ID_TAKEN)
    event = with_conference(call, event, wanted, {})
    _check(event)
    kept = keep(call.world, calendar, event)
    notify_guests(call, kept, "insert")
    return _answer(call, kept)


def _collides(call: Call, calendar: str, event_id: str) -> bool:
    """Google does not promise to notice; whoever came first is then written over."""
    detected = switch(call.world.store, "event_id_collisions_detected")
    return bool(detected) and find(call.world, calendar, event_id) is not None


def _import(call: Call) -> Answer:
    """A private copy of somebody else's event: nobody is told; the same iCalUID is the same event."""
    calendar, wanted = _calendar(call), _wanted(call)
    if not wanted.get("iCalUID"):
        raise invalid("Missing iCalUID.", "required")
    same = [event for event in events_of(call.world, calendar) if event["iCalUID"] == wanted["iCalUID"]]
    event_id = same[0]["id"] if same else hashlib.sha256(wanted["iCalUID"].encode()).hexdigest()[:26]
    event = new_event({**wanted, "id": event_id}, call.world.owner, call.world.clock.text(), 0)
    event["organizer"] = wanted.get("organizer") or event["organizer"]
    _check(event)
    return _answer(call, keep(call.world, calendar, {**event, "privateCopy": True}))


def _check(event: Json) -> None:
    check(event)
    check_recurrence(event)


# ------------------------------------------------------------------------------------------------ read
def _get(call: Call) -> Answer:
    event = _stored(call)
    if call.headers.get("if-none-match") == event["etag"]:
        return Answer(status=304)
    answered = _answer(call, event)
    after_read(call.world, event)
    return answered


def _list(call: Call) -> Answer:
    calendar = calendar_named(call.world, call.parts["calendar"])
    found = listing(call, calendar["id"])
    return masked(call, _page(call, calendar, found.events, found.page_token, found.sync_token))


def _instances(call: Call) -> Answer:
    calendar = calendar_named(call.world, call.parts["calendar"])
    series = _stored(call)
    if not series.get("recurrence"):
        raise invalid("The event is not a recurring event.")
    changed = {event["id"]: event for event in events_of(call.world, calendar["id"])}
    found = [changed.get(one["id"], one) for one in occurrences(series, None)]
    kept = [one for one in found if one["status"] != "cancelled" or call.flag("showDeleted")]
    return masked(call, _page(call, calendar, kept, "", ""))


def _page(call: Call, calendar: Json, events: list[Json], page_token: str, sync_token: str) -> Json:
    zone, most = _zone(call), call.number("maxAttendees", 0)
    return {
        "kind": "calendar#events",
        "etag": f'"p{call.world.store.fact("number:calendar", 0)}"',
        "summary": calendar["summary"],
        "updated": call.world.clock.text(),
        "timeZone": zone,
        "accessRole": "owner",
        "defaultReminders": [],
        "items": [shown(event, zone, most) for event in events],
        **({"nextPageToken": page_token} if page_token else {}),
        **({"nextSyncToken": sync_token} if sync_token else {}),
    }


# ------------------------------------------------------------------------------------------------ changed
def patch_event(call: Call) -> Answer:
    """``events.patch``, also for what a person changes on a page."""
    old = _changeable(call)
    changes = call.json()
    if not call.flag("supportsAttachments"):
        changes = {name: changes[name] for name in changes if name != "attachments"}
    return _replace(call, old, merged(old, changes))


def _update(call: Call) -> Answer:
    old = _changeable(call)
    new = {**_wanted(call), **{name: old[name] for name in KEPT_BY_UPDATE if name in old}}
    return _replace(call, old, {"status": "confirmed", **new})


def _replace(call: Call, old: Json, new: Json) -> Answer:
    check_updates(call)
    new = with_conference(call, normalised(new, call.world.owner), call.json(), old)
    _check(new)
    moved = meeting_time(new) != meeting_time(old) or new.get("status") != old.get("status")
    new["sequence"] = next_sequence(old, call.json().get("sequence"), moved=moved)
    kept = keep(call.world, _calendar(call), new)
    notify_guests(call, kept, "cancel" if kept["status"] == "cancelled" else "update")
    return _answer(call, kept)


def _changeable(call: Call) -> Json:
    event = _stored(call)
    if call.headers.get("if-match", "*") not in {"*", event["etag"]}:
        raise GoogleError(412, "Precondition Failed")
    return event


def _move(call: Call) -> Answer:
    old, target = _changeable(call), calendar_named(call.world, call.one("destination"))["id"]
    check_updates(call)
    if target == _calendar(call):
        raise invalid("The event is on this calendar already.")
    if find(call.world, target, old["id"]) is not None:
        raise GoogleError(409, ID_TAKEN)
    remove(call.world, _calendar(call), old["id"])
    kept = keep(call.world, target, old)
    notify_guests(call, kept, "update")
    return _answer(call, kept)


def delete_event(call: Call) -> Answer:
    """``events.delete``: the event stays, cancelled."""
    event = _changeable(call)
    check_updates(call)
    if event["status"] == "cancelled":
        raise GoogleError(410, "Resource has been deleted")
    cancelled = {**event, "status": "cancelled", "sequence": event["sequence"] + 1}
    notify_guests(call, keep(call.world, _calendar(call), cancelled), "cancel")
    return Answer(status=204, content_type="text/html")


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("calendar", method, EVENTS + path, f"events.{name}", work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "", "list", _list),
    _spoken("POST", "", "insert", _insert),
    _spoken("POST", "/import", "import", _import),
    _spoken("GET", "/{event}", "get", _get),
    _spoken("PATCH", "/{event}", "patch", patch_event),
    _spoken("PUT", "/{event}", "update", _update),
    _spoken("DELETE", "/{event}", "delete", delete_event),
    _spoken("GET", "/{event}/instances", "instances", _instances),
    _spoken("POST", "/{event}/move", "move", _move),
]
