"""The real letters and configuration, a pseudo language that is written from right to left, and values with one
deviation.
"""

import email
from dataclasses import replace
from datetime import UTC, date, datetime
from email import policy
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from config.settings import ROOT, load_languages, load_programme
from tasks.domain.conversation_mails import (
    Digest,
    Done,
    Talk,
    compose_acknowledgement,
    compose_conversation,
    compose_digest,
    compose_reply_handled,
)
from tasks.domain.letter_shelf import load_letters
from tasks.domain.mail_identity import NATURE
from tasks.domain.mails import MailKind, compose_invitation, compose_recording, compose_reminder
from tasks.domain.models import Person, Presenter, Session
from tests.domain.pseudo_language import copy_with_pseudo_language

MAIL = ROOT / "templates" / "mail"
PROGRAMME = load_programme(ROOT / "config")
with TemporaryDirectory() as folder:
    config, templates = copy_with_pseudo_language(Path(folder))
    LANGUAGES = load_languages(config, PROGRAMME)
    LETTERS = load_letters(templates / "mail", LANGUAGES)
SENDER = PROGRAMME.sender
READING = policy.default.clone(header_factory=lru_cache(4096)(HeaderRegistry()))  # the same headers are asked for often
OURS = {"letters": LETTERS, "sender": SENDER}

MADE_AT = datetime(2026, 10, 1, 9, 30, 15, 250, tzinfo=UTC)
LINK = "https://meet.google.com/abc-defg-hij"
WITH_CALENDAR = tuple(kind for kind in MailKind if NATURE[kind].method)
INVITATIONS = (MailKind.invitation, MailKind.speaker_invitation)
REMINDERS = (MailKind.reminder_week, MailKind.reminder_day, MailKind.reminder_hour)
RECORDINGS = (MailKind.recording_review, MailKind.recording_online)
CONVERSATION = tuple(kind for kind in MailKind if NATURE[kind].threaded)
ABOUT_A_SESSION = (*WITH_CALENDAR, *REMINDERS, *RECORDINGS)
WITHOUT_A_NAME = (MailKind.acknowledgement, MailKind.welcome)  # a stranger may have typed it


def a_person(name="Amina Diallo", address="amina@example.org", discretion=frozenset()):
    return Person(name, address, address.casefold(), discretion)


def a_session(**deviation):
    presenters = (Presenter("Rosa", "Rosa, rosa@example.net", a_person("Rosa", "rosa@example.net")),)
    starts = datetime(2026, 11, 12, 20, 5, tzinfo=UTC)
    session = Session("K7P2QX", 2, "What we learned", starts, 90, "America/Bogota", "es", presenters, "members")
    return replace(session, **deviation)


def a_talk(**deviation):
    questions = ("In what format would you like to work?", "May we record?")
    times = (datetime(2026, 11, 12, 20, 5, tzinfo=UTC), datetime(2026, 11, 14, 13, 0, tzinfo=UTC))
    talk = Talk("K7P2QX", "What we learned", "Ana Ruiz", questions, times, 90, "America/Bogota")
    return replace(talk, **deviation)


def an_acknowledgement(**deviation):
    values = {"key": "acknowledgement:K7P2QX", "to": a_person(), "language": "en", "ref": "K7P2QX", "made_at": MADE_AT}
    return compose_acknowledgement(**(OURS | values | deviation))


def a_conversation(**deviation):
    values = {
        "kind": MailKind.accepted,
        "key": "accepted:K7P2QX",
        "to": a_person(),
        "language": "en",
        "talk": a_talk(),
        "made_at": MADE_AT,
    }
    return compose_conversation(**(OURS | values | deviation))


def a_reply_handled(**deviation):
    values = {
        "key": "reply:K7P2QX",
        "to": a_person(),
        "language": "en",
        "ref": "K7P2QX",
        "done": Done.withdrawn,
        "made_at": MADE_AT,
    }
    return compose_reply_handled(**(OURS | values | deviation))


def a_digest(**deviation):
    digest = Digest(("Sessions row 4: no date yet", "2 mails wait"), ("K7P2QX: invitations",), ())
    values = {
        "key": "digest:2026-10-01",
        "to": a_person(),
        "language": "en",
        "day": date(2026, 10, 1),
        "digest": digest,
        "made_at": MADE_AT,
    }
    return compose_digest(**(OURS | values | deviation))


def an_invitation(**deviation):
    values = {
        "kind": MailKind.invitation,
        "key": "invitation:K7P2QX:amina:0",
        "to": a_person(),
        "language": "en",
        "session": a_session(),
        "zone": "Africa/Dakar",
        "meeting_link": LINK,
        "sequence": 0,
        "made_at": MADE_AT,
    }
    return compose_invitation(**(OURS | values | deviation))


def a_reminder(**deviation):
    values = {
        "kind": MailKind.reminder_day,
        "key": "reminder_day:K7P2QX:amina:0",
        "to": a_person(),
        "language": "en",
        "session": a_session(),
        "zone": "Africa/Dakar",
        "meeting_link": LINK,
        "made_at": MADE_AT,
    }
    return compose_reminder(**(OURS | values | deviation))


def a_recording(**deviation):
    values = {
        "kind": MailKind.recording_online,
        "key": "recording_online:K7P2QX:amina",
        "to": a_person(),
        "language": "en",
        "session": a_session(),
        "zone": "Africa/Dakar",
        "recording_link": LINK,
        "answer_by": date(2026, 11, 20),
        "made_at": MADE_AT,
    }
    return compose_recording(**(OURS | values | deviation))


COMPOSED = {
    **{kind: partial(a_conversation, kind=kind) for kind in CONVERSATION},
    **{kind: partial(an_invitation, kind=kind) for kind in WITH_CALENDAR},
    **{kind: partial(a_reminder, kind=kind) for kind in REMINDERS},
    **{kind: partial(a_recording, kind=kind) for kind in RECORDINGS},
    MailKind.acknowledgement: an_acknowledgement,
    MailKind.reply_handled: a_reply_handled,
    MailKind.digest: a_digest,
}


def a_mail(kind, **deviation):
    """A mail of any kind; it takes what its kind has."""
    return COMPOSED[kind](**deviation)


def every_mail(kinds=tuple(MailKind), **deviation):
    """Each kind in each language."""
    return [a_mail(kind, language=language, **deviation) for kind in kinds for language in LANGUAGES]


def in_turn(number) -> str:
    """A language for each number: cases that are tried in one language each are tried in all together."""
    return list(LANGUAGES)[number % len(LANGUAGES)]


def read(mail) -> EmailMessage:
    return parsed(mail.raw)


@lru_cache(maxsize=256)
def parsed(raw: bytes) -> EmailMessage:
    """To be read only: tests ask the same mail for many things, and parsing it takes longer than writing it."""
    return email.message_from_bytes(raw, policy=READING)


def text_of(mail) -> str:
    return read(mail).get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(mail) -> str:
    return read(mail).get_body(("html",)).get_content().replace("\r\n", "\n")


def calendar_of(mail) -> bytes:
    return next(part for part in read(mail).walk() if part.get_content_type() == "text/calendar").get_payload(
        decode=True
    )
