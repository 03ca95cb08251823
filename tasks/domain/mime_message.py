"""A rendered letter as the bytes that go over the wire: one recipient, CRLF, 7-bit, no chance in it.

It is written here and not by ``email.message``, which costs more than all the rest of a mail.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from email.headerregistry import Address

from tasks.domain.letters import Rendered
from tasks.domain.safe_policy import folded

Headers = Iterable[tuple[str, str | Address]]
FILE = 'attachment; filename="invite.ics"'


def message_bytes(
    headers: Headers, rendered: Rendered, language: str, calendar: bytes = b"", method: str = ""
) -> bytes:
    """Text and HTML as alternatives; with ``calendar`` it is a third one, and again the file ``invite.ics``.

    A letter without HTML is text alone.

    ``method`` is the calendar's own (RFC 6047 section 2.4). The same arguments give the same bytes. The headers must
    hold a Message-ID. Raises ValueError for a header that is not clean.
    """
    values = dict(headers)
    seed = hashlib.sha256(str(values["Message-ID"]).encode()).hexdigest()[:24]
    parts = [_text("plain", rendered.text), *([_text("html", rendered.html)] if rendered.html else [])]
    if calendar:
        event = _part(f'text/calendar; charset="utf-8"; method="{method}"', "base64", _base64(calendar))
        file = _part("application/ics", "base64", _base64(calendar), f"Content-Disposition: {FILE}")
        parts = [_multipart("alternative", [*parts, event], f"=_{seed}_1"), file]
    head = [folded(name, value) for name, value in values.items()]
    only = len(parts) == 1
    whole = parts[0] if only else _multipart("mixed" if calendar else "alternative", parts, f"=_{seed}_0")
    return "".join([*head, "MIME-Version: 1.0\r\n", f"Content-Language: {language}\r\n"]).encode("ascii") + whole


def _text(subtype: str, text: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in text.removesuffix("\n").split("\n"))
    return _part(f'text/{subtype}; charset="utf-8"', "quoted-printable", binascii.b2a_qp(lines.encode()))


def _part(media: str, encoding: str, body: bytes, *more: str) -> bytes:
    head = (f"Content-Type: {media}", f"Content-Transfer-Encoding: {encoding}", *more, "", "")
    return "\r\n".join(head).encode("ascii") + body


def _multipart(subtype: str, parts: Sequence[bytes], boundary: str) -> bytes:
    """``=_`` in a boundary occurs in neither quoted-printable nor base64 (RFC 2045 section 6.7)."""
    line = f"\r\n--{boundary}".encode("ascii")
    body = b"".join(line + b"\r\n" + part for part in parts)
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n'.encode("ascii")
    return head + body + line + b"--\r\n"


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")
