"""Decides what the rows of the response sheets mean, by comparing sets of keys with what the ledger knows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.domain.duplicates.same import edited, readdressed, same_submission
from tasks.domain.effects import Effect, EffectKind
from tasks.domain.keys import choose_ref
from tasks.domain.models import Response
from tasks.domain.programme import Limits
from tasks.domain.submissions import Submission, Version, submissions


@dataclass(frozen=True, slots=True)
class IntakePlan:
    """New versions to keep, acknowledgements they promise (``retry``: had failed before), and both in words."""

    arrivals: tuple[Version, ...]
    promised: tuple[Effect, ...]
    retry: tuple[str, ...]
    done: tuple[str, ...]
    skipped: Counter[str]


def acknowledgement_key(ref: str) -> str:
    """One acknowledgement a submission, however often it is sent again."""
    return f"acknowledgement:{ref}"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the readable response sheets hold, by language; a sheet that could not be read whole is not among them.

    ``keys_seen`` are the keys of all their rows, also of rows with problems.
    """

    present: Mapping[str, Sequence[Response]]
    keys_seen: frozenset[str]


def decide_intake(answers: Answers, known: Sequence[Version], now: datetime, limits: Limits) -> IntakePlan:
    """Compare the sheets with the ledger; the order of rows, sheets and polls does not matter."""
    desk = _Desk(known, answers)
    arrivals: list[Version] = []
    promised: list[Effect] = []
    retry: list[str] = []
    done: list[str] = []
    skipped: Counter[str] = Counter()
    youngest = now - timedelta(days=limits.acknowledge_within_days)
    for response in sorted(
        (r for group in answers.present.values() for r in group), key=lambda r: (r.submitted_at, r.key)
    ):
        if desk.knows(response):
            skipped["seen before"] += 1
            continue
        ref, is_new = desk.place(response)
        version = Version(ref, response, now)
        desk.keep(version)
        arrivals.append(version)
        where = f"row {response.row} of the {response.language} answers"
        if not is_new:
            done.append(f"{ref}: newer answers from {where}")
            skipped["not acknowledged again: a newer version"] += 1
            retry.append(acknowledgement_key(ref))
            continue
        done.append(f"{ref}: registered from {where}")
        if response.submitted_at < youngest:
            skipped[f"not acknowledged: older than {limits.acknowledge_within_days} days"] += 1
        else:
            promised.append(Effect(acknowledgement_key(ref), EffectKind.mail, ref))
    return IntakePlan(tuple(arrivals), tuple(promised), tuple(retry), tuple(done), skipped)


class _Desk:
    """What is known while a plan is made: the ledger's versions, and those placed so far."""

    def __init__(self, known: Sequence[Version], answers: Answers) -> None:
        self._submissions = submissions(known)
        self._newest: dict[tuple[str, str], Version] = {}
        self._contents: dict[tuple[str, str], Version] = {}
        for version in sorted(known, key=lambda v: v.seen_at):
            self._remember(version)
        self._present = {_content(response) for group in answers.present.values() for response in group}
        rows_seen = Counter(_row(key) for key in answers.keys_seen)
        rows_known = Counter(row for _, row in self._newest)
        self._vanished = [
            newest
            for submission in self._submissions.values()
            if (newest := submission.versions[-1]).response.language in answers.present
            and _content(newest.response) not in self._present
            and rows_known[_row(newest.response.key)] > rows_seen[_row(newest.response.key)]
        ]

    def knows(self, response: Response) -> bool:
        """Whether this content was kept and not replaced since: what is put back after a change is news."""
        found = self._contents.get(_content(response))
        if found is None:
            return False
        newest = self._newest[found.ref, _row(found.response.key)]
        return newest is found or _content(newest.response) in self._present

    def place(self, response: Response) -> tuple[str, bool]:
        """The ref of the submission that this response belongs to, and whether that is a new one."""
        for (ref, row), version in self._newest.items():
            if row == _row(response.key) and _content(version.response) not in self._present:
                return ref, False
        for submission in self._submissions.values():
            if _same(submission, response):
                return submission.ref, False
        for version in self._vanished:
            if edited(version.response, response) or readdressed(version.response, response):
                self._vanished.remove(version)
                return version.ref, False
        return choose_ref(ref_source(response), self._submissions.__contains__), True

    def keep(self, version: Version) -> None:
        self._remember(version)
        before = self._submissions.get(version.ref)
        versions = [*(before.versions if before else ()), version]
        self._submissions[version.ref] = submissions(versions)[version.ref]

    def _remember(self, version: Version) -> None:
        self._newest[version.ref, _row(version.response.key)] = version
        self._contents[_content(version.response)] = version


def ref_source(response: Response) -> str:
    """What the ref of a submission is made from: its first row, with its first content."""
    return f"{_row(response.key)}{response.fingerprint}"


def _row(key: str) -> str:
    """A row's key without the number that tells two rows of the same second apart."""
    return key.partition("#")[0]


def _content(response: Response) -> tuple[str, str]:
    return _row(response.key), response.fingerprint


def _same(submission: Submission, response: Response) -> bool:
    older, newer = submission.current, response
    if newer.submitted_at < older.submitted_at:
        older, newer = newer, older
    return same_submission(older, newer)
