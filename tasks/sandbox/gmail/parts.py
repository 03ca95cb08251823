"""A mail's bytes and its parts: how they travel, and what is in them."""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache

from tasks.sandbox.failures import invalid
from tasks.sandbox.gmail.headers import decoded
from tasks.sandbox.shapes import Json

UNSEEN = re.compile(r"<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^>]*>")
READING = default.clone(header_factory=lru_cache(1024)(HeaderRegistry()))  # of one mail they are asked for often
NO_RAW = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
NOT_BASE64 = "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed."


@dataclass(frozen=True)
class Part:
    """A part without parts of its own; ``number`` is Gmail's ``partId``: ``""``, ``0``, ``1.0``."""

    number: str
    message: EmailMessage

    @property
    def content_type(self) -> str:
        """``text/plain``."""
        return self.message.get_content_type()

    @property
    def filename(self) -> str:
        """The name it is attached under, ``""`` when it is none of the attachments."""
        try:
            return self.message.get_filename() or ""
        except (MessageError, IndexError, LookupError, ValueError):
            return ""

    @property
    def data(self) -> bytes:
        """What it holds, out of its transfer encoding."""
        if self.message.is_multipart():
            return b"\r\n".join(inner.as_bytes() for inner in self.message.iter_parts())
        found = self.message.get_payload(decode=True)
        return found if isinstance(found, bytes) else b""

    @property
    def text(self) -> str:
        """What it says, whatever its character set claims to be."""
        try:
            return self.data.decode(self.message.get_content_charset() or "utf-8", "replace")
        except LookupError:
            return self.data.decode("utf-8", "replace")


def decode(raw: object) -> bytes:
    """The bytes of ``raw``; 400 unless it is base64url of a mail with a head."""
    if raw is None or raw == "":
        raise invalid(NO_RAW, "invalidArgument")
    if not isinstance(raw, str) or not re.fullmatch(r"[A-Za-z0-9_-]+={0,2}", raw.strip()):
        raise invalid(NOT_BASE64, "invalidArgument")
    text = raw.strip().rstrip("=")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise invalid(NOT_BASE64, "invalidArgument") from None
    return checked(data)


def checked(data: bytes) -> bytes:
    """400 unless a mail begins with a field."""
    if not re.match(rb"[!-9;-~]+:", data):
        raise invalid("Mail service: the message has no headers", "invalidArgument")
    return data


def encode(data: bytes) -> str:
    """Base64url, as ``raw`` and every body travel."""
    return base64.urlsafe_b64encode(data).decode()


def parsed(data: bytes) -> EmailMessage:
    """The mail with its parts."""
    message = message_from_bytes(data, policy=READING)
    if not isinstance(message, EmailMessage):
        raise TypeError(message)
    return message


def leaves(message: EmailMessage, number: str = "") -> Iterator[Part]:
    """Every part that holds something itself, in order; an attached mail is one."""
    if not message.is_multipart() or message.get_content_maintype() == "message":
        yield Part(number, message)
        return
    for at, inner in enumerate(_inner(message)):
        yield from leaves(inner, f"{number}.{at}".lstrip("."))


def payload(message_id: str, message: EmailMessage, number: str = "") -> Json:
    """``MessagePart``: fields, and either parts or a body, which is fetched apart when it is a file."""
    part = Part(number, message)
    body: Json = {
        "partId": number,
        "mimeType": part.content_type,
        "filename": part.filename,
        "headers": headers(message),
    }
    if message.is_multipart():
        parts = [payload(message_id, one, f"{number}.{at}".lstrip(".")) for at, one in enumerate(_inner(message))]
        return body | {"body": {"size": 0}, "parts": parts}
    data = part.text.encode() if message.get_content_maintype() == "text" else part.data
    if part.filename:
        return body | {"body": {"attachmentId": attachment_id(message_id, number), "size": len(part.data)}}
    return body | {"body": {"size": len(data)} | ({"data": encode(data)} if data else {})}


def attachment_id(message_id: str, number: str) -> str:
    """The id under which ``attachments.get`` gives a part."""
    return "ANGjdJ" + encode(f"{message_id}:{number}".encode()).rstrip("=")


def headers(message: EmailMessage) -> list[Json]:
    """Every field in order, unfolded and decoded."""
    found = ((name, re.sub(r"\r?\n\s*", " ", str(value))) for name, value in message.raw_items())
    return [{"name": name, "value": decoded(value)} for name, value in found]


def text_of(parts: list[Part]) -> str:
    """What a mail says, from its text parts, else from its HTML parts."""
    texts = [part.text for part in parts if part.content_type == "text/plain" and not part.filename]
    return "\n".join(texts) if any(text.strip() for text in texts) else html_text_of(parts)


def html_text_of(parts: list[Part]) -> str:
    """What the HTML parts say."""
    pages = [part.text for part in parts if part.content_type == "text/html" and not part.filename]
    return "\n".join(html.unescape(TAG.sub(" ", UNSEEN.sub(" ", one))) for one in pages)


def _inner(message: EmailMessage) -> list[EmailMessage]:
    found = message.get_payload()
    return [one for one in found if isinstance(one, EmailMessage)] if isinstance(found, list) else []
