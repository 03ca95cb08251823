"""The card that a mail program makes of an invitation."""

from dataclasses import dataclass
from datetime import datetime

from tasks.sandbox.gmail.answers import given_answer, invited, newest_of
from tasks.sandbox.gmail.invitations import Guest, Invitation, invitation_in
from tasks.sandbox.gmail.mailboxes import Mailbox
from tasks.sandbox.gmail.parts import Part
from tasks.sandbox.shapes import Json

KINDS = {"REQUEST": "invitation", "CANCEL": "cancelled", "REPLY": "reply"}


@dataclass(frozen=True)
class Card:
    """What a person sees of an invitation.

    ``kind`` is invitation, changed, cancelled, reply or event; ``asks`` whether there are buttons to answer with;
    ``why_not`` says why a mail program offers none; ``newer`` is the id of a mail with a later word on the event.
    """

    kind: str
    event: Invitation
    answer: str
    asks: bool
    why_not: str
    newer: str

    @property
    def other_zone(self) -> str:
        """The zone that the event itself is written in."""
        return self.event.zone if self.event.start and not self.event.whole_days else ""

    @property
    def replied(self) -> Guest | None:
        """Who answers, in a reply."""
        return self.event.guests[0] if self.kind == "reply" and self.event.guests else None

    @property
    def moments(self) -> list[datetime]:
        """Start and end."""
        return [moment for moment in (self.event.start, self.event.end) if moment]


def card_of(mailbox: Mailbox, message: Json, parts: list[Part]) -> Card | None:
    """The card of a mail with an event; None without one."""
    event = invitation_in(parts)
    if event is None:
        return None
    sent = "SENT" in message["labelIds"]
    newest = newest_of(mailbox, event.uid) if event.uid and event.method != "REPLY" and not sent else None
    newer = newest["id"] if newest and newest["id"] != message["id"] else ""
    why_not = _why_not(mailbox, event) if KINDS.get(event.method, "") not in {"reply", "cancelled"} else ""
    kind = KINDS.get(event.method, "event")
    if kind == "invitation" and event.sequence:
        kind = "changed"
    if event.status == "CANCELLED":
        kind = "cancelled"
    asks = not (why_not or newer or sent or kind in {"cancelled", "reply", "event"})
    return Card(kind, event, given_answer(mailbox, event.uid), asks, "" if sent else why_not, newer)


def _why_not(mailbox: Mailbox, event: Invitation) -> str:
    if event.method != "REQUEST":
        return "no_method"
    if event.organizer is None:
        return "no_organizer"
    return "" if invited(mailbox, event) else "not_invited"
