"""What each operator of a search asks; one that Gmail knows and the sandbox does not is 501, any other is words."""

from collections.abc import Callable

from tasks.sandbox.failures import not_modelled
from tasks.sandbox.gmail.labels import label_id
from tasks.sandbox.gmail.mailboxes import Mailbox
from tasks.sandbox.gmail.query import Query, Test
from tasks.sandbox.gmail.terms import age, bytes_in, instant, said
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Call

PLACES = {"drafts": "DRAFT", "draft": "DRAFT", "bin": "TRASH", "chats": "CHAT"}
AWAY = {"SPAM", "TRASH"}
STATES = {"unread", "read", "starred", "important"}


class Search:
    """A query over one mailbox."""

    def __init__(self, mailbox: Mailbox, text: str) -> None:
        self.mailbox = mailbox
        self.now = mailbox.world.clock.now().timestamp()
        self.everywhere = False
        self.query = Query(text, self._term, frozenset(OPERATORS) | REFUSED)

    def finds(self, message: Json) -> bool:
        """Whether the message is found; what was thrown away only where the search looks there."""
        if AWAY & set(message["labelIds"]) and not self.everywhere:
            return False
        return self.query.finds(message)

    def _term(self, operator: str, value: str) -> Test:
        if operator in REFUSED:
            raise not_modelled(f"the search operator {operator}:")
        return OPERATORS[operator](self, value)

    def labelled(self, value: str) -> Test:
        """``in:`` and ``label:``."""
        place = value.casefold()
        if place in {"anywhere", "trash", "bin", "spam"}:
            self.everywhere = True
        if place == "anywhere":
            return lambda _: True
        label = PLACES.get(place) or label_id(self.mailbox, place)
        return lambda message: label in message["labelIds"]

    def state(self, value: str) -> Test:
        """``is:``."""
        name = value.casefold()
        if name not in STATES:
            raise not_modelled(f"the search is:{value}")
        if name == "read":
            return lambda message: "UNREAD" not in message["labelIds"]
        return lambda message: name.upper() in message["labelIds"]

    def having(self, value: str) -> Test:
        """``has:``."""
        name = value.casefold()
        if name == "attachment":
            return lambda message: bool(message["noted"]["files"])
        if name in {"userlabels", "nouserlabels"}:
            wanted = name == "userlabels"
            return lambda message: any(label.startswith("Label_") for label in message["labelIds"]) is wanted
        raise not_modelled(f"the search has:{value}")

    def since(self, value: str) -> Test:
        """``after:``."""
        at = instant(value)
        return lambda message: int(message["internalDate"]) / 1000 >= at

    def until(self, value: str) -> Test:
        """``before:``."""
        at = instant(value)
        return lambda message: int(message["internalDate"]) / 1000 < at

    def younger(self, value: str) -> Test:
        """``newer_than:``."""
        at = self.now - age(value)
        return lambda message: int(message["internalDate"]) / 1000 > at

    def older(self, value: str) -> Test:
        """``older_than:``."""
        at = self.now - age(value)
        return lambda message: int(message["internalDate"]) / 1000 < at

    def people(self, value: str, *fields: str) -> Test:
        """``from:``, ``to:`` and the like; ``me`` is whoever's mailbox it is."""
        if value.casefold() == "me":
            return lambda message: any(said(one, message, fields) for one in self.mailbox.addresses)
        return lambda message: said(value, message, fields)


def found(call: Call, mailbox: Mailbox, label: str = "") -> list[Json]:
    """The messages that ``q``, ``labelIds`` and ``includeSpamTrash`` ask for, the newest first."""
    labels = {*call.many("labelIds"), *([label] if label else [])}
    messages = [one for one in mailbox.all() if labels <= set(one["labelIds"])]
    search = Search(mailbox, call.one("q"))
    search.everywhere |= call.flag("includeSpamTrash") or bool(labels & AWAY)
    if not call.one("q").strip():
        return [one for one in messages if search.everywhere or not AWAY & set(one["labelIds"])]
    return [one for one in messages if _searchable(search, one) and search.finds(one)]


def _searchable(search: Search, message: Json) -> bool:
    """Gmail's index of sent mail is late by as much as the settings say."""
    delay = switch(search.mailbox.world.store, "sent_search_delay_seconds")
    return "SENT" not in message["labelIds"] or search.now - int(message["internalDate"]) / 1000 >= delay


def _in(*fields: str) -> Callable[[Search, str], Test]:
    return lambda _, value: lambda message: said(value, message, fields)


def _of(*fields: str) -> Callable[[Search, str], Test]:
    return lambda search, value: search.people(value, *fields)


def _message_id(_: Search, value: str) -> Test:
    return lambda message: bool(message["noted"]["message_id"] == value.strip("<> "))


def _larger(_: Search, value: str) -> Test:
    size = bytes_in(value)
    return lambda message: bool(message["sizeEstimate"] > size)


def _smaller(_: Search, value: str) -> Test:
    size = bytes_in(value)
    return lambda message: bool(message["sizeEstimate"] < size)


OPERATORS: dict[str, Callable[[Search, str], Test]] = {
    "": _in("subject", "text", "from", "to", "cc", "bcc", "files"),
    "subject": _in("subject"),
    "filename": _in("files"),
    "list": _in("list"),
    "from": _of("from"),
    "to": _of("to", "cc", "bcc"),
    "cc": _of("cc"),
    "bcc": _of("bcc"),
    "deliveredto": _of("to", "cc", "bcc"),
    "in": Search.labelled,
    "label": Search.labelled,
    "is": Search.state,
    "has": Search.having,
    "after": Search.since,
    "newer": Search.since,
    "before": Search.until,
    "older": Search.until,
    "newer_than": Search.younger,
    "older_than": Search.older,
    "rfc822msgid": _message_id,
    "larger": _larger,
    "size": _larger,
    "smaller": _smaller,
}
REFUSED = frozenset({"around", "category", "subscription"})
"""What Gmail knows and the sandbox does not."""
