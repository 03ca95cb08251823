"""How many mails are claimed together: as many as go in a moment, since a power cut leaves all of them in doubt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """``first`` mails, and then as many as went in ``seconds`` the last time, but never more than ``most``."""

    first: int = 1
    most: int = 50
    seconds: float = 0.25

    def following(self, mails: int, seconds: float) -> int:
        """The next window, after one in which so many mails took so many seconds."""
        return int(max(1, min(self.most, mails * self.seconds / seconds))) if seconds else self.most


ADAPTING = Pace()
ONE_BY_ONE = Pace(most=1)
