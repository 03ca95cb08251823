"""The Sent folder over IMAP: whether a mail stands there, and a copy put there once."""

import imaplib
import re
from typing import Any

from config.mail import MailServer
from tasks.adapters.mail_server import no_connection, verified_tls
from tasks.adapters.redacted import redacted
from tasks.domain.faults import Fault, Refused, TryLater

LISTED = re.compile(rb'\((?P<marks>[^)]*)\) (?:NIL|"[^"]*") (?P<name>.+)')
SENT = rb"\sent"  # RFC 6154
SEEN = r"(\Seen)"
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
                _ask(imap.append(self._folder(imap), SEEN, "", raw))
        except (imaplib.IMAP4.error, OSError) as error:
            raise self._lost(error) from None

    def close(self) -> None:
        """Log out."""
        if self._imap:
            try:
                self._imap.logout()
            except (imaplib.IMAP4.error, OSError):
                self._imap.shutdown()
        self._imap = None

    def _found(self, imap: imaplib.IMAP4, message_id: str) -> bool:
        _ask(imap.select(self._folder(imap), readonly=True))
        return bool(_ask(imap.search(None, "HEADER", "Message-ID", f'"{message_id}"'))[0].split())

    def _folder(self, imap: imaplib.IMAP4) -> str:
        if self._name:
            return f'"{self._name}"'
        for line in _ask(imap.list()):
            found = LISTED.fullmatch(line) if isinstance(line, bytes) else None
            if found and SENT in found["marks"].lower().split():
                return found["name"].decode("ascii")
        raise Refused(f"{self._server.host} marks no folder as Sent; name it in COLAB_IMAP_SENT_FOLDER")

    def _opened(self) -> imaplib.IMAP4:
        if self._refusal:
            raise self._refusal
        if self._imap is None:
            try:
                self._imap = _connect(self._server)
            except Fault as fault:
                self._refusal = fault
                raise
        return self._imap

    def _lost(self, error: Exception) -> Fault:
        if self._imap:
            self._imap.shutdown()
        self._imap = None
        why = f"{WHAT}: {redacted(str(error)) or type(error).__name__}"
        return TryLater(why) if isinstance(error, imaplib.IMAP4.abort | OSError) else Refused(why)


def _connect(server: MailServer) -> imaplib.IMAP4:
    try:
        imap = _open(server)
    except imaplib.IMAP4.error as error:
        raise TryLater(f"{WHAT}: {redacted(str(error))}") from None
    except OSError as error:
        raise no_connection(server, error) from None
    try:
        imap.login(server.user, server.password)
    except imaplib.IMAP4.abort as error:
        imap.shutdown()
        raise TryLater(f"{WHAT}: {redacted(str(error))}") from None
    except (imaplib.IMAP4.error, UnicodeEncodeError):
        imap.shutdown()
        where = f"the mail server {server.host}"
        raise Refused(f"{where} refuses our log-in; check COLAB_IMAP_USER and its password") from None
    return imap


def _open(server: MailServer) -> imaplib.IMAP4:
    if server.security == "tls":
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=verified_tls(server), timeout=server.timeout)
    return imaplib.IMAP4(server.host, server.port, timeout=server.timeout)


def _ask(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(b" ".join(part for part in data if part).decode("utf-8", "replace"))
    return data
