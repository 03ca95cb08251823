"""How near two texts in two languages are in meaning, as an encoder tells it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """From 0 for nothing in common to 1 for the same.

    ``whole`` is title and sentences on average; ``weakest`` the title or the sentence of the shorter text that has the
    least of a counterpart: two sessions of one person may differ in no more than that.
    """

    whole: float
    weakest: float


ALIKE, UNLIKE = Meaning(1.0, 1.0), Meaning(0.0, 0.0)
