"""New answers that may be edits which nobody has read: staff moved the row before a poll, and Forms' mark was lost."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tasks.domain.desk import Desk
from tasks.domain.duplicates.judge import judge
from tasks.domain.duplicates.pairs import Pair, Refs, refs_of, stronger
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.rules import Rules
from tasks.domain.duplicates.verdict import Reason
from tasks.domain.submissions import Version

MAYBE_EDIT = Reason("maybe-edit", "", 99.0)  # whatever the words say


def find_replacements(
    newcomers: Sequence[Version], desk: Desk, found: Mapping[Refs, Pair], rules: Rules, now: datetime
) -> dict[Refs, Pair]:
    """A pair for each new submission and each one that it may have replaced, at least likely.

    ``found`` are pairs that were made of what stands in the answers.
    """
    pairs: dict[Refs, Pair] = {}
    for new in newcomers:
        for gone in desk.perhaps_replaced(new):
            one, other = proposal_of(new.ref, new.response), proposal_of(gone.ref, gone.current)
            verdict = judge(one, other, meaning=None, rules=rules, at_least=rules.weights.bands.likely)
            pair = Pair(refs_of(new.ref, gone.ref), verdict, now)
            best = stronger(found[pair.refs], pair).verdict if pair.refs in found else verdict
            pairs[pair.refs] = replace(pair, verdict=replace(best, reasons=(MAYBE_EDIT, *best.reasons)))
    return pairs
