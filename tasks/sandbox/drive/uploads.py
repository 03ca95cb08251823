"""Uploads of all three kinds: the bytes alone, metadata and bytes in one body, and in several requests (resumable)."""

import base64
import re
from dataclasses import replace
from typing import NamedTuple

from tasks.sandbox.drive import making
from tasks.sandbox.drive.access import file_of
from tasks.sandbox.drive.calls import shown
from tasks.sandbox.drive.refusals import DriveError, bad
from tasks.sandbox.drive.updating import update
from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation

UPLOADS = "/upload/drive/v3/files"
KIND = "upload"
BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
PLACE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
FOLD = re.compile(r"\r?\n[ \t]+")
CHUNK = 256 * 1024
INCOMPLETE = 308


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
    have = base64.b64decode(begun["base64"])
    found = PLACE.fullmatch(call.headers.get("content-range", f"bytes 0-{len(call.body) - 1}/{len(call.body)}").strip())
    if not found:
        raise invalid("Failed to parse Content-Range header.")
    first, last, total = found.groups()
    if first is not None:
        _check(call, have, int(first), int(last), total)
        have = have[: int(first)] + call.body
    if total == "*" or len(have) < int(total):
        call.world.store.put(KIND, key, begun | {"base64": base64.b64encode(have).decode()})
        return Answer(status=INCOMPLETE, headers={"range": f"bytes=0-{len(have) - 1}"} if have else {})
    call.world.store.remove(KIND, key)
    return _done(call, Upload(begun["metadata"], have, begun["mediaType"]))


def _check(call: Call, have: bytes, first: int, last: int, total: str) -> None:
    whole = total != "*" and last + 1 == int(total)
    if first > len(have) or last - first + 1 != len(call.body):
        raise invalid(f"Invalid request. {len(have)} bytes have arrived; the part does not continue them.")
    if not whole and len(call.body) % CHUNK:
        raise invalid(f"Invalid request. All parts but the last must be multiples of {CHUNK} bytes.")


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
    found = BOUNDARY.search(call.headers.get("content-type", ""))
    if not found:
        raise invalid("Missing boundary in the content type of a multipart upload.")
    mark = b"--" + found[1].encode()
    line_end = b"\r\n" if call.body.startswith(mark + b"\r\n") else b"\n"
    pieces = (line_end + call.body).split(line_end + mark)[1:-1]
    if len(pieces) != len(("metadata", "content")):
        raise invalid("A multipart upload holds two parts.")
    (_, metadata), (headers, content) = (_part(piece, line_end) for piece in pieces)
    media_type = _media_type(headers.get("content-type", "application/octet-stream"))
    return Upload(replace(call, body=metadata).json(), content, media_type)


def _part(piece: bytes, line_end: bytes) -> tuple[dict[str, str], bytes]:
    head, _, content = piece.partition(line_end * 2)
    unfolded = FOLD.sub(" ", head.decode("latin-1"))
    lines = (line.partition(":") for line in unfolded.splitlines() if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    if headers.get("content-transfer-encoding", "").lower() == "base64":
        content = base64.b64decode(content)
    return headers, content


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
