"""What was changed between two wordings: typing errors, words added on one side, or something that says more."""

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from tasks.domain.duplicates.parts import numbers
from tasks.domain.duplicates.regions import regions
from tasks.domain.duplicates.typos import Lexicon, is_typo
from tasks.domain.duplicates.vocabulary import NEGATIONS
from tasks.domain.duplicates.wording import Wording

MOST_PLACES = 3
TYPOS_PER_WORD = 3


def title_obstacles(one: Wording, other: Wording, lexicon: Lexicon) -> frozenset[str]:
    """Why two titles are not one title but for typing errors; no codes where they are."""
    if not one or not other:
        return frozenset({"empty-title"})
    if one.rest != other.rest:
        return frozenset({"long-text"})
    if one.folded == other.folded and one.forms == other.forms:
        return frozenset()
    if len(one) != len(other):
        return frozenset({"title-words", *_flags(one, other)})
    if one.folded != other.folded and sorted(one.folded) == sorted(other.folded):
        return frozenset({"word-order"})
    return frozenset(_word_obstacles(one, other, lexicon, "title-words"))


def summary_obstacles(one: Wording, other: Wording, lexicon: Lexicon) -> frozenset[str]:
    """Why one summary is not the other with typing errors mended and words added; no codes where it is."""
    if one.rest != other.rest:
        return frozenset({"long-text"})
    shorter, longer = sorted((one, other), key=len)
    if not shorter and longer:
        return frozenset({"empty-summary"})
    if len(one) == len(other):
        return frozenset(_word_obstacles(one, other, lexicon, "summary-words"))
    return frozenset(_addition_obstacles(shorter, longer, lexicon))


def _word_obstacles(one: Wording, other: Wording, lexicon: Lexicon, code: str) -> Iterator[str]:
    changed = [pair for pair in zip(one.forms, other.forms, strict=True) if pair[0] != pair[1]]
    if not all(is_typo(word, instead, lexicon) for word, instead in changed):
        yield code
    retyped = sum(word != instead for word, instead in zip(one.folded, other.folded, strict=True))
    if TYPOS_PER_WORD * retyped > len(one):
        yield code


def _addition_obstacles(shorter: Wording, longer: Wording, lexicon: Lexicon) -> Iterator[str]:
    places = 0
    for change in Levenshtein.opcodes(shorter.folded, longer.folded):
        before, after = slice(change.src_start, change.src_end), slice(change.dest_start, change.dest_end)
        if change.tag == "insert":
            places += 1
            yield from _added(longer, after)
        elif not _retyped(shorter.forms[before], longer.forms[after], lexicon):
            yield "summary-words"
    if places > MOST_PLACES:
        yield "summary-words"


def _retyped(words: tuple[str, ...], instead: tuple[str, ...], lexicon: Lexicon) -> bool:
    return len(words) == len(instead) and all(map(is_typo, words, instead, [lexicon] * len(words)))


def _added(longer: Wording, where: slice) -> Iterator[str]:
    added = longer.folded[where]
    if NEGATIONS & set(added):
        yield "added-negation"
    if any(digits.isdecimal() for digits in numbers(added)) and any(word[0].isdigit() for word in added):
        yield "added-number"
    if regions(added):
        yield "added-place"


def _flags(one: Wording, other: Wording) -> Iterator[str]:
    added = one.bag ^ other.bag
    if NEGATIONS & added:
        yield "added-negation"
    if numbers(sorted(added)):
        yield "added-number"
    if regions(one.folded) != regions(other.folded):
        yield "added-place"
