"""``events.list``: filters, order, series taken apart, and what is new since a sync token."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.failures import GoogleError, invalid
from tasks.sandbox.gcalendar.events import instant
from tasks.sandbox.gcalendar.recurrence import occurrences
from tasks.sandbox.gcalendar.storage import CHANGED, events_of
from tasks.sandbox.paging import page
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Call

NOT_WITH_SYNC = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
WITHOUT_TOKEN = tuple(name for name in NOT_WITH_SYNC if name not in {"timeMin", "timeMax"})
ORDERS = {"", "startTime", "updated"}
PAGE = 250
MOST = 2500
TOKENS_LIVE = timedelta(days=28)


class Listing(NamedTuple):
    """One page; ``sync_token`` only on the last one."""

    events: list[Json]
    page_token: str
    sync_token: str


def listing(call: Call, calendar: str) -> Listing:
    """The events of a calendar that the query asks for; 400, and 410 for a sync token that is too old."""
    found = list(_new(call, calendar) if call.one("syncToken") else _found(call, calendar))
    size = min(max(call.number("maxResults", PAGE), 1), MOST)
    events, token = page(call, found, size, invalid("Invalid page token value."))
    gives_token = not token and not any(call.one(name) for name in WITHOUT_TOKEN)
    return Listing(events, token, _sync_token(call) if gives_token else "")


def expanded(events: list[Json], before: datetime | None) -> Iterator[Json]:
    """Series taken apart; a single event that was changed stands for itself."""
    changed = {event["id"] for event in events}
    for event in events:
        if not event.get("recurrence"):
            yield event
        elif event["status"] != "cancelled":
            yield from (one for one in occurrences(event, before) if one["id"] not in changed)


def _found(call: Call, calendar: str) -> list[Json]:
    events, order, single = events_of(call.world, calendar), call.one("orderBy"), call.flag("singleEvents")
    if order not in ORDERS:
        raise invalid(f"Invalid value '{order}' for orderBy.")
    if order == "startTime" and not single:
        raise invalid("The requested ordering is not available for the particular query.")
    before = parse_instant(call.one("timeMax")) if call.one("timeMax") else None
    found = [event for event in (expanded(events, before) if single else events) if _wanted(call, event)]
    if order == "startTime":
        found.sort(key=lambda event: instant(event["start"]))
    if order == "updated":
        found.sort(key=lambda event: str(event["updated"]))
    return found


# ------------------------------------------------------------------------------------------------ what is new
def _new(call: Call, calendar: str) -> Iterator[Json]:
    if any(call.one(name) for name in NOT_WITH_SYNC):
        raise invalid("Sync token cannot be used with other query restrictions.")
    number, given = _read_token(call.one("syncToken"))
    if call.world.clock.now() - given > TOKENS_LIVE:
        message = "Sync token is no longer valid, a full sync is required."
        raise GoogleError(410, message, "fullSyncRequired")
    events = sorted(events_of(call.world, calendar), key=lambda event: int(event.get(CHANGED, 0)))
    fresh = [event for event in events if event.get(CHANGED, 0) > number]
    yield from expanded(fresh, None) if call.flag("singleEvents") else fresh


def _sync_token(call: Call) -> str:
    text = f"{call.world.store.fact('number:calendar', 0)} {call.world.clock.now().timestamp():.0f}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def _read_token(token: str) -> tuple[int, datetime]:
    try:
        number, given = base64.urlsafe_b64decode(token).decode().split()
        return int(number), datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError):
        raise invalid("Invalid sync token value.") from None


# ------------------------------------------------------------------------------------------------ filters
def _wanted(call: Call, event: Json) -> bool:
    if event["status"] == "cancelled" and not call.flag("showDeleted"):
        return False
    if call.one("iCalUID") and event["iCalUID"] != call.one("iCalUID"):
        return False
    if call.many("eventTypes") and event.get("eventType") not in call.many("eventTypes"):
        return False
    return _has_properties(call, event) and _in_time(call, event) and _has_words(call, event)


def _has_properties(call: Call, event: Json) -> bool:
    kept = event.get("extendedProperties") or {}
    for kind, asked in (("private", "privateExtendedProperty"), ("shared", "sharedExtendedProperty")):
        for pair in call.many(asked):
            name, equals, value = pair.partition("=")
            if not equals:
                raise invalid(f"Invalid value for: {asked}: {pair!r} is not propertyName=value.")
            if (kept.get(kind) or {}).get(name) != value:
                return False
    return True


def _in_time(call: Call, event: Json) -> bool:
    after, before = call.one("timeMin"), call.one("timeMax")
    if after and before and parse_instant(after) >= parse_instant(before):
        raise invalid("The specified time range is empty.", "timeRangeEmpty")
    if after and not event.get("recurrence") and instant(event["end"]) <= parse_instant(after):
        return False
    if before and instant(event["start"]) >= parse_instant(before):
        return False
    return not call.one("updatedMin") or parse_instant(event["updated"]) >= parse_instant(call.one("updatedMin"))


def _has_words(call: Call, event: Json) -> bool:
    guests = [f"{guest.get('displayName', '')} {guest['email']}" for guest in event.get("attendees", [])]
    said = [str(event.get(name, "")) for name in ("summary", "description", "location")]
    text = " ".join(said + guests).casefold()
    return all(word in text for word in call.one("q").casefold().split())
