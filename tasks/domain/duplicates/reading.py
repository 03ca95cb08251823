"""How much two texts say the same, as numbers from 0 to 1."""

from collections.abc import Set as AbstractSet

from rapidfuzz import fuzz

from tasks.domain.duplicates.typos import Lexicon, is_slip
from tasks.domain.duplicates.vocabulary import LITTLE, NEGATIONS
from tasks.domain.duplicates.wording import Wording

FEW, MANY = 2, 6


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


def replaced(one: Wording, other: Wording, lexicon: Lexicon) -> int:
    """How many words each has that the other has not, typing errors aside."""
    left, right = one.bag - other.bag - LITTLE, other.bag - one.bag - LITTLE
    if not left or not right or min(len(left), len(right)) > MANY:
        return min(len(left), len(right))
    slips = {(a, b) for a in left for b in right if is_slip(a, b, lexicon)}
    return min(len(left - {a for a, _ in slips}), len(right - {b for _, b in slips}))


def turned_round(one: Wording, other: Wording, count: int) -> float:
    """1 for the same words in another order, another *not* or *without*, or one or two of them replaced.

    ``count`` is how many words were replaced.
    """
    changed = one.bag ^ other.bag
    if len(one) == len(other) and (0 < count <= FEW or (not changed and one.folded != other.folded)):
        return 1.0
    return float(bool(changed & NEGATIONS) and len(changed) <= MANY)
