"""The pages about the whole sandbox: what is here, the agenda, recordings, the request log."""

from datetime import UTC, timedelta

from tasks.sandbox.clock import parse_instant, rfc3339
from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.gcalendar.events import instant
from tasks.sandbox.gmail.store import sent_mails
from tasks.sandbox.meet.spaces import add_recording
from tasks.sandbox.pages.page import form, page, to
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation

SHOWN_LINES = 500


def _home(call: Call) -> Answer:
    world = call.world
    books = [world.books.get(book_id) for book_id in world.books.ids()]
    return page(
        "home.html",
        title="Sandbox",
        books=books,
        now=rfc3339(world.clock.now()),
        mails=len(sent_mails(world)),
        events=len(world.store.all("event")),
        recordings=len(world.store.all("recording")),
        requests=world.journal.total,
    )


def _set_clock(call: Call) -> Answer:
    text = form(call).get("now", "").strip()
    call.world.clock.set(parse_instant(text) if text else None)
    return to("/")


def _events(call: Call) -> list[Json]:
    found = sorted(call.world.store.all("event"), key=lambda event: instant(event["start"]))
    return [_agenda_line(event) for event in found]


def _agenda_line(event: Json) -> Json:
    return {
        "id": event["id"],
        "summary": event.get("summary", "(no title)"),
        "status": event["status"],
        "start": instant(event["start"]).astimezone(UTC).strftime("%a %d %b %Y %H:%M"),
        "end": instant(event["end"]).astimezone(UTC).strftime("%H:%M"),
        "zone": event["start"].get("timeZone", ""),
        "description": event.get("description", ""),
        "link": event.get("hangoutLink", ""),
        "code": event.get("conferenceData", {}).get("conferenceId", ""),
        "guests": event.get("attendees", []),
    }


def _calendar(call: Call) -> Answer:
    return page(
        "calendar.html", title="Calendar", events=_events(call), notifications=call.world.store.all("notification")
    )


def _log(call: Call) -> Answer:
    report = call.world.journal.report()
    lines = list(reversed(report["log"]))[:SHOWN_LINES]
    return page("log.html", title="Request log", total=report["total"], by_api=report["by_api"], lines=lines)


def _recordings(call: Call) -> Answer:
    events = [event for event in _events(call) if event["code"]]
    return page("recordings.html", title="Recordings", events=events, recordings=call.world.store.all("recording"))


def _record(call: Call) -> Answer:
    wanted = form(call)
    event = call.world.store.get("event", wanted.get("event", ""))
    if event is None or "conferenceData" not in event:
        raise not_found("There is no event with a meeting under this id.")
    minutes = wanted.get("minutes", "")
    if not minutes.isdigit() or not 0 < int(minutes) <= timedelta(hours=8).seconds // 60:
        raise invalid("Minutes must be a number from 1 to 480.")
    state = "ENDED" if wanted.get("state") == "ENDED" else "FILE_GENERATED"
    code = event["conferenceData"].get("conferenceId", "")
    name = f"{event.get('summary', 'Meeting')} - Recording.mp4"
    add_recording(call.world, code, instant(event["start"]), int(minutes), name, state)
    return to("/recordings")


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("pages", method, path, path, work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "/", _home),
    _spoken("POST", "/clock", _set_clock),
    _spoken("GET", "/calendar", _calendar),
    _spoken("GET", "/log", _log),
    _spoken("GET", "/recordings", _recordings),
    _spoken("POST", "/recordings", _record),
]
