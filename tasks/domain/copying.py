"""A mail once more as somebody has it: the same words and event under an identity of its own."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from tasks.domain.letters import Rendered
from tasks.domain.local_time import in_utc
from tasks.domain.mail_headers import Envelope, headers
from tasks.domain.mail_identity import message_id, token
from tasks.domain.mails import Mail
from tasks.domain.mime_message import message_bytes
from tasks.domain.programme import Sender
from tasks.domain.safe_policy import clean

STAMP = re.compile(rb"(?m)^(DTSTAMP:)\d{8}T\d{6}Z(\r?)$")
METHOD = re.compile(rb"(?m)^METHOD:(REQUEST|CANCEL)\r?$")


def copied(raw: bytes, original: str, sender: Sender, envelope: Envelope) -> Mail | None:
    """The mail with the key ``original`` that was sent as ``raw`` (RFC 5322), as a new one; None for another mail.

    Subject, text, page and event stay. New are what tells two mails apart (Message-ID, Date, the code that is printed
    in it and stands in List-Unsubscribe) and DTSTAMP, the moment of the message (RFC 5545 section 3.8.7.2). What
    servers added on the way is left out. ``envelope`` is the new mail's; its language gives way to that of the copy.
    """
    message, old, new = message_from_bytes(raw, policy=policy.default), token(original), token(envelope.key)
    text, page, calendar = (_part(message, subtype) for subtype in ("text/plain", "text/html", "text/calendar"))
    language = str(message.get("Content-Language", envelope.language))
    found = METHOD.search(calendar)
    if old.encode() not in text or (page and old.encode() not in page) or bool(calendar) is not bool(found):
        return None
    subject = clean(str(message.get("Subject", "")))
    rendered = Rendered(subject, *(_lines(part).replace(old, new) for part in (text, page)))
    stamp = f"{in_utc(envelope.made_at):%Y%m%dT%H%M%SZ}".encode()
    event = STAMP.sub(rb"\g<1>" + stamp + rb"\g<2>", calendar)
    bytes_ = message_bytes(
        headers(sender, envelope, subject), rendered, language, event, found[1].decode() if found else ""
    )
    identity = message_id(envelope.kind, envelope.key, sender.domain)
    return Mail(envelope.key, envelope.kind, language, envelope.to, subject, identity, new, bytes_)


def _part(message: EmailMessage, media: str) -> bytes:
    for part in message.walk():
        if part.get_content_type() == media:
            return bytes(part.get_payload(decode=True) or b"")
    return b""


def _lines(part: bytes) -> str:
    return part.decode("utf-8", "replace").replace("\r\n", "\n")
