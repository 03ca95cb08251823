"""Which words are real ones, from the sorted lists in ``words/``: one gzipped text a language."""

import gzip
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "es", "fr")


class WordLists:
    """The words of all languages together. They are read when the first word is looked up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __contains__(self, word: str) -> bool:
        """Whether a word in small letters, with its accents, stands in one of the lists."""
        line = word.encode("utf-8", "surrogatepass")
        return any(_stands_in(lines, line) for lines in _read(self._folder))


@cache
def _read(folder: Path) -> tuple[bytes, ...]:
    return tuple(gzip.decompress((folder / f"{language}.txt.gz").read_bytes()) for language in LANGUAGES)


def _stands_in(lines: bytes, word: bytes) -> bool:
    """Binary search; bytes of UTF-8 sort as their characters do."""
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", start)
        if lines[start:end] == word:
            return True
        low, high = (end + 1, high) if lines[start:end] < word else (low, start)
    return False
