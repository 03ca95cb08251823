"""Cheap looks at two proposals, before anything is read closely: most candidates share a word and nothing else."""

from collections.abc import Collection, Iterable, Mapping
from math import log2

from tasks.domain.duplicates.feature_names import AGREEMENTS
from tasks.domain.duplicates.features import glances
from tasks.domain.duplicates.proposal import Proposal
from tasks.domain.duplicates.rules import Rules, Scorecard
from tasks.domain.duplicates.versions import is_same_person, obstacles, same_response

CANDIDATES = 8
ROUNDING = 1e-9
ADDING = frozenset(AGREEMENTS)


def is_same(one: Proposal, other: Proposal, rules: Rules) -> bool:
    """Whether they are two versions of one submission by the hard rule."""
    return same_response(one, other) or (_may_be_same(one, other) and not obstacles(one, other, rules.known))


def may_be_shown(one: Proposal, other: Proposal, rules: Rules, *, by_meaning: bool) -> bool:
    """Whether the two can be the same or possible: by what is quickly seen, if all else agrees.

    ``by_meaning``: an encoder can tell how near their texts are.
    """
    scorecard = rules.weights.scorecard((one.language, other.language), read=by_meaning)
    shown = _reaches(rules.weights.bands.look, scorecard, glances(one, other, rules.known))
    return shown or same_response(one, other) or _may_be_same(one, other)


def _reaches(probability: float, scorecard: Scorecard, glances: Iterable[Mapping[str, float]]) -> bool:
    """Whether the pair can be this probable, after each glance: until it is looked at, an agreement may be full."""
    needed = log2(probability / (1 - probability)) - ROUNDING
    at_best = scorecard.start + sum(scorecard.bits[name] for name in AGREEMENTS)
    for seen in glances:
        for name, value in seen.items():
            at_best += scorecard.bits[name] * (value - 1 if name in ADDING else value)
        if at_best < needed:
            return False
    return True


def _may_be_same(one: Proposal, other: Proposal) -> bool:
    return one.language == other.language and one.year == other.year and is_same_person(one, other)


def nearest_refs(words: Collection[str], sharing: Mapping[str, Collection[str]]) -> list[str]:
    """The refs that share most words, rare ones first. ``sharing`` maps a word → the refs that have it."""
    shared: dict[str, float] = {}
    for word in words:
        refs = sharing.get(word, ())
        for ref in refs:
            shared[ref] = shared.get(ref, 0.0) + 1 / len(refs)
    return sorted(shared, key=lambda ref: (-shared[ref], ref))[:CANDIDATES]
