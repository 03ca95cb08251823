"""Where events are kept: by calendar and id, each change numbered, so that lists can tell what is new."""

from tasks.sandbox.gcalendar.events import stamped
from tasks.sandbox.gcalendar.recurrence import instance
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World

CALENDAR = "_calendar"
CHANGED = "_changed"


def events_of(world: World, calendar: str) -> list[Json]:
    """Every stored event of a calendar, cancelled ones too, in order of arrival; series are not expanded."""
    return [event for event in world.store.all("event") if event.get(CALENDAR, world.owner) == calendar]


def find(world: World, calendar: str, event_id: str) -> Json | None:
    """A stored event, or one of a series that nobody has changed yet."""
    stored = world.store.get("event", _key(world, calendar, event_id))
    if stored is not None or "_" not in event_id:
        return stored
    series = world.store.get("event", _key(world, calendar, event_id.rpartition("_")[0]))
    return instance(series, event_id) if series else None


def keep(world: World, calendar: str, event: Json) -> Json:
    """Store a change under a new etag."""
    number = world.store.next_number("calendar")
    return put(world, {**stamped(event, number, world.clock.text()), CALENDAR: calendar, CHANGED: number})


def put(world: World, event: Json) -> Json:
    """Store without calling it a change."""
    world.store.put("event", _key(world, event.get(CALENDAR, world.owner), event["id"]), event)
    return event


def remove(world: World, calendar: str, event_id: str) -> None:
    """Forget an event for good."""
    world.store.remove("event", _key(world, calendar, event_id))


def _key(world: World, calendar: str, event_id: str) -> str:
    return event_id if calendar == world.owner else f"{calendar}/{event_id}"
