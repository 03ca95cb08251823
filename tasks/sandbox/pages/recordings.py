"""The page of recordings: one appears for a session, is made, is ready; as Meet would do it."""

from datetime import datetime, timedelta

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.drive import files
from tasks.sandbox.gcalendar.events import instant
from tasks.sandbox.meet.conferences import (
    BY_CLOCK,
    FILE_GENERATED,
    RECORD,
    RECORDING,
    STATES,
    record_resource,
    recording_resource,
)
from tasks.sandbox.meet.making import Wanted, move_on, record
from tasks.sandbox.meet.people import names
from tasks.sandbox.meet.spaces import add_space
from tasks.sandbox.pages.drive import HOME, file_page, when
from tasks.sandbox.pages.page import PageError, form, page, to
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Answer, Call, Operation, operation
from tasks.sandbox.world import World

PATH = HOME + "/recordings"
LONGEST = 8 * 60
PAUSE = timedelta(minutes=5)


def _recordings(call: Call) -> Answer:
    world, now = call.world, call.world.clock.now()
    sessions = sorted(_sessions(world), key=lambda event: instant(event["start"]))
    past = [_choice(event) for event in sessions if instant(event["start"]) <= now]
    coming = [_choice(event) for event in sessions if instant(event["start"]) > now]
    return page(
        "drive_recordings.html",
        past=past[::-1],
        coming=coming,
        chosen=call.one("event"),
        recordings=[_line(world, one) for one in world.store.all(RECORDING)][::-1],
        delay=switch(world.store, "recording_file_delay_minutes"),
        states=STATES,
        when=when,
    )


def _sessions(world: World) -> list[Json]:
    """The events with a meeting that can be joined."""
    return [
        event
        for event in world.store.all("event")
        if event["status"] != "cancelled" and event.get("conferenceData", {}).get("conferenceId")
    ]


def _choice(event: Json) -> Json:
    start, end = instant(event["start"]), instant(event["end"])
    minutes = round((end - start).total_seconds() / 60)
    return {"id": event["id"], "title": event.get("summary", ""), "start": start.isoformat(), "minutes": minutes}


def _line(world: World, recording: Json) -> Json:
    body = recording_resource(world, recording)
    held = world.store.get(RECORD, recording["name"].partition("/recordings/")[0])
    length = parse_instant(recording["ended"]) - parse_instant(recording["started"])
    file = files.find(world, recording["file"]) if recording["file"] else None
    return {
        "name": recording["name"],
        "call": held["name"] if held else "",
        "title": recording["title"],
        "state": body["state"],
        "by_clock": recording["state"] == BY_CLOCK,
        "ready": recording["ready"],
        "started": recording["started"],
        "minutes": round(length.total_seconds() / 60),
        "page": file_page(file["id"]) if file else "",
        "lost": body["state"] == FILE_GENERATED and file is None,
        "people": names(world, held) if held else [],
        "forgotten": bool(held) and world.clock.text() >= record_resource(world, held or {}).get("expireTime", "9"),
    }


def _make(call: Call) -> Answer:
    wanted, world = form(call), call.world
    event = next((one for one in _sessions(world) if one["id"] == wanted.get("event")), None)
    if event is None:
        raise PageError("drive.no_session", 404)
    state = wanted.get("state", FILE_GENERATED)
    if state not in {*STATES, BY_CLOCK}:
        raise PageError("drive.unknown_deed")
    made = Wanted(
        code=event["conferenceData"]["conferenceId"],
        started=instant(event["start"]),
        minutes=_minutes(wanted.get("minutes", "")),
        title=f"{event.get('summary', 'Meeting')} - Recording.mp4",
        state=state,
        people=[_guest(one) for one in event.get("attendees", []) if one.get("responseStatus") == "accepted"],
    )
    record(world, add_space(world, made.code)["name"], made)
    return to(PATH)


def _guest(guest: Json) -> str:
    return str(guest.get("displayName") or guest["email"].partition("@")[0])


def _minutes(text: str) -> float:
    if not text.strip().isdigit() or not 0 < int(text) <= LONGEST:
        raise PageError("drive.minutes_wrong", longest=LONGEST)
    return float(text)


def _move_on(call: Call) -> Answer:
    wanted, world = form(call), call.world
    known = world.store.get(RECORDING, wanted.get("recording", ""))
    if known is None:
        raise PageError("drive.no_recording", 404)
    if wanted.get("do") == "again":
        _once_more(world, known)
    elif wanted.get("state") in STATES:
        move_on(world, known["name"], wanted["state"])
    else:
        raise PageError("drive.unknown_deed")
    return to(PATH)


def _once_more(world: World, known: Json) -> None:
    """Somebody pressed record again in the same call: a second file, begun some minutes after the first ended."""
    held = world.store.get(RECORD, known["name"].partition("/recordings/")[0]) or {}
    begun: datetime = parse_instant(known["ended"]) + PAUSE
    name, ending, rest = known["title"].rpartition(" - Recording")
    title = f"{name} (2){ending}{rest}" if name else f"{known['title']} (2)"
    made = Wanted(
        code=held["code"], started=begun, minutes=20, title=title, state=known["state"], conference=held["name"]
    )
    record(world, held["space"], made)


def _old_address(_: Call) -> Answer:
    return to(PATH)


OPERATIONS: list[Operation] = [
    operation("pages", "GET", "/recordings", "/recordings", _old_address),
    operation("pages", "GET", PATH, PATH, _recordings),
    operation("pages", "POST", PATH, PATH, _make),
    operation("pages", "POST", PATH + "/state", PATH + "/state", _move_on),
]
