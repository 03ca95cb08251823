"""What staff changed in *Sessions* becomes news for people once nobody has typed for a while; never about the past."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tasks.domain.local_time import utc_line
from tasks.domain.models import Problem, Session, SessionStatus, Severity
from tasks.domain.revisions import FIRST, Revision, Revisions, is_news
from tasks.domain.sentences import say
from tasks.domain.sessions import SessionRow, SessionsReading

NEAR = timedelta(hours=2)
"""Of a session that begins so soon, people hear as soon as two runs have read the same."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A change that was seen: the mark of what the row says by now, and since when it says so (UTC)."""

    mark: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of sessions. ``told`` are the refs of which somebody was written to, perhaps."""

    revisions: Revisions
    noticed: Mapping[str, Noticed]
    told: Collection[str]


@dataclass(frozen=True, slots=True)
class Changes:
    """``revise`` are new revisions, ``notice`` changes that are not announced yet, ``forget`` those that are none now.

    ``waiting`` says from when on each of them may be announced. All by ref.
    """

    revise: Mapping[str, Revision] = field(default_factory=dict)
    notice: Mapping[str, Noticed] = field(default_factory=dict)
    forget: frozenset[str] = frozenset()
    waiting: Mapping[str, datetime] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def decide_changes(reading: SessionsReading, known: Known, now: datetime, quiet: timedelta, sheet: str) -> Changes:
    """Compare what stands in the tab with what people were told last. ``sheet`` is the name people know it by."""
    confirmed = {session.ref: session for session in reading.confirmed}
    revise, notice, waiting, problems = {}, {}, {}, list(_gone(reading, known, now, sheet))
    settled = {row.ref: row for row in reading.rows.values() if row.ref not in reading.held}
    for ref, row in settled.items():
        last = known.revisions[ref][-1] if ref in known.revisions else None
        match _news(row, confirmed.get(ref), last, now, sheet):
            case Problem() as problem:
                problems += [problem] if ref in known.told else []
            case Revision() as news:
                since = _since(news, known.noticed.get(ref), now)
                if last is None or ref not in known.told or _is_quiet(news, last, since, now, quiet):
                    revise[ref] = news
                else:
                    notice[ref], waiting[ref] = Noticed(news.mark, since), since + quiet
    return Changes(
        revise,
        {ref: one for ref, one in notice.items() if known.noticed.get(ref) != one},
        frozenset((known.noticed.keys() & settled.keys()) - waiting.keys()),
        waiting,
        tuple(problems),
    )


def _news(
    row: SessionRow, session: Session | None, last: Revision | None, now: datetime, sheet: str
) -> Revision | Problem | None:
    """What a row asks people to be told; a problem where that cannot be, None where there is nothing to tell."""
    if last is None:
        return Revision(FIRST, SessionStatus.confirmed, session, now) if session and session.starts > now else None
    news = _asked_for(row, session, last)
    stood = last.status is SessionStatus.confirmed
    if news is None and row.status is SessionStatus.draft and stood and last.session.starts > now:
        return _problem("announced-draft", row, last, sheet)
    if news is None or not _differs(news, last):
        return None
    if last.session.starts > now < news.session.starts or not stood:
        return replace(news, sequence=last.sequence + 1, recorded_at=now) if news.session.starts > now else None
    if news.session.starts > now:
        return _problem("held-moved", row, last, sheet)
    return _problem("moved-into-past", row, last, sheet) if last.session.starts > now else None


def _differs(news: Revision, last: Revision) -> bool:
    if news.status is SessionStatus.cancelled:
        return last.status is not SessionStatus.cancelled
    return is_news(news.session, last)


def _asked_for(row: SessionRow, session: Session | None, last: Revision) -> Revision | None:
    if row.status is SessionStatus.cancelled:
        return replace(last, status=SessionStatus.cancelled)
    return replace(last, status=SessionStatus.confirmed, session=session) if session else None


def _since(news: Revision, noticed: Noticed | None, now: datetime) -> datetime:
    return noticed.seen_at if noticed and noticed.mark == news.mark else now


def _is_quiet(news: Revision, last: Revision, since: datetime, now: datetime, quiet: timedelta) -> bool:
    begins = min(news.session.starts, last.session.starts)
    return now - since >= quiet or (begins - now < NEAR and since < now)


def _gone(reading: SessionsReading, known: Known, now: datetime, sheet: str) -> list[Problem]:
    """Announced sessions whose row was deleted: people still believe in them."""
    if not reading.readable:
        return []
    last = {ref: known.revisions[ref][-1] for ref in sorted(known.revisions.keys() & set(known.told))}
    return [
        _problem("announced-gone", SessionRow(ref, 0, None, {}), revision, sheet)
        for ref, revision in last.items()
        if ref not in reading.rows and revision.status is SessionStatus.confirmed and revision.session.starts > now
    ]


def _problem(name: str, row: SessionRow, last: Revision, sheet: str) -> Problem:
    what = say(name, ref=row.ref, when=utc_line(last.session.starts))
    severity = Severity.notice if name == "held-moved" else Severity.problem
    return Problem(name, sheet, row.ref, (what,), (say(TODO[name], ref=row.ref),), row.row or None, severity=severity)


TODO = {
    "announced-draft": "announced-draft-todo",
    "announced-gone": "announced-gone-todo",
    "held-moved": "held-moved-todo",
    "moved-into-past": "moved-into-past-todo",
}


def unsettled(reading: SessionsReading, revisions: Revisions, now: datetime) -> dict[str, str]:
    """Sessions of which nobody is told anything for now, by ref, with the reason."""
    confirmed = {session.ref: session for session in reading.confirmed}
    reasons = {ref: _why_unsettled(ref, history[-1], reading, confirmed) for ref, history in revisions.items()}
    new = {one.ref for one in reading.confirmed if one.ref not in revisions and one.starts > now}
    return {ref: reason for ref, reason in reasons.items() if reason} | dict.fromkeys(
        sorted(new), "the calendar event is not there yet"
    )


def _why_unsettled(ref: str, last: Revision, reading: SessionsReading, confirmed: Mapping[str, Session]) -> str:
    row = reading.rows.get(ref)
    if last.status is SessionStatus.cancelled:
        return "its status was changed again" if row and row.status is SessionStatus.confirmed else ""
    if row is None or ref in reading.held:
        return "its row cannot be read for now"
    if row.status is SessionStatus.cancelled:
        return "its cancellation is about to be announced"
    if ref not in confirmed:
        return "it is not confirmed any more"
    return "a change is about to be announced" if is_news(confirmed[ref], last) else ""
