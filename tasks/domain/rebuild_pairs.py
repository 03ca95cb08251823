"""Pairs as *Possible duplicates* shows them. Their reasons stand in the sheet and are left there."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from tasks.domain.duplicates.pairs import Pair, Refs
from tasks.domain.duplicates.rulings import refs_in, ruling_in
from tasks.domain.duplicates.verdict import Band, Outcome, Verdict
from tasks.domain.table import Row
from tasks.domain.words import Words


def pairs_in(
    rows: Sequence[Row], waiting: Mapping[str, str], every: Sequence[Words], zone: str, now: datetime
) -> Iterator[Pair]:
    """One pair for each two refs. ``waiting`` maps a ref whose acknowledgement was held back → words that name why."""
    seen: set[Refs] = set()
    for number, row in enumerate(rows):
        if (refs := refs_in(row)) and refs not in seen:
            seen.add(refs)
            yield _pair(refs, row, waiting, every, zone, now + timedelta(microseconds=number))


def _pair(
    refs: Refs, row: Row, waiting: Mapping[str, str], every: Sequence[Words], zone: str, found_at: datetime
) -> Pair:
    """A verdict that no run has heard yet (the State tells no moment) is left to intake."""
    state, shown = row.text("state"), row.text("band")
    ruled_at = next(filter(None, (words.read_moment(state, zone) for words in every)), None)
    ruling = ruling_in(row) if ruled_at else None
    joined = any(state == words.explain("joined", ref=ref) for words in every for ref in refs)
    same = joined or any(shown == words.explain("band-same") for words in every)
    band = next((band for band in Band for words in every if shown == words.explain(f"band-{band}")), None)
    verdict = Verdict(Outcome.same if same else Outcome.possible, 0.0, band)
    one, other = refs
    unacknowledged = one if other in waiting.get(one, "") else other if one in waiting.get(other, "") else ""
    return Pair(refs, verdict, found_at, unacknowledged, ruling, ruled_at if ruling else None)
