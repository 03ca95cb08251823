"""The Sent folder over IMAP: whether a mail stands there, and a copy put there once."""

import imaplib
import re

from config.mail import MailServer
from tasks.adapters.imap_connection import ask, connect, log_out, lost
from tasks.domain.faults import Fault, Refused

LISTED = re.compile(rb'\((?P<marks>[^)]*)\) (?:NIL|"[^"]*") (?P<name>.+)')
SENT = rb"\sent"  # RFC 6154
SEEN, DELETED = r"(\Seen)", r"(\Deleted)"
WHAT = "looking into the Sent folder"


class SentFolder:
    """The folder called ``name``, or the one that the server marks as Sent. Every method but ``close`` raises Fault."""

    def __init__(self, server: MailServer, name: str = "") -> None:
        self._server, self._name = server, name
        self._imap: imaplib.IMAP4 | None = None
        self._refusal: Fault | None = None

    def holds(self, message_id: str) -> bool:
        """Whether a mail with this Message-ID, or one that ends so, stands there. It may come only after a while."""
        try:
            return self._found(self._opened(), message_id)
        except (imaplib.IMAP4.error, OSError) as error:
            raise self._lost(error) from None

    def add(self, raw: bytes, message_id: str) -> None:
        """Put a mail there, unless it stands there."""
        try:
            imap = self._opened()
            if not self._found(imap, message_id):
                ask(imap.append(self._folder(imap), SEEN, "", raw))
        except (imaplib.IMAP4.error, OSError) as error:
            raise self._lost(error) from None

    def read(self, message_id: str) -> bytes | None:
        """The mail with this Message-ID, or one that ends so; None where there is none."""
        try:
            imap = self._opened()
            ask(imap.select(self._folder(imap), readonly=True))
            numbers = ask(imap.search(None, "HEADER", "Message-ID", f'"{message_id}"'))[0].split()
            found = ask(imap.fetch(numbers[0].decode(), "(BODY.PEEK[])")) if numbers else []
            return next((bytes(one[1]) for one in found if isinstance(one, tuple)), None)
        except (imaplib.IMAP4.error, OSError) as error:
            raise self._lost(error) from None

    def remove(self, message_id: str) -> None:
        """Delete every mail with this Message-ID, or one that ends so."""
        try:
            imap = self._opened()
            ask(imap.select(self._folder(imap)))
            for number in ask(imap.uid("SEARCH", "HEADER", "Message-ID", f'"{message_id}"'))[0].split():
                uid = number.decode()
                ask(imap.uid("STORE", uid, "+FLAGS", DELETED))
                ask(imap.uid("EXPUNGE", uid) if "UIDPLUS" in imap.capabilities else imap.expunge())  # RFC 4315
        except (imaplib.IMAP4.error, OSError) as error:
            raise self._lost(error) from None

    def close(self) -> None:
        """Log out."""
        if self._imap:
            log_out(self._imap)
        self._imap = None

    def _found(self, imap: imaplib.IMAP4, message_id: str) -> bool:
        ask(imap.select(self._folder(imap), readonly=True))
        return bool(ask(imap.search(None, "HEADER", "Message-ID", f'"{message_id}"'))[0].split())

    def _folder(self, imap: imaplib.IMAP4) -> str:
        if self._name:
            return f'"{self._name}"'
        for line in ask(imap.list()):
            found = LISTED.fullmatch(line) if isinstance(line, bytes) else None
            if found and SENT in found["marks"].lower().split():
                return found["name"].decode("ascii")
        raise Refused(f"{self._server.host} marks no folder as Sent; name it in COLAB_IMAP_SENT_FOLDER")

    def _opened(self) -> imaplib.IMAP4:
        if self._refusal:
            raise self._refusal
        if self._imap is None:
            try:
                self._imap = connect(self._server, WHAT)
            except Fault as fault:
                self._refusal = fault
                raise
        return self._imap

    def _lost(self, error: Exception) -> Fault:
        if self._imap:
            self._imap.shutdown()
        self._imap = None
        return lost(error, WHAT)
