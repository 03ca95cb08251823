"""How a call to the outside can go wrong, by what may be done next."""

from datetime import datetime


class Fault(Exception):  # noqa: N818 (the three names below say what happened)
    """The reason is a sentence without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Fault):
    """Nothing was done, and the same call will be refused again until a person changes something."""


class Rejected(Refused):
    """This one request is wrong in itself (an address, a value); others may pass."""


class Withheld(Fault):
    """A mail breaks a rule of our own, and was not handed over; ``held_by`` is the hold that it joins."""

    def __init__(self, reason: str, held_by: str) -> None:
        super().__init__(reason)
        self.held_by = held_by


class TryLater(Fault):
    """Nothing was done, and the provider can do nothing for us now; ``retry_at`` is when it asked us to come again."""

    def __init__(self, reason: str, retry_at: datetime | None = None) -> None:
        super().__init__(reason)
        self.retry_at = retry_at


class Deferred(TryLater):
    """Nothing was done about this one (a mailbox that is full); the next run may try it again, others may pass now."""


class Unclear(Fault):
    """No answer, or a server error: nobody can say whether it was done. Look it up; never repeat a write blindly."""


class NotFound(Refused):
    """The thing asked for does not exist (any more) or is not shared with us."""


class AlreadyThere(Fault):
    """The id that we chose is in use: an earlier attempt of ours arrived."""
