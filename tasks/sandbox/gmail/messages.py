"""Gmail v1: messages."""

from collections.abc import Callable

from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.gmail import filing
from tasks.sandbox.gmail.bodies import text, texts
from tasks.sandbox.gmail.drafts import forget_draft_of
from tasks.sandbox.gmail.labels import check_labels
from tasks.sandbox.gmail.mailboxes import Mailbox, mailbox_of
from tasks.sandbox.gmail.paging import listed
from tasks.sandbox.gmail.parts import attachment_id, encode, leaves, parsed
from tasks.sandbox.gmail.resources import brief, listed_as, shown
from tasks.sandbox.gmail.search import found
from tasks.sandbox.gmail.sending import send_by_api
from tasks.sandbox.gmail.uploads import given, taking_mail
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

MESSAGES = "/gmail/v1/users/{user}/messages"
ONE = MESSAGES + "/{message}"
AWAY = ["TRASH", "SPAM"]
MOST_AT_ONCE = 1000
NOTHING = Answer(status=204, content_type="text/html")


def throw_away(mailbox: Mailbox, message: Json) -> Json:
    """Into the trash; a draft is one no more."""
    forget_draft_of(mailbox, message)
    return mailbox.relabel(message, ["TRASH"], ["INBOX", "DRAFT"])


def take_back(mailbox: Mailbox, message: Json) -> Json:
    """Out of the trash; Gmail does not say where it was before."""
    return mailbox.relabel(message, [], ["TRASH"])


def delete(mailbox: Mailbox, message: Json) -> None:
    """For ever."""
    forget_draft_of(mailbox, message)
    mailbox.remove(message)


def _send(call: Call) -> Answer:
    mailbox, came = mailbox_of(call), given(call)
    data = came.mail(came.resource)
    return masked(call, brief(send_by_api(mailbox, data, mailbox.joined(text(came.resource, "threadId"), data))))


def _get(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    one = mailbox.get(call.parts["message"])
    return masked(call, shown(mailbox, one, call.one("format", "full").lower(), call.many("metadataHeaders")))


def _list(call: Call) -> Answer:
    rows = found(call, mailbox_of(call))
    return masked(call, listed(call, "messages", [listed_as(one) for one in rows], resultSizeEstimate=len(rows)))


def _attachment(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    message = mailbox.get(call.parts["message"])
    for part in leaves(parsed(mailbox.data(message["id"]))):
        if attachment_id(message["id"], part.number) == call.parts["attachment"]:
            return masked(call, {"size": len(part.data), "data": encode(part.data)})
    raise not_found()


def _modify(call: Call) -> Answer:
    mailbox, wanted = mailbox_of(call), call.json()
    labels = check_labels(mailbox, texts(wanted, "addLabelIds"), texts(wanted, "removeLabelIds"))
    return masked(call, brief(mailbox.relabel(mailbox.get(call.parts["message"]), *labels)))


def _changing(change: Callable[[Mailbox, Json], Json]) -> Work:
    def work(call: Call) -> Answer:
        mailbox = mailbox_of(call)
        return masked(call, brief(change(mailbox, mailbox.get(call.parts["message"]))))

    return work


def _delete(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    delete(mailbox, mailbox.get(call.parts["message"]))
    return NOTHING


def _several(call: Call, mailbox: Mailbox) -> list[Json]:
    ids = texts(call.json(), "ids")
    if not ids or len(ids) > MOST_AT_ONCE:
        raise invalid(f"Say 1 to {MOST_AT_ONCE} message ids.", "invalidArgument")
    return [mailbox.get(one) for one in dict.fromkeys(ids)]


def _batch_modify(call: Call) -> Answer:
    mailbox, wanted = mailbox_of(call), call.json()
    labels = check_labels(mailbox, texts(wanted, "addLabelIds"), texts(wanted, "removeLabelIds"))
    for message in _several(call, mailbox):
        mailbox.relabel(message, *labels)
    return NOTHING


def _batch_delete(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    for message in _several(call, mailbox):
        delete(mailbox, message)
    return NOTHING


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("gmail", method, path, f"users.messages.{name}", work)


OPERATIONS: list[Operation] = [
    *taking_mail("POST", MESSAGES + "/send", "users.messages.send", _send),
    *filing.OPERATIONS,
    _spoken("POST", MESSAGES + "/batchModify", "batchModify", _batch_modify),
    _spoken("POST", MESSAGES + "/batchDelete", "batchDelete", _batch_delete),
    _spoken("GET", MESSAGES, "list", _list),
    _spoken("GET", ONE, "get", _get),
    _spoken("DELETE", ONE, "delete", _delete),
    _spoken("POST", ONE + "/modify", "modify", _modify),
    _spoken("POST", ONE + "/trash", "trash", _changing(throw_away)),
    _spoken("POST", ONE + "/untrash", "untrash", _changing(take_back)),
    _spoken("GET", ONE + "/attachments/{attachment}", "attachments.get", _attachment),
]
