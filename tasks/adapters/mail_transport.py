"""What every way of sending mail can do: get ready, hand over, and find out later what became of a mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tasks.domain.effects import Effect, EffectState
from tasks.domain.mails import Mail


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a claimed mail; ``provider_id`` is known where it was sent."""

    state: EffectState
    provider_id: str = ""


class MailTransport(Protocol):
    """One provider. ``effect`` is the mail's effect as it was claimed; every method but ``close`` raises Fault."""

    @property
    def notes_may_be_lost(self) -> bool:
        """Whether a note that was lost with the power takes nothing along by which the mail could be found."""

    @property
    def unknown(self) -> str:
        """The phrase that says why nobody knows what became of the ``mail`` of a ``ref``."""

    @property
    def advice(self) -> str:
        """The phrase that says what a person can do to find out; ``code`` is the word that is printed in the mail."""

    def prepare(self, mail: Mail, effect: Effect) -> str:
        """Everything that sends nothing; answers what the ledger must know before the mail is handed over.

        Raises Unclear only if an earlier attempt may have sent the mail.
        """

    def hand_over(self, mail: Mail, note: str) -> str:
        """Send what was prepared; answers the provider's id. Raises Unclear if it may have been sent."""

    def look_up(self, key: str, effect: Effect) -> Fate:
        """Where the mail of an open claim stands: ``sent``, ``ready`` (surely not sent) or ``uncertain``."""

    def clear(self, keys: Sequence[str]) -> int:
        """Remove what an abandoned attempt left of the mails with these keys, which were sent; answers how many."""

    def file(self, mail: Mail) -> None:
        """Put a copy of a settled mail where people look for it; twice leaves one copy."""

    def copy(self, key: str, effect: Effect) -> bytes | None:
        """A mail as it was sent (RFC 5322); None where no copy is kept that we can reach."""

    def remove(self, key: str, effect: Effect) -> None:
        """Take the copy of a sent mail away, where we can reach it; twice does no more."""

    def close(self) -> None:
        """End what is open; sends nothing."""
