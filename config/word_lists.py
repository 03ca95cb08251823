"""Which words are real ones, from the sorted lists in ``words/``: one gzipped text a language."""

import gzip
from functools import cache, lru_cache
from pathlib import Path

SPELT = ("en", "es", "fr", "own")
UNACCENTED = ("es-unaccented", "fr-unaccented")
"""Words that are none as they stand, but are when their accents are put back."""


class WordLists:
    """The words of all languages together. They are read when the first word is looked up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def spelt(self, word: str) -> bool:
        """Whether this is a word, in small letters and with exactly these accents."""
        return _is_among(self._folder, SPELT, word)

    def unaccented(self, word: str) -> bool:
        """Whether this is a word, in small letters, that was typed without its accents if it has any."""
        return self.spelt(word) or _is_among(self._folder, UNACCENTED, word)


@lru_cache(maxsize=16_384)
def _is_among(folder: Path, names: tuple[str, ...], word: str) -> bool:
    return any(_stands_in(_lines(folder, name), word) for name in names)


@cache
def _lines(folder: Path, name: str) -> bytes:
    return gzip.decompress((folder / f"{name}.txt.gz").read_bytes())


def _stands_in(lines: bytes, word: str) -> bool:
    """Binary search; bytes of UTF-8 sort as their characters do."""
    wanted = word.encode("utf-8", "surrogatepass")
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", start)
        if lines[start:end] == wanted:
            return True
        low, high = (end + 1, high) if lines[start:end] < wanted else (low, start)
    return False
