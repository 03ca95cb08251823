"""Drive v3: files."""

from tasks.sandbox.drive import access, contents, files, making
from tasks.sandbox.drive.access import address_of, file_of
from tasks.sandbox.drive.exports import EXPORTS, NOT_MODELLED
from tasks.sandbox.drive.files import GOOGLE, SPREADSHEET
from tasks.sandbox.drive.ordering import ordered
from tasks.sandbox.drive.refusals import bad, forbidden
from tasks.sandbox.drive.resources import USUAL, resource
from tasks.sandbox.drive.search import parse
from tasks.sandbox.drive.search_terms import Candidate
from tasks.sandbox.drive.updating import update
from tasks.sandbox.drive.words import words
from tasks.sandbox.failures import not_modelled
from tasks.sandbox.masks import apply
from tasks.sandbox.paging import page
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, answer, masked, operation

FILES = "/drive/v3/files"
PAGE, MOST = 100, 1000
EXPORT_LIMIT = 10 * 1024 * 1024
CORPORA = {"", "user", "allDrives", "domain"}
NO_DOWNLOAD = "Only files with binary content can be downloaded. Use Export with Docs Editors files."


def shown(call: Call, file: Json) -> Answer:
    """A file cut to ``fields``; without them Drive shows four of them."""
    body = resource(call.world, file, address_of(call))
    if call.one("fields"):
        return masked(call, body)
    return answer({name: body[name] for name in USUAL})


def _get(call: Call) -> Answer:
    if call.parts["file"] == "root":
        return shown(call, files.my_drive(call.world, address_of(call)))
    file = file_of(call)
    if call.one("alt", "json") != "media":
        return shown(call, file)
    if file["mimeType"].startswith(GOOGLE):
        raise forbidden(NO_DOWNLOAD, "fileNotDownloadable", "alt")
    return contents.download(call.world, file, call.headers.get("range", ""))


def _list(call: Call) -> Answer:
    query = parse(call.one("q"))
    _check_place(call)
    asker = address_of(call)
    known = [file for file in files.everything(call.world) if access.may(call.world, file, asker, "reader")]
    candidates = [_candidate(call, file, asker) for file in known]
    found = [one.file for one in candidates if query(one)]
    size = page_size(call, PAGE, MOST)
    shown_now, token = page(call, ordered(found, call.one("orderBy")), size, bad("Invalid Value", location="pageToken"))
    if not call.one("fields"):
        shown_now = [{name: file[name] for name in USUAL} for file in shown_now]
    body: Json = {"kind": "drive#fileList", "incompleteSearch": False, "files": shown_now}
    return answer(apply(call.mask(), body | ({"nextPageToken": token} if token else {})))


def page_size(call: Call, usual: int, most: int) -> int:
    """``pageSize``; 400 outside of what the discovery document allows, more than the most is the most."""
    size = call.number("pageSize", usual)
    if size < 1:
        raise bad(
            f"Invalid value '{size}'. Values must be within the range: [1, {most}]", "invalidParameter", "pageSize"
        )
    return min(size, most)


def _check_place(call: Call) -> None:
    if unknown := set(call.one("spaces", "drive").split(",")) - {"drive"}:
        raise not_modelled(f"the space {', '.join(sorted(unknown))}")
    if call.one("corpora") == "drive" or call.one("driveId"):
        raise not_modelled("shared drives")
    if call.one("corpora") not in CORPORA:
        raise bad("Invalid Value", location="corpora")


def _candidate(call: Call, file: Json, asker: str) -> Candidate:
    listed = file | {"open": False}
    return Candidate(
        resource(call.world, file, asker),
        role_of=lambda address: access.role(call.world, listed, asker if address == "me" else address),
        words=lambda: words(call.world, file),
    )


def _create(call: Call) -> Answer:
    return shown(call, making.create(call, call.json()))


def _copy(call: Call) -> Answer:
    return shown(call, making.copy(call, file_of(call), call.json()))


def _update(call: Call) -> Answer:
    return shown(call, update(call, file_of(call, "writer"), call.json()))


def _delete(call: Call) -> Answer:
    files.remove(call.world, file_of(call, "owner"))
    return nothing()


def nothing() -> Answer:
    """204 with the content type that Drive gives it."""
    return Answer(status=204, content_type="text/html")


def _empty_trash(call: Call) -> Answer:
    mine = [file for file in files.everything(call.world) if file["owner"] == address_of(call) and file["trashed"]]
    for file in mine:
        files.remove(call.world, file)
    return nothing()


def _generate_ids(call: Call) -> Answer:
    number = call.number("count", 10)
    if not 0 < number <= MOST:
        raise bad(
            f"Invalid value '{number}'. Values must be within the range: [1, {MOST}]", "invalidParameter", "count"
        )
    made = [files.file_id("given", call.world.store.next_number("given")) for _ in range(number)]
    return masked(call, {"kind": "drive#generatedIds", "space": call.one("space", "drive"), "ids": made})


def _export(call: Call) -> Answer:
    file, wanted = file_of(call), call.one("mimeType")
    if file["mimeType"] != SPREADSHEET:
        raise forbidden("Export only supports Docs Editors files.", "fileNotExportable")
    if wanted in NOT_MODELLED:
        raise not_modelled(f"exports as {wanted}")
    if wanted not in EXPORTS:
        raise bad("The requested conversion is not supported.", "badRequest", "convertTo")
    body = EXPORTS[wanted](call.world.books.get(file["id"]))
    if len(body) > EXPORT_LIMIT:
        raise forbidden("This file is too large to be exported.", "exportSizeLimitExceeded")
    return Answer(body, content_type=wanted)


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("drive", method, FILES + path, name, work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "", "files.list", _list),
    _spoken("POST", "", "files.create", _create),
    _spoken("GET", "/generateIds", "files.generateIds", _generate_ids),
    _spoken("DELETE", "/trash", "files.emptyTrash", _empty_trash),
    _spoken("GET", "/{file}", "files.get", _get),
    _spoken("PATCH", "/{file}", "files.update", _update),
    _spoken("DELETE", "/{file}", "files.delete", _delete),
    _spoken("POST", "/{file}/copy", "files.copy", _copy),
    _spoken("GET", "/{file}/export", "files.export", _export),
]
