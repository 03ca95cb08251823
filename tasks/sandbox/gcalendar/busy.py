"""``freebusy.query``."""

from datetime import datetime

from tasks.sandbox.clock import parse_instant, rfc3339
from tasks.sandbox.failures import GoogleError, invalid
from tasks.sandbox.gcalendar.calendars import calendar_named
from tasks.sandbox.gcalendar.events import instant
from tasks.sandbox.gcalendar.search import expanded
from tasks.sandbox.gcalendar.storage import events_of
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, masked


def query(call: Call) -> Answer:
    """When the asked calendars are taken, overlapping events as one span; a calendar that is not there says so."""
    wanted = call.json()
    if not wanted.get("timeMin") or not wanted.get("timeMax"):
        raise invalid("Missing timeMin or timeMax.", "required")
    if parse_instant(wanted["timeMin"]) >= parse_instant(wanted["timeMax"]):
        raise invalid("The specified time range is empty.", "timeRangeEmpty")
    names = [str(item.get("id", "")) for item in wanted.get("items") or []]
    body = {
        "kind": "calendar#freeBusy",
        "timeMin": rfc3339(parse_instant(wanted["timeMin"])),
        "timeMax": rfc3339(parse_instant(wanted["timeMax"])),
        "calendars": {name: _busy(call, name, wanted) for name in names},
    }
    return masked(call, body)


def _busy(call: Call, name: str, wanted: Json) -> Json:
    try:
        calendar = calendar_named(call.world, name)["id"]
    except GoogleError:
        return {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
    first, last = parse_instant(wanted["timeMin"]), parse_instant(wanted["timeMax"])
    events = [event for event in expanded(events_of(call.world, calendar), last) if _takes_time(event)]
    spans = sorted((max(instant(event["start"]), first), min(instant(event["end"]), last)) for event in events)
    return {"busy": [{"start": rfc3339(start), "end": rfc3339(end)} for start, end in _joined(spans)]}


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined


def _takes_time(event: Json) -> bool:
    return bool(event["status"] != "cancelled" and event.get("transparency", "opaque") == "opaque")
