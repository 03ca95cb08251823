"""Who may do what with which file, and how that changes."""

import hashlib

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.drive import files
from tasks.sandbox.drive.refusals import forbidden, no_file
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Call
from tasks.sandbox.world import World

ROLES = ("", "reader", "commenter", "writer", "owner")
ANYONE = "anyoneWithLink"
COLLEAGUE = "colleague"
NO_ACCESS = "The user does not have sufficient permissions for this file."
DENIED = "The caller does not have permission"


def address_of(call: Call) -> str:
    """Who asks; at the sandbox's own pages that is the office."""
    return call.caller.address if call.caller else call.world.owner


def give(world: World, file_id: str, address: str) -> None:
    """A file that has just been made belongs to this address."""
    if address != world.owner:
        files.save(world, known(world, file_id) | {"owner": address})


def role(world: World, file: Json, address: str) -> str:
    """What somebody is to a file: one of ``ROLES``, by its own permissions and those of the folders around it."""
    if address == file["owner"]:
        return "owner"
    if address in file["withdrawn"]:
        return ""
    own = any(one.get("emailAddress", "").casefold() == address.casefold() for one in file["grants"])
    found = ["writer"] if file["open"] and not own else []
    found += [
        grant["role"] for one in (file, *files.ancestors(world, file)) for grant in _covering(world, one, address)
    ]
    return max(found, key=ROLES.index, default="")


def may(world: World, file: Json, address: str, least: str) -> bool:
    """Whether somebody has at least this role."""
    return ROLES.index(role(world, file, address)) >= ROLES.index(least)


def file_of(call: Call, least: str = "reader", name: str = "file") -> Json:
    """The file that the path names; 404 where the caller may not know of it, 403 where the role is too small."""
    wanted, asker = call.parts[name], address_of(call)
    file = files.find(call.world, wanted)
    if file is None or not may(call.world, file, asker, "reader"):
        raise no_file(wanted)
    if not may(call.world, file, asker, least):
        raise forbidden(NO_ACCESS, "insufficientFilePermissions")
    return file


def check_spreadsheet(call: Call, book_id: str, least: str) -> None:
    """403 as Sheets says it; a spreadsheet that does not exist is not refused here, nor is whoever sits at a page."""
    if call.caller is None:
        return
    file = files.kept(call.world, book_id)
    if not may(call.world, file, address_of(call), least) and book_id in call.world.books.ids():
        raise GoogleError(403, DENIED)


def grant(world: World, file_id: str, address: str, as_: str = "writer") -> None:
    """Share a file with a person; an earlier permission of the same person is replaced. 404."""
    file = known(world, file_id)
    person = {"id": permission_id(address), "type": "user", "role": as_, "emailAddress": address}
    others = [one for one in file["grants"] if one["id"] != person["id"]]
    left = [one for one in file["withdrawn"] if one != address]
    new = [] if address == file["owner"] else [person]
    files.save(world, file | {"grants": [*others, *new], "withdrawn": left})


def withdraw(world: World, file_id: str, address: str) -> None:
    """This address may not even see the file any more; the owner's own file goes to a colleague first. 404."""
    file = known(world, file_id)
    if address == file["owner"]:
        file["owner"] = f"{COLLEAGUE}@{address.partition('@')[2]}"
    others = [one for one in file["grants"] if one["id"] != permission_id(address)]
    gone = [*(one for one in file["withdrawn"] if one != address), address]
    files.save(world, file | {"grants": others, "withdrawn": gone})


def trash(world: World, file_id: str) -> None:
    """Throw a file away; it can still be read, a spreadsheet even written, until it is deleted. 404."""
    files.save(world, known(world, file_id) | {"trashed": True})


def restore(world: World, file_id: str) -> None:
    """Take a file back out of the trash. 404."""
    files.save(world, known(world, file_id) | {"trashed": False})


def known(world: World, file_id: str) -> Json:
    """A file, whoever asks. 404."""
    if (file := files.find(world, file_id)) is None:
        raise no_file(file_id)
    return file


def permission_id(address: str) -> str:
    """Twenty digits, the same for the same address on every file."""
    return str(int(hashlib.sha256(address.casefold().encode()).hexdigest()[:16], 16)).zfill(20)


def _covering(world: World, file: Json, address: str) -> list[Json]:
    return [one for one in file["grants"] if _covers(one, address) and not _over(world, one)]


def _covers(one: Json, address: str) -> bool:
    if one["type"] == "anyone":
        return True
    if one["type"] == "domain":
        return address.rpartition("@")[2].casefold() == str(one["domain"]).casefold()
    return str(one["emailAddress"]).casefold() == address.casefold()


def _over(world: World, one: Json) -> bool:
    return "expirationTime" in one and parse_instant(one["expirationTime"]) <= world.clock.now()
