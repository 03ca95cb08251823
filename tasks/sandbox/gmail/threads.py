"""Gmail v1: conversations."""

from collections.abc import Callable

from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.gmail.bodies import texts
from tasks.sandbox.gmail.labels import check_labels
from tasks.sandbox.gmail.mailboxes import MESSAGE_ID, Mailbox, mailbox_of
from tasks.sandbox.gmail.messages import NOTHING, delete, take_back, throw_away
from tasks.sandbox.gmail.paging import listed
from tasks.sandbox.gmail.resources import brief, shown, snippet
from tasks.sandbox.gmail.search import found
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

THREADS = "/gmail/v1/users/{user}/threads"
ONE = THREADS + "/{thread}"
FORMATS = ("minimal", "metadata", "full")


def _messages(mailbox: Mailbox, thread: str) -> list[Json]:
    """The messages of a conversation, the oldest first; 404, 400 for what cannot be its id."""
    if not MESSAGE_ID.fullmatch(thread):
        raise invalid("Invalid id value", "invalidArgument")
    if not (known := mailbox.conversation(thread)):
        raise not_found()
    return known


def _list(call: Call) -> Answer:
    newest: dict[str, Json] = {}
    for one in found(call, mailbox_of(call)):
        newest.setdefault(one["threadId"], one)
    rows = [{"id": thread, "snippet": snippet(one), "historyId": one["historyId"]} for thread, one in newest.items()]
    return masked(call, listed(call, "threads", rows, resultSizeEstimate=len(rows)))


def _get(call: Call) -> Answer:
    mailbox, how = mailbox_of(call), call.one("format", "full").lower()
    if how not in FORMATS:
        raise invalid(f"Invalid value at 'format', \"{how}\"", "invalidArgument")
    known = _messages(mailbox, call.parts["thread"])
    messages = [shown(mailbox, one, how, call.many("metadataHeaders")) for one in known]
    body = {"id": call.parts["thread"], "historyId": str(max(int(one["historyId"]) for one in known))}
    return masked(call, {**body, "messages": messages})


def _modify(call: Call) -> Answer:
    mailbox, wanted = mailbox_of(call), call.json()
    labels = check_labels(mailbox, texts(wanted, "addLabelIds"), texts(wanted, "removeLabelIds"))
    return _changed(call, lambda mailbox, one: mailbox.relabel(one, *labels))


def _changed(call: Call, change: Callable[[Mailbox, Json], Json]) -> Answer:
    mailbox = mailbox_of(call)
    changed = [brief(change(mailbox, one)) for one in _messages(mailbox, call.parts["thread"])]
    return masked(call, {"id": call.parts["thread"], "messages": changed})


def _trash(call: Call) -> Answer:
    return _changed(call, throw_away)


def _untrash(call: Call) -> Answer:
    return _changed(call, take_back)


def _delete(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    for one in _messages(mailbox, call.parts["thread"]):
        delete(mailbox, one)
    return NOTHING


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("gmail", method, path, f"users.threads.{name}", work)


OPERATIONS: list[Operation] = [
    _spoken("GET", THREADS, "list", _list),
    _spoken("GET", ONE, "get", _get),
    _spoken("POST", ONE + "/modify", "modify", _modify),
    _spoken("POST", ONE + "/trash", "trash", _trash),
    _spoken("POST", ONE + "/untrash", "untrash", _untrash),
    _spoken("DELETE", ONE, "delete", _delete),
]
