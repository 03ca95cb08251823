"""The rules by which duplicates are judged, read from ``duplicates.json``."""

from functools import cache
from pathlib import Path

from pydantic import ValidationError

from config.word_lists import WordLists
from tasks.domain.duplicates.rules import Rules, Weights

FOLDER = Path(__file__).resolve().parent


class WeightsError(Exception):
    """``duplicates.json`` cannot be used; the message is one sentence a person can act on."""


@cache
def load_rules(folder: Path = FOLDER) -> Rules:
    """Read ``duplicates.json`` of the folder. Raises WeightsError."""
    path = folder / "duplicates.json"
    try:
        weights = Weights.model_validate_json(path.read_bytes())
    except OSError as error:
        raise WeightsError(f"{path}: {error.strerror}") from None
    except ValidationError as error:
        fault = error.errors()[0]
        raise WeightsError(f"{path}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from None
    return Rules(weights=weights, known=WordLists(folder / "words"))
