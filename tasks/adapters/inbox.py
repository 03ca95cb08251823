"""What every mailbox can do for the reader of incoming mail. Nothing is deleted, moved or marked as read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tasks.domain.incoming.arrivals import Arrival


@dataclass(frozen=True, slots=True)
class Page:
    """Some mails that are new since a point, the oldest first; the point after them, and whether more wait there."""

    arrivals: Sequence[Arrival]
    point: str
    more: bool = False


class Inbox(Protocol):
    """One mailbox; every method but ``close`` raises Fault."""

    @property
    def name(self) -> str:
        """Under which the ledger remembers how far it was read."""

    def new(self, point: str, since: datetime) -> Page:
        """What arrived after a point; where that is not known (any more), what arrived since an instant."""

    def read(self, arrival: Arrival) -> bytes:
        """The whole mail. Raises NotFound when somebody deleted it meanwhile."""

    def provider_id(self, message_id: str) -> str:
        """By which id the provider knows a mail that we sent, where it gave it another Message-ID; else ``""``."""

    def close(self) -> None:
        """End what is open."""
