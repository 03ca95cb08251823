"""Drive v3: what changed since a token, and what Drive says of itself."""

import re

from tasks.sandbox.drive import access, changelog, files
from tasks.sandbox.drive.access import address_of
from tasks.sandbox.drive.calls import page_size
from tasks.sandbox.drive.exports import EXPORTS
from tasks.sandbox.drive.files import SPREADSHEET
from tasks.sandbox.drive.imports import IMPORTS
from tasks.sandbox.drive.refusals import bad, fields_required
from tasks.sandbox.drive.resources import USUAL, resource, user
from tasks.sandbox.masks import apply
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Answer, Call, Operation, Work, answer, masked, operation

ROOT = "/drive/v3"
FURTHER = "p"
"""Marks the token of a page that is not the first."""

TOKEN = re.compile(rf"(?P<number>\d+)(?P<further>{FURTHER}?)")
PAGE, MOST = 100, 1000
LIMIT = 30 * 1024**3
LARGEST_UPLOAD = 5 * 1024**4


def _start(call: Call) -> Answer:
    token = str(changelog.next_number(call.world.clock))
    return masked(call, {"kind": "drive#startPageToken", "startPageToken": token})


def _list(call: Call) -> Answer:
    given, store = call.one("pageToken"), call.world.store
    token = TOKEN.fullmatch(given)
    if token is None:
        raise bad("Invalid Value", "invalid" if given else "required", "pageToken")
    seen = changelog.since(call.world.clock, int(token["number"]))
    size = min(page_size(call, PAGE, MOST), switch(store, "short_pages") or MOST)
    if switch(store, "empty_first_page") and not token["further"]:
        size = 0
    later = seen[size:]
    shown = [change for one in seen[:size] if (change := _change(call, one))]
    body: Json = {"kind": "drive#changeList", "changes": shown}
    if later:
        body["nextPageToken"] = f"{later[0]['number']}{FURTHER}"
    else:
        body["newStartPageToken"] = str(max(changelog.next_number(call.world.clock), int(token["number"])))
    return answer(apply(call.mask(), body))


def _change(call: Call, one: Json) -> Json | None:
    """What the caller may know of a change: nothing of a file that was never shared with the caller."""
    world, asker = call.world, address_of(call)
    file = files.find(world, one["file"])
    body: Json = {"kind": "drive#change", "changeType": "file", "type": "file", "time": one["time"]}
    body |= {"removed": False, "fileId": one["file"]}
    if file is None or asker in file["withdrawn"]:
        return body | {"removed": True} if call.one("includeRemoved", "true").lower() != "false" else None
    if not access.may(world, file, asker, "reader") or (call.flag("restrictToMyDrive") and file["owner"] != asker):
        return None
    whole = resource(world, file, asker)
    return body | {"file": whole if call.one("fields") else {name: whole[name] for name in USUAL}}


def _about(call: Call) -> Answer:
    if not call.one("fields"):
        raise fields_required()
    world, asker = call.world, address_of(call)
    mine = [file for file in files.everything(world) if file["owner"] == asker]
    used, thrown = (sum(int(file.get("size", 0)) for file in found) for found in (mine, _trashed(call, mine)))
    body = {
        "kind": "drive#about",
        "user": user(world, asker, asker),
        "storageQuota": {
            "limit": str(LIMIT),
            "usage": str(used),
            "usageInDrive": str(used),
            "usageInDriveTrash": str(thrown),
        },
        "importFormats": {kind: [SPREADSHEET] for kind in IMPORTS},
        "exportFormats": {SPREADSHEET: list(EXPORTS)},
        "maxImportSizes": {SPREADSHEET: str(100 * 1024**2)},
        "maxUploadSize": str(LARGEST_UPLOAD),
        "appInstalled": False,
        "canCreateDrives": False,
        "canCreateTeamDrives": False,
        "folderColorPalette": [],
        "driveThemes": [],
        "teamDriveThemes": [],
    }
    return masked(call, body)


def _trashed(call: Call, found: list[Json]) -> list[Json]:
    return [file for file in found if files.in_trash(call.world, file)]


def _drives(call: Call) -> Answer:
    return masked(call, {"kind": "drive#driveList", "drives": []})


def _spoken(path: str, name: str, work: Work) -> Operation:
    return operation("drive", "GET", ROOT + path, name, work)


OPERATIONS: list[Operation] = [
    _spoken("/changes/startPageToken", "changes.getStartPageToken", _start),
    _spoken("/changes", "changes.list", _list),
    _spoken("/about", "about.get", _about),
    _spoken("/drives", "drives.list", _drives),
]
