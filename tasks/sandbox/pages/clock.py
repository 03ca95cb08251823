"""The page of the sandbox's time: jump to what matters, move on, stop."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from tasks.sandbox.clock import parse_duration, rfc3339
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.gcalendar.events import instant
from tasks.sandbox.pages.page import PageError, form, page, to
from tasks.sandbox.pages.time_zones import usable_zone, zone_names
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, operation
from tasks.sandbox.world import World

STEPS = (("PT15M", "minutes_15"), ("PT1H", "hour_1"), ("P1D", "day_1"), ("P7D", "week_1"))
BEFORE = (("week_before", timedelta(days=7)), ("day_before", timedelta(days=1)), ("hour_before", timedelta(hours=1)))
AFTERWARDS = timedelta(minutes=5)
SESSIONS_SHOWN = 12
PAST_SHOWN = timedelta(days=14)


def moment(at: datetime, zone: str, language: str) -> str:
    """A date and time as people of the language write them, with the zone's name."""
    local = at.astimezone(_zone(zone))
    return f"{format_date(local, 'full', locale=language)}, {format_time(local, 'HH:mm', locale=language)} ({zone})"


def _zone(name: str) -> ZoneInfo:
    return usable_zone(name, "clock.no_zone")


def _clock(call: Call) -> Answer:
    world, zone = call.world, call.one("zone", "UTC")
    now = world.clock.now()
    return page(
        "clock.html",
        now=now,
        local=now.astimezone(_zone(zone)).strftime("%Y-%m-%dT%H:%M"),
        zone=zone,
        zones=zone_names(),
        stands=world.clock.stands,
        moment=moment,
        steps=STEPS,
        sessions=_sessions(world, now),
    )


def _sessions(world: World, now: datetime) -> list[Json]:
    """The next sessions and those that are just over, each with the moments worth a rehearsal."""
    events = [event for event in world.store.all("event") if event["status"] != "cancelled"]
    near = sorted((instant(event["start"]), index) for index, event in enumerate(events))
    shown = [(start, events[index]) for start, index in near if start > now - PAST_SHOWN]
    return [
        {
            "title": event.get("summary", ""),
            "start": start,
            "moments": [(word, rfc3339(start - before)) for word, before in BEFORE]
            + [("start", rfc3339(start)), ("over", rfc3339(instant(event["end"]) + AFTERWARDS))],
        }
        for start, event in shown[:SESSIONS_SHOWN]
    ]


def _set(call: Call) -> Answer:
    wanted, clock = form(call), call.world.clock
    zone = wanted.get("zone") or "UTC"
    try:
        if "advance" in wanted:
            clock.advance(parse_duration(wanted["advance"]))
        elif "stand" in wanted:
            clock.stand(still=wanted["stand"] == "yes")
        else:
            clock.set(_instant(wanted.get("now", "").strip(), zone))
    except GoogleError:
        raise PageError("clock.no_time") from None
    return to(f"/clock?zone={_zone(zone).key}" if wanted.get("zone") else "/clock")


def _instant(text: str, zone: str) -> datetime | None:
    """What was typed, in the zone unless it names an offset itself; nothing means real time."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=_zone(zone))).astimezone(UTC)
    except (ValueError, OverflowError):
        raise PageError("clock.no_time") from None


OPERATIONS: list[Operation] = [
    operation("pages", "GET", "/clock", "clock", _clock),
    operation("pages", "POST", "/clock", "clock set", _set),
]
