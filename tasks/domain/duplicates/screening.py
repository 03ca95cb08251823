"""Cheap looks at two proposals, before anything is read closely: most candidates share a word and nothing else."""

from collections.abc import Collection, Mapping

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


def nearest_refs(words: Collection[str], sharing: Mapping[str, Collection[str]]) -> list[str]:
    """The refs that share most words, rare ones first. ``sharing`` maps a word → the refs that have it."""
    shared: dict[str, float] = {}
    for word in words:
        refs = sharing.get(word, ())
        for ref in refs:
            shared[ref] = shared.get(ref, 0.0) + 1 / len(refs)
    return sorted(shared, key=lambda ref: (-shared[ref], ref))[:CANDIDATES]
