"""Files as they are kept: a document each; that of a spreadsheet holds only what Sheets does not know of it."""

import hashlib
from collections.abc import Iterable

from config.sandbox import spreadsheet_id
from tasks.sandbox.drive import changelog
from tasks.sandbox.forms.documents import filed, remove_form
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.world import World

KIND = "file"
GOOGLE = "application/vnd.google-apps."
SPREADSHEET = GOOGLE + "spreadsheet"
FOLDER = GOOGLE + "folder"
FORM = GOOGLE + "form"
OF_SHEETS = ("id", "name", "mimeType", "createdTime", "modifiedTime")


def file_id(*parts: object) -> str:
    """An id that looks like Google's, the same for the same parts."""
    return "1" + hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()[:32]


def root_of(address: str) -> str:
    """The id of somebody's My Drive."""
    return "0A" + hashlib.sha256(f"root {address}".encode()).hexdigest()[:13] + "9PVA"


def kept(world: World, wanted: str) -> Json:
    """Who a file belongs to and whom it is shared with, without asking whether it exists.

    ``owner`` (address), ``parent`` (folder's id, ``""`` for the owner's My Drive), ``trashed``, ``grants`` (permissions
    beside the owner's), ``open`` (everybody whom the sandbox knows may write: the seeded spreadsheets) and
    ``withdrawn`` (addresses that may not even then).
    """
    usual = {"owner": world.owner, "parent": "", "trashed": False, "grants": [], "withdrawn": []}
    return usual | {"open": _seeded(world, wanted)} | (world.store.get(KIND, wanted) or {})


def find(world: World, wanted: str) -> Json | None:
    """All that is known of a file; None where there is none, or none yet."""
    if wanted in world.books.ids():
        return kept(world, wanted) | _of(world, world.books.get(wanted))
    found = world.store.get(KIND, wanted)
    if found is None or not _here(world, found):
        return None
    return kept(world, wanted)


def everything(world: World) -> list[Json]:
    """Every file, the last changed first."""
    books = world.books.ids()
    others = [one["id"] for one in world.store.all(KIND) if one["id"] not in books and _here(world, one)]
    found = [file for wanted in [*books, *others] if (file := find(world, wanted))]
    return sorted(found, key=lambda file: str(file["modifiedTime"]), reverse=True)


def my_drive(world: World, address: str) -> Json:
    """The folder in which somebody's files lie (``root``); it lies in none."""
    began = "2020-01-01T00:00:00.000Z"
    folder = {"id": root_of(address), "name": "My Drive", "mimeType": FOLDER, "owner": address}
    return kept(world, "") | folder | {"createdTime": began, "modifiedTime": began, "parent": ""}


def save(world: World, file: Json) -> None:
    """Keep what Drive knows of a file and note that it changed."""
    ours = file
    if file["mimeType"] == SPREADSHEET:
        ours = {name: value for name, value in file.items() if name == "id" or name not in OF_SHEETS}
    if file["mimeType"] == FORM:
        filed(world.store, file["id"], str(file["name"]), trashed=bool(file["trashed"]))
    world.store.put(KIND, file["id"], ours)
    changelog.note(world.store, file["id"], file.get("appears") or world.clock.text())


def remove(world: World, file: Json) -> None:
    """Delete a file for good, a folder with all that is in it."""
    if file["mimeType"] == FOLDER:
        for child in children(world, file["id"]):
            remove(world, child)
    if file["mimeType"] == SPREADSHEET:
        world.books.delete(file["id"])
    if file["mimeType"] == FORM:
        remove_form(world.store, file["id"])
    world.store.remove(KIND, file["id"])
    world.store.remove("content", file["id"])
    changelog.note(world.store, file["id"], world.clock.text(), removed=True)


def children(world: World, folder: str) -> list[Json]:
    """What lies directly in a folder."""
    return [file for file in everything(world) if file["parent"] == folder]


def ancestors(world: World, file: Json) -> Iterable[Json]:
    """The folders around a file, the nearest first."""
    seen = {file.get("id")}
    while file["parent"] and file["parent"] not in seen:
        seen.add(file["parent"])
        file = kept(world, file["parent"])
        yield file


def in_trash(world: World, file: Json) -> bool:
    """Whether the file or a folder around it was thrown away."""
    return bool(file["trashed"]) or any(folder["trashed"] for folder in ancestors(world, file))


def _here(world: World, file: Json) -> bool:
    return not file.get("appears") or changelog.earlier_than(file["appears"], world.clock)


def _seeded(world: World, wanted: str) -> bool:
    return wanted in {spreadsheet_id(role) for role in world.programme.spreadsheets}


def _of(world: World, book: Book) -> Json:
    modified = changelog.seen_modified(world.clock, book.book_id, book.modified, book.created)
    return {
        "id": book.book_id,
        "name": book.properties["title"],
        "mimeType": SPREADSHEET,
        "createdTime": book.created,
        "modifiedTime": modified,
    }
