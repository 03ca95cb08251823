"""Gmail v1: mails that are put into the mailbox without being sent (``messages.insert`` and ``messages.import``)."""

from email.utils import parsedate_to_datetime

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.gmail.bodies import text, texts
from tasks.sandbox.gmail.headers import header
from tasks.sandbox.gmail.labels import check_labels
from tasks.sandbox.gmail.mailboxes import mailbox_of
from tasks.sandbox.gmail.resources import brief
from tasks.sandbox.gmail.uploads import given, taking_mail
from tasks.sandbox.wire import Answer, Call, Operation, masked

MESSAGES = "/gmail/v1/users/{user}/messages"


def _file(call: Call, dated: str) -> Answer:
    """Put a mail into the mailbox without sending it."""
    mailbox, came = mailbox_of(call), given(call)
    for name in ("deleted", "processForCalendar"):
        if call.flag(name):
            raise not_modelled(f"{name}=true")
    source = call.one("internalDateSource", dated)
    if source not in {"receivedTime", "dateHeader"}:
        raise invalid(f"Invalid value at 'internal_date_source', \"{source}\"", "invalidArgument")
    data, labels = came.mail(came.resource), texts(came.resource, "labelIds")
    if settable := [label for label in labels if label != "SENT"]:
        check_labels(mailbox, settable, [])
    thread = mailbox.joined(text(came.resource, "threadId"), data)
    at = _date(data) if source == "dateHeader" else None
    return masked(call, brief(mailbox.file(data, labels, thread, at=at)))


def _date(data: bytes) -> float | None:
    try:
        return parsedate_to_datetime(header(data, "Date")).timestamp()
    except (ValueError, TypeError):
        return None


def _insert(call: Call) -> Answer:
    return _file(call, "receivedTime")


def _import(call: Call) -> Answer:
    return _file(call, "dateHeader")


OPERATIONS: list[Operation] = [
    *taking_mail("POST", MESSAGES + "/import", "users.messages.import", _import),
    *taking_mail("POST", MESSAGES, "users.messages.insert", _insert),
]
