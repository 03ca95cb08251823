"""What a mail is known by; all of it follows from keys, so that a second attempt is recognised as the same mail."""

import hashlib
from base64 import b32encode
from enum import StrEnum

from tasks.domain.models import Person


class MailKind(StrEnum):
    """The folders of ``templates/mail``."""

    acknowledgement = "acknowledgement"
    invitation = "invitation"
    speaker_invitation = "speaker_invitation"


ID_PREFIXES = {MailKind.acknowledgement: "ack", MailKind.invitation: "inv", MailKind.speaker_invitation: "spk"}


def token(key: str) -> str:
    """One word that a mailbox can be searched for, whatever its provider does to the headers."""
    return b32encode(hashlib.sha256(key.encode()).digest()).decode()[:10]


def message_id(kind: MailKind, key: str, domain: str) -> str:
    """The same for every attempt to send the mail with this key."""
    return f"<{ID_PREFIXES[kind]}.{_hex(key)}.1@{domain}>"


def thread_root(ref: str, to: Person, domain: str) -> str:
    """The Message-ID of a mail that is never sent, to which all of a person's mails on one matter refer."""
    return f"<sub.{_hex(f'{ref}|{to.address_key}')}@{domain}>"


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
