"""Uploads of all three kinds: the bytes alone, metadata and bytes in one body, and in several requests (resumable)."""

import base64
from dataclasses import replace
from typing import NamedTuple

from tasks.sandbox.drive import making
from tasks.sandbox.drive.access import file_of
from tasks.sandbox.drive.calls import shown
from tasks.sandbox.drive.refusals import DriveError, bad
from tasks.sandbox.drive.updating import update
from tasks.sandbox.shapes import Json
from tasks.sandbox.uploads import continued, incomplete, related
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation

UPLOADS = "/upload/drive/v3/files"
KIND = "upload"


class Upload(NamedTuple):
    """What was sent: the metadata, the bytes, and their media type without parameters."""

    metadata: Json
    content: bytes
    media_type: str


def _upload(call: Call) -> Answer:
    """``uploadType=media`` and ``multipart`` do the work at once; ``resumable`` answers where to send the bytes."""
    kind = call.one("uploadType")
    if kind == "resumable" or call.headers.get("x-goog-upload-protocol"):
        return _begin(call)
    if kind == "media":
        return _done(call, Upload({}, call.body, _media_type(call.headers.get("content-type", ""))))
    if kind == "multipart":
        return _done(call, _parts(call))
    raise bad("Invalid Value", "invalid", "uploadType")


def _resume(call: Call) -> Answer:
    """A part of a resumable upload, or the question how much has arrived (``Content-Range: bytes */N``)."""
    key = call.one("upload_id")
    begun = call.world.store.get(KIND, key)
    if begun is None:
        raise DriveError(404, "Upload session not found.", "notFound", "upload_id")
    have, complete = continued(call, base64.b64decode(begun["base64"]))
    if not complete:
        call.world.store.put(KIND, key, begun | {"base64": base64.b64encode(have).decode()})
        return incomplete(have)
    call.world.store.remove(KIND, key)
    return _done(call, Upload(begun["metadata"], have, begun["mediaType"]))


def _begin(call: Call) -> Answer:
    if "file" in call.parts:
        file_of(call, "writer")
    number = call.world.store.next_number(KIND)
    media_type = _media_type(call.headers.get("x-upload-content-type", "application/octet-stream"))
    begun = {"metadata": call.json(), "mediaType": media_type, "base64": ""}
    key = f"upload-{number}"
    call.world.store.put(KIND, key, begun)
    place = f"/{call.parts['file']}" if "file" in call.parts else ""
    query = "&".join(f"{name}={call.one(name)}" for name in ("fields", "supportsAllDrives") if call.one(name))
    address = f"{call.base_url}{UPLOADS}{place}?uploadType=resumable&upload_id={key}{'&' if query else ''}{query}"
    return Answer(headers={"location": address, "x-guploader-uploadid": key})


def _done(call: Call, sent: Upload) -> Answer:
    if "file" in call.parts:
        file = file_of(call, "writer")
        return shown(call, update(call, file, sent.metadata, sent.content, sent.media_type))
    return shown(call, making.create(call, sent.metadata, sent.content, sent.media_type))


def _parts(call: Call) -> Upload:
    sent = related(call)
    media_type = _media_type(sent.headers.get("content-type", "application/octet-stream"))
    return Upload(replace(call, body=sent.metadata).json(), sent.content, media_type)


def _media_type(text: str) -> str:
    return text.partition(";")[0].strip().lower()


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("drive", method, UPLOADS + path, name, work)


OPERATIONS: list[Operation] = [
    _spoken("POST", "", "files.create", _upload),
    _spoken("PUT", "", "files.create", _resume),
    _spoken("PATCH", "/{file}", "files.update", _upload),
    _spoken("PUT", "/{file}", "files.update", _resume),
]
