"""A text as the words that two texts are compared by: folded, in their order, beside the forms that were typed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from tasks.domain.folding import fold, one_line

LONGEST = 20_000
SHORT = 3
WORD = re.compile(r"[^\W_]+")
NAME = re.compile(r"(?<=[^\W_] )[^\W_]+|(?<=[^\W_], )[^\W_]+|(?<=[^\W_]['\u2019])[^\W_]+")
"""A word within a sentence, which begins with a capital only where it is a name."""


@dataclass(frozen=True)
class Wording:
    """``forms`` are the words of a ``text`` in small letters with their accents; ``folded`` the same without accents.

    ``rest`` is what was too long to compare.
    """

    text: str
    forms: tuple[str, ...]
    folded: tuple[str, ...]
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

    @cached_property
    def names(self) -> frozenset[str]:
        """The folded words with a capital within a sentence."""
        return _names(self.text)

    @cached_property
    def typed(self) -> dict[str, str]:
        """How a folded word was typed."""
        return dict(zip(self.folded, self.forms, strict=True))


def wording(text: str) -> Wording:
    """The words of a text; only its first characters where somebody pasted a book."""
    line = unicodedata.normalize("NFC", one_line(text))
    text, rest = line[:LONGEST], line[LONGEST:]
    words = WORD.findall(text)
    forms = tuple(map(str.casefold, words))
    folded = (form if word.isascii() else fold(word) for word, form in zip(words, forms, strict=True))
    return Wording(text, forms, tuple(folded), rest)


def word_set(words: str) -> frozenset[str]:
    """A vocabulary, written as one text."""
    return frozenset(words.split())


def _names(line: str) -> frozenset[str]:
    """No names where half of the longer words have capitals: a title in capitals, or in English title case."""
    inside = NAME.findall(line)
    long = [word for word in inside if len(word) > SHORT]
    if 2 * sum(word[0].isupper() for word in long) > len(long):
        return frozenset()
    return frozenset(fold(word) for word in inside if word[0].isupper() and len(word) > 1)
