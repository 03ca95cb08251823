"""Rows as other programs want them: flat records, normalised by our own matcher, with vectors and facets."""

from dataclasses import dataclass

from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.text import texts_to_encode
from tests.benchmarks.duplicates.generator import generate
from tests.benchmarks.duplicates.matching import candidates


@dataclass(frozen=True, slots=True)
class Given:
    """What every opponent is given: the records by key, our own candidates among them, and what is true."""

    records: dict
    candidates: tuple
    truth: frozenset


def given(part, seed, size, encoder):
    """The rows of a corpus as records; the candidates are those of our matcher, so that nobody is worse off."""
    corpus = generate(seed, size, part=part)
    proposals = [proposal_of(row.key, row) for row in corpus.rows]
    texts = [texts_to_encode(one) for one in proposals]
    titles, wholes = (
        encoder.encode(list(some)) for some in zip(*((one[0], " ".join(one)) for one in texts), strict=True)
    )
    return Given(
        records={one.ref: record(one, *read) for one, *read in zip(proposals, titles, wholes, strict=True)},
        candidates=tuple(sorted((proposals[one].ref, proposals[other].ref) for one, other in candidates(proposals))),
        truth=frozenset(corpus.duplicates),
    )


def record(proposal, title, whole):
    """Text for comparers of strings, lists for those of sets, None for what is not there."""
    answers = proposal.answers
    return {
        "name": " ".join(sorted(proposal.sender.names)) or None,
        "email": proposal.sender.address or None,
        "domain": proposal.sender.domain or None,
        "phone": proposal.sender.phone or None,
        "organisation": " ".join(sorted(proposal.organisation)) or None,
        "country": answers["country"] or None,
        "language": proposal.language,
        "title": " ".join(proposal.title.folded) or None,
        "summary": " ".join(proposal.summary.folded) or None,
        "summary_words": sorted(set(proposal.summary.folded)),
        "themes": sorted(proposal.closed["themes"]),
        "format": proposal.closed["format"][0],
        "names_on_stage": [" ".join(sorted(names)) for names in proposal.presenters],
        "part": " ".join(sorted(proposal.parts)) or None,
        "numbers": " ".join(sorted(proposal.numbers)) or None,
        "regions": sorted(proposal.regions),
        "year": str(proposal.year),
        "title_vector": [float(value) for value in title],
        "vector": [float(value) for value in whole],
    }
