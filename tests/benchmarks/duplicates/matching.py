"""The programme's own intake on a corpus: what it joins, and what it shows, when the rows come in some at a time."""

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import combinations, product
from tempfile import TemporaryDirectory

from config.duplicates import load_rules
from tasks.domain.duplicates.keys import match_keys
from tasks.domain.duplicates.screening import nearest_refs
from tasks.domain.duplicates.verdict import Outcome, Verdict
from tasks.domain.intake import decide_intake
from tasks.domain.keys import digest
from tasks.domain.known_answers import Answers
from tasks.ledger.ledger import Ledger
from tasks.ledger.memory import TOO_COMMON
from tests.benchmarks.duplicates.filings import PROGRAMME

AT_A_TIME = 50
"""Rows that arrive between two polls."""


@dataclass(frozen=True, slots=True)
class Found:
    """Two rows, by key, that intake took for one submission or shows as a pair.

    ``verdict`` is None where it put the second one into the submission of the first at once.
    """

    pair: frozenset
    verdict: Verdict | None

    @property
    def same(self):
        """Whether nobody is asked."""
        return self.verdict is None or self.verdict.outcome is Outcome.same

    @property
    def score(self):
        """What pairs are put in order by: a pair that is one submission for certain comes before all others."""
        return 1.0 if self.same else self.verdict.probability


def found_in(rows, reader=None):
    """What intake makes of rows, in the order of their time stamps, that come to an empty ledger.

    What it says of two submissions it says of all rows of both.
    """
    refs, pairs = _taken_in([replace(row, fingerprint=digest(row.key)) for row in rows], reader)
    group = defaultdict(list)
    for key, ref in refs.items():
        group[ref].append(key)
    joined = [Found(frozenset(pair), None) for keys in group.values() for pair in combinations(keys, 2)]
    return joined + [
        Found(frozenset(keys), pair.verdict)
        for (one, other), pair in pairs.items()
        for keys in product(group[one], group[other])
    ]


def _taken_in(rows, reader):
    """The ref of every row, by key, and the pairs of submissions, by their refs."""
    rules, refs, pairs = load_rules(), {}, {}
    with TemporaryDirectory() as folder, closing(Ledger(f"sqlite:///{folder}/ledger.sqlite")) as ledger:
        for start in range(0, len(rows), AT_A_TIME):
            sheet = rows[: start + AT_A_TIME]
            memory, now = ledger.memory(reader), sheet[-1].submitted_at
            plan = decide_intake(_answers(sheet), memory, rules, now, PROGRAMME.limits)
            ledger.record(plan, now, memory.texts.read)
            refs |= {version.response.key: version.ref for version in plan.arrivals}
            pairs |= {pair.refs: pair for pair in plan.pairs}
    return refs, pairs


def _answers(sheet):
    by_language = defaultdict(list)
    for row in sheet:
        by_language[row.language].append(row)
    return Answers(by_language, frozenset(row.key for row in sheet))


def candidates(proposals):
    """The pairs that intake would compare if every row were a submission of its own, by their places."""
    places = {proposal.ref: place for place, proposal in enumerate(proposals)}
    refs_with, senders, found = defaultdict(list), defaultdict(list), set()
    for place, proposal in enumerate(proposals):
        words = match_keys(proposal)
        telling = {word: refs_with[word] for word in words if len(refs_with[word]) <= TOO_COMMON}
        near = {*nearest_refs(words, telling), *senders[proposal.sender.address]}
        found |= {(places[ref], place) for ref in near}
        senders[proposal.sender.address].append(proposal.ref)
        for word in words:
            refs_with[word].append(proposal.ref)
    return sorted(found)
