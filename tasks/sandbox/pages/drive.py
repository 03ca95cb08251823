"""The Drive pages: folders, the trash, what was found by a word; and what is in a file that is not a spreadsheet."""

from urllib.parse import quote

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.drive import access, contents, files
from tasks.sandbox.drive.files import FOLDER, FORM, GOOGLE, SPREADSHEET
from tasks.sandbox.drive.resources import display_name, resource
from tasks.sandbox.drive.search import parse
from tasks.sandbox.drive.search_terms import Candidate
from tasks.sandbox.drive.words import words
from tasks.sandbox.forms.documents import form as form_of
from tasks.sandbox.pages.page import PageError, form, page, to
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation
from tasks.sandbox.world import World

HOME = "/drive"
ORDER = {"folder": 0, "spreadsheet": 1, "form": 2}
UNITS = (("megabytes", 1_000_000), ("kilobytes", 1_000))


def when(text: str, language: str) -> str:
    """An instant of the APIs as people of the language write it, in UTC."""
    at = parse_instant(text)
    return f"{format_date(at, 'medium', locale=language)}, {format_time(at, 'HH:mm', locale=language)} UTC"


def sized(size: int, language: str) -> tuple[str, str]:
    """The unit that suits a number of bytes (a word of ``drive.size_…``) and how many there are of it."""
    for unit, bytes_ in UNITS:
        if size >= bytes_:
            return unit, str(format_decimal(size / bytes_, format="#,##0.#", locale=language))
    return "bytes", str(size)


def file_page(file_id: str) -> str:
    """The path of a file's own page."""
    return f"{HOME}/files/{quote(file_id, safe='')}"


def opens(world: World, file: Json) -> str:
    """Where a file's name leads to: a grid, what is in a folder, the page of a form, else the file's own page."""
    if file["mimeType"] == SPREADSHEET:
        first = world.books.get(file["id"]).tabs[0].sheet_id
        return f"/sheets/{quote(file['id'], safe='')}/{first}"
    if file["mimeType"] == FORM:
        return f"/forms/{form_of(world.store, file['id']).code}"
    return f"{HOME}/folders/{file['id']}" if file["mimeType"] == FOLDER else file_page(file["id"])


def kind_of(file: Json) -> str:
    """The word for what a file is: ``spreadsheet``, ``folder``, ``form``, ``recording`` or ``file``."""
    kinds = {SPREADSHEET: "spreadsheet", FOLDER: "folder", FORM: "form"}
    return kinds.get(file["mimeType"], "recording" if "video" in file else "file")


def line(world: World, file: Json) -> Json:
    """A file as a line of a list."""
    people = [one["emailAddress"] for one in file["grants"] if "emailAddress" in one]
    return {
        "id": file["id"],
        "name": file["name"],
        "kind": kind_of(file),
        "path": opens(world, file),
        "details": file_page(file["id"]),
        "owner": display_name(world, file["owner"]),
        "mine": file["owner"] == world.owner,
        "modified": file["modifiedTime"],
        "size": None if file["mimeType"].startswith(GOOGLE) else int(file.get("size", 0)),
        "people": [display_name(world, address) for address in people],
        "link": any(one["type"] != "user" for one in file["grants"]),
        "open": file["open"],
        "withdrawn": world.owner in file["withdrawn"],
    }


def _shown(call: Call, found: list[Json], **facts: object) -> Answer:
    lines = sorted((line(call.world, file) for file in found), key=lambda one: (ORDER.get(one["kind"], 3), one["name"]))
    return page("drive.html", lines=lines, when=when, sized=sized, **facts)


def _home(call: Call) -> Answer:
    if wanted := call.one("q").strip():
        return _found(call, wanted)
    here = [file for file in files.everything(call.world) if not file["parent"] and not file["trashed"]]
    return _shown(call, here, area="home", folder=None, around=[], wanted="")


def _found(call: Call, wanted: str) -> Answer:
    query = parse("trashed = false and fullText contains '{}'".format(wanted.replace("\\", "\\\\").replace("'", "\\'")))
    found = [file for file in files.everything(call.world) if query(_candidate(call.world, file))]
    return _shown(call, found, area="home", folder=None, around=[], wanted=wanted)


def _candidate(world: World, file: Json) -> Candidate:
    body = resource(world, file, file["owner"])
    return Candidate(body, lambda address: access.role(world, file, address), lambda: words(world, file))


def _folder(call: Call) -> Answer:
    folder = known(call)
    if folder["mimeType"] != FOLDER:
        raise PageError("drive.no_folder", 404)
    here = [file for file in files.children(call.world, folder["id"]) if not file["trashed"]]
    around = [line(call.world, access.known(call.world, one["id"])) for one in files.ancestors(call.world, folder)]
    return _shown(call, here, area="home", folder=line(call.world, folder), around=around[::-1], wanted="")


def _trash(call: Call) -> Answer:
    here = [file for file in files.everything(call.world) if file["trashed"]]
    return _shown(call, here, area="trash", folder=None, around=[], wanted="")


def _make_folder(call: Call) -> Answer:
    wanted, world = form(call), call.world
    name = wanted.get("name", "").strip()
    if not name:
        raise PageError("drive.no_name")
    folder = files.file_id("folder", world.store.next_number("file"))
    now = {"createdTime": world.clock.text(), "modifiedTime": world.clock.text(), "parent": wanted.get("parent", "")}
    files.save(world, files.kept(world, folder) | {"id": folder, "name": name, "mimeType": FOLDER, **now})
    return to(f"{HOME}/folders/{folder}")


def _download(call: Call) -> Answer:
    file = known(call)
    if file["mimeType"].startswith(GOOGLE):
        raise PageError("drive.no_download")
    name = quote(file["name"], safe="")
    safe = {"content-disposition": f"attachment; filename*=UTF-8''{name}", "x-content-type-options": "nosniff"}
    return Answer(contents.content(call.world, file), content_type="application/octet-stream", headers=safe)


def known(call: Call) -> Json:
    """The file of the path; a sentence where there is none."""
    file = files.find(call.world, call.parts["file"])
    if file is None:
        raise PageError("drive.no_file", 404)
    return file


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("pages", method, HOME + path, HOME + path, work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "", _home),
    _spoken("GET", "/trash", _trash),
    _spoken("GET", "/folders/{file}", _folder),
    _spoken("POST", "/folders", _make_folder),
    _spoken("GET", "/files/{file}/download", _download),
]
