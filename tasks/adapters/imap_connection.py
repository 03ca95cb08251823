"""One connection to an IMAP server: encrypted, verified, logged in."""

import imaplib
from typing import Any

from config.mail import MailServer
from tasks.adapters.mail_server import no_connection, verified_tls
from tasks.adapters.redacted import redacted
from tasks.domain.faults import Fault, Refused, TryLater


def connect(server: MailServer, what: str) -> imaplib.IMAP4:
    """Connect and log in; ``what`` we want there, for the words of a Fault."""
    try:
        imap = _open(server)
    except imaplib.IMAP4.error as error:
        raise TryLater(f"{what}: {redacted(str(error))}") from None
    except OSError as error:
        raise no_connection(server, error) from None
    try:
        imap.login(server.user, server.password)
    except imaplib.IMAP4.abort as error:
        imap.shutdown()
        raise TryLater(f"{what}: {redacted(str(error))}") from None
    except (imaplib.IMAP4.error, UnicodeEncodeError):
        imap.shutdown()
        where = f"the mail server {server.host}"
        raise Refused(f"{where} refuses our log-in; check COLAB_IMAP_USER and its password") from None
    return imap


def _open(server: MailServer) -> imaplib.IMAP4:
    if server.security == "tls":
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=verified_tls(server), timeout=server.timeout)
    return imaplib.IMAP4(server.host, server.port, timeout=server.timeout)


def ask(answer: tuple[str, list[Any]]) -> list[Any]:
    """The data of an answer. Raises IMAP4.error for one that is not OK."""
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(b" ".join(part for part in data if part).decode("utf-8", "replace"))
    return data


def log_out(imap: imaplib.IMAP4) -> None:
    """End a connection, also one that does not answer any more."""
    try:
        imap.logout()
    except (imaplib.IMAP4.error, OSError):
        imap.shutdown()


def lost(error: Exception, what: str) -> Fault:
    """The fault for an error on an open connection."""
    why = f"{what}: {redacted(str(error)) or type(error).__name__}"
    return TryLater(why) if isinstance(error, imaplib.IMAP4.abort | OSError) else Refused(why)
