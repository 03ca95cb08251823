"""Decides which recordings go into the archive sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.domain.calendar_events import is_over, standing_event
from tasks.domain.display import Line
from tasks.domain.effects import Effect, by_ref
from tasks.domain.keys import digest
from tasks.domain.lines import utc_minute
from tasks.domain.models import Problem, Session, Severity
from tasks.domain.sentences import say

SHARING = {"public": "everyone", "members": "members only"}


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished recording. ``name`` is its provider's own and never changes; ``minutes`` 0 means not known yet."""

    name: str
    link: str
    minutes: int


def recording_key(ref: str, name: str) -> str:
    """One archive row a recording."""
    return f"recording:{ref}:{digest(name)[:12]}"


def sessions_to_look_at(
    confirmed: Sequence[Session], effects: Mapping[str, Effect], now: datetime, within_days: int
) -> list[tuple[Session, str]]:
    """Sessions that are over, not too long ago, with their meeting link; a second part may still turn up."""
    found, mine = [], by_ref(effects)
    for session in confirmed:
        event = standing_event(mine.get(session.ref, {}))
        too_late = session.starts + timedelta(days=within_days) < now
        if event and event.link and is_over(session, now) and not too_late:
            found.append((session, event.link))
    return found


def archive_line(session: Session, recording: Recording) -> Line:
    """The row of a recording: what the session was, and the link; no addresses."""
    cells = {
        "ref": session.ref,
        "title": session.title,
        "date": utc_minute(session.starts),
        "languages": session.language,
        "presenters": ", ".join(presenter.name for presenter in session.presenters),
        "minutes": recording.minutes or "",
        "sharing": SHARING.get(session.recording, ""),
        "link": recording.link,
        "key": recording.name,
    }
    return Line(recording_key(session.ref, recording.name), session.ref, recording.name, cells, link=recording.link)


def consent_problem(session: Session, sheet: str, column: str) -> Problem | None:
    """A recording that nobody may keep stays out of the archive."""
    if session.recording in SHARING:
        return None
    what = say("recording-refused" if session.recording == "no" else "recording-unsaid", ref=session.ref)
    todo = say("recording-consent-todo", column=column)
    return Problem("recording-consent", sheet, session.ref, (what,), (todo,), session.row, column)


def missing_problem(session: Session, sheet: str, unfinished: int, now: datetime) -> Problem | None:
    """Two days after a session somebody should look for a recording that has not appeared."""
    if now < session.starts + timedelta(days=2):
        return None
    what = (say("recording-missing", ref=session.ref), *([say("recording-in-making")] if unfinished else []))
    todo = (say("recording-missing-todo"),)
    return Problem("recording-missing", sheet, session.ref, what, todo, session.row, severity=Severity.notice)
