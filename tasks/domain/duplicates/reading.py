"""How much two texts say the same, as numbers from 0 to 1."""

from collections.abc import Set as AbstractSet

from rapidfuzz import fuzz

from tasks.domain.duplicates.typos import Lexicon, is_slip
from tasks.domain.duplicates.vocabulary import LITTLE, NEGATIONS
from tasks.domain.duplicates.wording import Wording

FEW, SEVERAL, MANY = 2, 6, 10


def overlap(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """How much of the smaller set is in the other."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def jaccard(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """How much of both sets is in both."""
    return len(one & other) / len(one | other) if one and other else 0.0


def disjoint(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """1 where both name something, and nothing in common."""
    return float(bool(one) and bool(other) and not one & other)


def at_odds(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """1 where each names something that the other does not."""
    return float(not one <= other and not other <= one)


def letters_alike(one: Wording, other: Wording) -> float:
    """0 for half of the letters in common or less, 1 for equal lines."""
    return max(0.0, fuzz.ratio(one.line, other.line, score_cutoff=50) / 50 - 1)


def only_in_each(one: Wording, other: Wording, lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """The words of each that the other has not, typing errors aside; little words do not count."""
    mine, theirs = one.bag - other.bag - LITTLE, other.bag - one.bag - LITTLE
    if not mine or not theirs or min(len(mine), len(theirs)) > MANY:
        return mine, theirs
    slips = {(a, b) for a in mine for b in theirs if is_slip(a, b, lexicon)}
    return mine - {a for a, _ in slips}, theirs - {b for _, b in slips}


def share_missing(one: Wording, other: Wording, differing: tuple[frozenset[str], frozenset[str]]) -> float:
    """How much of the shorter text the longer one has not. ``differing`` are the words that only one of them has."""
    texts = zip((one, other), differing, strict=True)
    shorter, missing = min((len(text.bag - LITTLE), len(words)) for text, words in texts)
    return missing / shorter if shorter else 0.0


def turned_round(one: Wording, other: Wording, differing: tuple[frozenset[str], frozenset[str]]) -> float:
    """1 for the same words in another order, another *not* or *without*, or one or two of them replaced.

    ``differing`` are the words that only one of them has, typing errors aside.
    """
    replaced, changed = min(map(len, differing)), differing[0] | differing[1]
    if len(one) == len(other) and (0 < replaced <= FEW or _in_another_order(one, other)):
        return 1.0
    return float(bool(changed & NEGATIONS) and len(changed) <= SEVERAL)


def _in_another_order(one: Wording, other: Wording) -> bool:
    return one.folded != other.folded and sorted(one.folded) == sorted(other.folded)
