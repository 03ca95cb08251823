"""The mails that the programme writes, one person at a time; whether and when they go out is decided elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from tasks.domain.addresses import sendable
from tasks.domain.invites import invite
from tasks.domain.letter_markdown import Value
from tasks.domain.letters import Letters
from tasks.domain.local_time import in_utc, local_date, local_moment, utc_line
from tasks.domain.mail_identity import MailKind, message_id, thread_root, token
from tasks.domain.mime_message import message_bytes
from tasks.domain.models import Person, Session
from tasks.domain.programme import Sender
from tasks.domain.untrusted import LONGEST_NAME, Untrusted, shown_name

__all__ = ["Mail", "MailKind", "compose_acknowledgement", "compose_invitation", "token"]


@dataclass(frozen=True, slots=True)
class Mail:
    """A finished mail. ``key`` is ours; the Message-ID and the ``token`` printed in the mail follow from it."""

    key: str
    kind: MailKind
    language: str
    to: Person
    subject: str
    message_id: str
    token: str
    raw: bytes


def compose_acknowledgement(
    letters: Letters, sender: Sender, *, key: str, to: Person, language: str, ref: str, made_at: datetime
) -> Mail:
    """Nothing from the form but the address: a stranger may have typed somebody else's."""
    kind = MailKind.acknowledgement
    values = {"ref": ref, "address": sender.address}
    rendered = letters.render(kind, language, values, _footer(letters.labels_of(language), key))
    headers = [
        *_headers(kind, sender, _mailbox("", sendable(to)), key, made_at),
        ("Subject", rendered.subject),
        ("References", thread_root(ref, to, sender.domain)),
    ]
    raw = message_bytes(headers, rendered, language)
    identity = message_id(kind, key, sender.domain)
    return Mail(key, kind, language, to, rendered.subject, identity, token(key), raw)


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
) -> Mail:
    """``zone`` is the recipient's (an IANA name), or ``""`` for the session's own."""
    labels = letters.labels_of(language)
    link = _https(meeting_link)
    mailbox = _mailbox(shown_name(to), sendable(to))
    values = {
        **_greeting(labels, to),
        **_facts(session, zone or session.zone, language),
        "again": labels["resent"] if resent else "",
        "meeting_link": link,
    }
    rendered = letters.render(kind, language, values, _footer(labels, key))
    calendar = invite(
        session,
        sender=sender,
        to=to,
        meeting_link=link,
        language=language,
        sequence=sequence,
        made_at=made_at,
        labels=labels,
    )
    headers = [
        *_headers(kind, sender, mailbox, key, made_at),
        ("Subject", rendered.subject),
        ("References", thread_root(session.ref, to, sender.domain)),
        ("List-Unsubscribe", f"<mailto:{quote(sender.reply_to, safe='@')}?subject=unsubscribe%20{token(key)}>"),
    ]
    raw = message_bytes(headers, rendered, language, calendar)
    identity = message_id(kind, key, sender.domain)
    return Mail(key, kind, language, to, rendered.subject, identity, token(key), raw)


def _headers(
    kind: MailKind, sender: Sender, to: Address, key: str, made_at: datetime
) -> Iterator[tuple[str, str | Address]]:
    yield "From", _mailbox(sender.name, sender.address)
    yield "To", to
    yield "Reply-To", _mailbox("", sender.reply_to)
    yield "Date", format_datetime(in_utc(made_at))
    yield "Message-ID", message_id(kind, key, sender.domain)
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply"


def _facts(session: Session, zone: str, language: str) -> Mapping[str, Value]:
    return {
        "ref": session.ref,
        "title": Untrusted(session.title),
        "date": local_date(session.starts, zone, language),
        "when": local_moment(session.starts, zone, language),
        "when_utc": utc_line(session.starts),
        "minutes": session.minutes,
    }


def _greeting(labels: Mapping[str, str], to: Person) -> Mapping[str, Value]:
    if not shown_name(to):
        return {"greeting": labels["greeting_nameless"]}
    before, _, after = labels["greeting"].partition("{name}")
    return {"greeting": (before, Untrusted(to.name, LONGEST_NAME), after)}


def _mailbox(name: str, address: str) -> Address:
    try:
        return Address(name, addr_spec=address)
    except (ValueError, IndexError, MessageError):
        raise ValueError("the address is not an e-mail address") from None


def _footer(labels: Mapping[str, str], key: str) -> str:
    return labels["mail_code"].replace("{token}", token(key))


def _https(link: str) -> str:
    address = urlsplit(link)
    if address.scheme != "https" or not address.hostname or "@" in address.netloc or link.split() != [link]:
        raise ValueError("a meeting link must be an https address")
    return link
