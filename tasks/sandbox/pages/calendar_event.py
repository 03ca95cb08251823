"""One event: when it is for whom, who comes, and what a person of the staff changes there by hand."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from urllib.parse import quote
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.gcalendar.calendars import calendar_named
from tasks.sandbox.gcalendar.event_calls import delete_event, patch_event
from tasks.sandbox.gcalendar.rsvp import answer_invitation
from tasks.sandbox.gcalendar.storage import find
from tasks.sandbox.notices import notices
from tasks.sandbox.pages.calendar_overview import clock_name
from tasks.sandbox.pages.calendar_view import span
from tasks.sandbox.pages.page import PageError, form, page, page_language, to
from tasks.sandbox.pages.time_zones import chosen_zone, remembered, usable_zone, zone_names
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation

ONE = "/calendar/{calendar}/{event}"
NOTHING: Json = {"summary": "", "location": "", "description": "", "attendees": []}
ANSWERS = ("accepted", "tentative", "declined")


def _event(call: Call) -> Json:
    try:
        calendar = calendar_named(call.world, call.parts["calendar"])["id"]
    except GoogleError:
        raise PageError("calendar.no_calendar", 404) from None
    found = find(call.world, calendar, call.parts["event"])
    if found is None:
        raise PageError("calendar.no_event", 404)
    return found


def _show(call: Call) -> Answer:
    event, language, zone = _event(call), page_language(call), chosen_zone(call)
    own = _own_zone(call, event)
    looked_from = zone or own
    start, end = span(event, ZoneInfo(looked_from))
    answer = page(
        "calendar_event.html",
        event={**NOTHING, **event},
        here=_here(call),
        calendar=call.parts["calendar"],
        zone=looked_from,
        zones=zone_names(),
        chosen=bool(zone),
        own_zone=own,
        when=_when(event, ZoneInfo(looked_from), language),
        when_there=_when(event, ZoneInfo(own), language) if own != looked_from else "",
        zone_words=clock_name(looked_from, language),
        whole_days="date" in event["start"],
        start=f"{start:%Y-%m-%dT%H:%M}",
        minutes=int((end - start).total_seconds() // 60),
        answers=ANSWERS,
        told=[one for one in reversed(notices(call.world)) if one.get("event") == event["id"]],
    )
    return remembered(answer, looked_from) if zone else answer


def _when(event: Json, zone: tzinfo, language: str) -> str:
    start, end = span(event, zone)
    day = format_date(start, "full", locale=language)
    if "date" in event["start"]:
        return day
    times = [format_time(at, "HH:mm", locale=language) for at in (start, end)]
    later = "" if start.date() == end.date() else f"{format_date(end, 'full', locale=language)}, "
    return f"{day}, {times[0]} \u2013 {later}{times[1]}"


def _here(call: Call) -> str:
    return f"/calendar/{quote(call.parts['calendar'], safe='')}/{quote(call.parts['event'], safe='')}"


def _answer(call: Call) -> Answer:
    given = form(call)
    try:
        answer_invitation(call.world, _event(call), given.get("guest", ""), given.get("answer", ""))
    except GoogleError:
        raise PageError("calendar.not_invited", guest=given.get("guest", "")) from None
    return to(_here(call))


def _change(call: Call) -> Answer:
    """What a person changes goes the way of the API, so that the pipeline sees the same as in life."""
    given, event = form(call), _event(call)
    body: Json = {"summary": given.get("summary", ""), "location": given.get("location", "")}
    if "date" not in event["start"]:
        body |= _times(given, _own_zone(call, event))
    return _through_the_api(call, "PATCH", patch_event, body, tell=given.get("tell") == "yes")


def _own_zone(call: Call, event: Json) -> str:
    return event["start"].get("timeZone") or str(calendar_named(call.world, call.parts["calendar"])["timeZone"])


def _times(given: dict[str, str], own: str) -> Json:
    """What was typed where the reader looks from, in the event's own zone, which stays what it is."""
    zone = usable_zone(given.get("zone", ""))
    try:
        typed = datetime.fromisoformat(given.get("start", "")).replace(tzinfo=zone)
        ends = typed.astimezone(UTC) + timedelta(minutes=int(given.get("minutes", "")))
        start, end = (at.astimezone(ZoneInfo(own)).replace(tzinfo=None) for at in (typed, ends))
    except (ValueError, OverflowError):
        raise PageError("calendar.no_time") from None
    return {
        side: {"dateTime": at.isoformat(timespec="seconds"), "timeZone": own}
        for side, at in (("start", start), ("end", end))
    }


def _cancel(call: Call) -> Answer:
    return _through_the_api(call, "DELETE", delete_event, {}, tell=form(call).get("tell") == "yes")


def _restore(call: Call) -> Answer:
    return _through_the_api(call, "PATCH", patch_event, {"status": "confirmed"}, tell=False)


def _through_the_api(call: Call, method: str, work: Work, body: Json, *, tell: bool) -> Answer:
    query = {"sendUpdates": ["all" if tell else "none"]}
    try:
        work(replace(call, method=method, query=query, headers={}, body=json.dumps(body).encode()))
    except GoogleError as error:
        raise PageError("calendar.refused", message=error.message) from None
    return to(_here(call))


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("pages", method, ONE + path, f"calendar event{path}", work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "", _show),
    _spoken("POST", "", _change),
    _spoken("POST", "/answer", _answer),
    _spoken("POST", "/cancel", _cancel),
    _spoken("POST", "/restore", _restore),
]
