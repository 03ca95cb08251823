"""Complaints of mail providers (ARF, RFC 5965): somebody pressed "this is spam" on a mail of ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from tasks.domain.incoming.parts import header, leaves
from tasks.domain.incoming.reports import blocks_of, ids_of_returned

FEEDBACK = "feedback-report"
UNWANTED = {"abuse", "fraud", "opt-out", "opt-out-list"}
"""The kinds that mean: no more of these. ``not-spam`` takes one back, ``virus`` and ``auth-failure`` are no wish."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Whoever got one of these mails wants no more. ``about`` are Message-IDs that it may have had."""

    about: tuple[str, ...]


def is_feedback(message: Message) -> bool:
    """Whether a mail calls itself such a report, whatever kind it is of."""
    declared = str(message.get_param("report-type", "")).casefold()
    return message.get_content_type() == "multipart/report" and declared == FEEDBACK


def read_complaint(message: Message) -> Complaint | None:
    """The complaint that a mail is; None for any other mail. Who complains is often blacked out, and never believed."""
    kinds = {header(block, "Feedback-Type").casefold() for block in _fields(message)}
    about = tuple(dict.fromkeys(ids_of_returned(message)))
    return Complaint(about) if kinds & UNWANTED and about else None


def _fields(message: Message) -> Iterator[Message]:
    for part in leaves(message):
        if part.get_content_type() == "message/feedback-report":
            yield from blocks_of(part)
