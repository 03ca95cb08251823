"""The matcher's answer on labelled rows, in figures and tables."""

from collections import Counter
from dataclasses import dataclass

from rich.table import Table

from tasks.domain.duplicates.proposal import proposal_of
from tests.benchmarks.duplicates.figures import at, curve
from tests.benchmarks.duplicates.generator import generate
from tests.benchmarks.duplicates.matching import candidates, found_in
from tests.benchmarks.duplicates.positives import SENT_AGAIN


@dataclass(frozen=True, slots=True)
class Answer:
    """What the matcher said about some corpora, beside what is true of them; ``compared`` are its candidates."""

    rows: dict
    truth: dict
    near_misses: dict
    found: tuple
    compared: frozenset

    @property
    def scored(self):
        """Score and pair of everything that was joined or shown."""
        return [(one.score, one.pair) for one in self.found]

    @property
    def updates(self):
        """Pairs that were taken for one submission without asking."""
        return [one.pair for one in self.found if one.same]

    @property
    def wrong_updates(self):
        """Kinds of the updates that are two proposals, or one that only a person may join."""
        kinds = [self.truth.get(pair) or self.near_misses.get(pair, "no label") for pair in self.updates]
        return [
            kind
            for pair, kind in zip(self.updates, kinds, strict=True)
            if pair not in self.truth or self.across(pair) or not kind.startswith(SENT_AGAIN)
        ]

    def across(self, pair):
        """Whether the two stand in forms of two languages."""
        return len(self.languages(pair)) > 1

    def languages(self, pair):
        """The languages of the two forms."""
        return sorted({self.rows[key].language for key in pair})

    def curve(self, *, across_only=False):
        """Precision and recall by score, of all pairs or of those across languages."""
        truth = {pair for pair in self.truth if not across_only or self.across(pair)}
        return curve([(score, pair) for score, pair in self.scored if not across_only or self.across(pair)], truth)


def answer(part, seeds, size, reader=None, *, mix=None):
    """What the matcher says about the corpora of these seeds."""
    corpora = [generate(seed, size, part=part, mix=mix) for seed in seeds]
    return Answer(
        rows={row.key: row for corpus in corpora for row in corpus.rows},
        truth={pair: kind for corpus in corpora for pair, kind in corpus.duplicates.items()},
        near_misses={pair: kind for corpus in corpora for pair, kind in corpus.near_misses.items()},
        found=tuple(one for corpus in corpora for one in found_in(corpus.rows, reader)),
        compared=frozenset(pair for corpus in corpora for pair in compared(corpus.rows)),
    )


def compared(rows):
    """The pairs of rows, by key, that intake compares."""
    found = candidates([proposal_of(row.key, row) for row in rows])
    return {frozenset((rows[one].key, rows[other].key)) for one, other in found}


def recall_by(answer, bands, group, title):
    """A table: for each group of true pairs how many were candidates, shown, likely and joined."""
    groups = Counter(group(pair) for pair in answer.truth)
    score = {one.pair: one.score for one in answer.found if one.pair in answer.truth}
    same = set(answer.updates)
    reached = {
        "candidate": answer.compared & set(answer.truth),
        "shown": {pair for pair, found in score.items() if found >= bands.look},
        "likely": {pair for pair, found in score.items() if found >= bands.likely},
        "same": same & set(answer.truth),
    }
    table = Table(title=title, title_justify="left")
    table.add_column("one proposal")
    for name in ("pairs", *reached):
        table.add_column(name, justify="right")
    for name, count in sorted(groups.items(), key=lambda one: (-one[1], one[0])):
        found = [sum(group(pair) == name for pair in pairs) / count for pairs in reached.values()]
        table.add_row(name, f"{count:,}", *(f"{share:.0%}" for share in found))
    return table


def shown_near_misses(answer, bands, title):
    """A table: which near misses are shown to staff although they are two proposals."""
    kinds = Counter(answer.near_misses.values())
    wrong = [(one.score, answer.near_misses.get(one.pair, "no label")) for one in answer.found
             if one.pair not in answer.truth]  # fmt: skip
    table = Table("two proposals", title=title, title_justify="left")
    for name in ("pairs", "shown", "likely"):
        table.add_column(name, justify="right")
    for name in [*sorted(kinds), "no label"]:
        shown = [sum(score >= least and kind == name for score, kind in wrong) for least in (bands.look, bands.likely)]
        table.add_row(name, f"{kinds[name]:,}" if kinds[name] else "", *(f"{count:,}" for count in shown))
    return table


def reached(points, bands):
    """In words what staff see at the two bands."""
    shown, likely = at(points, bands.look), at(points, bands.likely)
    return (
        f"shown (p >= {bands.look}): precision {shown.precision:.3f}, recall {shown.recall:.3f}, "
        f"{shown.shown_per_duplicate:.2f} a duplicate; "
        f"likely (p >= {bands.likely}): precision {likely.precision:.3f}, recall {likely.recall:.3f}"
    )
