"""A mail's bytes: read for people and searches, changed only where Gmail changes them on sending."""

import base64
import binascii
import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json

MESSAGE_ID = re.compile(rb"^message-id:.*(?:\r?\n[ \t].*)*\r?\n", re.IGNORECASE | re.MULTILINE)
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
TAG = re.compile(r"<[^>]*>")
RECIPIENTS = ("To", "Cc", "Bcc")


def decode(raw: object) -> bytes:
    """The bytes of ``raw``; 400 unless it is base64url of a mail with a header."""
    if not isinstance(raw, str) or not re.fullmatch(r"[A-Za-z0-9_-]+={0,2}", raw.strip()):
        raise invalid("Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed", "invalidArgument")
    text = raw.strip().rstrip("=")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise invalid(
            "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed", "invalidArgument"
        ) from None
    if not re.match(rb"[!-9;-~]+:", data):
        raise invalid("Mail service: the message has no headers", "invalidArgument")
    return data


def encode(data: bytes) -> str:
    """Base64url, as ``raw`` and every body travel."""
    return base64.urlsafe_b64encode(data).decode()


def parsed(data: bytes) -> EmailMessage:
    """The mail with its parts decoded."""
    message = message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage):
        raise TypeError(message)
    return message


def recipients(data: bytes) -> list[str]:
    """Every address in To, Cc and Bcc."""
    message = parsed(data)
    try:
        fields = [str(value) for name in RECIPIENTS for value in message.get_all(name, [])]
    except (MessageError, IndexError, ValueError):
        return []
    return [address for _, address in getaddresses(fields) if "@" in address]


def with_message_id(data: bytes, message_id: str) -> bytes:
    """The same bytes under another Message-ID; the old one is gone."""
    end = BLANK_LINE.search(data)
    head, body = (data[: end.start()] + b"\r\n", data[end.start() :]) if end else (data + b"\r\n", b"\r\n\r\n")
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    head = MESSAGE_ID.sub(b"", head).rstrip(b"\r\n")
    return head + newline + b"Message-ID: " + message_id.encode() + body


def header(data: bytes, name: str) -> str:
    """One header, decoded."""
    return str(parsed(data).get(name, ""))


def text_of(data: bytes) -> str:
    """Subject and every text part, for searches and snippets."""
    message = parsed(data)
    texts = [str(message.get("Subject", ""))]
    texts += [
        TAG.sub(" ", content(part)) if part.get_content_subtype() == "html" else content(part)
        for part in message.walk()
        if part.get_content_type() in {"text/plain", "text/html"}
    ]
    return "\n".join(texts)


def content(part: EmailMessage) -> str:
    """A text part's text, whatever its character set says."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


def payload(part: EmailMessage, number: str = "") -> Json:
    """``MessagePart``: headers, and either a body or parts."""
    body: Json = {
        "partId": number,
        "mimeType": part.get_content_type(),
        "filename": part.get_filename() or "",
        "headers": headers(part),
    }
    if part.is_multipart():
        inner = [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
        body["body"] = {"size": 0}
        body["parts"] = [payload(one, f"{number}.{at}".lstrip(".")) for at, one in enumerate(inner)]
        return body
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    return body | {"body": {"size": len(data), "data": encode(data)}}


def headers(part: EmailMessage) -> list[Json]:
    """Every header in order, unfolded."""
    return [{"name": name, "value": re.sub(r"\r?\n\s*", " ", str(value))} for name, value in part.raw_items()]
