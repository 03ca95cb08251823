"""The mails about a session, one person at a time; whether and when they go out is decided elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tasks.domain.invites import invite
from tasks.domain.letter_markdown import Value
from tasks.domain.letter_values import calendar_file, facts, greeting, https, in_short, note, until_now
from tasks.domain.letters import Letters
from tasks.domain.local_time import day_in_words
from tasks.domain.mail_headers import Envelope, headers
from tasks.domain.mail_identity import NATURE, MailKind, message_id, method_of, sheet_of, token
from tasks.domain.mime_message import message_bytes
from tasks.domain.models import Person, Session
from tasks.domain.programme import Sender

__all__ = [
    "Envelope",
    "Mail",
    "MailKind",
    "compose_invitation",
    "compose_recording",
    "compose_reminder",
    "sealed",
    "token",
]


@dataclass(frozen=True, slots=True)
class Mail:
    """A finished mail. ``key`` is ours; the Message-ID and the ``token`` printed in the mail follow from it.

    ``language`` is the one it is written in, which may be another than was asked for.
    """

    key: str
    kind: MailKind
    language: str
    to: Person
    subject: str
    message_id: str
    token: str
    raw: bytes


def compose_invitation(  # noqa: PLR0913  everything that one mail says
    letters: Letters,
    sender: Sender,
    *,
    kind: MailKind,
    key: str,
    to: Person,
    language: str,
    session: Session,
    zone: str,
    meeting_link: str,
    sequence: int,
    made_at: datetime,
    resent: bool = False,
    preface: str = "",
    was: datetime | None = None,
) -> Mail:
    """An invitation, its change or its end, with the calendar file that does the same to the reader's calendar.

    ``zone`` is the recipient's (an IANA name), or ``""`` for the session's own. ``sequence`` must be higher than in
    any mail before whenever start, end or place changed, and when the session is taken out of the calendar; then the
    ``meeting_link`` is left out. ``preface`` is a word of staff to this reader; ``was`` the start before it was moved.
    """
    method = method_of(kind, to)
    language = letters.spoken(sheet_of(kind, to), language)
    labels, zone = letters.labels[language], zone or session.zone
    link = "" if NATURE[kind].method == "CANCEL" else https(meeting_link)
    values: dict[str, Value] = {
        "greeting": greeting(labels, to),
        **facts(session, zone, language, labels),
        "again": labels["resent"] if resent else "",
        "preface": note(preface),
        "until_now": until_now(was, zone, language, labels),
        "meeting_link": link,
        **calendar_file(kind, to, labels),
        **in_short(kind, labels, link),
    }
    if not method:
        return sealed(letters, sender, Envelope(kind, key, to, language, session.ref, made_at), values)
    calendar = invite(
        session,
        sender=sender,
        to=to,
        method=method,
        meeting_link=link,
        language=language,
        sequence=sequence,
        made_at=made_at,
        labels=labels,
    )
    return sealed(letters, sender, Envelope(kind, key, to, language, session.ref, made_at), values, calendar)


def compose_reminder(  # noqa: PLR0913  everything that one mail says
    letters: Letters,
    sender: Sender,
    *,
    kind: MailKind,
    key: str,
    to: Person,
    language: str,
    session: Session,
    zone: str,
    meeting_link: str,
    made_at: datetime,
) -> Mail:
    """``zone`` is the recipient's (an IANA name), or ``""`` for the session's own."""
    language = letters.spoken(sheet_of(kind, to), language)
    labels = letters.labels[language]
    values: dict[str, Value] = {
        "greeting": greeting(labels, to),
        **facts(session, zone or session.zone, language, labels),
        "meeting_link": https(meeting_link),
        "until_now": "",
        **in_short(kind, labels, meeting_link),
    }
    return sealed(letters, sender, Envelope(kind, key, to, language, session.ref, made_at), values)


def compose_recording(  # noqa: PLR0913  everything that one mail says
    letters: Letters,
    sender: Sender,
    *,
    kind: MailKind,
    key: str,
    to: Person,
    language: str,
    session: Session,
    zone: str,
    recording_link: str,
    made_at: datetime,
    answer_by: date | None = None,
) -> Mail:
    """For presenters to look at before anybody else (``answer_by`` which day), or for those it may be shared with.

    ``zone`` is the recipient's (an IANA name), or ``""`` for the session's own. Raises ValueError for a recording that
    may not be shared.
    """
    language = letters.spoken(sheet_of(kind, to), language)
    labels = letters.labels[language]
    if f"sharing_{session.recording}" not in labels:
        raise ValueError(f"nobody has agreed that the recording of {session.ref} is shared")
    values: dict[str, Value] = {
        "greeting": greeting(labels, to),
        **facts(session, zone or session.zone, language, labels),
        "recording_link": https(recording_link),
        "sharing": labels[f"sharing_{session.recording}"],
        "until_now": "",
        **in_short(kind, labels, recording_link, day_in_words(answer_by, language) if answer_by else ""),
    }
    if answer_by:
        values["answer_by"] = day_in_words(answer_by, language)
    return sealed(letters, sender, Envelope(kind, key, to, language, session.ref, made_at), values)


def sealed(
    letters: Letters, sender: Sender, envelope: Envelope, values: Mapping[str, Value], calendar: bytes = b""
) -> Mail:
    """The letter filled in, as the bytes of one mail, as its reader wants mails to be.

    Raises LettersError; ValueError for an address, name or moment that cannot be written to or with.
    """
    kind, key, to, language = envelope.kind, envelope.key, envelope.to, envelope.language
    footer = letters.labels[language]["mail_code"].replace("{token}", token(key))
    rendered = letters.render(sheet_of(kind, to), language, values, footer)
    head = headers(sender, envelope, rendered.subject)
    shown = rendered if to.wants_page else replace(rendered, html="")
    raw = message_bytes(head, shown, language, calendar, NATURE[kind].method)
    return Mail(key, kind, language, to, rendered.subject, message_id(kind, key, sender.domain), token(key), raw)
