"""What the ledger remembers of the answers, as values that can be decided on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tasks.domain.corrected import Correction, corrected, in_force
from tasks.domain.keys import digest, row_of
from tasks.domain.models import Problem, Response


@dataclass(frozen=True, slots=True)
class Version:
    """One content of one response row, as first seen at ``seen_at`` (UTC), and the submission it belongs to."""

    ref: str
    response: Response
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """What a member sent: all versions, oldest answers first; the newest answers count, as corrected by staff.

    ``formerly`` are versions of submissions that were joined to it and no longer are: its row may show them still.
    """

    ref: str
    versions: tuple[Version, ...]
    corrections: tuple[Correction, ...] = ()
    formerly: tuple[Version, ...] = ()

    @property
    def newest(self) -> Response:
        """The newest answers as they were sent."""
        return self.versions[-1].response

    @property
    def others(self) -> tuple[str, ...]:
        """The refs of submissions that were joined to this one."""
        return tuple(sorted({version.ref for version in self.versions} - {self.ref}))

    @property
    def current(self) -> Response:
        """The answers that count."""
        return corrected(self.newest, in_force(self.corrections)) if self.corrections else self.newest

    @property
    def standing(self) -> tuple[Version, ...]:
        """What was seen last in each row: the versions that no edit has replaced."""
        by_row = {row_of(one.response.key): one for one in sorted(self.versions, key=lambda one: one.seen_at)}
        return tuple(by_row.values())

    @property
    def received_at(self) -> datetime:
        """When it first arrived."""
        return self.versions[0].response.submitted_at

    @property
    def times_sent(self) -> int:
        """How often the member sent it; a correction in the sheet does not count."""
        return len({version.response.key for version in self.versions})


@dataclass(frozen=True, slots=True)
class Attention:
    """A line of *Needs attention*: a problem, since when, when it was gone (UTC), and the key of its line."""

    problem: Problem
    since: datetime
    solved_at: datetime | None
    identity: str


def attention_identity(problem_key: str, occurrence: int) -> str:
    """The key of a problem's line: another one each time it returns, and the same in a ledger that is made anew."""
    return digest(f"{problem_key}#{occurrence}")[:12]


def submissions(versions: Iterable[Version], corrections: Iterable[Correction] = ()) -> dict[str, Submission]:
    """Group versions by ref; the later submitted, then the later seen, is the newer one."""
    ordered = sorted(versions, key=lambda v: (v.response.submitted_at, v.seen_at, v.response.fingerprint))
    grouped: dict[str, list[Version]] = {}
    for version in ordered:
        grouped.setdefault(version.ref, []).append(version)
    typed: dict[str, list[Correction]] = {}
    for correction in corrections:
        typed.setdefault(correction.ref, []).append(correction)
    return {ref: Submission(ref, tuple(group), tuple(typed.get(ref, ()))) for ref, group in grouped.items()}
