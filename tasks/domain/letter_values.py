"""What letters say of a person and of a session, in one language and for one reader."""

from collections.abc import Mapping
from datetime import datetime

from tasks.domain.letter_markdown import Latin, Lines, Value
from tasks.domain.links import is_https
from tasks.domain.local_time import local_date, local_moment, utc_line
from tasks.domain.mail_identity import MailKind
from tasks.domain.models import Person, Session
from tasks.domain.untrusted import LONGEST_NAME, Untrusted, shown_name

LONGEST_NOTE = 1000
TO_CALENDARS = {
    MailKind.speaker_invitation: "adds",
    MailKind.invitation: "adds",
    MailKind.rescheduled: "changes",
    MailKind.cancelled: "removes",
    MailKind.removed: "removes",
}
RECORDINGS = (MailKind.recording_review, MailKind.recording_online)
Labels = Mapping[str, str]


def greeting(labels: Labels, to: Person) -> Value:
    """Hello, by name where one is known."""
    if not shown_name(to):
        return labels["greeting_nameless"]
    before, _, after = labels["greeting"].partition("{name}")
    return (before, Untrusted(to.name, LONGEST_NAME), after)


def facts(session: Session, zone: str, language: str, labels: Labels) -> Mapping[str, Value]:
    """A session in the reader's ``zone``; one without a title is called what the calendar calls it."""
    return {
        "ref": session.ref,
        "title": Untrusted(session.title) if session.title else labels["event_summary"].replace("{ref}", session.ref),
        "date": local_date(session.starts, zone, language),
        "when": local_moment(session.starts, zone, language),
        "when_utc": Latin(utc_line(session.starts)),
        "minutes": session.minutes,
    }


def calendar_file(kind: MailKind, to: Person, labels: Labels) -> Mapping[str, Value]:
    """What a mail of this kind says of its calendar file, or of there being none."""
    return {"file": labels[f"{'' if to.wants_calendar else 'no_'}file_{TO_CALENDARS[kind]}"]}


def in_short(kind: MailKind, labels: Labels, link: str, day: str = "") -> Mapping[str, Value]:
    """What a letter says that says no more than it must; ``day`` is until when an answer is waited for."""
    action = labels["to_recording" if kind in RECORDINGS else "to_session"]
    return {"news": labels[f"minimal_{kind}"].replace("{day}", day), "action": action, "link": link}


def until_now(was: datetime | None, zone: str, language: str, labels: Labels) -> str:
    """When the session was to be before it was moved; ``""`` where that is not told."""
    return labels["until_now"].replace("{when}", local_moment(was, zone, language)) if was else ""


def note(typed: str) -> Value:
    """What a person of the Secretariat adds to one mail; ``""`` where there is nothing."""
    return Untrusted(typed, LONGEST_NOTE) if typed.strip() else ""


def moments(times: tuple[datetime, ...], zone: str, language: str) -> Lines:
    """Each moment in the reader's zone and in UTC."""
    return Lines(tuple((f"{local_moment(one, zone, language)} = ", Latin(utc_line(one))) for one in times))


def points(lines: tuple[str, ...], labels: Labels) -> Lines:
    """A list, or the word for nothing."""
    return Lines(tuple(Untrusted(line, LONGEST_NOTE) for line in lines) or (labels["nothing"],))


def https(link: str) -> str:
    """The link, if it is one that people may follow. Raises ValueError."""
    if not is_https(link):
        raise ValueError("a meeting link must be an https address")
    return link
