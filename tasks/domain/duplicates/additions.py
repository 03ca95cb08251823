"""What was changed between two wordings: typing errors, words added on one side, or something that says more."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from tasks.domain.duplicates.parts import numbers
from tasks.domain.duplicates.regions import regions
from tasks.domain.duplicates.typos import Lexicon, is_slip, is_typo
from tasks.domain.duplicates.vocabulary import NEGATIONS
from tasks.domain.duplicates.wording import SHORT, Wording

FEWEST, MOST_PLACES = 3, 3
TYPOS_PER_WORD = 3
MOST_TYPOS = 12


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
    mended = _mended(shorter, longer, lexicon)
    changes = Levenshtein.opcodes(shorter.folded, mended)
    inserted = [change for change in changes if change.tag == "insert"]
    if len(shorter) < FEWEST or len(inserted) > MOST_PLACES or {c.tag for c in changes} - {"insert", "equal"}:
        yield "summary-words"
    for change in inserted:
        yield from _added(mended[change.dest_start : change.dest_end], longer, lexicon)


def _mended(shorter: Wording, longer: Wording, lexicon: Lexicon) -> tuple[str, ...]:
    """The longer one's words, each typing error replaced by the shorter one's spelling."""
    missing = shorter.bag - longer.bag
    if len(missing) > MOST_TYPOS:
        return longer.folded
    spelling = {
        word: instead
        for word in longer.bag - shorter.bag
        for instead in missing
        if is_slip(word, instead, lexicon) and is_typo(longer.typed[word], shorter.typed[instead], lexicon)
    }
    return tuple(spelling.get(word, word) for word in longer.folded)


def _added(added: Sequence[str], longer: Wording, lexicon: Lexicon) -> Iterator[str]:
    if NEGATIONS & set(added):
        yield "added-negation"
    if any(word[0].isdigit() for word in added):
        yield "added-number"
    unheard = {word for word in added if len(word) > SHORT and not lexicon.unaccented(word)}
    if regions(added) or longer.names & set(added) or unheard:
        yield "added-place"


def _flags(one: Wording, other: Wording) -> Iterator[str]:
    added = one.bag ^ other.bag
    if NEGATIONS & added:
        yield "added-negation"
    if numbers(sorted(added)):
        yield "added-number"
    if regions(one.folded) != regions(other.folded):
        yield "added-place"
