"""Calls and recordings appear, go on, end: what happens in Meet without any API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.sandbox.clock import parse_instant, rfc3339
from tasks.sandbox.drive import files
from tasks.sandbox.drive.files import FOLDER
from tasks.sandbox.failures import not_found
from tasks.sandbox.meet.conferences import (
    BY_CLOCK,
    ENDED,
    FILE_GENERATED,
    RECORD,
    RECORDING,
    STARTED,
    active,
    recordings,
    state_of,
)
from tasks.sandbox.meet.names import identifier
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch
from tasks.sandbox.world import World

BYTES_A_MINUTE = 500_000
MEET_FOLDER = "Google Meet"


@dataclass(frozen=True)
class Wanted:
    """A recording that is to appear.

    ``state`` holds it there until it is moved on; with ``BY_CLOCK`` it is being recorded until it ends, then being
    made, then ready ``file_after`` minutes later (None: as the settings say). ``conference`` names the call that it is
    one more recording of; without one it is a call of its own. ``people`` beside the organiser: names, or objects with
    ``name``, ``kind`` (``signedinUser``, ``anonymousUser``, ``phoneUser``) and ``sessions`` (pairs of minutes).
    """

    code: str
    started: datetime
    minutes: float = 90
    title: str = ""
    state: str = FILE_GENERATED
    file_after: float | None = None
    conference: str = ""
    people: Sequence[Json | str] = ()


def record(world: World, space: str, wanted: Wanted) -> tuple[Json, Json]:
    """Keep the call and its recording; both as documents. 404 for an unknown ``conference``."""
    number = world.store.next_number(RECORDING)
    call = _call(world, space, wanted, number)
    ended = wanted.started + timedelta(minutes=wanted.minutes)
    after = switch(world.store, "recording_file_delay_minutes") if wanted.file_after is None else wanted.file_after
    recording: Json = {
        "name": f"{call['name']}/recordings/{identifier('recording', wanted.code, number)}",
        "title": wanted.title or f"{wanted.code} ({wanted.started:%Y-%m-%d %H:%M} GMT) - Recording.mp4",
        "started": rfc3339(wanted.started),
        "ended": rfc3339(ended),
        "ready": rfc3339(ended + timedelta(minutes=after)),
        "state": wanted.state,
        "file": "",
    }
    if wanted.state in {BY_CLOCK, FILE_GENERATED}:
        recording["file"] = _video(world, recording)
    world.store.put(RECORD, call["name"], call)
    world.store.put(RECORDING, recording["name"], recording)
    return call, recording


def move_on(world: World, name: str, state: str) -> Json:
    """Bring a recording into a state, whatever the clock says; its file is there only with ``FILE_GENERATED``. 404."""
    recording = world.store.get(RECORDING, name)
    if recording is None:
        raise not_found(f"There is no recording {name}.")
    recording = recording | {"state": state}
    if state == FILE_GENERATED:
        recording["file"] = _video(world, recording)
    elif recording["file"]:
        files.remove(world, files.kept(world, recording["file"]))
        recording["file"] = ""
    world.store.put(RECORDING, name, recording)
    call = world.store.get(RECORD, name.partition("/recordings/")[0])
    if call is not None:
        world.store.put(RECORD, call["name"], call | {"state": state})
    return recording


def stop(world: World, space: str) -> None:
    """Everybody leaves now; a recording ends with the call, and its file comes as late after that as it would have."""
    call, now = active(world, space), world.clock.now()
    if call is None:
        return
    world.store.put(RECORD, call["name"], call | {"ended": rfc3339(now), "state": call["state"] and ENDED})
    for one in recordings(world, call["name"]):
        if state_of(world, one) == STARTED:
            late = parse_instant(one["ready"]) - parse_instant(one["ended"])
            ended = one | {"ended": rfc3339(now), "ready": rfc3339(now + late), "state": one["state"] and ENDED}
            if one["file"]:
                _video(world, ended)
            world.store.put(RECORDING, one["name"], ended)


def _call(world: World, space: str, wanted: Wanted, number: int) -> Json:
    ended = rfc3339(wanted.started + timedelta(minutes=wanted.minutes))
    if wanted.conference:
        known = world.store.get(RECORD, wanted.conference)
        if known is None:
            raise not_found(f"There is no call {wanted.conference}.")
        return known | {"ended": max(ended, known["ended"]), "started": min(rfc3339(wanted.started), known["started"])}
    return {
        "name": f"conferenceRecords/{identifier('record', wanted.code, number)}",
        "space": space,
        "code": wanted.code,
        "started": rfc3339(wanted.started),
        "ended": ended,
        "state": wanted.state,
        "people": list(wanted.people),
    }


def _video(world: World, recording: Json) -> str:
    """The file in the organiser's Drive; by the clock it appears when it is ready."""
    file_id = files.file_id("video", recording["name"])
    length = parse_instant(recording["ended"]) - parse_instant(recording["started"])
    by_clock = recording["state"] == BY_CLOCK
    made = recording["ready"] if by_clock else recording["ended"]
    file = files.kept(world, file_id) | {
        "id": file_id,
        "name": recording["title"],
        "mimeType": "video/mp4",
        "createdTime": made,
        "modifiedTime": made,
        "arrived": made if by_clock else world.clock.text(),
        "appears": made if by_clock else "",
        "parent": _folder(world, made),
        "size": int(length.total_seconds() / 60 * BYTES_A_MINUTE),
        "video": {"width": 1280, "height": 720, "durationMillis": str(int(length.total_seconds() * 1000))},
    }
    files.save(world, file)
    return file_id


def _folder(world: World, made: str) -> str:
    """Meet keeps its recordings in a folder of this name (reported for July 2026 and later)."""
    file_id = files.file_id("folder", MEET_FOLDER)
    if world.store.get(files.KIND, file_id) is None:
        folder = {"id": file_id, "name": MEET_FOLDER, "mimeType": FOLDER, "createdTime": made, "modifiedTime": made}
        files.save(world, files.kept(world, file_id) | folder)
    return file_id
