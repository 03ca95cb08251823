"""A text as the words that two texts are compared by: folded, in their order, beside the forms that were typed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from tasks.domain.folding import fold, one_line

LONGEST = 20_000
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Wording:
    """``forms`` are the words as typed, in small letters with their accents; ``folded`` the same without accents.

    ``capitals`` are the positions of words that began with a capital; ``rest`` is what was too long to compare.
    """

    forms: tuple[str, ...]
    folded: tuple[str, ...]
    capitals: frozenset[int]
    rest: str = ""

    def __len__(self) -> int:
        return len(self.folded)

    @cached_property
    def line(self) -> str:
        """The folded words in one line."""
        return " ".join(self.folded)

    @cached_property
    def bag(self) -> frozenset[str]:
        """The folded words without their order."""
        return frozenset(self.folded)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The folded words that carry the meaning: the longer ones, and numbers."""
        return frozenset(word for word in self.folded if len(word) > SHORT or word.isdigit())


SHORT = 3


def wording(text: str) -> Wording:
    """The words of a text; only its first characters where somebody pasted a book."""
    line = unicodedata.normalize("NFC", one_line(text))
    words = WORD.findall(line[:LONGEST])
    return Wording(
        forms=tuple(word.casefold() for word in words),
        folded=tuple(fold(word) for word in words),
        capitals=frozenset(at for at, word in enumerate(words) if word[0].isupper()),
        rest=line[LONGEST:],
    )


def word_set(words: str) -> frozenset[str]:
    """A vocabulary, written as one text."""
    return frozenset(words.split())
