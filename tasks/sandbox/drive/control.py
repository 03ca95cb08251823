"""The control path of Drive: what happens to a file without the pipeline."""

from tasks.sandbox.control.spoken import spoken
from tasks.sandbox.drive import access, files
from tasks.sandbox.drive.resources import resource
from tasks.sandbox.drive.strangers import set_stranger, strangers
from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.calls import new_spreadsheet
from tasks.sandbox.wire import Answer, Call, Operation, answer

HOW = 'Say {"trashed": true}, {"withdraw": address}, {"grant": address, "role": "writer"} or {"owner": address}.'
KNOWN = {"trashed", "withdraw", "grant", "role", "owner"}


def _files(call: Call) -> Answer:
    """Every file as its owner sees it; POST ``name`` and ``owner`` for a spreadsheet of somebody else's."""
    if call.method == "GET":
        return answer([resource(call.world, file, file["owner"]) for file in files.everything(call.world)])
    wanted = call.json()
    book = new_spreadsheet(call.world, str(wanted.get("name") or "Untitled"))
    access.give(call.world, book.book_id, str(wanted.get("owner") or call.world.owner))
    return _shown(call, book.book_id)


def _file(call: Call) -> Answer:
    file_id, wanted = call.parts["file"], call.json()
    if call.method == "GET":
        return _shown(call, file_id)
    if call.method == "DELETE":
        files.remove(call.world, access.known(call.world, file_id))
        return answer({})
    if not wanted or set(wanted) - KNOWN:
        raise invalid(HOW)
    _change(call, file_id, wanted)
    return _shown(call, file_id)


def _change(call: Call, file_id: str, wanted: Json) -> None:
    if "trashed" in wanted:
        (access.trash if wanted["trashed"] else access.restore)(call.world, file_id)
    if "owner" in wanted:
        files.save(call.world, access.known(call.world, file_id) | {"owner": str(wanted["owner"])})
    if "withdraw" in wanted:
        access.withdraw(call.world, file_id, str(wanted["withdraw"]))
    if "grant" in wanted:
        role = wanted.get("role", "writer")
        if role not in access.ROLES[1:-1]:
            raise invalid(HOW)
        access.grant(call.world, file_id, str(wanted["grant"]), role)


def _strangers(call: Call) -> Answer:
    """The addresses without a Google account; POST ``address``, and ``account`` for whether it has one."""
    if call.method == "POST":
        wanted = call.json()
        if "@" not in str(wanted.get("address")) or type(wanted.get("account", False)) is not bool:
            raise invalid('Say {"address": "…", "account": false}.')
        set_stranger(call.world.store, str(wanted["address"]), has_account=wanted.get("account", False))
    return answer({"addresses": strangers(call.world.store)})


def _shown(call: Call, file_id: str) -> Answer:
    file = access.known(call.world, file_id)
    return answer(resource(call.world, file, file["owner"]))


OPERATIONS: list[Operation] = [
    *spoken("GET POST", "files", _files),
    *spoken("GET POST DELETE", "files/{file}", _file),
    *spoken("GET POST", "strangers", _strangers),
]
