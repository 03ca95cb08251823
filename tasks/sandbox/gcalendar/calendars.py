"""The mailbox's own calendar, those made beside it, and what is said of a calendar in the list of them."""

import hashlib

from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.gcalendar.zones import zone_named
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World

TIME_ZONE = "America/New_York"
CHANGEABLE = ("summary", "description", "location", "timeZone")


def calendar_named(world: World, name: str) -> Json:
    """``Calendar``; ``primary`` and the owner's address are the same one; 404."""
    if name in {"primary", world.owner}:
        return _filled(world, world.owner, world.store.get("calendar", world.owner) or {})
    found = world.store.get("calendar", name)
    if found is None:
        raise not_found("Not Found")
    return _filled(world, name, found)


def all_calendars(world: World) -> list[Json]:
    """The primary one first."""
    others = [body["id"] for body in world.store.all("calendar") if body["id"] != world.owner]
    return [calendar_named(world, name) for name in ("primary", *others)]


def new_calendar(world: World, wanted: Json) -> Json:
    """A secondary calendar; 400 without a summary."""
    if not wanted.get("summary"):
        raise invalid("Missing summary.", "required")
    number = world.store.next_number("calendars")
    name = f"c_{hashlib.sha256(f'calendar {number}'.encode()).hexdigest()[:40]}@group.calendar.google.com"
    return keep_calendar(world, name, wanted)


def keep_calendar(world: World, name: str, wanted: Json) -> Json:
    """Store what may be changed; null and absent values are left out."""
    body = {part: wanted[part] for part in CHANGEABLE if wanted.get(part) is not None}
    zone_named(body.get("timeZone") or "UTC")
    world.store.put("calendar", name, {"id": name, **body})
    return calendar_named(world, name)


def list_entry(world: World, calendar: Json) -> Json:
    """``CalendarListEntry``."""
    own = calendar["id"] == world.owner
    return calendar | {
        "kind": "calendar#calendarListEntry",
        "accessRole": "owner",
        "selected": True,
        "defaultReminders": [],
        **({"primary": True} if own else {}),
    }


def _filled(world: World, name: str, body: Json) -> Json:
    return {
        "kind": "calendar#calendar",
        "etag": '"1"',
        "summary": world.programme.name,
        "timeZone": TIME_ZONE,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
        **body,
        "id": name,
    }
