"""The Google side: who may ask, which API a path belongs to, what is done, what is logged."""

import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote

from tasks.sandbox.auth import operations as auth
from tasks.sandbox.auth.doors import admitted
from tasks.sandbox.batching import batched
from tasks.sandbox.control import operations as control
from tasks.sandbox.control.journal import Entry
from tasks.sandbox.discovery.checks import check_answer, check_request
from tasks.sandbox.discovery.documents import Method, method_of
from tasks.sandbox.drive import operations as drive
from tasks.sandbox.failures import GoogleError, not_modelled
from tasks.sandbox.faults.acting import Deed, deed_of
from tasks.sandbox.faults.delivery import Delivery, Postponed
from tasks.sandbox.faults.door import Door
from tasks.sandbox.faults.fault import Request
from tasks.sandbox.faults.refusals import refused
from tasks.sandbox.forms import operations as forms
from tasks.sandbox.gcalendar import operations as gcalendar
from tasks.sandbox.gmail import operations as gmail
from tasks.sandbox.meet import operations as meet
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets import operations as sheets
from tasks.sandbox.store import encoded
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Answer, Call, Operation, parts_of

PREFIXES = {
    "/v4/spreadsheets": "sheets",
    "/calendar/v3/": "calendar",
    "/gmail/": "gmail",
    "/upload/gmail/": "gmail",
    "/drive/v": "drive",
    "/upload/drive/": "drive",
    "/v2/": "meet",
    "/v1/forms": "forms",
    "/batch": "batch",
    "/token": "auth",
    "/revoke": "auth",
}
OPERATIONS: list[Operation] = [
    *sheets.OPERATIONS,
    *gcalendar.OPERATIONS,
    *gmail.OPERATIONS,
    *drive.OPERATIONS,
    *meet.OPERATIONS,
    *auth.OPERATIONS,
    *forms.OPERATIONS,
]
log = logging.getLogger(__name__)


def api_of(path: str) -> str:
    """The API that a path belongs to, ``""`` when it is none of Google's."""
    return next((api for prefix, api in PREFIXES.items() if path.startswith(prefix)), "")


def respond(call: Call, path: str) -> Delivery | Postponed:
    """What goes out, faults included; every request is logged."""
    call = replace(call, path=path)
    world, plain, api = call.world, unquote(path), api_of(path)
    found = _find(OPERATIONS, call.method, path)
    name = found[0].name if found else "batch" if api == "batch" else "unknown"
    entry = world.journal.open(call.method, plain, api, name, world.clock.text())
    struck = world.faults.strike(Request(call.method, plain, api, name), world.clock.now())
    entry.fault = struck.word
    door = Door(world, entry, struck, lambda: _perform(call, entry, found), lambda action: _act(call, action))
    return door.pass_through()


def _act(call: Call, action: Json) -> None:
    """A person does something between two requests; what cannot be done must not go unnoticed."""
    try:
        _do(call, deed_of(call.world, action))
    except GoogleError as error:
        raise GoogleError(500, f"The person of the fault could not {action['do']}: {error.message}") from None
    except Exception as error:
        log.exception("the sandbox failed")
        raise GoogleError(500, f"The sandbox failed: {error!r}") from None


def _do(call: Call, deed: Deed) -> None:
    found = _find([*OPERATIONS, *control.OPERATIONS], deed.method, deed.path)
    if found is None:
        raise not_modelled(f"{deed.method} {deed.path}")
    query = {name: [value] for name, value in deed.query.items()}
    in_transaction(replace(call, method=deed.method, query=query, headers={}, body=encoded(deed.body)), *found)


def _find(operations: Iterable[Operation], method: str, path: str) -> tuple[Operation, re.Match[str]] | None:
    for one in operations:
        if one.method == method and (match := one.pattern.fullmatch(path)):
            return one, match
    return None


def _perform(call: Call, entry: Entry, found: tuple[Operation, re.Match[str]] | None) -> Answer:
    try:
        if entry.api == "batch":
            return batched(call, call.path, api_of, _within_batch)
        method = method_of(entry.api, call.method, call.path)
        call, known = _allowed(call, entry, method, found)
        check_request(call, method)
        return check_answer(call, entry.api, method, in_transaction(call, *known))
    except GoogleError as error:
        return refused(error, entry.api)
    except Exception as error:
        log.exception("the sandbox failed")
        return refused(GoogleError(500, f"The sandbox failed: {error!r}"), entry.api)


def _within_batch(call: Call, path: str) -> Answer:
    delivery = respond(call, path)
    if isinstance(delivery, Postponed):
        delivery = delivery.then()
    delivery.close(0)
    lost = GoogleError(503, "The service is currently unavailable.")
    return refused(lost, api_of(path)) if delivery.answer is None or delivery.cut else delivery.answer


def _allowed(
    call: Call, entry: Entry, method: Method | None, found: tuple[Operation, re.Match[str]] | None
) -> tuple[Call, tuple[Operation, re.Match[str]]]:
    if entry.api != "auth":
        call = admitted(call, method)
    entry.caller = call.caller.address if call.caller else ""
    if found is None:
        raise not_modelled(f"{call.method} on this path")
    world, asked = call.world, (entry.api, call.method, entry.name)
    world.quota.spend(asked, entry.caller, world.clock.now(), enforced=bool(switch(world.store, "enforce_quota")))
    return call, found


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
