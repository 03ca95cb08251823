"""How a call to the outside can go wrong, by what may be done next."""


class Fault(Exception):  # noqa: N818 (the three names below say what happened)
    """The reason is a sentence without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Fault):
    """Nothing was done, and the same call will be refused again until a person changes something."""


class Rejected(Refused):
    """This one request is wrong in itself (an address, a value); others may pass."""


class TryLater(Fault):
    """Nothing was done; the next run may try again (rate limits)."""


class Unclear(Fault):
    """No answer, or a server error: nobody can say whether it was done. Look it up; never repeat a write blindly."""


class NotFound(Refused):
    """The thing asked for does not exist (any more) or is not shared with us."""


class AlreadyThere(Fault):
    """The id that we chose is in use: an earlier attempt of ours arrived."""
