"""When a changed word is a typing error, and when it is another word."""

from collections.abc import Callable

from rapidfuzz.distance import OSA

from tasks.domain.folding import fold

Known = Callable[[str], bool]
"""Whether a word (small letters, with its accents) is a word of any of the programme's languages."""
LONG, MIDDLE = 7, 4


def is_typo(one: str, other: str, known: Known) -> bool:
    """Whether the two forms of a word differ by a typing error only; exactly one of them may be a real word.

    A changed first letter, a letter more or less at the end, or another last vowel make other words (``legal`` and
    ``ilegal``, ``niño`` and ``niña``), and so does any change in a short word or in a number.
    """
    if one == other:
        return True
    folded, other_folded = fold(one), fold(other)
    if folded == other_folded:
        return not (known(one) and known(other))
    if any(letter.isdigit() for letter in folded + other_folded):
        return False
    return _close(folded, other_folded) and (known(one) or known(folded)) != (known(other) or known(other_folded))


def _close(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= LONG else 1
    return (
        shorter >= MIDDLE
        and one[0] == other[0]
        and one[-1] == other[-1]
        and OSA.distance(one, other, score_cutoff=allowed) <= allowed
    )
