"""When a changed word is a typing error, and when it is another word."""

from typing import Protocol

from rapidfuzz.distance import OSA

from tasks.domain.duplicates.regions import regions
from tasks.domain.duplicates.vocabulary import PREFIXES
from tasks.domain.folding import fold


class Lexicon(Protocol):
    """The words of the programme's languages, in small letters."""

    def spelt(self, word: str) -> bool:
        """Whether this is a word, with exactly these accents."""

    def unaccented(self, word: str) -> bool:
        """Whether this is a word, or one that lost its accents."""


LONG, MIDDLE = 7, 4


def is_typo(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether the two forms of a word differ by a typing error for certain; exactly one of them is a real word.

    A change of the first letter or of the last two makes other words (``legal`` and ``ilegal``, ``niños`` and
    ``niñas``), and so do two prefixes (``micro-``, ``macro-``) and any change in a short word or in a number.
    """
    if one == other:
        return True
    if fold(one) == fold(other):
        return not (lexicon.spelt(one) and lexicon.spelt(other))
    return is_slip(one, other, lexicon) and _real(one, lexicon) != _real(other, lexicon) and _same_frame(one, other)


def is_slip(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether the two look like one word with a typing error: hardly a letter apart, and not both real words."""
    folded, instead = fold(one), fold(other)
    shorter = min(len(folded), len(instead))
    allowed = 2 if shorter >= LONG else 1
    return (
        shorter >= MIDDLE
        and not any(letter.isdigit() for letter in folded + instead)
        and OSA.distance(folded, instead, score_cutoff=allowed) <= allowed
        and not (_real(one, lexicon) and _real(other, lexicon))
    )


def _real(word: str, lexicon: Lexicon) -> bool:
    folded = fold(word)
    return lexicon.unaccented(folded) or bool(regions((folded,)))


def _same_frame(one: str, other: str) -> bool:
    folded, instead = fold(one), fold(other)
    prefixes = {_prefix(folded), _prefix(instead)} - {""}
    return folded[0] == instead[0] and folded[-2:] == instead[-2:] and len(prefixes) <= 1


def _prefix(word: str) -> str:
    return max((prefix for prefix in PREFIXES if word.startswith(prefix)), key=len, default="")
