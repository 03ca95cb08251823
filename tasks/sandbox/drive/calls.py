"""Drive v3: metadata of files; a spreadsheet is a file, a recording is one too."""

import mimetypes

from tasks.sandbox.drive.search import matches, parse
from tasks.sandbox.failures import invalid, not_found, not_modelled
from tasks.sandbox.gcalendar.search import page
from tasks.sandbox.masks import apply
from tasks.sandbox.meet.spaces import identifier
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.calls import link, new_spreadsheet
from tasks.sandbox.wire import Answer, Call, Operation, Work, answer, masked, operation
from tasks.sandbox.world import World

FILES = "/drive/v3/files"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
USUAL = ("kind", "id", "name", "mimeType")
PAGE, MOST = 100, 1000


def files(world: World) -> list[Json]:
    """Everything there is, the newest first."""
    sheets = [_sheet(world, book_id) for book_id in world.books.ids()]
    return sorted([*sheets, *world.store.all("file")], key=lambda file: str(file["modifiedTime"]), reverse=True)


def _sheet(world: World, book_id: str) -> Json:
    book = world.books.get(book_id)
    return {
        "kind": "drive#file",
        "id": book_id,
        "name": book.properties["title"],
        "mimeType": SPREADSHEET,
        "createdTime": book.created,
        "modifiedTime": book.modified,
        "webViewLink": link(book_id),
        "parents": ["root"],
        "trashed": False,
        "ownedByMe": True,
    }


def _file(call: Call) -> Json:
    for file in files(call.world):
        if file["id"] == call.parts["file"]:
            return file
    raise not_found(f"File not found: {call.parts['file']}.")


def _shown(call: Call, file: Json) -> Answer:
    if call.one("fields"):
        return masked(call, file)
    return answer({name: file[name] for name in USUAL})


def _get(call: Call) -> Answer:
    if call.one("alt", "json") != "json":
        raise not_modelled("the contents of files")
    return _shown(call, _file(call))


def _list(call: Call) -> Answer:
    query = parse(call.one("q"))
    found = [file for file in files(call.world) if matches(query, file)]
    shown, token = page(call, found, PAGE, MOST, "pageSize")
    body: Json = {"kind": "drive#fileList", "incompleteSearch": False, "files": shown}
    if token:
        body["nextPageToken"] = token
    if not call.one("fields"):
        body["files"] = [{name: file[name] for name in USUAL} for file in shown]
    return answer(apply(call.mask(), body))


def _create(call: Call) -> Answer:
    world, wanted = call.world, call.json()
    name = wanted.get("name") or "Untitled"
    mime = wanted.get("mimeType") or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if mime == SPREADSHEET:
        return _shown(call, _sheet(world, new_spreadsheet(world, name).book_id))
    number = world.store.next_number("file")
    file_id = wanted.get("id") or "file" + identifier("new file", number)
    if world.store.get("file", file_id):
        raise invalid("A file already exists with the provided ID.", "fileIdInUse")
    file = {
        "kind": "drive#file",
        "id": file_id,
        "name": name,
        "mimeType": mime,
        "createdTime": world.clock.text(),
        "modifiedTime": world.clock.text(),
        "webViewLink": f"https://drive.google.com/file/d/{file_id}/view",
        "parents": wanted.get("parents") or ["root"],
        "trashed": False,
        "ownedByMe": True,
    }
    world.store.put("file", file_id, file)
    return _shown(call, file)


def _delete(call: Call) -> Answer:
    file = _file(call)
    if file["mimeType"] == SPREADSHEET:
        call.world.books.delete(file["id"])
    call.world.store.remove("file", file["id"])
    return Answer(status=204, content_type="text/html")


def _permissions(call: Call) -> Answer:
    _file(call)
    owner = {"kind": "drive#permission", "id": "owner", "type": "user", "role": "owner"}
    if call.one("fields"):
        owner["emailAddress"] = call.world.owner
    return masked(call, {"kind": "drive#permissionList", "permissions": [owner]})


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("drive", method, path, name, work)


OPERATIONS: list[Operation] = [
    _spoken("GET", FILES, "files.list", _list),
    _spoken("POST", FILES, "files.create", _create),
    _spoken("GET", FILES + "/{file}", "files.get", _get),
    _spoken("DELETE", FILES + "/{file}", "files.delete", _delete),
    _spoken("GET", FILES + "/{file}/permissions", "permissions.list", _permissions),
]
