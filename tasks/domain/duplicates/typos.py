"""When a changed word is a typing error, and when it is another word."""

from typing import Protocol

from rapidfuzz.distance import OSA

from tasks.domain.duplicates.regions import is_region
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
    folded, instead = fold(one), fold(other)
    if folded == instead:
        return not (lexicon.spelt(one) and lexicon.spelt(other))
    return (
        _same_frame(folded, instead)
        and is_slip(folded, instead, lexicon)
        and (_real(folded, lexicon) or _real(instead, lexicon))
    )


def is_slip(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two folded words look like one with a typing error: hardly a letter apart, and not both real words."""
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= LONG else 1
    return (
        shorter >= MIDDLE
        and abs(len(one) - len(other)) <= allowed
        and OSA.distance(one, other, score_cutoff=allowed) <= allowed
        and one.isalpha()
        and other.isalpha()
        and not (_real(one, lexicon) and _real(other, lexicon))
    )


def _real(folded: str, lexicon: Lexicon) -> bool:
    return lexicon.unaccented(folded) or is_region(folded)


def _same_frame(one: str, other: str) -> bool:
    if one[0] != other[0] or one[-2:] != other[-2:]:
        return False
    return len({_prefix(one), _prefix(other)} - {""}) <= 1


def _prefix(word: str) -> str:
    return max((prefix for prefix in PREFIXES if word.startswith(prefix)), key=len, default="")
