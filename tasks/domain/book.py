"""All submissions and their pairs, as the flows work with them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from tasks.domain.duplicates.pairs import Pair, by_ref, joined_groups
from tasks.domain.submissions import Submission


@dataclass(frozen=True, slots=True)
class Book:
    """``rows`` holds what the row of each ref shows: of several that are one, the first shows them all.

    ``home`` maps each ref → the ref that it goes by.
    """

    rows: Mapping[str, Submission]
    home: Mapping[str, str]
    pairs: Collection[Pair]
    by_ref: Mapping[str, Collection[Pair]]

    @property
    def found(self) -> dict[str, Submission]:
        """The submissions, each once."""
        return {ref: one for ref, one in self.rows.items() if self.home[ref] == ref}

    @property
    def joined(self) -> dict[str, Submission]:
        """For each ref the submission that it is, or is part of."""
        return {ref: self.rows[home] for ref, home in self.home.items()}

    def alone(self, ref: str) -> Submission:
        """A submission without those that are joined to it."""
        row = self.rows[ref]
        return replace(row, versions=tuple(version for version in row.versions if version.ref == ref))

    def pairs_of(self, refs: Collection[str]) -> list[Pair]:
        """The pairs that any of these refs is in, once each."""
        return list({pair.refs: pair for ref in sorted(refs) for pair in self.by_ref.get(ref, ())}.values())

    def newly_accepted(self, refs: Iterable[str], sessions: Collection[str]) -> list[Submission]:
        """The submissions with these refs, once each, of which no ref has a session yet."""
        accepted = {self.home[ref]: self.rows[self.home[ref]] for ref in refs if ref in self.home}
        return [one for one in accepted.values() if not {one.ref, *one.others} & set(sessions)]


def make_book(alone: Mapping[str, Submission], pairs: Collection[Pair]) -> Book:
    """Join the submissions that are one by a pair under the ref that arrived first."""
    rows, home = dict(alone), {ref: ref for ref in alone}
    for group in set(joined_groups(pairs).values()):
        members = sorted((alone[ref] for ref in group if ref in alone), key=lambda one: (one.received_at, one.ref))
        if members:
            rows[members[0].ref] = _joined(members)
            home.update({one.ref: members[0].ref for one in members})
    for pair in pairs:
        if pair.parted and set(pair.refs) <= rows.keys():
            for ref in pair.refs:
                before = (*rows[ref].formerly, *alone[pair.other(ref)].versions)
                rows[ref] = replace(rows[ref], formerly=before)
    return Book(rows, home, pairs, by_ref(pairs))


def _joined(members: list[Submission]) -> Submission:
    """What staff corrected in the row that stays wins over what they corrected in the others at the same time."""
    main = members[0]
    versions = [version for one in members for version in one.versions]
    others = [replace(correction, ref=main.ref) for one in members[1:] for correction in one.corrections]
    ordered = sorted(versions, key=lambda v: (v.response.submitted_at, v.seen_at, v.response.fingerprint))
    return replace(main, versions=tuple(ordered), corrections=(*others, *main.corrections))
