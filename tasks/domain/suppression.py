"""When nothing more is sent to an address: what a delivery report means for the mails to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tasks.domain.effects import Effect, EffectState
from tasks.domain.told import ABOUT_SESSIONS, person_in

MOST_IN_A_ROW = 5
COMPLAINT = "complaint"
"""The detail of a wish to get no more mail that a provider passed on (RFC 5965)."""
SILENCE_IS_DELIVERY = timedelta(days=5)
"""Mail servers give up after at most five days (RFC 5321, 4.5.4.1): what did not come back by then arrived."""
OURS = {"5.1.5", "5.1.7", "5.1.8", "5.1.9", "5.1.90"}
"""Of the codes about addresses these are about the sender, or say that nothing is wrong (RFC 3463)."""


class Reason(StrEnum):
    """``bounced``: no mail of any kind goes there. ``unsubscribed``: none that goes to many.

    ``held``: it would be ``bounced``, but so many at once are unusual; mail waits until staff say whether it is so.
    """

    bounced = "bounced"
    held = "held"
    unsubscribed = "unsubscribed"


@dataclass(frozen=True, slots=True)
class Suppression:
    """One address (``person`` is its keyed hash) that mail is kept from; ``detail`` is the last status code."""

    person: str
    reason: Reason
    at: datetime
    detail: str = ""

    @property
    def subject(self) -> str:
        """Its identity, another one each time."""
        return f"{self.person}:{self.reason}:{self.at:%Y%m%d%H%M%S}"


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The addresses that one run would give up together. ``statuses`` says how many mails came back with which code."""

    at: datetime
    statuses: Mapping[str, int]

    @property
    def name(self) -> str:
        """What the answer of staff is about."""
        return hold_name(self.at)

    @property
    def count(self) -> int:
        """How many addresses."""
        return sum(self.statuses.values())


def hold_name(at: datetime) -> str:
    """What is held in one run is known by its moment."""
    return f"addresses:{at:%Y-%m-%dT%H:%M:%S}"


def too_many(held: Iterable[GivenUp], limit: int) -> bool:
    """Whether so many addresses at once are rather a mistake of ours, or of a provider, than so many closed mailboxes.

    Those that nobody has answered for count as well.
    """
    return sum(one.count for one in held) > limit


def is_for_good(status: str) -> bool:
    """Whether the address does not exist or was closed: there is no sense in trying again."""
    return (status.startswith("5.1.") and status not in OURS) or status == "5.2.1"


def is_delivered(status: str) -> bool:
    """Whether a report says that the mail arrived."""
    return status.startswith("2.")


def bounces_in_a_row(mails: Iterable[Effect], since: datetime | None, now: datetime) -> int:
    """How many of a person's mails came back since one arrived, or since staff said that the address works again."""
    count = 0
    for mail in sorted(mails, key=lambda one: one.settled_at or now, reverse=True):
        sent_at = mail.settled_at or now
        if since and sent_at <= since:
            break
        if mail.state is EffectState.bounced:
            count += 1
        elif is_delivered(mail.detail) or now - sent_at >= SILENCE_IS_DELIVERY:
            break
    return count


def person_of(mail: Effect) -> str:
    """The keyed hash of whoever a mail went to; ``""`` for one of an older ledger that does not say."""
    about_session = mail.key.partition(":")[0] in ABOUT_SESSIONS
    return mail.person or (person_in(mail.key) if about_session else "")
