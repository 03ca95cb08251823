"""Whom a token stands for."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a caller came to its token."""

    DELEGATED = "delegated"
    SERVICE_ACCOUNT = "service_account"
    USER = "user"


@dataclass(frozen=True)
class Caller:
    """``address`` is the person's, also where a service account acts for a person; a plain account's is its own."""

    address: str
    kind: Kind
    scopes: frozenset[str]

    @property
    def is_a_person(self) -> bool:
        """A plain service account has no mailbox, no storage and may not invite."""
        return self.kind != Kind.SERVICE_ACCOUNT
