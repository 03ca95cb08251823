"""Meet's own things in the store: spaces, conference records, recordings and the file of each."""

import hashlib
from datetime import datetime, timedelta

from tasks.sandbox.clock import rfc3339
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World

KEPT = timedelta(days=30)
BYTES_A_MINUTE = 5_000_000


def identifier(*parts: object) -> str:
    """An id that looks like Google's and is the same for the same parts."""
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()[:28]


def add_space(world: World, code: str) -> Json:
    """The space behind a meeting code."""
    space: Json = world.store.get("space", code) or {
        "name": f"spaces/{identifier('space', code)[:12]}",
        "meetingUri": f"https://meet.google.com/{code}",
        "meetingCode": code,
        "config": {"accessType": "TRUSTED", "entryPointAccess": "ALL"},
    }
    world.store.put("space", code, space)
    return space


def add_recording(world: World, code: str, started: datetime, minutes: float, name: str, state: str) -> Json:
    """A conference that took place and its recording; its file exists as soon as the state says so."""
    number = world.store.next_number("recording")
    ended = started + timedelta(minutes=minutes)
    record = {
        "name": f"conferenceRecords/{identifier('record', code, number)}",
        "startTime": rfc3339(started),
        "endTime": rfc3339(ended),
        "expireTime": rfc3339(ended + KEPT),
        "space": add_space(world, code)["name"],
    }
    recording: Json = {
        "name": f"{record['name']}/recordings/{identifier('recording', code, number)}",
        "state": state,
        "startTime": record["startTime"],
        **({} if state == "STARTED" else {"endTime": record["endTime"]}),
    }
    if state == "FILE_GENERATED":
        file = _video(world, number, name, started, minutes)
        recording["driveDestination"] = {"file": file["id"], "exportUri": file["webViewLink"]}
    world.store.put("conferenceRecord", record["name"], record)
    world.store.put("recording", recording["name"], recording)
    return {"conferenceRecord": record, "recording": recording}


def _video(world: World, number: int, name: str, started: datetime, minutes: float) -> Json:
    file_id = "rec" + identifier("file", number)
    ended = rfc3339(started + timedelta(minutes=minutes))
    file = {
        "kind": "drive#file",
        "id": file_id,
        "name": name or f"Recording {number}.mp4",
        "mimeType": "video/mp4",
        "createdTime": ended,
        "modifiedTime": ended,
        "size": str(int(minutes * BYTES_A_MINUTE)),
        "videoMediaMetadata": {"width": 1280, "height": 720, "durationMillis": str(int(minutes * 60_000))},
        "webViewLink": f"https://drive.google.com/file/d/{file_id}/view",
        "parents": ["root"],
        "trashed": False,
        "ownedByMe": True,
        "capabilities": {"canDownload": True, "canShare": True},
    }
    world.store.put("file", file_id, file)
    return file
