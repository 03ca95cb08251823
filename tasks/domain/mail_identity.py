"""What a mail is known by; all of it follows from keys, so that a second attempt is recognised as the same mail."""

import hashlib
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tasks.domain.models import Person


class MailKind(StrEnum):
    """The folders of ``templates/mail``."""

    acknowledgement = "acknowledgement"
    welcome = "welcome"
    accepted = "accepted"
    declined = "declined"
    missing_answer = "missing_answer"
    schedule_proposal = "schedule_proposal"
    speaker_invitation = "speaker_invitation"
    invitation = "invitation"
    reminder_week = "reminder_week"
    reminder_day = "reminder_day"
    reminder_hour = "reminder_hour"
    rescheduled = "rescheduled"
    cancelled = "cancelled"
    removed = "removed"
    recording_review = "recording_review"
    recording_online = "recording_online"
    reply_handled = "reply_handled"
    digest = "digest"


class Short(StrEnum):
    """Folders of ``templates/mail``, too: the letters about sessions to readers who want as little as possible."""

    joining = "minimal"
    over = "minimal_off"


Sheet = MailKind | Short
"""What a letter is written on."""


@dataclass(frozen=True, slots=True)
class Nature:
    """What a kind is to mail programs, whatever it says.

    ``prefix`` begins its Message-IDs. ``method`` is that of its calendar part (RFC 5546), ``""`` where it has none.
    ``listed`` mails go to people who may leave the list, and say so in List-Unsubscribe. ``threaded`` ones have no
    subject of their own: they go on in the thread that the acknowledgement began.
    """

    prefix: str
    method: str = ""
    listed: bool = False
    threaded: bool = False


NATURE: Mapping[MailKind, Nature] = {
    MailKind.acknowledgement: Nature("ack"),
    MailKind.welcome: Nature("wel", threaded=True),
    MailKind.accepted: Nature("acc", threaded=True),
    MailKind.declined: Nature("dec", threaded=True),
    MailKind.missing_answer: Nature("ask", threaded=True),
    MailKind.schedule_proposal: Nature("pro", threaded=True),
    MailKind.speaker_invitation: Nature("spk", "REQUEST", listed=True),
    MailKind.invitation: Nature("inv", "REQUEST", listed=True),
    MailKind.reminder_week: Nature("rmw", listed=True),
    MailKind.reminder_day: Nature("rmd", listed=True),
    MailKind.reminder_hour: Nature("rmh", listed=True),
    MailKind.rescheduled: Nature("upd", "REQUEST", listed=True),
    MailKind.cancelled: Nature("can", "CANCEL"),
    MailKind.removed: Nature("rem", "CANCEL"),
    MailKind.recording_review: Nature("rev"),
    MailKind.recording_online: Nature("rec", listed=True),
    MailKind.reply_handled: Nature("rep"),
    MailKind.digest: Nature("dig"),
}


SHORT: Mapping[MailKind, Short] = {
    **dict.fromkeys((MailKind.speaker_invitation, MailKind.invitation, MailKind.rescheduled), Short.joining),
    **dict.fromkeys((MailKind.reminder_week, MailKind.reminder_day, MailKind.reminder_hour), Short.joining),
    **dict.fromkeys((MailKind.recording_review, MailKind.recording_online), Short.joining),
    **dict.fromkeys((MailKind.cancelled, MailKind.removed), Short.over),
}


def sheet_of(kind: MailKind, to: Person) -> Sheet:
    """The letter by which a mail of this kind is written to somebody."""
    return SHORT.get(kind, kind) if to.wants_little else kind


def method_of(kind: MailKind, to: Person) -> str:
    """That of the calendar file that such a mail brings to somebody, ``""`` where it brings none."""
    return NATURE[kind].method if to.wants_calendar else ""


def is_threaded(sheet: Sheet) -> bool:
    """Whether such a letter goes on in the thread of the acknowledgement."""
    return isinstance(sheet, MailKind) and NATURE[sheet].threaded


def token(key: str) -> str:
    """One word that a mailbox can be searched for, whatever its provider does to the headers."""
    return digest_words(key)[1]


def digest_words(key: str) -> tuple[str, str]:
    """What of the Message-ID, and which word in the text, stand for a key."""
    found = hashlib.sha256(key.encode()).digest()
    return found.hex()[:32], b32encode(found).decode()[:10]


def message_id(kind: MailKind, key: str, domain: str) -> str:
    """The same for every attempt to send the mail with this key."""
    return f"<{NATURE[kind].prefix}{message_mark(key, domain)}"


def message_mark(key: str, domain: str) -> str:
    """The end of the Message-ID of the mail with this key, whatever kind of mail it is."""
    return f".{_hex(key)}.1@{domain}>"


def thread_root(ref: str, to: Person, domain: str) -> str:
    """The Message-ID of a mail that is never sent, to which all of a person's mails on one matter refer."""
    return f"<sub.{_hex(f'{ref}|{to.address_key}')}@{domain}>"


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
