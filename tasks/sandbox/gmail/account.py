"""Gmail v1: the profile, the history, and the addresses that a mailbox may write as."""

from tasks.sandbox.failures import not_found
from tasks.sandbox.gmail.history import changes, history_id
from tasks.sandbox.gmail.mailboxes import Mailbox, mailbox_of
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

USER = "/gmail/v1/users/{user}"


def _profile(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    messages = mailbox.all()
    body = {
        "emailAddress": mailbox.address,
        "messagesTotal": len(messages),
        "threadsTotal": len({one["threadId"] for one in messages}),
        "historyId": str(history_id(call.world, mailbox.address)),
    }
    return masked(call, body)


def _history(call: Call) -> Answer:
    return changes(call, mailbox_of(call).address)


def _senders(mailbox: Mailbox) -> list[Json]:
    name = mailbox.world.programme.sender.name if mailbox.is_office else ""
    own = {"isPrimary": True, "isDefault": True}
    alias = {"treatAsAlias": True, "verificationStatus": "accepted"}
    return [
        {"sendAsEmail": address, "displayName": name, "replyToAddress": "", "signature": ""} | (alias if at else own)
        for at, address in enumerate(mailbox.addresses)
    ]


def _send_as(call: Call) -> Answer:
    return masked(call, {"sendAs": _senders(mailbox_of(call))})


def _one_send_as(call: Call) -> Answer:
    wanted = call.parts["address"].casefold()
    one = next((one for one in _senders(mailbox_of(call)) if one["sendAsEmail"] == wanted), None)
    if one is None:
        raise not_found()
    return masked(call, one)


def _spoken(path: str, name: str, work: Work) -> Operation:
    return operation("gmail", "GET", USER + path, f"users.{name}", work)


OPERATIONS: list[Operation] = [
    _spoken("/profile", "getProfile", _profile),
    _spoken("/history", "history.list", _history),
    _spoken("/settings/sendAs", "settings.sendAs.list", _send_as),
    _spoken("/settings/sendAs/{address}", "settings.sendAs.get", _one_send_as),
]
