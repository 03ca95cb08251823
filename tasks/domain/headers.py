"""Columns are found by their wording, never by their position."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from tasks.domain.cells import written
from tasks.domain.folding import fold, one_line
from tasks.domain.models import Cell

ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """``columns`` maps field → index. ``missing`` and ``duplicates`` are fields, ``unknown`` headers in one line.

    ``unknown_places`` are the indexes of the unknown columns; ``suggestions`` maps a missing field to the unknown
    header that looks most like it.
    """

    columns: Mapping[str, int]
    missing: tuple[str, ...]
    duplicates: tuple[str, ...]
    unknown: tuple[str, ...]
    suggestions: Mapping[str, str]
    unknown_places: tuple[int, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether every field has exactly one column."""
        return not self.missing and not self.duplicates


def match_headers(header_row: Sequence[Cell], wording: Mapping[str, str]) -> HeaderMatch:
    """Find the column of each field; columns without a header are nobody's business."""
    headers = [one_line(written(cell)) for cell in header_row]
    keys = [fold(header) for header in headers]
    places = {field: _places(fold(header), keys) for field, header in wording.items()}
    known = {place for found in places.values() for place in found}
    strangers = [(place, header) for place, header in enumerate(headers) if header and place not in known]
    unknown = tuple(header for _, header in strangers)
    missing = tuple(field for field, found in places.items() if not found)
    return HeaderMatch(
        columns={field: found[0] for field, found in places.items() if len(found) == 1},
        missing=missing,
        duplicates=tuple(field for field, found in places.items() if len(found) > 1),
        unknown=unknown,
        suggestions={field: near for field in missing if (near := nearest(wording[field], unknown))},
        unknown_places=tuple(place for place, _ in strangers),
    )


def nearest(text: str, candidates: Sequence[str], cutoff: float = ALIKE) -> str:
    """The candidate that looks most like the text, or ``""``."""
    by_key = {fold(candidate): candidate for candidate in candidates}
    found = get_close_matches(fold(text), by_key, n=1, cutoff=cutoff)
    return by_key[found[0]] if found else ""


def _places(key: str, keys: Sequence[str]) -> list[int]:
    return [place for place, other in enumerate(keys) if other == key]
