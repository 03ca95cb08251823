"""A rendered letter as the bytes that go over the wire: one recipient, CRLF, 7-bit, no chance in it."""

import hashlib
from collections.abc import Iterable
from email.headerregistry import Address
from email.message import EmailMessage

from tasks.domain.letters import Rendered
from tasks.domain.safe_policy import SAFE

Headers = Iterable[tuple[str, str | Address]]


def message_bytes(
    headers: Headers, rendered: Rendered, language: str, calendar: bytes = b"", method: str = ""
) -> bytes:
    """Text and HTML as alternatives; with ``calendar`` it is a third one, and again the file ``invite.ics``.

    ``method`` is the calendar's own (RFC 6047 section 2.4). The same arguments give the same bytes. The headers must
    hold a Message-ID.
    """
    message = EmailMessage(policy=SAFE)
    for name, value in headers:
        message[name] = value
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    if calendar:
        _add_calendar(message, calendar, method)
    _settle_parts(message)
    message["Content-Language"] = language  # last: set before the body, it would move into the first part
    return message.as_bytes()


def _add_calendar(message: EmailMessage, calendar: bytes, method: str) -> None:
    text = calendar.decode()
    message.add_alternative(text, subtype="calendar", cte="base64", params={"method": method})
    message.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")


def _settle_parts(message: EmailMessage) -> None:
    seed = hashlib.sha256(message["Message-ID"].encode()).hexdigest()[:24]
    for number, part in enumerate(message.walk()):
        if part is not message:
            del part["MIME-Version"]
        if part.is_multipart():
            part.set_boundary(f"=_{seed}_{number}")  # "=_" cannot occur in quoted-printable or base64
