"""What a client may say of a file: which fields, of what kind, and what they change."""

from tasks.sandbox.clock import is_instant, parse_instant, rfc3339
from tasks.sandbox.drive.files import SPREADSHEET
from tasks.sandbox.drive.refusals import bad, forbidden
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World

PLAIN = ("description", "starred", "folderColorRgb", "originalFilename")
LISTS = ("properties", "appProperties")
TEXTS = ("id", "kind", "name", "mimeType", "description", "folderColorRgb", "originalFilename")
TIMES = ("createdTime", "modifiedTime", "viewedByMeTime")
TRUTHS = ("trashed", "starred", "copyRequiresWriterPermission", "writersCanShare", "viewersCanCopyContent")
WRITABLE: dict[str, type] = {
    **dict.fromkeys((*TEXTS, *TIMES), str),
    **dict.fromkeys(TRUTHS, bool),
    **dict.fromkeys((*LISTS, "contentHints"), dict),
    "parents": list,
}


def check_writable(wanted: Json) -> None:
    """403 for fields that only Drive itself sets, 400 for a value of a wrong kind."""
    if unknown := [name for name, value in wanted.items() if name not in WRITABLE and value is not None]:
        message = f"The resource body includes fields which are not directly writable: {', '.join(sorted(unknown))}."
        raise forbidden(message, "fieldNotWritable")
    for name, value in wanted.items():
        if value is not None and not _fits(name, value):
            raise bad(f"Invalid value for: {value!r} is not a valid value", "invalid", f"file.{name}")


def changed(file: Json, wanted: Json) -> Json:
    """The file with other metadata; null unsets, single properties are merged."""
    unset = {name for name in PLAIN if name in wanted and wanted[name] is None}
    return {name: value for name, value in file.items() if name not in unset} | metadata(file, wanted)


def metadata(old: Json, wanted: Json) -> Json:
    """The given fields as they are kept; single properties are merged into the old ones."""
    body = {name: wanted[name] for name in PLAIN if wanted.get(name) is not None}
    body |= times(wanted)
    for name in LISTS:
        if name in wanted:
            both = old.get(name, {}) | (wanted[name] or {})
            body[name] = {key: value for key, value in both.items() if value is not None}
    return body


def times(wanted: Json) -> Json:
    """The given times as the APIs write them."""
    return {name: rfc3339(parse_instant(wanted[name])) for name in TIMES if wanted.get(name)}


def dated(world: World, file: Json, wanted: Json) -> None:
    """The times that a client sets on a spreadsheet; Sheets keeps them."""
    given = times(wanted)
    if given and file["mimeType"] == SPREADSHEET:
        with world.changing(file["id"]) as book:
            book.created = given.get("createdTime", book.created)
            book.modified = given.get("modifiedTime", book.modified)


def _fits(name: str, value: object) -> bool:
    if not isinstance(value, WRITABLE[name]):
        return False
    if name in TIMES:
        return is_instant(str(value))
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return name == "contentHints" or all(one is None or isinstance(one, str) for one in inside)
