"""New files: made from metadata, from uploaded bytes, or as a copy."""

import mimetypes
from dataclasses import fields

from tasks.sandbox.drive import access, contents, files, imports
from tasks.sandbox.drive.files import FOLDER, FORM, GOOGLE, SPREADSHEET
from tasks.sandbox.drive.metadata import check_writable, dated, metadata
from tasks.sandbox.drive.refusals import DriveError, bad, forbidden, no_file
from tasks.sandbox.failures import not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.calls import new_spreadsheet
from tasks.sandbox.wire import Call
from tasks.sandbox.world import World

NOT_COPIED = ("id", "name", "createdTime", "modifiedTime", "owner", "parent", "grants", "open", "withdrawn", "trashed")


def create(call: Call, wanted: Json, content: bytes | None = None, media_type: str = "") -> Json:
    """A new file of the caller's. Refused as Drive refuses; 501 for Google's own kinds that the sandbox has not."""
    check_writable(wanted)
    name = wanted.get("name") or "Untitled"
    mime = wanted.get("mimeType") or media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if mime.startswith(GOOGLE) and mime not in {SPREADSHEET, FOLDER}:
        raise not_modelled(f"files of the kind {mime}")
    parent = parent_of(call, wanted.get("parents") or [])
    if mime == SPREADSHEET:
        return _spreadsheet(call, wanted, name, parent, content, media_type)
    file = _blank(call, _free_id(call, wanted), name, mime, parent) | metadata({}, wanted)
    if content is not None:
        file = contents.keep(call.world, file, content)
    files.save(call.world, file)
    return file


def copy(call: Call, source: Json, wanted: Json) -> Json:
    """A copy that belongs to the caller, shared with nobody; without a name it is called “Copy of …”."""
    check_writable(wanted)
    mime = wanted.get("mimeType") or source["mimeType"]
    if source["mimeType"] == FOLDER:
        raise forbidden("This file cannot be copied by the user.", "cannotCopyFile")
    if source["mimeType"] == FORM:
        raise not_modelled("copies of forms")
    world, name = call.world, wanted.get("name") or f"Copy of {source['name']}"
    parent = parent_of(call, wanted["parents"]) if wanted.get("parents") else _beside(call, source)
    if mime == SPREADSHEET and source["mimeType"] in imports.IMPORTS:
        return _spreadsheet(call, wanted, name, parent, contents.content(world, source), source["mimeType"])
    if mime != source["mimeType"]:
        raise bad("The requested conversion is not supported.", "badRequest")
    kept = {name: value for name, value in source.items() if name not in NOT_COPIED}
    if mime == SPREADSHEET:
        book = _copied(world, source["id"], name)
        file = files.kept(world, book) | kept | {"id": book, "owner": access.address_of(call), "parent": parent}
    else:
        file = _blank(call, _free_id(call, wanted), name, mime, parent) | kept
        file = contents.keep(world, file, contents.content(world, source))
    files.save(world, file | {"mimeType": mime} | metadata(file, wanted))
    dated(world, access.known(world, file["id"]), wanted)
    return access.known(world, file["id"])


def parent_of(call: Call, wanted: list[str]) -> str:
    """The folder that a file is put into, ``""`` for the caller's My Drive."""
    if not wanted:
        return ""
    if len(wanted) > 1:
        raise bad("A file cannot be created in multiple folders.", "invalid", "parents")
    asker, folder = access.address_of(call), wanted[0]
    if folder in {"root", files.root_of(asker)}:
        return ""
    found = files.find(call.world, folder)
    if found is None or not access.may(call.world, found, asker, "reader"):
        raise no_file(folder)
    if found["mimeType"] != FOLDER:
        raise forbidden("The specified parent is not a folder.", "parentNotAFolder")
    if not access.may(call.world, found, asker, "writer"):
        raise forbidden("Insufficient permissions for the specified parent.", "insufficientParentPermissions")
    return folder


def _spreadsheet(call: Call, wanted: Json, name: str, parent: str, content: bytes | None, media_type: str) -> Json:
    if content is not None and media_type not in imports.IMPORTS:
        raise bad("The requested conversion is not supported.", "badRequest")
    book = new_spreadsheet(call.world, name)
    if content is not None:
        imports.fill(call.world, book.book_id, content, media_type)
    file = access.known(call.world, book.book_id) | {"owner": access.address_of(call), "parent": parent}
    files.save(call.world, file | metadata(file, wanted))
    dated(call.world, file, wanted)
    return access.known(call.world, book.book_id)


def _blank(call: Call, file_id: str, name: str, mime: str, parent: str) -> Json:
    now = call.world.clock.text()
    usual = {"owner": access.address_of(call), "trashed": False, "grants": [], "withdrawn": [], "open": False}
    return usual | {
        "id": file_id,
        "name": name,
        "mimeType": mime,
        "createdTime": now,
        "modifiedTime": now,
        "parent": parent,
    }


def _free_id(call: Call, wanted: Json) -> str:
    if not wanted.get("id"):
        return files.file_id("file", call.world.store.next_number("file"))
    if files.find(call.world, wanted["id"]):
        raise DriveError(409, "A file already exists with the provided ID.", "fileIdInUse", "file.id")
    return str(wanted["id"])


def _beside(call: Call, source: Json) -> str:
    """A copy lies where its source lies, if the caller may put it there."""
    folder = source["parent"]
    if folder and access.may(call.world, files.kept(call.world, folder), access.address_of(call), "writer"):
        return str(folder)
    return ""


def _copied(world: World, source: str, title: str) -> str:
    """A new spreadsheet that holds all that another holds; its id."""
    old = world.books.get(source).draft()
    new_id = new_spreadsheet(world, title).book_id
    with world.changing(new_id) as book:
        for field in fields(Book):
            if field.name not in {"book_id", "created", "modified"}:
                setattr(book, field.name, getattr(old, field.name))
        book.properties = {**old.properties, "title": title}
        for tab in book.tabs:
            tab.saved = None
    return new_id
