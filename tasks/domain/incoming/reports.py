"""Delivery reports (RFC 3464), and what older servers send instead of one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from tasks.domain.addresses import person
from tasks.domain.incoming.parts import content, header, leaves, message_ids

STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.])([245])[0-5]\d(?![\d.])")
UNSAID = "0.0"  # as in 5.0.0: that it failed, not why
DAEMONS = ("mailer-daemon", "postmaster", "mail-daemon", "mdaemon")
RETURNED = {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/partial"}
ITS_IDS = ("Message-ID", "X-Google-Original-Message-ID")
DELIVERED = {"delivered", "relayed", "expanded"}
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What became of a mail. ``about`` are Message-IDs that it may have had, the likeliest first.

    ``status`` is the enhanced status code (RFC 3463): ``2.…`` delivered, ``4.…`` and ``5.…`` given up. ``to`` are the
    recipients that it names, as comparison forms: other ones than ours where our recipient forwards its mail.
    """

    about: tuple[str, ...]
    status: str
    to: frozenset[str] = frozenset()


def read_report(message: Message) -> DeliveryReport | None:
    """The report that a mail is; None for any other mail, and for news of a mere delay."""
    to: frozenset[str] = frozenset()
    if message.get_content_type() == "multipart/report" and _kind(message) == "delivery-status":
        blocks = list(_recipients(message))
        status = max((found for block in blocks if (found := _status(block))), default="")
        to = frozenset(key for block in blocks for key in _addresses(block))
    elif is_from_daemon(header(message, "From"), failed="X-Failed-Recipients" in message):
        status = _told(message)
    else:
        return None
    about = tuple(dict.fromkeys(_about(message)))
    return DeliveryReport(about, status, to) if status and about else None


def is_from_daemon(sender: str, *, failed: bool) -> bool:
    """Whether a mail server wrote the mail; ``failed``: it names recipients that were not reached."""
    mailbox = sender.rpartition("<")[2].strip("> ").partition("@")[0].casefold()
    return failed or mailbox in DAEMONS


def _kind(message: Message) -> str:
    """The report-type; a server that forgets it is known by its part."""
    types = {part.get_content_type() for part in leaves(message)}
    declared = str(message.get_param("report-type", "")).casefold()
    return declared or ("delivery-status" if "message/delivery-status" in types else "")


def _recipients(message: Message) -> Iterator[Message]:
    for part in leaves(message):
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}:
            yield from (block for block in blocks_of(part) if "Action" in block or "Status" in block)


def blocks_of(part: Message) -> list[Message]:
    """Groups of fields. The standard library reads them, unless they are encoded, which no server should do."""
    inside = part.get_payload()
    if isinstance(inside, list) and header(part, "Content-Transfer-Encoding").casefold() != "base64":
        return [one for one in inside if isinstance(one, Message)]
    pieces = [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []
    coded = "".join(str(one.get_payload()) for one in pieces) if pieces else str(inside)
    alone = Message()
    alone["Content-Transfer-Encoding"] = header(part, "Content-Transfer-Encoding")
    alone.set_payload(coded)
    text = content(alone).replace("\r\n", "\n")[:LONGEST_TEXT]
    return [HeaderParser().parsestr(block) for block in re.split(r"\n\s*\n", text) if block.strip()]


def _status(block: Message) -> str:
    """The status of one recipient whose fate is settled; the server's own words where Status says nothing."""
    action = header(block, "Action").casefold().partition(" ")[0]
    if action == "delayed":
        return ""
    if action in DELIVERED:
        return "2.0.0"
    said = STATUS.search(header(block, "Status"))
    status = said[0] if said else ""
    if not status or status.endswith(UNSAID):
        status = _status_in(header(block, "Diagnostic-Code")) or status
    return status if status[:1] in {"4", "5"} else "5.0.0" if action == "failed" else ""


def _status_in(text: str) -> str:
    if found := STATUS.search(text):
        return found[0]
    return f"{found[1]}.0.0" if (found := REPLY_CODE.search(text)) else ""


def _addresses(block: Message) -> Iterator[str]:
    for name in ("Original-Recipient", "Final-Recipient"):
        if somebody := person("", header(block, name).rpartition(";")[2].strip(" <>")):
            yield somebody.address_key


def _told(message: Message) -> str:
    """What a report without fields says in its text, before it repeats our mail."""
    text = next((content(part) for part in leaves(message) if part.get_content_type() == "text/plain"), "")
    status = _status_in(text[:LONGEST_TEXT])
    return status if status[:1] in {"4", "5"} else ""


def _about(message: Message) -> Iterator[str]:
    """The returned mail knows best, then the report's fields and headers, then a text that repeats our headers."""
    yield from ids_of_returned(message)
    parts = list(leaves(message))
    for part in parts:
        if part.get_content_type().endswith("delivery-status"):
            for block in blocks_of(part):
                yield from message_ids(header(block, "X-Original-Message-ID"))
    for name in ("In-Reply-To", "References"):
        yield from reversed(message_ids(header(message, name)))
    for part in parts:
        if part.get_content_type() == "text/plain":
            text = content(part)[:LONGEST_TEXT]
            yield from (
                found for line in text.splitlines() if "message-id" in line.casefold() for found in message_ids(line)
            )


def ids_of_returned(message: Message) -> Iterator[str]:
    """The Message-IDs of the mails, or their headers, that a report brings back."""
    for part in leaves(message):
        if part.get_content_type() in RETURNED:
            for name in ITS_IDS:
                yield from message_ids(header(_returned(part), name))


def _returned(part: Message) -> Message:
    inside = part.get_payload()
    if isinstance(inside, list):
        return next((one for one in inside if isinstance(one, Message)), Message())
    return HeaderParser().parsestr(content(part)[:LONGEST_TEXT])
