"""The ``File`` resource as one caller sees it."""

from datetime import timedelta
from pathlib import PurePosixPath

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.drive import access, changelog, files
from tasks.sandbox.drive.files import FOLDER, FORM, GOOGLE, SPREADSHEET
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.calls import link
from tasks.sandbox.switches import switch
from tasks.sandbox.world import World

USUAL = ("kind", "id", "name", "mimeType")
AS_KEPT = ("description", "starred", "properties", "appProperties", "folderColorRgb", "viewedByMeTime")
OF_CONTENT = ("md5Checksum", "sha1Checksum", "sha256Checksum", "originalFilename")
ICONS = "https://drive-thirdparty.googleusercontent.com/16/type/"


def resource(world: World, file: Json, asker: str) -> Json:
    """Every field that is set; for the caller who asks."""
    role = access.role(world, file, asker)
    mine, writes = role == "owner", role in {"owner", "writer"}
    body: Json = {
        "kind": "drive#file",
        "id": file["id"],
        "name": file["name"],
        "mimeType": file["mimeType"],
        "starred": False,
        "trashed": files.in_trash(world, file),
        "explicitlyTrashed": bool(file["trashed"]),
        "spaces": ["drive"],
        "version": str(changelog.number_of(world.store, file["id"])),
        "webViewLink": view_link(file),
        "iconLink": ICONS + file["mimeType"],
        "hasThumbnail": False,
        "thumbnailVersion": "0",
        "viewedByMe": True,
        "createdTime": file["createdTime"],
        "modifiedTime": file["modifiedTime"],
        "owners": [user(world, file["owner"], asker)],
        "lastModifyingUser": user(world, file.get("changedBy") or file["owner"], asker),
        "shared": is_shared(file),
        "ownedByMe": mine,
        "writersCanShare": True,
        "viewersCanCopyContent": True,
        "copyRequiresWriterPermission": False,
        "isAppAuthorized": True,
        "capabilities": _capabilities(file, mine=mine, writes=writes, comments=role != "reader"),
    }
    body |= {name: file[name] for name in (*AS_KEPT, *OF_CONTENT) if name in file}
    body |= _parents(world, file, asker) | _content(world, file)
    if writes:
        everybody = permissions(world, file)
        body |= {"permissions": everybody, "permissionIds": [one["id"] for one in everybody]}
    if file.get("changedBy", file["owner"]) == asker:
        body |= {"modifiedByMe": True, "modifiedByMeTime": file["modifiedTime"]}
    if not mine:
        body["sharedWithMeTime"] = file.get("sharedTime") or file["createdTime"]
    return body


def view_link(file: Json) -> str:
    """``webViewLink``."""
    if file["mimeType"] == SPREADSHEET:
        return link(file["id"]) + "?usp=drivesdk"
    if file["mimeType"] == FORM:
        return f"https://docs.google.com/forms/d/{file['id']}/edit?usp=drivesdk"
    if file["mimeType"] == FOLDER:
        return f"https://drive.google.com/drive/folders/{file['id']}"
    return f"https://drive.google.com/file/d/{file['id']}/view"


def is_shared(file: Json) -> bool:
    """Whether anybody beside the owner was let in."""
    return bool(file["grants"])


def user(world: World, address: str, asker: str) -> Json:
    """A ``User``."""
    return {
        "kind": "drive#user",
        "displayName": display_name(world, address),
        "me": address == asker,
        "permissionId": access.permission_id(address),
        "emailAddress": address,
    }


def display_name(world: World, address: str) -> str:
    """What Drive calls somebody."""
    return world.programme.sender.name if address == world.owner else address.partition("@")[0]


def permissions(world: World, file: Json) -> list[Json]:
    """Every ``Permission``, the owner's first."""
    owner = {"id": access.permission_id(file["owner"]), "type": "user", "role": "owner", "emailAddress": file["owner"]}
    return [permission(world, one) for one in (owner, *file["grants"])]


def permission(world: World, one: Json) -> Json:
    """A ``Permission``."""
    body = {"kind": "drive#permission", **one}
    if "emailAddress" in one:
        body |= {"displayName": display_name(world, one["emailAddress"]), "deleted": False, "pendingOwner": False}
    return body


def _parents(world: World, file: Json, asker: str) -> Json:
    folder = file["parent"]
    if folder:
        known = access.may(world, files.kept(world, folder), asker, "reader")
        return {"parents": [folder]} if known else {}
    return {"parents": [files.root_of(asker)]} if file["owner"] == asker else {}


def _content(world: World, file: Json) -> Json:
    body: Json = {}
    if file["mimeType"].startswith(GOOGLE):
        if file["mimeType"] in {SPREADSHEET, FORM}:
            body |= {"size": "1024", "quotaBytesUsed": "1024"}
        return body
    size = str(file.get("size", 0))
    suffix = PurePosixPath(file["name"]).suffix.removeprefix(".")
    body |= {"size": size, "quotaBytesUsed": size, "headRevisionId": f"{file['id']}-{file.get('revision', 1)}"}
    body |= {"fileExtension": suffix, "fullFileExtension": suffix}
    body["originalFilename"] = file.get("originalFilename") or file["name"]
    body["webContentLink"] = f"https://drive.google.com/uc?id={file['id']}&export=download"
    if "video" in file and _video_known(world, file):
        body["videoMediaMetadata"] = file["video"]
    return body


def _video_known(world: World, file: Json) -> bool:
    """Drive looks into a video only some time after it has arrived."""
    late = timedelta(minutes=switch(world.store, "video_metadata_delay_minutes"))
    return world.clock.now() >= parse_instant(file.get("arrived") or file["createdTime"]) + late


def _capabilities(file: Json, *, mine: bool, writes: bool, comments: bool) -> dict[str, bool]:
    folder, binary = file["mimeType"] == FOLDER, not file["mimeType"].startswith(GOOGLE)
    return {
        "canAddChildren": folder and writes,
        "canComment": comments,
        "canCopy": not folder,
        "canDelete": mine,
        "canDownload": binary or file["mimeType"] == SPREADSHEET,
        "canEdit": writes,
        "canListChildren": folder,
        "canModifyContent": writes,
        "canMoveItemWithinDrive": writes,
        "canReadRevisions": writes,
        "canRemoveChildren": folder and writes,
        "canRename": writes,
        "canShare": writes,
        "canTrash": mine,
        "canUntrash": mine,
    }
