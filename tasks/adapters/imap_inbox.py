"""New mail over IMAP: the numbers after the last one, and of each mail first only what it is made of."""

import imaplib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from typing import Any, TypeVar

from config.mail import MailServer
from tasks.adapters.imap_connection import ask, connect, log_out, lost
from tasks.adapters.inbox import Page
from tasks.domain.faults import NotFound
from tasks.domain.incoming.arrivals import HEADERS, Arrival
from tasks.domain.incoming.parts import UNREADABLE

WHAT = "looking for new mail"
AT_ONCE = 200
FIRST_LINE = re.compile(rb"\d+ \(")
NUMBER = re.compile(rb"UID (\d+)")
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
PART = re.compile(rb'\("([a-z]+)" "([a-z0-9.+-]+)"', re.IGNORECASE)
WHOLE = re.compile(r"\s*([a-z]+/[a-z0-9.+-]+)", re.IGNORECASE)
OUTSIDE = f"(UID RFC822.SIZE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS ({' '.join(HEADERS).upper()} CONTENT-TYPE)])"
"""What is asked of every new mail: no word that a person wrote in it."""
T = TypeVar("T")


class ImapInbox:
    """An Inbox, opened for reading only. A point is ``UIDVALIDITY:UID``."""

    name = "imap"

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._imap: imaplib.IMAP4 | None = None

    def new(self, point: str, since: datetime) -> Page:
        """A server that numbers its mails anew gives another UIDVALIDITY (RFC 3501, 2.3.1.1)."""
        return self._try(lambda imap: self._new(imap, point, since))

    def _new(self, imap: imaplib.IMAP4, point: str, since: datetime) -> Page:
        ask(imap.select("INBOX", readonly=True))
        validity = (imap.response("UIDVALIDITY")[1][0] or b"0").decode()
        known, _, last = point.partition(":")
        wanted = f"UID {int(last) + 1}:*" if known == validity and last.isdigit() else f"SINCE {since:%d-%b-%Y}"
        found = sorted(int(one) for one in (ask(imap.uid("SEARCH", wanted))[0] or b"").split())
        fresh = [uid for uid in found if known != validity or uid > int(last or 0)]
        some, more = fresh[:AT_ONCE], len(fresh) > AT_ONCE
        lines = ask(imap.uid("FETCH", ",".join(map(str, some)), OUTSIDE)) if some else []
        seen = {arrival.id: arrival for arrival in _arrivals(lines)}
        after = max([*some, *([int(last)] if known == validity and last.isdigit() else [0])])
        return Page([seen[str(uid)] for uid in some if str(uid) in seen], f"{validity}:{after}", more)

    def read(self, arrival: Arrival) -> bytes:
        """The whole mail, which stays as unread as it was."""
        return self._try(lambda imap: _whole(imap, arrival))

    def provider_id(self, message_id: str) -> str:  # noqa: ARG002 (an Inbox)
        """Mail servers keep our Message-ID."""
        return ""

    def close(self) -> None:
        """Log out."""
        if self._imap:
            log_out(self._imap)
        self._imap = None

    def _try(self, act: Callable[[imaplib.IMAP4], T]) -> T:
        if self._imap is None:
            self._imap = connect(self._server, WHAT)
        try:
            return act(self._imap)
        except (imaplib.IMAP4.error, OSError) as error:
            self._imap.shutdown()
            self._imap = None
            raise lost(error, WHAT) from None


def _whole(imap: imaplib.IMAP4, arrival: Arrival) -> bytes:
    for line in ask(imap.uid("FETCH", arrival.id, "(BODY.PEEK[])")):
        if isinstance(line, tuple):
            return bytes(line[1])
    raise NotFound(f"{WHAT}: a mail is not there any more")


def _arrivals(lines: Iterable[Any]) -> Iterator[Arrival]:
    """imaplib cuts an answer where it holds a literal; the last literal of a mail is its headers."""
    facts, literal = b"", b""
    for line in lines:
        head, text = line if isinstance(line, tuple) else (line or b"", b"")
        if FIRST_LINE.match(head) and facts:
            yield from _arrival(facts, literal)
            facts = b""
        facts, literal = facts + head, text or literal
    yield from _arrival(facts, literal)


def _arrival(facts: bytes, fields: bytes) -> Iterator[Arrival]:
    number, size = NUMBER.search(facts), SIZE.search(facts)
    if not number or not size:
        return
    headers = BytesHeaderParser().parsebytes(fields)
    whole = WHOLE.match(str(headers.get("Content-Type", "")))
    types = {f"{kind}/{name}".lower() for kind, name in ((a.decode(), b.decode()) for a, b in PART.findall(facts))}
    types |= {whole[1].lower()} if whole else set()
    known = {name: _decoded(str(headers[name])) for name in HEADERS if name in headers}
    yield Arrival(number[1].decode(), int(size[1]), frozenset(types), known)


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except UNREADABLE:
        return text
