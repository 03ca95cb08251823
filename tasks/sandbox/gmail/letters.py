"""What people write by hand: a new mail, or a reply to one."""

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from tasks.domain.safe_policy import SAFE, clean
from tasks.sandbox.failures import invalid
from tasks.sandbox.gmail.addresses import address_in
from tasks.sandbox.gmail.entries import ANSWERED
from tasks.sandbox.gmail.headers import header
from tasks.sandbox.gmail.parts import leaves, parsed, text_of


def letter(sender: tuple[str, str], to: str, subject: str, text: str, now: datetime) -> EmailMessage:
    """A mail in plain text from a person (name and address) to another; 400 for what is no address."""
    message = EmailMessage(policy=SAFE)
    message["From"] = _address(*sender)
    message["To"] = _address("", to)
    message["Subject"] = clean(subject)
    message["Date"] = format_datetime(now)
    message.set_content(text.strip() + "\n", cte="quoted-printable")
    return message


def reply_to(data: bytes) -> str:
    """The address that an answer to this mail goes to."""
    return address_in(header(data, "Reply-To")) or address_in(header(data, "From"))


def reply_subject(data: bytes) -> str:
    """``Re:`` once, whatever stood there."""
    return f"Re: {ANSWERED.sub('', header(data, 'Subject'))}".strip()


def quoted(data: bytes) -> str:
    """The text of a mail as an answer repeats it."""
    said = text_of(list(leaves(parsed(data)))).strip()
    return "\n".join(f"> {line}".rstrip() for line in said.splitlines())


def refer(message: EmailMessage, original: bytes) -> None:
    """Make it an answer to a mail, so that both stand in one conversation."""
    if not (identity := header(original, "Message-ID")):
        return
    known = header(original, "References").split()
    message["In-Reply-To"] = identity
    message["References"] = " ".join([*known, identity])


def _address(name: str, address: str) -> Address:
    try:
        return Address(clean(name), addr_spec=address.strip())
    except (ValueError, IndexError, MessageError):
        raise invalid(f"{address!r} is not an e-mail address.") from None
