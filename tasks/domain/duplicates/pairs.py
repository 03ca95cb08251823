"""Pairs of submissions that are or may be one: what was found, what staff said of it, and what follows from both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tasks.domain.duplicates.verdict import Outcome, Verdict

Refs = tuple[str, str]


class Ruling(StrEnum):
    """What staff choose in the Verdict column of *Possible duplicates*; it is final until they choose another one."""

    same = "Same"
    linked = "Linked"
    series = "Series"
    different = "Different"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two submissions, the smaller ref first. ``found_at`` and ``ruled_at`` are UTC.

    ``unacknowledged`` is the ref whose acknowledgement was held back because the other one's goes to the same person.
    ``parted`` says that they were joined before, so that a row may still show the other one's answers.
    """

    refs: Refs
    verdict: Verdict
    found_at: datetime
    unacknowledged: str = ""
    ruling: Ruling | None = None
    ruled_at: datetime | None = None
    parted: bool = False

    @property
    def joined(self) -> bool:
        """Whether the two count as one submission: by staff's word, or by the hard rule while they say nothing."""
        if self.ruling:
            return self.ruling is Ruling.same
        return self.verdict.outcome is Outcome.same

    @property
    def holds_back(self) -> bool:
        """Whether an acknowledgement is still not sent because of it: two proposals get one each."""
        return bool(self.unacknowledged) and self.ruling not in (Ruling.different, Ruling.series)

    @property
    def open(self) -> bool:
        """Whether it waits for a word of the staff."""
        return self.ruling is None and not self.joined

    def other(self, ref: str) -> str:
        """The other one of the two."""
        one, other = self.refs
        return other if ref == one else one


def refs_of(one: str, other: str) -> Refs:
    """Two refs in the order that names their pair."""
    return (one, other) if one < other else (other, one)


def stronger(one: Pair, other: Pair) -> Pair:
    """Of two findings about the same refs, the one to keep: what was said and held back stays with it."""
    first, second = sorted((one, other), key=lambda pair: pair.found_at)
    best = max(first, second, key=_strength)
    ruled = first if first.ruling else second
    return replace(
        best,
        found_at=first.found_at,
        unacknowledged=first.unacknowledged or second.unacknowledged,
        ruling=ruled.ruling,
        ruled_at=ruled.ruled_at,
        parted=first.parted or second.parted,
    )


def by_ref(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    """The pairs of each submission."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        for ref in pair.refs:
            found.setdefault(ref, []).append(pair)
    return found


def joined_groups(pairs: Iterable[Pair]) -> Mapping[str, frozenset[str]]:
    """For each ref that is joined with others, all refs of the submission they make together."""
    groups: dict[str, set[str]] = {}
    for pair in pairs:
        if pair.joined:
            one, other = pair.refs
            together = groups.setdefault(one, {one}) | groups.setdefault(other, {other})
            groups.update(dict.fromkeys(together, together))
    return {ref: frozenset(group) for ref, group in groups.items()}


def _strength(pair: Pair) -> tuple[bool, float, str]:
    return pair.verdict.outcome is Outcome.same, pair.verdict.probability, pair.verdict.to_json()
