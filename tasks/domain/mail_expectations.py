"""What a mail must turn out to be, as the session, the person and the kind say it; not as its template does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale

from tasks.domain.addresses import sendable
from tasks.domain.invites import event_uid
from tasks.domain.local_time import local_date, local_moment
from tasks.domain.mail_identity import MailKind, Short, message_id, sheet_of, thread_root, token
from tasks.domain.mails import Mail
from tasks.domain.message_rules import EventFacts, Expected, House
from tasks.domain.models import Session
from tasks.domain.untrusted import Untrusted, shown_name


@dataclass(frozen=True, slots=True)
class About:
    """What a mail is about, as it was planned. ``zone`` is the reader's, or ``""`` for the session's own.

    ``ref`` is the one whose thread the mail belongs to. ``after`` is the DTSTAMP of the newest mail with a calendar
    file that the reader has of this session. ``title``, ``minutes`` and proposed ``times`` are those of a talk that has
    no session yet; ``typed`` is what else people typed, as the mail shows it, ``hidden`` what it must not show.
    """

    ref: str
    session: Session | None = None
    zone: str = ""
    link: str = ""
    sequence: int = 0
    after: datetime | None = None
    title: str = ""
    minutes: int = 0
    times: tuple[datetime, ...] = ()
    typed: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """How mails of a kind must be. ``method`` is that of the calendar file, ``facts`` are names out of ``_facts``.

    ``listed`` ones can be unsubscribed from; ``threaded`` ones answer the mail that began the conversation.
    """

    facts: tuple[str, ...]
    method: str = ""
    listed: bool = False
    threaded: bool = False
    auto_submitted: str = "auto-generated"


LEFT_OUT = {"title", "minutes"}  # where a reader wants as little as possible
TIME = ("title", "hour", "offset", "utc")
SESSION = ("ref", *TIME, "minutes", "link")
MANNERS: Mapping[MailKind, Manner] = {
    MailKind.acknowledgement: Manner(("ref",)),
    MailKind.welcome: Manner(("ref",), threaded=True),
    MailKind.accepted: Manner(("ref", "title"), threaded=True),
    MailKind.declined: Manner(("ref", "title"), threaded=True),
    MailKind.missing_answer: Manner(("ref", "title"), threaded=True),
    MailKind.schedule_proposal: Manner(("ref", "title", "minutes"), threaded=True),
    MailKind.speaker_invitation: Manner(SESSION, "REQUEST", listed=True),
    MailKind.invitation: Manner(SESSION, "REQUEST", listed=True),
    MailKind.reminder_week: Manner(SESSION, listed=True),
    MailKind.reminder_day: Manner(SESSION, listed=True),
    MailKind.reminder_hour: Manner(SESSION, listed=True),
    MailKind.rescheduled: Manner(SESSION, "REQUEST", listed=True),
    MailKind.cancelled: Manner(("ref", *TIME), "CANCEL"),
    MailKind.removed: Manner(("ref", *TIME), "CANCEL"),
    MailKind.recording_review: Manner(("ref", "title", "link")),
    MailKind.recording_online: Manner(("ref", "title", "link"), listed=True),
    MailKind.reply_handled: Manner(("ref",)),
    MailKind.digest: Manner(()),
}


def expect(mail: Mail, about: About, house: House, now: datetime) -> Expected:
    """What the bytes of the mail are held against."""
    manner, said, to = MANNERS[mail.kind], _facts(about), mail.to
    root, code = thread_root(about.ref, to, house.sender.domain), token(mail.key)
    left_out = LEFT_OUT if sheet_of(mail.kind, to) in Short else {"title"} if to.wants_little else set()
    facts = [found for name in manner.facts if name not in left_out and (found := said[name])]
    return Expected(
        house=house,
        kind=str(sheet_of(mail.kind, to)),
        language=mail.language,
        direction=Locale.parse(mail.language).text_direction,
        recipient=sendable(to),
        subject=mail.subject,
        message_id=message_id(mail.kind, mail.key, house.sender.domain),
        references=root,
        in_reply_to=root if manner.threaded else "",
        token=code,
        now=now,
        auto_submitted=manner.auto_submitted,
        listed=manner.listed,
        facts=(*facts, *map(_in_utc, about.times), code),
        links=frozenset(filter(None, [about.link])),
        typed=tuple(filter(None, [said["title"], shown_name(to), *about.typed])),
        event=_event(about, house, manner.method) if manner.method and to.wants_calendar else None,
        has_page=to.wants_page,
        hidden=(*about.hidden, *(_of_people(about, mail) if to.wants_little else ())),
        said=(*facts, house.sender.name, *_moments(about, mail.language)),
    )


def _of_people(about: About, mail: Mail) -> Iterator[str]:
    """What is only said to those who want a whole mail."""
    session = about.session
    yield session.title if session else about.title
    yield mail.to.name
    yield from (one.name for one in session.presenters) if session else ()


def _moments(about: About, language: str) -> Iterator[str]:
    """The session's day and hour in words: a place or a month may be somebody's name."""
    if session := about.session:
        zone = about.zone or session.zone
        yield from (local_moment(session.starts, zone, language), local_date(session.starts, zone, language))


def _event(about: About, house: House, method: str) -> EventFacts | None:
    if about.session is None:
        raise ValueError("a mail with a calendar file must be about a session")
    starts = about.session.starts.astimezone(UTC).replace(microsecond=0)
    ends = starts + timedelta(minutes=about.session.minutes)
    return EventFacts(method, event_uid(about.ref, house.sender), about.sequence, starts, ends, about.after)


def _facts(about: About) -> dict[str, str]:
    """What can be known without the words of a language, as it must stand there; ``""`` for what is not known."""
    session = about.session
    title, minutes = (session.title, session.minutes) if session else (about.title, about.minutes)
    said = {
        "ref": about.ref,
        "link": about.link,
        "title": Untrusted(title).plain if title else "",
        "minutes": str(minutes) if minutes else "",
    }
    if session:
        local = session.starts.astimezone(ZoneInfo(about.zone or session.zone))
        said |= {"hour": f"{local:%H:%M}", "offset": local.isoformat()[-5:], "utc": _in_utc(session.starts)}
    return said


def _in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
