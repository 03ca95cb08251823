"""The real letters and configuration, and values with one deviation."""

import email
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

from config.settings import load_languages, load_programme
from tasks.domain.letters import load_letters
from tasks.domain.mails import MailKind, compose_acknowledgement, compose_invitation
from tasks.domain.models import Person, Presenter, Session

ROOT = Path(__file__).resolve().parents[2]
MAIL = ROOT / "templates" / "mail"
PROGRAMME = load_programme(ROOT / "config")
LANGUAGES = load_languages(ROOT / "config", PROGRAMME)
LETTERS = load_letters(MAIL, LANGUAGES)
SENDER = PROGRAMME.sender

MADE_AT = datetime(2026, 10, 1, 9, 30, 15, 250, tzinfo=UTC)
LINK = "https://meet.google.com/abc-defg-hij"
INVITATIONS = (MailKind.invitation, MailKind.speaker_invitation)


def a_person(name="Amina Diallo", address="amina@example.org"):
    return Person(name, address, address.casefold())


def a_session(**deviation):
    presenters = (Presenter("Rosa", "Rosa, rosa@example.net", a_person("Rosa", "rosa@example.net")),)
    starts = datetime(2026, 11, 12, 20, 5, tzinfo=UTC)
    session = Session("K7P2QX", 2, "What we learned", starts, 90, "America/Bogota", "es", presenters)
    return replace(session, **deviation)


def an_acknowledgement(**deviation):
    values = {"key": "acknowledgement:K7P2QX", "to": a_person(), "language": "en", "ref": "K7P2QX", "made_at": MADE_AT}
    return compose_acknowledgement(LETTERS, SENDER, **(values | deviation))


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
    return compose_invitation(LETTERS, SENDER, **(values | deviation))


def every_mail(**deviation):
    """Each kind in each language."""
    for language in LANGUAGES:
        yield an_acknowledgement(language=language)
        yield from (an_invitation(kind=kind, language=language, **deviation) for kind in INVITATIONS)


def read(mail) -> EmailMessage:
    return email.message_from_bytes(mail.raw, policy=policy.default)


def text_of(mail) -> str:
    return read(mail).get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(mail) -> str:
    return read(mail).get_body(("html",)).get_content().replace("\r\n", "\n")


def calendar_of(mail) -> bytes:
    return next(part for part in read(mail).walk() if part.get_content_type() == "text/calendar").get_payload(
        decode=True
    )
