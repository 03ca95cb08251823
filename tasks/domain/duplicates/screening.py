"""Cheap looks at two proposals, before anything is read closely: most candidates share a word and nothing else."""

from collections.abc import Collection, Mapping
from math import log2

from tasks.domain.duplicates.feature_names import AGREEMENTS
from tasks.domain.duplicates.features import at_a_glance
from tasks.domain.duplicates.proposal import Proposal
from tasks.domain.duplicates.rules import Rules
from tasks.domain.duplicates.versions import is_same_person, obstacles, same_response

CANDIDATES = 8


def is_same(one: Proposal, other: Proposal, rules: Rules) -> bool:
    """Whether they are two versions of one submission by the hard rule."""
    return same_response(one, other) or (_may_be_same(one, other) and not obstacles(one, other, rules.known))


def may_be_shown(one: Proposal, other: Proposal, rules: Rules, *, by_meaning: bool) -> bool:
    """Whether the two can be the same or possible: by what is quickly seen, if all else agrees.

    ``by_meaning``: an encoder can tell how near their texts are.
    """
    scorecard = rules.weights.scorecard((one.language, other.language), read=by_meaning)
    seen = at_a_glance(one, other, rules.known)
    at_best = scorecard.total(seen) + sum(scorecard.bits[name] for name in AGREEMENTS if name not in seen)
    shown = at_best >= log2(rules.weights.bands.look / (1 - rules.weights.bands.look))
    return shown or same_response(one, other) or _may_be_same(one, other)


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
