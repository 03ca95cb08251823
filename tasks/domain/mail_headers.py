"""The headers of every mail: from one address to one other, machine-made, in its thread."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import quote

from tasks.domain.addresses import sendable
from tasks.domain.local_time import in_utc
from tasks.domain.mail_identity import NATURE, MailKind, message_id, thread_root, token
from tasks.domain.models import Person
from tasks.domain.programme import Sender
from tasks.domain.untrusted import shown_name


@dataclass(frozen=True, slots=True)
class Envelope:
    """Which mail goes to whom. ``about`` is the ref whose thread it belongs to.

    Not ``by_name`` are mails to addresses whose owners have not answered yet: a stranger may have typed the name.
    """

    kind: MailKind
    key: str
    to: Person
    language: str
    about: str
    made_at: datetime
    by_name: bool = True


def headers(sender: Sender, mail: Envelope, subject: str) -> Iterator[tuple[str, str | Address]]:
    """All but those of the parts, which come with the parts. Raises ValueError."""
    nature, root = NATURE[mail.kind], thread_root(mail.about, mail.to, sender.domain)
    yield "From", mailbox(sender.name, sender.address)
    yield "To", mailbox(shown_name(mail.to) if mail.by_name else "", sendable(mail.to))
    yield "Reply-To", mailbox("", sender.reply_to)
    yield "Date", format_datetime(in_utc(mail.made_at))
    yield "Message-ID", message_id(mail.kind, mail.key, sender.domain)
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply"
    yield "Subject", subject
    yield "References", root
    if nature.threaded:
        yield "In-Reply-To", root
    if nature.listed:
        yield from _ways_to_leave(sender, token(mail.key))


def _ways_to_leave(sender: Sender, word: str) -> Iterator[tuple[str, str]]:
    """RFC 2369, to the mailbox that the pipeline reads; RFC 8058 where somebody answers at an https address."""
    by_mail = f"<mailto:{quote(sender.address, safe='@')}?subject=unsubscribe%20{word}>"
    if not sender.unsubscribe:
        yield "List-Unsubscribe", by_mail
        return
    yield "List-Unsubscribe", f"<{sender.unsubscribe.replace('{token}', word)}>, {by_mail}"
    yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


@lru_cache(maxsize=256)  # ours stand in every mail, and an address takes long to parse
def mailbox(name: str, address: str) -> Address:
    """One mailbox. Raises ValueError."""
    try:
        return Address(name, addr_spec=address)
    except (ValueError, IndexError, MessageError):
        raise ValueError("the address is not an e-mail address") from None
