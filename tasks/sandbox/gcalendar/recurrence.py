"""Events that repeat (RFC 5545, RRULE, RDATE and EXDATE), counted on the wall clock of the event's own zone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile

from dateutil.rrule import rruleset, rrulestr

from tasks.sandbox.failures import invalid
from tasks.sandbox.gcalendar.events import instant
from tasks.sandbox.gcalendar.zones import zone_named
from tasks.sandbox.shapes import Json

MOST = 1000
HORIZON = timedelta(days=730)
NOT_INHERITED = {"recurrence", "id", "_pendingReads"}


def check_recurrence(event: Json) -> None:
    """400 for rules that Calendar would not take."""
    if not event.get("recurrence"):
        return
    if "dateTime" in event["start"] and not event["start"].get("timeZone"):
        raise invalid("Missing time zone definition for start time.", "required")
    next(iter(_rules(event)), None)


def occurrences(series: Json, before: datetime | None) -> Iterator[Json]:
    """The single events of a series in order of time, at most a thousand; without an end, those of two years."""
    first = instant(series["start"])
    last = before or first + HORIZON
    starts = takewhile(lambda start: start < last, iter(_rules(series)))
    return (_instance(series, start) for start in islice(starts, MOST))


def instance(series: Json, instance_id: str) -> Json | None:
    """The single event with this id, if the series has it."""
    if not series.get("recurrence"):
        return None
    return next((one for one in occurrences(series, None) if one["id"] == instance_id), None)


def _rules(series: Json) -> rruleset:
    zone = zone_named(series["start"].get("timeZone") or "UTC")
    start = instant(series["start"]).astimezone(zone)
    try:
        found = rrulestr("\n".join(map(str, series["recurrence"])), dtstart=start, forceset=True)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise invalid("Invalid recurrence rule.") from None
    if not isinstance(found, rruleset):
        raise invalid("Invalid recurrence rule.")
    return found


def _instance(series: Json, start: datetime) -> Json:
    length = instant(series["end"]) - instant(series["start"])
    whole_day = "date" in series["start"]
    stamp = f"{start:%Y%m%d}" if whole_day else f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    rest = {name: value for name, value in series.items() if name not in NOT_INHERITED}
    return rest | {
        "id": f"{series['id']}_{stamp}",
        "recurringEventId": series["id"],
        "originalStartTime": _side(series["start"], start, whole_day=whole_day),
        "start": _side(series["start"], start, whole_day=whole_day),
        "end": _side(series["end"], start + length, whole_day=whole_day),
    }


def _side(pattern: Json, at: datetime, *, whole_day: bool) -> Json:
    if whole_day:
        day: date = at.date()
        return {"date": day.isoformat()}
    return {"dateTime": at.isoformat(), "timeZone": pattern.get("timeZone", "UTC")}
