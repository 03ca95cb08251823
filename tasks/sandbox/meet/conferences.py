"""Conferences that were held and their recordings, as they stand by the sandbox's clock."""

from datetime import timedelta

from tasks.sandbox.clock import parse_instant, rfc3339
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World

RECORD, RECORDING = "conferenceRecord", "recording"
STARTED, ENDED, FILE_GENERATED = STATES = ("STARTED", "ENDED", "FILE_GENERATED")
BY_CLOCK = ""
KEPT = timedelta(days=30)


def state_of(world: World, recording: Json) -> str:
    """One of ``STATES``."""
    if recording["state"]:
        return str(recording["state"])
    now = world.clock.text()
    if now < recording["ended"]:
        return STARTED
    return ENDED if now < recording["ready"] else FILE_GENERATED


def is_running(world: World, call: Json) -> bool:
    """Whether people are still in it."""
    return bool(call["state"] == STARTED or (call["state"] == BY_CLOCK and world.clock.text() < call["ended"]))


def calls(world: World) -> list[Json]:
    """The calls that Meet still knows, the newest first: not those to come, nor those that ended 30 days ago."""
    now = world.clock.text()
    found = [one for one in world.store.all(RECORD) if not (one["state"] == BY_CLOCK and now < one["started"])]
    return sorted((one for one in found if now < _forgotten(one)), key=lambda one: str(one["started"]), reverse=True)


def active(world: World, space: str) -> Json | None:
    """The call that is going on in a space."""
    return next((one for one in calls(world) if one["space"] == space and is_running(world, one)), None)


def recordings(world: World, call: str) -> list[Json]:
    """The recordings of a call, the oldest first."""
    found = [one for one in world.store.all(RECORDING) if one["name"].startswith(call + "/")]
    return sorted(found, key=lambda one: str(one["started"]))


def record_resource(world: World, call: Json) -> Json:
    """A ``ConferenceRecord``; without an end while it is going on."""
    body = {"name": call["name"], "startTime": call["started"], "space": call["space"]}
    return body if is_running(world, call) else body | {"endTime": call["ended"], "expireTime": _forgotten(call)}


def recording_resource(world: World, recording: Json) -> Json:
    """A ``Recording``."""
    state = state_of(world, recording)
    body: Json = {"name": recording["name"], "state": state, "startTime": recording["started"]}
    if state != STARTED:
        body["endTime"] = recording["ended"]
    if state == FILE_GENERATED:
        link = f"https://drive.google.com/file/d/{recording['file']}/view"
        body["driveDestination"] = {"file": recording["file"], "exportUri": link}
    return body


def _forgotten(call: Json) -> str:
    return rfc3339(parse_instant(call["ended"]) + KEPT)
