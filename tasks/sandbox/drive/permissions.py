"""Drive v3: with whom a file is shared."""

from tasks.sandbox.drive import access, files
from tasks.sandbox.drive.access import address_of, file_of
from tasks.sandbox.drive.calls import FILES, nothing, page_size
from tasks.sandbox.drive.grantees import grantee, grantee_id, until
from tasks.sandbox.drive.notices import tell
from tasks.sandbox.drive.refusals import DriveError, bad, forbidden
from tasks.sandbox.drive.resources import permission, permissions
from tasks.sandbox.drive.strangers import check_account
from tasks.sandbox.failures import not_modelled
from tasks.sandbox.masks import apply
from tasks.sandbox.paging import page
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, answer, masked, operation

PATH = FILES + "/{file}/permissions"
USUAL = ("kind", "id", "type", "role")
TYPES = ("user", "group", "domain", "anyone")
OF_SHARED_DRIVES = ("organizer", "fileOrganizer")
PAGE, MOST = 100, 100
NEEDS_TRANSFER = "The transferOwnership parameter must be enabled when the permission role is 'owner'."


def _list(call: Call) -> Answer:
    file = file_of(call, "writer")
    found = permissions(call.world, file)
    shown, token = page(call, found, page_size(call, PAGE, MOST), bad("Invalid Value", location="pageToken"))
    if not call.one("fields"):
        shown = [{name: one[name] for name in (*USUAL, "allowFileDiscovery") if name in one} for one in shown]
    body: Json = {"kind": "drive#permissionList", "permissions": shown}
    return answer(apply(call.mask(), body | ({"nextPageToken": token} if token else {})))


def _shown(call: Call, one: Json) -> Answer:
    body = permission(call.world, one)
    return masked(call, body) if call.one("fields") else answer({name: body[name] for name in USUAL})


def _get(call: Call) -> Answer:
    file = file_of(call)
    if call.parts["permission"] == access.permission_id(file["owner"]):
        return _shown(call, permissions(call.world, file)[0])
    return _shown(call, _known(call, file))


def _create(call: Call) -> Answer:
    file, wanted = file_of(call, "writer"), call.json()
    role, type_ = wanted.get("role"), wanted.get("type")
    if type_ not in TYPES:
        raise bad("The permission type field is required.", "required", "permission.type")
    _check_role(call, file, role)
    one = {"id": grantee_id(wanted), "type": type_, "role": role} | grantee(wanted) | until(call, wanted)
    may_be_silent = role != "owner" and call.one("sendNotificationEmail", "true").lower() == "false"
    told = type_ in {"user", "group"} and not may_be_silent
    if not told:
        check_account(call.world, one)
    if role == "owner":
        _hand_over(call, file, one)
        one = permissions(call.world, access.known(call.world, file["id"]))[0]
    else:
        _keep(call, file, one)
    if told:
        tell(call.world, "share", file, [one["emailAddress"]], by=address_of(call), text=call.one("emailMessage"))
    return _shown(call, one)


def _update(call: Call) -> Answer:
    file, wanted = file_of(call, "writer"), call.json()
    one = _known(call, file)
    if unknown := set(wanted) - {"role", "expirationTime", "kind", "id", "type", "emailAddress"}:
        message = f"The resource body includes fields which are not directly writable: {', '.join(sorted(unknown))}."
        raise forbidden(message, "fieldNotWritable")
    role = wanted.get("role", one["role"])
    _check_role(call, file, role)
    if role == "owner":
        _hand_over(call, file, one)
        return _shown(call, permissions(call.world, access.known(call.world, file["id"]))[0])
    new = one | {"role": role} | until(call, wanted)
    if call.flag("removeExpiration"):
        new.pop("expirationTime", None)
    _keep(call, file, new)
    return _shown(call, new)


def _delete(call: Call) -> Answer:
    file = file_of(call)
    one = _known(call, file)
    if one.get("emailAddress") != address_of(call):
        file_of(call, "writer")
    rest = [other for other in file["grants"] if other["id"] != one["id"]]
    files.save(call.world, file | {"grants": rest})
    return nothing()


def _known(call: Call, file: Json) -> Json:
    wanted = call.parts["permission"]
    for one in file["grants"]:
        if one["id"] == wanted:
            return dict(one)
    if wanted == access.permission_id(file["owner"]):
        raise forbidden("The owner of a file cannot be removed.", "cannotRemoveOwner")
    raise DriveError(404, f"Permission not found: {wanted}.", "notFound", "permissionId")


def _check_role(call: Call, file: Json, role: object) -> None:
    if role in OF_SHARED_DRIVES:
        raise not_modelled("shared drives")
    if not isinstance(role, str) or role not in access.ROLES[1:]:
        raise bad("The specified role is invalid.", "invalid", "permission.role")
    if role == "owner":
        if not call.flag("transferOwnership"):
            raise forbidden(NEEDS_TRANSFER, "forbidden", "transferOwnership")
        if file["owner"] != address_of(call):
            raise forbidden(access.NO_ACCESS, "insufficientFilePermissions")


def _hand_over(call: Call, file: Json, one: Json) -> None:
    """Somebody else owns the file from now on; who owned it may still write. 400 for anybody but a person."""
    address = one.get("emailAddress")
    if one["type"] != "user":
        raise bad("Only a person can own a file.", "invalidSharingRequest", "permission.type")
    if address == file["owner"]:
        return
    mine = {"id": access.permission_id(file["owner"]), "type": "user", "role": "writer", "emailAddress": file["owner"]}
    others = [other for other in file["grants"] if other["id"] != one["id"]]
    files.save(call.world, file | {"owner": address, "grants": [*others, mine]})


def _keep(call: Call, file: Json, one: Json) -> None:
    """A person has one permission on a file; the owner's stays."""
    if one["id"] == access.permission_id(file["owner"]):
        return
    others = [other for other in file["grants"] if other["id"] != one["id"]]
    back = [address for address in file["withdrawn"] if address != one.get("emailAddress")]
    now = {"grants": [*others, one], "withdrawn": back, "sharedTime": call.world.clock.text()}
    files.save(call.world, file | now)


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("drive", method, PATH + path, f"permissions.{name}", work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "", "list", _list),
    _spoken("POST", "", "create", _create),
    _spoken("GET", "/{permission}", "get", _get),
    _spoken("PATCH", "/{permission}", "update", _update),
    _spoken("DELETE", "/{permission}", "delete", _delete),
]
