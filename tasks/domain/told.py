"""Mails about a session: what they are known by, and what each person was told last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tasks.domain.effects import Effect, EffectState, Priority
from tasks.domain.mail_identity import MailKind
from tasks.domain.models import Person, Session

COMING = ("invitation", "rescheduled")
OUT = ("removed", "cancelled")
REMINDERS = ("reminder_week", "reminder_day", "reminder_hour")
ABOUT_SESSIONS = (*COMING, *OUT, *REMINDERS, "resend", "schedule_proposal", "recording_review")
PERHAPS_SENT = {EffectState.sending, EffectState.uncertain, EffectState.sent, EffectState.bounced}


@dataclass(frozen=True, slots=True)
class SessionMail:
    """One mail to one person about a session. ``where`` tells staff whom it goes to without naming them.

    It is written from ``session`` and the iCalendar ``sequence``, and not sent before ``not_before`` (UTC) nor after
    ``expires_at``. ``since`` is when its cause arose; ``preface`` is what staff want to say above it, ``was`` when the
    session was to begin as the person knows it; ``hidden`` are title and names that it must not show.
    ``copy_of`` is the key of the mail that it repeats, ``""`` where no copy of that is kept.
    """

    key: str
    kind: MailKind
    session: Session
    sequence: int
    to: Person
    language: str
    zone: str
    meeting_link: str
    where: str
    priority: Priority = Priority.normal
    since: datetime | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    resent: bool = False
    preface: str = ""
    was: datetime | None = None
    hidden: tuple[str, ...] = ()
    copy_of: str | None = None

    @property
    def words(self) -> str:
        """One line of a plan."""
        again = "again " if self.resent else ""
        again += {None: "", "": "(written anew, for no copy is kept) "}.get(self.copy_of, "(as a copy) ")
        whom = f"{self.where} ({person_in(self.key)})"
        tongue = "" if self.copy_of else f", in {self.language}"
        return f"{self.session.ref}: {self.kind.replace('_', ' ')} {again}to {whom}{tongue}"


def invitation_key(ref: str, person_id: str, sequence: int = 0) -> str:
    """One invitation a session, person and revision."""
    return f"invitation:{ref}:{person_id}:{sequence}"


def news_key(kind: MailKind, ref: str, person_id: str, sequence: int) -> str:
    """One piece of news a session, person and revision: ``rescheduled``, ``cancelled`` or ``removed``."""
    return f"{kind}:{ref}:{person_id}:{sequence}"


def resend_key(ref: str, person_id: str, day: date) -> str:
    """One repeated invitation a session, person and day."""
    return f"resend:{ref}:{person_id}:{day.isoformat()}"


def person_in(key: str) -> str:
    """The keyed hash of the person whose mail about a session has this key."""
    return key.rsplit(":", 2)[1]


def reminder_key(kind: MailKind, session: Session, person_id: str) -> str:
    """One reminder of each kind a person and moment: a session that was moved is reminded of again."""
    return f"{kind}:{session.ref}:{person_id}:{session.starts:%Y%m%dT%H%M}"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody heard last of a session: the ``kind`` of the mail, of which revision, and when."""

    sequence: int
    kind: str
    at: datetime | None

    @property
    def is_coming(self) -> bool:
        """Whether they believe that they are expected."""
        return self.kind in COMING


def last_told(mine: Mapping[str, Effect]) -> dict[str, Told]:
    """By person, from the mails about one session that went out, or may have; also those that came back."""
    found: dict[str, Told] = {}
    for key, effect in mine.items():
        kind = key.partition(":")[0]
        if kind in (*COMING, *OUT) and effect.state in PERHAPS_SENT:
            _, person, number = key.rsplit(":", 2)
            if person not in found or found[person].sequence <= int(number):
                found[person] = Told(int(number), kind, effect.settled_at)
    return found
