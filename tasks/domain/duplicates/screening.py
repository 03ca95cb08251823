"""Cheap looks at two proposals, before anything is read closely: most candidates share a word and nothing else."""

from collections.abc import Collection, Mapping
from math import log2

from tasks.domain.duplicates.features import features
from tasks.domain.duplicates.proposal import Proposal
from tasks.domain.duplicates.rules import Rules
from tasks.domain.duplicates.versions import is_same_person, obstacles, same_response

CANDIDATES = 15


def is_same(one: Proposal, other: Proposal, rules: Rules) -> bool:
    """Whether they are two versions of one submission by the hard rule."""
    if same_response(one, other):
        return True
    alike = one.language == other.language and one.year == other.year and is_same_person(one, other)
    return alike and not obstacles(one, other, rules.known)


def may_be_one(one: Proposal, other: Proposal, rules: Rules) -> bool:
    """Whether any meaning of their texts could make a pair of them: agreement can only add."""
    enough = log2(rules.weights.bands.look / (1 - rules.weights.bands.look))
    at_best = rules.weights.with_encoder.total(features(one, other, 1.0, rules.known))
    in_words = rules.weights.without_encoder.total(features(one, other, None, rules.known))
    return max(at_best, in_words) >= enough or is_same(one, other, rules)


def nearest_refs(words: Collection[str], sharing: Mapping[str, Collection[str]]) -> list[str]:
    """The refs that share most words, rare ones first. ``sharing`` maps a word → the refs that have it."""
    shared: dict[str, float] = {}
    for word in words:
        refs = sharing.get(word, ())
        for ref in refs:
            shared[ref] = shared.get(ref, 0.0) + 1 / len(refs)
    return sorted(shared, key=lambda ref: (-shared[ref], ref))[:CANDIDATES]
