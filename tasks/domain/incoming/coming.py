"""What a guest answers to an invitation (PARTSTAT, RFC 5545)."""

from enum import StrEnum


class Coming(StrEnum):
    """Whether they will be there."""

    accepted = "accepted"
    declined = "declined"
    tentative = "tentative"
