"""The project's matcher on a corpus: candidates by keys and by meaning, and a verdict on each pair of them."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from config.duplicates import load_rules
from tasks.domain.duplicates.judge import judge
from tasks.domain.duplicates.keys import match_keys
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.text import text_to_encode
from tasks.domain.duplicates.verdict import Outcome, Verdict

LATEST = 60
"""How many of the rows that share a key are compared with a new one."""
NEAREST = 10
LEAST_COSINE = 0.55
BLOCK = 1000


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of rows, by key, and the verdict on it."""

    pair: frozenset
    verdict: Verdict

    @property
    def score(self):
        """What pairs are put in order by: a pair that is one submission for certain comes before all others."""
        return 1.0 if self.verdict.outcome is Outcome.same else self.verdict.probability


def judged(rows, encoder=None):
    """A verdict on every pair of candidates, as intake would come to it row after row."""
    rules = load_rules()
    proposals = [proposal_of(row.key, row) for row in rows]
    vectors = None if encoder is None else encoder.encode([text_to_encode(one) for one in proposals])
    pairs = by_keys(proposals) | (set() if vectors is None else by_meaning(vectors))
    return [
        Judged(
            frozenset((proposals[one].ref, proposals[other].ref)),
            judge(proposals[one], proposals[other], similarity=cosine(vectors, one, other), rules=rules),
        )
        for one, other in sorted(pairs)
    ]


def by_keys(proposals):
    """Pairs that share a key, by their places; a new row meets the latest rows with the key only."""
    seen, found = defaultdict(list), set()
    for place, proposal in enumerate(proposals):
        for key in match_keys(proposal):
            found.update((other, place) for other in seen[key][-LATEST:])
            seen[key].append(place)
    return found


def by_meaning(vectors):
    """Each row with the nearest of the earlier ones, by their places."""
    found = set()
    for start in range(0, len(vectors), BLOCK):
        near = vectors[start : start + BLOCK] @ vectors.T
        for place, cosines in enumerate(near, start):
            nearest = np.argsort(-cosines[:place])[:NEAREST]
            found.update((int(other), place) for other in nearest if cosines[other] >= LEAST_COSINE)
    return found


def cosine(vectors, one, other):
    """How near two rows are in meaning; None without vectors."""
    return None if vectors is None else float(vectors[one] @ vectors[other])
