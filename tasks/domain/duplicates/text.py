"""The texts of a proposal that the encoder turns into vectors: its title and its sentences, each apart."""

import re

from tasks.domain.duplicates.proposal import Proposal
from tasks.domain.folding import one_line

LONGEST, MOST, READ = 200, 6, 2_000
SHORTEST = 4
BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def texts_to_encode(proposal: Proposal) -> tuple[str, ...]:
    """The title, or the first sentence where there is none, and the first sentences of the summary; or nothing."""
    title, summary = (one_line(proposal.answers.get(field, "")[:READ]) for field in ("title", "summary"))
    said = [sentence[:LONGEST] for sentence in BETWEEN_SENTENCES.split(summary) if len(sentence) >= SHORTEST]
    first = title[:LONGEST] or next(iter(said), "")
    return (first, *said[:MOST]) if first else ()


def title_to_encode(proposal: Proposal) -> tuple[str, ...]:
    """The first of them alone."""
    return texts_to_encode(proposal)[:1]
