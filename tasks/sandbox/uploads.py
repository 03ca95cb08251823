"""How bytes travel to Google beside JSON: both in one body (``multipart/related``), or piece by piece (resumable)."""

import base64
import re
from collections.abc import Mapping
from typing import NamedTuple

from tasks.sandbox.failures import invalid
from tasks.sandbox.wire import Answer, Call

BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
PLACE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
FOLD = re.compile(r"\r?\n[ \t]+")
CHUNK = 256 * 1024
INCOMPLETE = 308


class Related(NamedTuple):
    """The two parts of an upload in one body: its JSON, and the bytes with their headers (names in lower case)."""

    metadata: bytes
    headers: Mapping[str, str]
    content: bytes


def related(call: Call) -> Related:
    """A ``multipart/related`` body taken apart; 400 for any other."""
    found = BOUNDARY.search(call.headers.get("content-type", ""))
    if not found:
        raise invalid("Missing boundary in the content type of a multipart upload.", "badContent")
    mark = b"--" + found[1].encode()
    line_end = b"\r\n" if call.body.startswith(mark + b"\r\n") else b"\n"
    pieces = (line_end + call.body).split(line_end + mark)[1:-1]
    if len(pieces) != len(("metadata", "content")):
        raise invalid("Malformed multipart body: it must hold two parts.", "badContent")
    (_, metadata), (headers, content) = (_part(piece, line_end) for piece in pieces)
    return Related(metadata, headers, content)


def _part(piece: bytes, line_end: bytes) -> tuple[dict[str, str], bytes]:
    head, _, content = piece.partition(line_end * 2)
    unfolded = FOLD.sub(" ", head.decode("latin-1"))
    lines = (line.partition(":") for line in unfolded.splitlines() if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    if headers.get("content-transfer-encoding", "").lower() == "base64":
        content = base64.b64decode(content)
    return headers, content


def continued(call: Call, have: bytes) -> tuple[bytes, bool]:
    """What has arrived of a resumable upload with this request, and whether that is all of it.

    A request may only ask how much has arrived (``Content-Range: bytes */N``), or repeat bytes after a lost answer. 400
    for a part that leaves a gap, that is not as long as it says, or that is not the last and no multiple of 256 KiB.
    """
    said = call.headers.get("content-range", f"bytes 0-{len(call.body) - 1}/{len(call.body)}").strip()
    found = PLACE.fullmatch(said)
    if not found:
        raise invalid(f"Failed to parse Content-Range header: {said}", "badRequest")
    first, last, total = found.groups()
    if first is not None:
        _check(call, have, int(first), int(last), total)
        have = have[: int(first)] + call.body
    return have, total != "*" and len(have) >= int(total)


def _check(call: Call, have: bytes, first: int, last: int, total: str) -> None:
    whole = total != "*" and last + 1 == int(total)
    if first > len(have) or last - first + 1 != len(call.body):
        raise invalid(
            f"Invalid request. {len(have)} bytes have arrived; the part does not continue them.", "badRequest"
        )
    if not whole and len(call.body) % CHUNK:
        raise invalid(f"Invalid request. All parts but the last must be multiples of {CHUNK} bytes.", "badRequest")


def incomplete(have: bytes) -> Answer:
    """308: send the rest."""
    return Answer(status=INCOMPLETE, headers={"range": f"bytes=0-{len(have) - 1}"} if have else {})
