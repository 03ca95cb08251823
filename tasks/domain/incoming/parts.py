"""A mail from anybody as parts, whatever is wrong with it. Nothing here is shown to people."""

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32

LARGEST = 1_000_000  # bytes; our own mails, which reports repeat, have at most 100 kB
MOST_PARTS = 100
LONGEST_HEADER = 4000
UNREADABLE = (MessageError, HeaderParseError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the standard library raises at bytes that are no mail; a mail that raises one of them is left to people."""
MESSAGE_ID = re.compile(r"<[^<>\s]{3,300}>")


def parsed(raw: bytes) -> Message | None:
    """The mail; None where it is too big or cannot be read."""
    if len(raw) > LARGEST:
        return None
    try:
        return email.message_from_bytes(raw, policy=compat32)
    except UNREADABLE:
        return None


def header(part: Message, name: str) -> str:
    """A header in one line, decoded; ``""`` where it is missing."""
    text = str(part.get(name, ""))[:LONGEST_HEADER]
    with suppress(*UNREADABLE):  # then as it stands there
        text = str(make_header(decode_header(text)))
    return " ".join(text.split())


def message_ids(text: str) -> list[str]:
    """Every Message-ID in a text."""
    return MESSAGE_ID.findall(text[:LONGEST_HEADER])


def leaves(message: Message) -> Iterator[Message]:
    """The parts in order, without what is inside of attached mails."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        if part.get_content_maintype() == "multipart" and isinstance(inside := part.get_payload(), list):
            waiting[:0] = [one for one in inside if isinstance(one, Message)]
        else:
            yield part


def content(part: Message) -> str:
    """The text of a part that is no mail itself; bytes that are no text become �."""
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
