"""The calendar by month or as an agenda, in any time zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.gcalendar.calendars import all_calendars, calendar_named
from tasks.sandbox.gcalendar.search import expanded
from tasks.sandbox.gcalendar.storage import events_of
from tasks.sandbox.notices import notices
from tasks.sandbox.pages import calendar_view as view
from tasks.sandbox.pages.page import PageError, page, page_language
from tasks.sandbox.pages.time_zones import chosen_zone, remembered, zone_names
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, operation
from tasks.sandbox.world import World

VIEWS = ("month", "agenda")
AHEAD = timedelta(days=400)


def clock_name(zone: str, language: str) -> str:
    """What the zone's time is called: ``East Africa Time``."""
    return get_timezone_name(ZoneInfo(zone), width="long", zone_variant=None, locale=language)


def _calendar(call: Call) -> Answer:
    world, language = call.world, page_language(call)
    known = all_calendars(world)
    calendar = _shown_calendar(world, call.one("calendar"))
    zone = chosen_zone(call)
    place = ZoneInfo(zone or calendar["timeZone"])
    today = world.clock.now().astimezone(place).date()
    month = _month(call.one("month"), today)
    before, after = view.months_around(month)
    events = _events(world, calendar["id"], after if call.one("view") != "agenda" else month + AHEAD)
    answer = page(
        "calendar.html",
        view=call.one("view") if call.one("view") in VIEWS else VIEWS[0],
        views=VIEWS,
        calendar=calendar,
        calendars=known,
        chosen=bool(zone),
        zone=place.key,
        zone_words=clock_name(place.key, language),
        zones=zone_names(),
        today=today,
        month=month,
        before=before,
        after=after,
        weekdays=view.weekday_names(language),
        weeks=view.weeks_of(month, events, place, language, today),
        days=view.days_between(month, month + AHEAD, events, place, today),
        spelt=lambda day, pattern="full": view.spelt(day, language, pattern),
        notifications=[one for one in reversed(notices(world)) if "event" in one],
    )
    return remembered(answer, place.key) if zone else answer


def _shown_calendar(world: World, name: str) -> Json:
    try:
        return calendar_named(world, name or "primary")
    except GoogleError:
        raise PageError("calendar.no_calendar", 404) from None


def _month(text: str, today: date) -> date:
    if not text:
        return today.replace(day=1)
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        raise PageError("calendar.no_month", month=text) from None


def _events(world: World, calendar: str, before: date) -> list[Json]:
    """Series taken apart up to a day; a day more, because days begin earlier east of here."""
    limit = datetime(before.year, before.month, before.day, tzinfo=UTC) + timedelta(days=2)
    return list(expanded(events_of(world, calendar), limit))


OPERATIONS: list[Operation] = [operation("pages", "GET", "/calendar", "calendar", _calendar)]
