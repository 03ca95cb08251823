"""Drive v2: the one call of it that a client still makes, a table of text into a spreadsheet."""

from tasks.sandbox.drive import files
from tasks.sandbox.drive.access import address_of, file_of, permission_id
from tasks.sandbox.drive.changelog import number_of
from tasks.sandbox.drive.exports import CSV, TSV
from tasks.sandbox.drive.resources import display_name, is_shared
from tasks.sandbox.drive.updating import update
from tasks.sandbox.failures import not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, masked, operation
from tasks.sandbox.world import World

TIME_ZONE = "America/Los_Angeles"
"""What every conversion of this old kind leaves behind, whatever the account (recorded)."""
V2 = "https://www.googleapis.com/drive/v2/files"
EXPORT = "https://docs.google.com/spreadsheets/export?id={}&exportFormat={}"
FORMATS = {
    "application/x-vnd.oasis.opendocument.spreadsheet": "ods",
    "text/tab-separated-values": "tsv",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "text/csv": "csv",
    "application/zip": "zip",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def _update(call: Call) -> Answer:
    if call.one("uploadType") != "media" or not call.flag("convert"):
        raise not_modelled("Drive v2 beside uploads of the bytes alone that are converted")
    media_type = call.headers.get("content-type", CSV).partition(";")[0].strip()
    kind = media_type if media_type == TSV else CSV
    file = update(call, file_of(call, "writer"), {}, call.body, kind)
    with call.world.changing(file["id"]) as book:
        book.properties["timeZone"] = TIME_ZONE
    return masked(call, _resource(call.world, file, address_of(call)))


def _resource(world: World, file: Json, asker: str) -> Json:
    """A ``File`` as Drive v2 writes it."""
    here, root = f"{V2}/{file['id']}", files.root_of(asker)
    who = _user(world, file["owner"], asker)
    created, modified = file["createdTime"], file["modifiedTime"]
    return {
        "kind": "drive#file",
        "userPermission": {
            "id": "me",
            "type": "user",
            "role": "owner" if file["owner"] == asker else "writer",
            "kind": "drive#permission",
            "selfLink": f"{here}/permissions/me",
            "etag": f'"{permission_id(file["id"])}"',
            "pendingOwner": False,
        },
        "selfLink": here,
        "ownerNames": [who["displayName"]],
        "lastModifyingUserName": display_name(world, asker),
        "editable": True,
        "writersCanShare": True,
        "mimeType": file["mimeType"],
        "exportLinks": {kind: EXPORT.format(file["id"], short) for kind, short in FORMATS.items()},
        "parents": [_parent(here, file["parent"] or root, is_root=not file["parent"])],
        "thumbnailLink": f"https://docs.google.com/feeds/vt?gd=true&id={file['id']}&v=1&sz=s220",
        "appDataContents": False,
        "iconLink": f"https://drive-thirdparty.googleusercontent.com/16/type/{file['mimeType']}",
        "shared": is_shared(file),
        "lastModifyingUser": _user(world, asker, asker),
        "owners": [who],
        "copyable": True,
        "etag": f'"{number_of(world.store, file["id"])}"',
        "alternateLink": f"https://docs.google.com/spreadsheets/d/{file['id']}/edit?usp=drivesdk",
        "embedLink": f"https://docs.google.com/spreadsheets/d/{file['id']}/htmlembed",
        "fileSize": "1024",
        "copyRequiresWriterPermission": False,
        "spaces": ["drive"],
        "id": file["id"],
        "title": file["name"],
        "labels": {
            "viewed": True,
            "restricted": False,
            "starred": bool(file.get("starred", False)),
            "hidden": False,
            "trashed": files.in_trash(world, file),
        },
        "explicitlyTrashed": bool(file["trashed"]),
        "createdDate": created,
        "modifiedDate": modified,
        "modifiedByMeDate": modified,
        "lastViewedByMeDate": modified,
        "markedViewedByMeDate": "1970-01-01T00:00:00.000Z",
        "quotaBytesUsed": "1024",
        "version": str(number_of(world.store, file["id"])),
        "capabilities": {"canEdit": True, "canCopy": True},
    }


def _parent(here: str, folder: str, *, is_root: bool) -> Json:
    return {
        "selfLink": f"{here}/parents/{folder}",
        "id": folder,
        "isRoot": is_root,
        "kind": "drive#parentReference",
        "parentLink": f"{V2}/{folder}",
    }


def _user(world: World, address: str, asker: str) -> Json:
    return {
        "displayName": display_name(world, address),
        "kind": "drive#user",
        "isAuthenticatedUser": address == asker,
        "permissionId": permission_id(address),
        "emailAddress": address,
        "picture": {"url": "https://lh3.googleusercontent.com/a/default-user=s64"},
    }


OPERATIONS: list[Operation] = [
    operation("drive", "PUT", "/upload/drive/v2/files/{file}", "v2.files.update", _update),
]
