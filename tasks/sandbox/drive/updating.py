"""Changes of a file: other metadata, another folder, other bytes."""

from tasks.sandbox.drive import access, contents, files, imports, making
from tasks.sandbox.drive.access import address_of, file_of
from tasks.sandbox.drive.files import GOOGLE, SPREADSHEET
from tasks.sandbox.drive.metadata import changed, check_writable, dated, times
from tasks.sandbox.drive.refusals import bad, forbidden
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Call

NO_PARENTS = (
    "The parents field is not directly writable in update requests."
    " Use the addParents and removeParents parameters instead."
)


def update(call: Call, file: Json, wanted: Json, content: bytes | None = None, media_type: str = "") -> Json:
    """Other metadata, another folder, other bytes."""
    check_writable(wanted)
    if "parents" in wanted:
        raise forbidden(NO_PARENTS, "fieldNotWritable")
    if "trashed" in wanted and bool(wanted["trashed"]) != bool(file["trashed"]):
        file_of(call, "owner")
        file["trashed"] = bool(wanted["trashed"])
    file["parent"] = _moved(call, file)
    file = changed(file, wanted)
    if content is not None:
        file = _new_content(call, file, content, media_type)
    if wanted.get("name") or content is not None:
        file = _renamed(call, file, wanted.get("name") or file["name"]) | times(wanted)
    dated(call.world, file, wanted)
    files.save(call.world, file | {"changedBy": address_of(call)})
    return access.known(call.world, file["id"])


def _renamed(call: Call, file: Json, name: str) -> Json:
    if file["mimeType"] == SPREADSHEET:
        if name != file["name"]:
            with call.world.changing(file["id"]) as book:
                book.properties["title"] = name
        return file
    return file | {"name": name, "modifiedTime": call.world.clock.text()}


def _new_content(call: Call, file: Json, content: bytes, media_type: str) -> Json:
    if file["mimeType"] == SPREADSHEET:
        if media_type not in imports.IMPORTS:
            raise bad("The requested conversion is not supported.", "badRequest")
        imports.fill(call.world, file["id"], content, media_type)
        return file
    if file["mimeType"].startswith(GOOGLE):
        raise bad("The requested conversion is not supported.", "badRequest")
    return contents.keep(call.world, file | {"mimeType": media_type or file["mimeType"]}, content)


def _moved(call: Call, file: Json) -> str:
    here = str(file["parent"]) or files.root_of(file["owner"])
    names = {"root": files.root_of(address_of(call))}
    new = [names.get(one, one) for one in call.one("addParents").split(",") if one]
    old = [names.get(one, one) for one in call.one("removeParents").split(",") if one]
    if not new or new == [here]:
        return str(file["parent"])
    if len(new) > 1 or here not in old:
        raise forbidden("Increasing the number of parents is not allowed", "cannotAddParent")
    folder = making.parent_of(call, new)
    around = [folder, *(one["id"] for one in files.ancestors(call.world, files.kept(call.world, folder)))]
    if file["id"] in around:
        raise forbidden("A folder cannot be moved into itself.", "invalidParent", "addParents")
    return folder
