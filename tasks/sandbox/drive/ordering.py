"""``orderBy`` of ``files.list``."""

import re

from tasks.sandbox.drive.files import FOLDER
from tasks.sandbox.drive.refusals import bad
from tasks.sandbox.shapes import Json

TIMES = {"createdTime", "modifiedTime", "viewedByMeTime", "sharedWithMeTime", "modifiedByMeTime"}
TRUTHS = {"folder", "starred"}
KEYS = TIMES | TRUTHS | {"name", "name_natural", "quotaBytesUsed", "recency"}


def ordered(found: list[Json], order: str) -> list[Json]:
    """The resources sorted by the keys of ``orderBy``, ties as they were; 400 for a key that Drive does not know."""
    for part in reversed([part.strip() for part in order.split(",") if part.strip()]):
        name, _, direction = part.partition(" ")
        if name not in KEYS or direction not in {"", "desc"}:
            raise bad("Invalid Value", location="orderBy")
        found = sorted(found, key=lambda file, name=name: _key(file, name), reverse=direction == "desc")  # type: ignore[misc]
    return found


def _key(file: Json, name: str) -> tuple[object, ...]:
    if name in TRUTHS:
        return (not (file["mimeType"] == FOLDER if name == "folder" else file["starred"]),)
    if name == "quotaBytesUsed":
        return (int(file.get("quotaBytesUsed", 0)),)
    if name == "name_natural":
        parts = re.split(r"(\d+)", file["name"].casefold())
        return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
    if name == "recency":
        return (max(str(file.get(time, "")) for time in TIMES),)
    return (str(file.get(name, "")).casefold(),)
