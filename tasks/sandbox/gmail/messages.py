"""Gmail v1: messages, labels and the profile."""

from tasks.sandbox.gcalendar.search import page
from tasks.sandbox.gmail.search import found_by
from tasks.sandbox.gmail.store import brief, mailbox, message, raw_of, searchable, send, shown
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

USER = "/gmail/v1/users/{user}"
LABELS = ("INBOX", "SENT", "DRAFT", "TRASH", "SPAM", "UNREAD", "STARRED", "IMPORTANT")
PAGE, MOST = 100, 500


def _send(call: Call) -> Answer:
    world = mailbox(call)
    wanted = {} if call.headers.get("content-type", "").startswith("message/") else call.json()
    return masked(call, brief(send(world, raw_of(call, wanted), wanted.get("threadId") or "")))


def _get(call: Call) -> Answer:
    found = message(mailbox(call), call.parts["message"])
    return masked(call, shown(found, call.one("format", "full").lower(), call.many("metadataHeaders")))


def _list(call: Call) -> Answer:
    world, query, labels = mailbox(call), call.one("q"), call.many("labelIds")
    found = [one for one in reversed(world.store.all("message")) if set(labels) <= set(one["labelIds"])]
    if query:
        found = [one for one in found if searchable(world, one) and found_by(query, one)]
    return masked(call, listed(call, "messages", [{"id": one["id"], "threadId": one["threadId"]} for one in found]))


def listed(call: Call, name: str, found: list[Json]) -> Json:
    """One page; the list is absent when it is empty."""
    part, token = page(call, found, PAGE, MOST, "maxResults")
    body: Json = {"resultSizeEstimate": len(found)}
    if part:
        body[name] = part
    return body | ({"nextPageToken": token} if token else {})


def _labels(call: Call) -> Answer:
    mailbox(call)
    return masked(call, {"labels": [{"id": name, "name": name, "type": "system"} for name in LABELS]})


def _profile(call: Call) -> Answer:
    world = mailbox(call)
    messages = world.store.all("message")
    body = {
        "emailAddress": world.owner,
        "messagesTotal": len(messages),
        "threadsTotal": len({one["threadId"] for one in messages}),
        "historyId": str(1000 + len(messages)),
    }
    return masked(call, body)


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("gmail", method, path, f"users.{name}", work)


OPERATIONS: list[Operation] = [
    _spoken("POST", USER + "/messages/send", "messages.send", _send),
    _spoken("POST", "/upload" + USER + "/messages/send", "messages.send", _send),
    _spoken("GET", USER + "/messages", "messages.list", _list),
    _spoken("GET", USER + "/messages/{message}", "messages.get", _get),
    _spoken("GET", USER + "/labels", "labels.list", _labels),
    _spoken("GET", USER + "/profile", "getProfile", _profile),
]
