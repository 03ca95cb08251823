"""Gmail v1: labels, the system's own and those that people make."""

from collections.abc import Iterable

from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.gmail.bodies import part
from tasks.sandbox.gmail.mailboxes import Mailbox, mailbox_of
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

LABELS = "/gmail/v1/users/{user}/labels"
SHOWN = ("CHAT", "SENT", "INBOX", "IMPORTANT", "TRASH", "DRAFT", "SPAM", "STARRED", "UNREAD")
CATEGORIES = tuple(f"CATEGORY_{name}" for name in ("FORUMS", "UPDATES", "PERSONAL", "PROMOTIONS", "SOCIAL"))
SYSTEM = (*SHOWN, *CATEGORIES)
FIXED = {"SENT", "DRAFT", "CHAT"}
VISIBLE = {
    "messageListVisibility": ("show", "hide"),
    "labelListVisibility": ("labelShow", "labelShowIfUnread", "labelHide"),
}


def labels_of(mailbox: Mailbox) -> list[Json]:
    """Every label."""
    hidden = {"messageListVisibility": "hide", "labelListVisibility": "labelHide"}
    system = [{"id": name, "name": name, "type": "system", **(hidden if name in CATEGORIES else {})} for name in SYSTEM]
    return system + mailbox.world.store.all(f"label:{mailbox.address}")


def label_id(mailbox: Mailbox, name: str) -> str:
    """The id of a label by its name, as searches write it (``my-label``); ``""`` when there is none."""
    wanted = name.casefold()
    alike = (one for one in labels_of(mailbox) if wanted in {one["name"].casefold(), _hyphened(one["name"])})
    return next((str(one["id"]) for one in alike), "")


def check_labels(mailbox: Mailbox, add: Iterable[str], remove: Iterable[str]) -> tuple[list[str], list[str]]:
    """The labels to add and to remove; 400 for none, for both at once, and for one that no client may set."""
    adding, removing = list(add), list(remove)
    if not adding and not removing:
        raise invalid("No label add or removes specified", "invalidArgument")
    if set(adding) & set(removing):
        raise invalid("Cannot both add and remove the same label", "invalidArgument")
    known = {str(one["id"]) for one in labels_of(mailbox)} - FIXED
    for label in [*adding, *removing]:
        if label not in known:
            raise invalid(f"Invalid label: {label}", "invalidArgument")
    return adding, removing


def _hyphened(name: str) -> str:
    return name.casefold().replace(" ", "-").replace("/", "-")


def _own(mailbox: Mailbox, label: str) -> Json:
    """A label that a person made; 400 for the system's, 404."""
    if label in SYSTEM:
        raise invalid("Invalid label: the system's labels cannot be changed.", "invalidArgument")
    found = mailbox.world.store.get(f"label:{mailbox.address}", label)
    if found is None:
        raise not_found()
    return found


def _counted(mailbox: Mailbox, label: Json) -> Json:
    having = [one for one in mailbox.all() if label["id"] in one["labelIds"]]
    unread = [one for one in having if "UNREAD" in one["labelIds"]]
    return label | {
        "messagesTotal": len(having),
        "messagesUnread": len(unread),
        "threadsTotal": len({one["threadId"] for one in having}),
        "threadsUnread": len({one["threadId"] for one in unread}),
    }


def _list(call: Call) -> Answer:
    return masked(call, {"labels": labels_of(mailbox_of(call))})


def _get(call: Call) -> Answer:
    mailbox, wanted = mailbox_of(call), call.parts["label"]
    found = next((one for one in labels_of(mailbox) if one["id"] == wanted), None)
    if found is None:
        raise not_found()
    return masked(call, _counted(mailbox, found))


def _create(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    number = mailbox.world.store.next_number(f"label:{mailbox.address}")
    start = {"id": f"Label_{number}", "messageListVisibility": "show", "labelListVisibility": "labelShow"}
    return _put(call, mailbox, {**start, "type": "user"}, call.json())


def _patch(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    return _put(call, mailbox, _own(mailbox, call.parts["label"]), call.json())


def _update(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    old = _own(mailbox, call.parts["label"])
    return _put(call, mailbox, {"id": old["id"], "type": "user"}, call.json())


def _put(call: Call, mailbox: Mailbox, old: Json, wanted: Json) -> Answer:
    known = {"name", "color", *VISIBLE}
    label = old | {name: value for name, value in wanted.items() if name in known and value is not None}
    name = label.get("name")
    if not isinstance(name, str) or not name.strip() or name.upper() in SYSTEM:
        raise invalid("Invalid label name", "invalidArgument")
    part(label, "color")
    for field, allowed in VISIBLE.items():
        if label.get(field, allowed[0]) not in allowed:
            raise invalid(f"Invalid value at 'label.{field}', \"{label[field]}\"", "invalidArgument")
    others = (one for one in labels_of(mailbox) if one["id"] != label["id"])
    if any(one["name"].casefold() == name.casefold() for one in others):
        raise GoogleError(409, "Label name exists or conflicts", "aborted")
    mailbox.world.store.put(f"label:{mailbox.address}", label["id"], label)
    return masked(call, label)


def _delete(call: Call) -> Answer:
    mailbox = mailbox_of(call)
    label = _own(mailbox, call.parts["label"])["id"]
    mailbox.world.store.remove(f"label:{mailbox.address}", label)
    for one in mailbox.all():
        mailbox.relabel(one, [], [label])
    return Answer(status=204, content_type="text/html")


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("gmail", method, path, f"users.labels.{name}", work)


OPERATIONS: list[Operation] = [
    _spoken("GET", LABELS, "list", _list),
    _spoken("POST", LABELS, "create", _create),
    _spoken("GET", LABELS + "/{label}", "get", _get),
    _spoken("PATCH", LABELS + "/{label}", "patch", _patch),
    _spoken("PUT", LABELS + "/{label}", "update", _update),
    _spoken("DELETE", LABELS + "/{label}", "delete", _delete),
]
