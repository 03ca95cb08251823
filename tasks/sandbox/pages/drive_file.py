"""The page of one file: what it is, who may see it, and what staff do with it by hand."""

from collections.abc import Callable, Mapping

from tasks.sandbox.drive import access, files
from tasks.sandbox.drive.files import FOLDER, SPREADSHEET
from tasks.sandbox.drive.notices import tell
from tasks.sandbox.drive.resources import display_name, resource, view_link
from tasks.sandbox.meet.conferences import RECORD, RECORDING
from tasks.sandbox.meet.people import names
from tasks.sandbox.pages.drive import HOME, file_page, known, line, sized, when
from tasks.sandbox.pages.page import PageError, form, page, to
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, operation
from tasks.sandbox.world import World

ROLES = ("reader", "commenter", "writer")
SECONDS = 1000


def _file(call: Call) -> Answer:
    file, world = known(call), call.world
    folder = files.find(world, file["parent"]) if file["parent"] else None
    seen = resource(world, file, file["owner"])
    length = int(seen.get("videoMediaMetadata", {}).get("durationMillis", 0))
    return page(
        "drive_file.html",
        file=line(world, file),
        created=file["createdTime"],
        trashed=file["trashed"],
        in_trash=files.in_trash(world, file),
        link=view_link(file),
        minutes=round(length / SECONDS / 60),
        recording=_recording(world, file),
        folder=line(world, folder) if folder else None,
        folders=[one for one in _folders(world, file) if one["id"] != file["parent"]],
        people=_people(world, file),
        office=world.owner,
        is_office=file["owner"] == world.owner,
        may=access.role(world, file, world.owner),
        roles=ROLES,
        when=when,
        sized=sized,
    )


def _recording(world: World, file: Json) -> Json | None:
    """When a video was recorded and who was there; None for what Meet did not make."""
    known = next((one for one in world.store.all(RECORDING) if one["file"] == file["id"]), None)
    held = world.store.get(RECORD, known["name"].partition("/recordings/")[0]) if known else None
    return {"started": known["started"], "people": names(world, held)} if known and held else None


def _folders(world: World, file: Json) -> list[Json]:
    """Where a file may be moved to: not into itself, nor into what lies in it."""
    every = [one for one in files.everything(world) if one["mimeType"] == FOLDER and one["id"] != file["id"]]
    outside = [one for one in every if file["id"] not in {around["id"] for around in files.ancestors(world, one)}]
    return [line(world, one) for one in outside if not files.in_trash(world, one)]


def _people(world: World, file: Json) -> list[Json]:
    owner = {"type": "user", "emailAddress": file["owner"], "role": "owner", "id": ""}
    return [
        {
            "name": display_name(world, one["emailAddress"]) if "emailAddress" in one else one.get("domain", ""),
            "address": one.get("emailAddress", ""),
            "type": one["type"],
            "role": one["role"],
            "id": one["id"],
        }
        for one in (owner, *file["grants"])
    ]


def _act(call: Call) -> Answer:
    file, wanted = known(call), form(call)
    deed = DEEDS.get(wanted.get("do", ""))
    if deed is None:
        raise PageError("drive.unknown_deed")
    return to(deed(call, file, wanted) or file_page(file["id"]))


Deed = Callable[[Call, Json, Mapping[str, str]], str | None]
"""Does what a form of the page asks for; answers where to look at afterwards, None for the same page."""


def _trash(call: Call, file: Json, _: Mapping[str, str]) -> None:
    access.trash(call.world, file["id"])


def _restore(call: Call, file: Json, _: Mapping[str, str]) -> None:
    access.restore(call.world, file["id"])


def _delete(call: Call, file: Json, _: Mapping[str, str]) -> str:
    if not file["trashed"]:
        raise PageError("drive.trash_first")
    files.remove(call.world, file)
    return f"{HOME}/trash"


def _share(call: Call, file: Json, wanted: Mapping[str, str]) -> None:
    address, role = wanted.get("address", "").strip(), wanted.get("role", "")
    name, at, domain = address.partition("@")
    if not (name and at and "." in domain) or " " in address or role not in ROLES:
        raise PageError("drive.no_address", address=address)
    if address.casefold() == file["owner"].casefold():
        raise PageError("drive.owner_already", address=address)
    access.grant(call.world, file["id"], address, role)
    if wanted.get("tell"):
        tell(call.world, "share", file, [address], by=file["owner"])


def _stop_sharing(call: Call, file: Json, wanted: Mapping[str, str]) -> None:
    rest = [one for one in file["grants"] if one["id"] != wanted.get("permission")]
    files.save(call.world, file | {"grants": rest})


def _shut_out(call: Call, file: Json, _: Mapping[str, str]) -> None:
    access.withdraw(call.world, file["id"], call.world.owner)


def _let_in(call: Call, file: Json, _: Mapping[str, str]) -> None:
    access.grant(call.world, file["id"], call.world.owner, "writer")


def _rename(call: Call, file: Json, wanted: Mapping[str, str]) -> None:
    name = wanted.get("name", "").strip()
    if not name:
        raise PageError("drive.no_name")
    if file["mimeType"] == SPREADSHEET:
        with call.world.changing(file["id"]) as book:
            book.properties["title"] = name
    else:
        files.save(call.world, file | {"name": name, "modifiedTime": call.world.clock.text()})


def _move(call: Call, file: Json, wanted: Mapping[str, str]) -> None:
    folder = wanted.get("folder", "")
    if folder and folder not in {one["id"] for one in _folders(call.world, file)}:
        raise PageError("drive.no_folder", 404)
    files.save(call.world, file | {"parent": folder})


DEEDS: Mapping[str, Deed] = {
    "trash": _trash,
    "restore": _restore,
    "delete": _delete,
    "share": _share,
    "stop_sharing": _stop_sharing,
    "shut_out": _shut_out,
    "let_in": _let_in,
    "rename": _rename,
    "move": _move,
}
PATH = HOME + "/files/{file}"
OPERATIONS: list[Operation] = [
    operation("pages", "GET", PATH, PATH, _file),
    operation("pages", "POST", PATH, PATH, _act),
]
