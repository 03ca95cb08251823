"""Short strings by which the ledger finds the proposals that are worth comparing; equal keys, not equal proposals."""

from collections.abc import Iterator
from itertools import combinations

from tasks.domain.duplicates.proposal import Proposal

MOST_NAMES = 4
MOST_WORDS = 12
SHORTEST_LOCAL = 5
LONGEST_LOCAL = 24


def match_keys(proposal: Proposal) -> frozenset[str]:
    """The keys of one proposal, about twenty and never more than a hundred."""
    return frozenset({*_sender(proposal), *_names(proposal), *_organisation(proposal), *_texts(proposal)})


def _sender(proposal: Proposal) -> Iterator[str]:
    sender = proposal.sender
    yield f"mail:{sender.address}"
    yield from (f"mail:{address}" for address in proposal.presenter_addresses)
    local = sender.local.replace(".", "")
    if SHORTEST_LOCAL <= len(local) <= LONGEST_LOCAL:
        yield from (f"near:{text}" for text in _neighbours(local))
    if sender.phone:
        yield f"phone:{sender.phone}"
    if sender.domain:
        yield f"site:{sender.domain}"


def _neighbours(text: str) -> set[str]:
    """The text and what is left of it without one letter: two texts one typing error apart share one of them."""
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def _names(proposal: Proposal) -> Iterator[str]:
    for names in (proposal.sender.names, *proposal.presenters):
        words = sorted(names, key=lambda word: (-len(word), word))[:MOST_NAMES]
        yield from (f"name:{' '.join(sorted(pair))}" for pair in combinations(words, 2))


def _organisation(proposal: Proposal) -> Iterator[str]:
    yield from (f"org:{word}" for word in sorted(proposal.organisation)[:MOST_WORDS])
    yield from (f"org:{short}" for short in sorted(proposal.acronyms)[:MOST_NAMES])


def _texts(proposal: Proposal) -> Iterator[str]:
    if words := sorted(proposal.title.telling):
        yield f"title:{' '.join(words)}"[:200]
    longest = sorted(words, key=lambda word: (-len(word), word))[:MOST_NAMES]
    yield from (f"title:{' '.join(sorted(pair))}" for pair in combinations(longest, 2))
