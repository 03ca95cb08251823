"""Which mails the pipeline reads at all, and what it takes from them. Letters from people it leaves to people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message

from tasks.domain.incoming.complaints import Complaint, is_feedback, read_complaint
from tasks.domain.incoming.parts import LARGEST, UNREADABLE, header, parsed
from tasks.domain.incoming.replies import TYPES, CalendarReply, read_reply
from tasks.domain.incoming.reports import DeliveryReport, is_from_daemon, read_report

UNSUBSCRIBE = re.compile(r"\s*(?:re:\s*)?unsubscribe[\s+_:-]+([a-z2-7]{10})\b.{0,100}", re.IGNORECASE)
HEADERS = ("Subject", "From", "X-Failed-Recipients")
"""What is looked at of every mail that arrived, beside its size and the types of its parts."""


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """Somebody followed the List-Unsubscribe of a mail; ``token`` is the word of that mail."""

    token: str


Incoming = DeliveryReport | Complaint | CalendarReply | Unsubscribing


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail that arrived, by its provider's id, as it looks from outside. ``headers`` are the HEADERS that it has."""

    id: str
    size: int
    types: frozenset[str]
    headers: Mapping[str, str]

    @property
    def is_for_us(self) -> bool:
        """Whether it looks like something a mail server or a calendar wrote, or like a wish to get no more mail."""
        return self.size <= LARGEST and bool(
            "multipart/report" in self.types
            or self.types & TYPES
            or UNSUBSCRIBE.fullmatch(self.headers.get("Subject", ""))
            or is_from_daemon(self.headers.get("From", ""), failed="X-Failed-Recipients" in self.headers)
        )


def read_mail(raw: bytes) -> Incoming | None:
    """What a mail says to the pipeline; None where it says nothing, or cannot be read."""
    message = parsed(raw)
    try:
        return _read(message) if message else None
    except UNREADABLE:
        return None


def _read(message: Message) -> Incoming | None:
    if is_feedback(message):
        return read_complaint(message)
    if report := read_report(message):
        return report
    if message.get_content_type() == "multipart/report":
        return None
    if wish := UNSUBSCRIBE.fullmatch(header(message, "Subject")):
        return Unsubscribing(wish[1].upper())
    return read_reply(message)


def own_id(raw: bytes) -> str:
    """The Message-ID of a mail that arrived; ``""`` where it has none."""
    message = parsed(raw)
    try:
        return header(message, "Message-ID") if message else ""
    except UNREADABLE:
        return ""
