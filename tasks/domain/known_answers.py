"""What intake asks of what is known: only about rows that are new, changed or gone, and what may belong to them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, compress, filterfalse, takewhile
from operator import attrgetter
from typing import NamedTuple, Protocol

from tasks.domain.duplicates.keys import match_keys
from tasks.domain.duplicates.meaning import Meaning
from tasks.domain.duplicates.pairs import Pair, Refs
from tasks.domain.duplicates.proposal import Proposal, proposal_of
from tasks.domain.duplicates.screening import nearest_refs
from tasks.domain.keys import numbered_keys, row_of
from tasks.domain.models import Response
from tasks.domain.submissions import Version

Content = tuple[str, str]
Couple = tuple[Proposal, Proposal]
Groups = Sequence[Sequence[Response]]
KEY = attrgetter("key")
KEY_AND_FINGERPRINT = attrgetter("key", "fingerprint")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the readable response sheets hold, by language; a sheet that could not be read whole is not among them.

    No key stands twice. ``keys_seen`` are those of all rows, also of rows with problems: if a numbered one is there, so
    are the lower numbers.
    """

    present: Mapping[str, Sequence[Response]]
    keys_seen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Clues:
    """By what earlier submissions are found: their rows, their senders, their moments, or their refs."""

    rows: AbstractSet[str]
    senders: AbstractSet[str]
    moments: AbstractSet[datetime]
    refs: AbstractSet[str]


class KnownAnswers(Protocol):
    """The memory of earlier polls. ``reads_meaning`` says whether ``closeness`` can tell anything."""

    @property
    def reads_meaning(self) -> bool:
        """Whether there is an encoder."""

    def contents(self, languages: Collection[str]) -> set[str]:
        """The mark of every version in these languages that no later one of its row and submission has replaced."""

    def sharing(self, words: Collection[str]) -> Mapping[str, Collection[str]]:
        """For each of these words of the matcher the refs that have it, unless they are too many to say anything."""

    def submissions_with(self, clues: Clues) -> list[Version]:
        """All versions of the submissions that any of the clues leads to."""

    def taken(self, refs: Collection[str]) -> Collection[str]:
        """Those of these refs that submissions have."""

    def pairs(self, refs: Collection[Refs]) -> dict[Refs, Pair]:
        """Those of these pairs that were found before."""

    def closeness_at_best(self, couples: Sequence[Couple]) -> Sequence[Meaning | None]:
        """How near they can be, as far as their titles tell; None for one without text."""

    def closeness(self, couples: Sequence[Couple]) -> Sequence[Meaning | None]:
        """How near the two texts of each couple are in meaning; None for one without text."""


class News(NamedTuple):
    """What a new response is compared by, the words that it is found by, and the refs that share most of them."""

    proposal: Proposal
    words: frozenset[str]
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Recalled:
    """``news`` are responses to be looked at, ``versions`` what is known of them or may belong to them.

    ``compared`` holds each of the news as it is compared with others. ``present`` and ``rows_seen`` say what stands in
    the sheets in the rows of both, by row and fingerprint.
    """

    news: tuple[Response, ...]
    compared: Mapping[Content, News] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    languages: frozenset[str] = frozenset()
    present: frozenset[Content] = frozenset()
    rows_seen: Counter[str] = field(default_factory=Counter)


def recall(answers: Answers, known: KnownAnswers) -> Recalled:
    """Find what is new by comparing sets, and load what is needed to understand it."""
    every = tuple(answers.present.values())
    rows = _rows_to_look_at(every, known.contents(answers.present), answers)
    if not rows:
        return Recalled(())
    news = _in(every, _keys(rows, answers))
    compared = _compared(news, known)
    versions = known.submissions_with(_clues(news, rows, compared))
    about = _keys(rows | {row_of(version.response.key) for version in versions}, answers)
    return Recalled(
        news=tuple(sorted(news, key=lambda response: (response.submitted_at, response.key))),
        compared=compared,
        versions=tuple(versions),
        languages=frozenset(answers.present),
        present=frozenset(map(content_of, _in(every, about))),
        rows_seen=Counter(map(row_of, about & answers.keys_seen)),
    )


def _rows_to_look_at(every: Groups, kept: set[str], answers: Answers) -> set[str]:
    """The rows that hold something new, and those that no longer hold what they did."""
    fresh = [one for group in every for one in filterfalse(kept.__contains__, _marks(group))]
    rows = set(map(_row_of_mark, fresh))
    if sum(map(len, every)) - len(fresh) < len(kept):
        gone = set(map(_row_of_mark, kept.difference(*map(_marks, every))))
        rows |= {row_of(response.key) for response in _in(every, _keys(gone, answers))}
    return rows


def _marks(responses: Iterable[Response]) -> Iterator[str]:
    """The mark of each, made in a quarter of the time."""
    return map(" ".join, map(KEY_AND_FINGERPRINT, responses))


def mark(response: Response) -> str:
    """What stands in which row, as one text: it takes less to compare than two."""
    return f"{response.key} {response.fingerprint}"


def _row_of_mark(text: str) -> str:
    return row_of(text.partition(" ")[0])


def _in(every: Groups, keys: AbstractSet[str]) -> list[Response]:
    wanted = (compress(group, map(keys.__contains__, map(KEY, group))) for group in every)
    return list(chain.from_iterable(wanted))


def _keys(rows: Iterable[str], answers: Answers) -> set[str]:
    """The keys of what stands in these rows."""
    numbered = (numbered_keys(row) for row in rows)
    return {*rows, *chain.from_iterable(takewhile(answers.keys_seen.__contains__, keys) for keys in numbered)}


def content_of(response: Response) -> Content:
    """What stands in which row."""
    return row_of(response.key), response.fingerprint


def ref_source(response: Response) -> str:
    """What the ref of a submission is made from: its first row, with its first content."""
    return "".join(content_of(response))


def _compared(news: Collection[Response], known: KnownAnswers) -> dict[Content, News]:
    proposals = [proposal_of("", response) for response in news]
    words = [match_keys(proposal) for proposal in proposals]
    sharing = known.sharing(frozenset().union(*words))
    return {
        content_of(proposal.response): News(proposal, some, frozenset(nearest_refs(some, sharing)))
        for proposal, some in zip(proposals, words, strict=True)
    }


def _clues(news: Collection[Response], rows: AbstractSet[str], compared: Mapping[Content, News]) -> Clues:
    return Clues(
        rows=rows,
        senders={response.person.address_key for response in news},
        moments={response.submitted_at for response in news},
        refs=frozenset().union(*(one.near for one in compared.values())),
    )
