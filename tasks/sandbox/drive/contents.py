"""What is in files that are not Google's own: bytes that were uploaded, or made up for recordings."""

import base64
import hashlib
import re

from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer
from tasks.sandbox.world import World

KIND = "content"
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
MP4_BEGINS = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
PARTIAL, NOT_THERE = 206, 416


def keep(world: World, file: Json, content: bytes) -> Json:
    """Store the bytes; answers the file with what they change in it."""
    world.store.put(KIND, file["id"], {"base64": base64.b64encode(content).decode()})
    return file | {
        "size": len(content),
        "md5Checksum": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "sha1Checksum": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        "sha256Checksum": hashlib.sha256(content).hexdigest(),
        "revision": int(file.get("revision", 0)) + 1,
    }


def content(world: World, file: Json, start: int = 0, end: int | None = None) -> bytes:
    """Some of the bytes. A recording begins as an MP4 file does and is empty otherwise: nobody can play it."""
    size = int(file.get("size", 0))
    end = size if end is None else min(end, size)
    kept = world.store.get(KIND, file["id"])
    if kept is not None:
        return base64.b64decode(kept["base64"])[start:end]
    return MP4_BEGINS[start:end] + bytes(max(end - max(start, len(MP4_BEGINS)), 0))


def download(world: World, file: Json, wanted: str) -> Answer:
    """``alt=media`` with an optional ``Range``; 416 when it begins behind the end."""
    size = int(file.get("size", 0))
    found = RANGE.fullmatch(wanted.strip())
    if not found or found.groups() == ("", ""):
        return Answer(content(world, file), content_type=file["mimeType"], headers={"accept-ranges": "bytes"})
    first, last = found.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    if start >= size or end <= start:
        return Answer(status=NOT_THERE, content_type="text/html", headers={"content-range": f"bytes */{size}"})
    place = {"content-range": f"bytes {start}-{end - 1}/{size}", "accept-ranges": "bytes"}
    return Answer(content(world, file, start, end), PARTIAL, file["mimeType"], place)
