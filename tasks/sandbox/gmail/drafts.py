"""Gmail v1: drafts, whose id survives changes and dies when they are sent."""

import hashlib

from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.gmail.messages import listed
from tasks.sandbox.gmail.parts import decode
from tasks.sandbox.gmail.search import found_by
from tasks.sandbox.gmail.store import brief, mailbox, message, new_message, raw_of, send, shown
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation
from tasks.sandbox.world import World

USER = "/gmail/v1/users/{user}"


def _body(call: Call) -> Json:
    return {} if call.headers.get("content-type", "").startswith("message/") else call.json()


def _draft(world: World, draft_id: str) -> Json:
    found = world.store.get("draft", draft_id)
    if found is None:
        raise not_found()
    return found


def _put(call: Call, draft_id: str) -> Answer:
    wanted = _body(call).get("message") or {}
    data = raw_of(call, wanted)
    kept = new_message(call.world, data, ["DRAFT"], wanted.get("threadId") or "")
    call.world.store.put("draft", draft_id, {"id": draft_id, "message": kept["id"]})
    return masked(call, {"id": draft_id, "message": brief(kept)})


def _create(call: Call) -> Answer:
    number = mailbox(call).store.next_number("draft")
    digits = int(hashlib.sha256(f"draft {number}".encode()).hexdigest()[:15], 16)
    return _put(call, f"r-{digits:018d}")


def _update(call: Call) -> Answer:
    world = mailbox(call)
    old = _draft(world, call.parts["draft"])
    world.store.remove("message", old["message"])
    return _put(call, old["id"])


def _get(call: Call) -> Answer:
    world = mailbox(call)
    found = _draft(world, call.parts["draft"])
    how = call.one("format", "full").lower()
    return masked(call, {"id": found["id"], "message": shown(message(world, found["message"]), how, [])})


def _list(call: Call) -> Answer:
    world, query = mailbox(call), call.one("q")
    found = [(draft, message(world, draft["message"])) for draft in reversed(world.store.all("draft"))]
    found = [(draft, one) for draft, one in found if found_by(query, one)]
    rows = [{"id": draft["id"], "message": {"id": one["id"], "threadId": one["threadId"]}} for draft, one in found]
    return masked(call, listed(call, "drafts", rows))


def _delete(call: Call) -> Answer:
    world = mailbox(call)
    found = _draft(world, call.parts["draft"])
    _forget(world, found)
    return Answer(status=204, content_type="text/html")


def _forget(world: World, draft: Json) -> None:
    world.store.remove("draft", draft["id"])
    world.store.remove("message", draft["message"])


def _send(call: Call) -> Answer:
    world, wanted = mailbox(call), _body(call)
    if not wanted.get("id"):
        raise invalid("Missing draft id", "invalidArgument")
    draft = _draft(world, wanted["id"])
    kept = message(world, draft["message"])
    data = raw_of(call, wanted["message"]) if (wanted.get("message") or {}).get("raw") else decode(kept["raw"])
    sent = send(world, data, kept["threadId"])
    _forget(world, draft)
    return masked(call, brief(sent))


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("gmail", method, path, f"users.drafts.{name}", work)


OPERATIONS: list[Operation] = [
    _spoken("POST", USER + "/drafts", "create", _create),
    _spoken("POST", "/upload" + USER + "/drafts", "create", _create),
    _spoken("POST", USER + "/drafts/send", "send", _send),
    _spoken("GET", USER + "/drafts", "list", _list),
    _spoken("GET", USER + "/drafts/{draft}", "get", _get),
    _spoken("PUT", USER + "/drafts/{draft}", "update", _update),
    _spoken("DELETE", USER + "/drafts/{draft}", "delete", _delete),
]
