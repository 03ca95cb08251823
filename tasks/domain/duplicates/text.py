"""The text of a proposal that the encoder turns into a vector."""

from tasks.domain.duplicates.proposal import Proposal
from tasks.domain.folding import one_line

LONGEST = 200


def text_to_encode(proposal: Proposal) -> str:
    """Title and summary in one line; only the beginning of a long one."""
    title, summary = (one_line(proposal.answers.get(field, "")[:LONGEST]) for field in ("title", "summary"))
    return f"{title}. {summary}"[:LONGEST].strip(". ")
