"""Drive v3: comments on files; replies are not modelled."""

from html import escape

from tasks.sandbox.drive.access import address_of, file_of
from tasks.sandbox.drive.calls import FILES, nothing, page_size
from tasks.sandbox.drive.refusals import DriveError, bad, fields_required, forbidden
from tasks.sandbox.drive.resources import display_name
from tasks.sandbox.paging import page
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

PATH = FILES + "/{file}/comments"
KIND = "comment"
PAGE, MOST = 20, 100


def _list(call: Call) -> Answer:
    file = file_of(call)
    _check_fields(call)
    mine = [one for one in call.world.store.all(KIND) if one["file"] == file["id"]]
    late = call.one("startModifiedTime")
    known = [_resource(one) for one in mine if call.flag("includeDeleted") or not one.get("deleted")]
    found = [one for one in known if one["modifiedTime"] >= late]
    size = page_size(call, PAGE, MOST)
    shown, token = page(call, found[::-1], size, bad("Invalid Value", location="pageToken"))
    body: Json = {"kind": "drive#commentList", "comments": shown}
    return masked(call, body | ({"nextPageToken": token} if token else {}))


def _create(call: Call) -> Answer:
    file, wanted = file_of(call, "commenter"), call.json()
    _check_fields(call)
    number, now = call.world.store.next_number(KIND), call.world.clock.text()
    body = {
        "file": file["id"],
        "id": f"AAAA{number:07d}",
        "content": _words(wanted),
        "createdTime": now,
        "modifiedTime": now,
        "author": {"kind": "drive#user", "displayName": display_name(call.world, address_of(call)), "me": True},
        "by": address_of(call),
    }
    body |= {name: wanted[name] for name in ("anchor", "quotedFileContent") if wanted.get(name)}
    call.world.store.put(KIND, body["id"], body)
    return masked(call, _resource(body))


def _get(call: Call) -> Answer:
    _check_fields(call)
    return masked(call, _resource(_known(call)))


def _update(call: Call) -> Answer:
    _check_fields(call)
    comment = _own(call) | {"content": _words(call.json()), "modifiedTime": call.world.clock.text()}
    call.world.store.put(KIND, comment["id"], comment)
    return masked(call, _resource(comment))


def _delete(call: Call) -> Answer:
    comment = {name: value for name, value in _own(call).items() if name != "content"}
    now = {"deleted": True, "modifiedTime": call.world.clock.text()}
    call.world.store.put(KIND, comment["id"], comment | now)
    return nothing()


def _known(call: Call) -> Json:
    file, wanted = file_of(call), call.parts["comment"]
    found = call.world.store.get(KIND, wanted)
    if found is None or found["file"] != file["id"] or (found.get("deleted") and not call.flag("includeDeleted")):
        raise DriveError(404, f"Comment not found: {wanted}.", "notFound", "commentId")
    return found


def _own(call: Call) -> Json:
    comment = _known(call)
    if comment["by"] != address_of(call):
        raise forbidden("The user does not have sufficient permissions for this file.", "insufficientFilePermissions")
    return comment


def _resource(comment: Json) -> Json:
    rest = {name: value for name, value in comment.items() if name not in {"file", "by"}}
    body = {"kind": "drive#comment", "deleted": False, "resolved": False, "replies": [], **rest}
    return body | ({"htmlContent": escape(comment["content"])} if "content" in comment else {})


def _words(wanted: Json) -> str:
    if not isinstance(wanted.get("content"), str) or not wanted["content"]:
        raise bad("The comment content is required.", "required", "comment.content")
    return str(wanted["content"])


def _check_fields(call: Call) -> None:
    if not call.one("fields"):
        raise fields_required()


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("drive", method, PATH + path, f"comments.{name}", work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "", "list", _list),
    _spoken("POST", "", "create", _create),
    _spoken("GET", "/{comment}", "get", _get),
    _spoken("PATCH", "/{comment}", "update", _update),
    _spoken("DELETE", "/{comment}", "delete", _delete),
]
