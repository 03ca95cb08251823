"""The Google side: who may ask, which API a path belongs to, what is answered, what is logged."""

import logging
import re
from dataclasses import replace
from urllib.parse import unquote

from config.sandbox import ACCESS_TOKEN
from tasks.sandbox.drive import operations as drive
from tasks.sandbox.failures import GoogleError, not_modelled
from tasks.sandbox.gcalendar import operations as gcalendar
from tasks.sandbox.gmail import operations as gmail
from tasks.sandbox.meet import operations as meet
from tasks.sandbox.sheets import operations as sheets
from tasks.sandbox.wire import Answer, Call, Operation, answer, parts_of

PREFIXES = {
    "/v4/spreadsheets": "sheets",
    "/calendar/": "calendar",
    "/gmail/": "gmail",
    "/upload/gmail/": "gmail",
    "/drive/": "drive",
    "/upload/drive/": "drive",
    "/v2/": "meet",
    "/v1/forms": "forms",
    "/batch": "batch",
    "/token": "auth",
}
OPERATIONS: list[Operation] = [
    *sheets.OPERATIONS,
    *gcalendar.OPERATIONS,
    *gmail.OPERATIONS,
    *drive.OPERATIONS,
    *meet.OPERATIONS,
]
log = logging.getLogger(__name__)


def api_of(path: str) -> str:
    """The API that a path belongs to, ``""`` when it is none of Google's."""
    return next((api for prefix, api in PREFIXES.items() if path.startswith(prefix)), "")


def respond(call: Call, path: str) -> Answer | None:
    """The answer, faults included; None means: close the connection without one."""
    world, plain = call.world, unquote(path)
    found = _find(call.method, path)
    name = found[0].name if found else "unknown"
    fault = world.faults.strike(call.method, plain)
    result: Answer | None = None
    if fault is None or fault.after:
        result = _perform(call, api_of(path), found)
    if fault is not None:
        result = None if fault.drops else answer(fault.refusal().body(api_of(path)), fault.status)
    status = result.status if result else 0
    world.journal.add(call.method, plain, api_of(path), name, status, fault.effect if fault else "")
    return result


def _find(method: str, path: str) -> tuple[Operation, re.Match[str]] | None:
    for one in OPERATIONS:
        if one.method == method and (match := one.pattern.fullmatch(path)):
            return one, match
    return None


def _perform(call: Call, api: str, found: tuple[Operation, re.Match[str]] | None) -> Answer:
    try:
        return in_transaction(call, *_allowed(call, found))
    except GoogleError as error:
        return answer(error.body(api), error.code)
    except Exception as error:
        log.exception("the sandbox failed")
        return answer(GoogleError(500, f"The sandbox failed: {error!r}").body(api), 500)


def _allowed(call: Call, found: tuple[Operation, re.Match[str]] | None) -> tuple[Operation, re.Match[str]]:
    if call.headers.get("authorization") != f"Bearer {ACCESS_TOKEN}":
        raise GoogleError(401, "Request had invalid authentication credentials.")
    if found is None:
        raise not_modelled(f"{call.method} on this path")
    return found


def in_transaction(call: Call, wanted: Operation, match: re.Match[str]) -> Answer:
    """Do the work of an operation; what it acknowledges is on disk, what it refuses never happened."""
    world = call.world
    world.books.uncommitted.clear()
    try:
        with world.store.transaction():
            return wanted.work(replace(call, parts=parts_of(match)))
    except BaseException:
        world.books.forget()
        raise
