"""Gmail v1: drafts, whose id survives changes and dies when they are sent."""

import hashlib

from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.gmail.addresses import check_addresses
from tasks.sandbox.gmail.bodies import part, text
from tasks.sandbox.gmail.mailboxes import Mailbox, mailbox_of
from tasks.sandbox.gmail.paging import listed
from tasks.sandbox.gmail.resources import brief, listed_as, shown
from tasks.sandbox.gmail.search import found
from tasks.sandbox.gmail.sending import send_by_api
from tasks.sandbox.gmail.uploads import Given, given, taking_mail
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

DRAFTS = "/gmail/v1/users/{user}/drafts"


def draft_of(mailbox: Mailbox, message: Json) -> Json | None:
    """The draft that a message is the content of."""
    every = mailbox.world.store.all(f"draft:{mailbox.address}")
    return next((one for one in every if one["message"] == message["id"]), None)


def forget_draft_of(mailbox: Mailbox, message: Json) -> None:
    """Its message is thrown away or deleted: the draft is gone."""
    if "DRAFT" in message["labelIds"] and (draft := draft_of(mailbox, message)):
        mailbox.world.store.remove(f"draft:{mailbox.address}", draft["id"])


def discard(mailbox: Mailbox, draft: Json) -> None:
    """The draft and its message are gone."""
    mailbox.world.store.remove(f"draft:{mailbox.address}", draft["id"])
    mailbox.remove(mailbox.get(draft["message"]))


def send_draft(mailbox: Mailbox, draft: Json, data: bytes | None = None) -> Json:
    """Send a draft, perhaps with other content; only the message that was sent is left."""
    kept = mailbox.get(draft["message"])
    sent = send_by_api(mailbox, mailbox.data(kept["id"]) if data is None else data, kept["threadId"])
    discard(mailbox, draft)
    return sent


def _draft(mailbox: Mailbox, draft_id: str) -> Json:
    found = mailbox.world.store.get(f"draft:{mailbox.address}", draft_id)
    if found is None:
        raise not_found()
    return found


def _put(call: Call, mailbox: Mailbox, draft_id: str, came: Given) -> Answer:
    wanted = part(came.resource, "message")
    if not wanted and came.uploaded is None:
        raise invalid("Missing draft message", "invalidArgument")
    data = came.mail(wanted)
    check_addresses(data)
    kept = mailbox.file(data, ["DRAFT"], mailbox.joined(text(wanted, "threadId"), data))
    mailbox.world.store.put(f"draft:{mailbox.address}", draft_id, {"id": draft_id, "message": kept["id"]})
    return masked(call, {"id": draft_id, "message": brief(kept)})


def _create(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    number = mailbox.world.store.next_number("draft")
    digits = int(hashlib.sha256(f"draft {number}".encode()).hexdigest()[:15], 16)
    return _put(call, mailbox, f"r-{digits:018d}", given(call))


def _update(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    old, came = _draft(mailbox, call.parts["draft"]), given(call)
    answer = _put(call, mailbox, old["id"], came)
    mailbox.remove(mailbox.get(old["message"]))
    return answer


def _get(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    draft = _draft(mailbox, call.parts["draft"])
    how = call.one("format", "full").lower()
    return masked(call, {"id": draft["id"], "message": shown(mailbox, mailbox.get(draft["message"]), how, [])})


def _list(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    ids = {one["message"]: one["id"] for one in mailbox.world.store.all(f"draft:{mailbox.address}")}
    rows = [{"id": ids[one["id"]], "message": listed_as(one)} for one in found(call, mailbox, "DRAFT")]
    return masked(call, listed(call, "drafts", rows, resultSizeEstimate=len(rows)))


def _delete(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    discard(mailbox, _draft(mailbox, call.parts["draft"]))
    return Answer(status=204, content_type="text/html")


def _send(call: Call) -> Answer:
    mailbox, came = mailbox_of(call), given(call)
    if not (draft_id := text(came.resource, "id")):
        raise invalid("Missing draft id", "invalidArgument")
    draft = _draft(mailbox, draft_id)
    changed = part(came.resource, "message")
    data = came.mail(changed) if changed.get("raw") or came.uploaded is not None else None
    return masked(call, brief(send_draft(mailbox, draft, data)))


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("gmail", method, path, f"users.drafts.{name}", work)


OPERATIONS: list[Operation] = [
    *taking_mail("POST", DRAFTS + "/send", "users.drafts.send", _send),
    *taking_mail("POST", DRAFTS, "users.drafts.create", _create),
    *taking_mail("PUT", DRAFTS + "/{draft}", "users.drafts.update", _update),
    _spoken("GET", DRAFTS, "list", _list),
    _spoken("GET", DRAFTS + "/{draft}", "get", _get),
    _spoken("DELETE", DRAFTS + "/{draft}", "delete", _delete),
]
