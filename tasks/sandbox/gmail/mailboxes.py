"""A person's mailbox: messages with labels, and the conversations that they make.

Kept in the store by address: ``mail:`` (what is noted of each message), ``history:``, ``thread:``; the bytes by id.
"""

import hashlib
import re
from dataclasses import dataclass

from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.gmail.entries import noted, plain_subject
from tasks.sandbox.gmail.history import note
from tasks.sandbox.gmail.parts import decode, encode
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Call
from tasks.sandbox.world import World

MESSAGE_ID = re.compile(r"[0-9a-f]{1,16}")


@dataclass(frozen=True)
class Mailbox:
    """The mailbox of an address, empty until somebody writes to it; the office's answers to Gmail's API."""

    world: World
    address: str

    @property
    def is_office(self) -> bool:
        """Whether it belongs to the programme."""
        return self.address == self.world.owner.casefold()

    @property
    def addresses(self) -> list[str]:
        """What it may write as and is written to; the first is its own."""
        aliases = [self.world.programme.sender.reply_to.casefold()] if self.is_office else []
        return list(dict.fromkeys([self.address, *aliases]))

    def all(self) -> list[Json]:
        """Every message, the newest first."""
        found = reversed(self.world.store.all(f"mail:{self.address}"))
        return sorted(found, key=lambda one: -int(one["internalDate"]))

    def get(self, message_id: str) -> Json:
        """A message; 404, or 400 for what cannot be the id of one."""
        if not MESSAGE_ID.fullmatch(message_id):
            raise invalid("Invalid id value", "invalidArgument")
        found = self.world.store.get(f"mail:{self.address}", message_id)
        if found is None:
            raise not_found()
        return found

    def data(self, message_id: str) -> bytes:
        """The bytes of a message; 404."""
        found = self.world.store.get("raw", self.get(message_id)["id"])
        if found is None:
            raise not_found()
        return decode(found["raw"])

    def file(self, data: bytes, labels: list[str], thread: str = "", *, at: float | None = None) -> Json:
        """A new message; its conversation is found unless named; ``at`` in seconds, now when it is not said."""
        store, seen = self.world.store, noted(data)
        message_id = hashlib.sha256(f"message {store.next_number('message')}".encode()).hexdigest()[:16]
        instant = self.world.clock.now().timestamp() if at is None else at
        message: Json = {
            "id": message_id,
            "threadId": thread or self._thread(seen) or message_id,
            "labelIds": labels,
            "internalDate": str(int(instant * 1000)),
            "sizeEstimate": len(data),
            "noted": seen,
        }
        store.put("mailbox", self.address, {"address": self.address})
        store.put("raw", message_id, {"raw": encode(data)})
        for key in _keys(seen):
            store.put(f"thread:{self.address}", key, {"thread": message["threadId"]})
        return self._keep(message, "messagesAdded", [])

    def relabel(self, message: Json, add: list[str], remove: list[str]) -> Json:
        """The message with other labels."""
        added = [label for label in dict.fromkeys(add) if label not in message["labelIds"]]
        removed = [label for label in message["labelIds"] if label in remove]
        if added:
            message = self._keep({**message, "labelIds": [*message["labelIds"], *added]}, "labelsAdded", added)
        if removed:
            left = [label for label in message["labelIds"] if label not in removed]
            message = self._keep({**message, "labelIds": left}, "labelsRemoved", removed)
        return message

    def remove(self, message: Json) -> None:
        """Delete for ever."""
        note(self.world, self.address, "messagesDeleted", message, [])
        self.world.store.remove(f"mail:{self.address}", message["id"])
        self.world.store.remove("raw", message["id"])

    def conversation(self, thread: str) -> list[Json]:
        """The messages of a conversation, the oldest first."""
        return [one for one in reversed(self.all()) if one["threadId"] == thread]

    def joined(self, thread: str, data: bytes) -> str:
        """The conversation that a mail asks for, if its subject and References belong there; otherwise ``""``."""
        if not thread:
            return ""
        if not MESSAGE_ID.fullmatch(thread):
            raise invalid("Invalid thread_id value", "invalidArgument")
        if not (known := self.conversation(thread)):
            raise not_found()
        seen = noted(data)
        alike = any(plain_subject(one["noted"]["subject"]) == plain_subject(seen["subject"]) for one in known)
        referred = any(set(one["noted"]["ids"]) & set(seen["ids"]) for one in known)
        return thread if alike and referred else ""

    def _thread(self, seen: Json) -> str:
        """Gmail joins what has the same subject and refers to the same message."""
        found = (self.world.store.get(f"thread:{self.address}", key) for key in _keys(seen))
        return next((str(one["thread"]) for one in found if one), "")

    def _keep(self, message: Json, what: str, labels: list[str]) -> Json:
        message = {**message, "historyId": note(self.world, self.address, what, message, labels)}
        self.world.store.put(f"mail:{self.address}", message["id"], message)
        return message


def office(world: World) -> Mailbox:
    """The programme's own mailbox."""
    return Mailbox(world, world.owner.casefold())


def mailbox_at(world: World, address: str) -> Mailbox:
    """The mailbox that mail to an address arrives in: an alias of the office is the office's."""
    ours = office(world)
    return ours if address.casefold() in ours.addresses else Mailbox(world, address.casefold())


def mailbox_of(call: Call) -> Mailbox:
    """The caller's own mailbox; 403 for another."""
    own = mailbox_at(call.world, call.caller.address if call.caller else call.world.owner)
    if call.parts["user"].casefold() not in {"me", *own.addresses}:
        raise GoogleError(403, f"Delegation denied for {own.address}")
    return own


def _keys(seen: Json) -> list[str]:
    return [f"{one} {plain_subject(seen['subject'])}" for one in seen["ids"]]
