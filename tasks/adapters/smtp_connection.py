"""One connection to an SMTP server: encrypted, verified, logged in."""

import smtplib

from config.mail import MailServer
from tasks.adapters.mail_server import no_connection, verified_tls
from tasks.adapters.redacted import redacted
from tasks.adapters.smtp_answers import fault_of
from tasks.domain.faults import Fault, Refused


def connect(server: MailServer, our_name: str) -> smtplib.SMTP:
    """Connect and log in; ``our_name`` is what we greet with. Raises Fault: nothing was sent."""
    try:
        smtp = _open(server, our_name)
    except OSError as error:
        raise _fault(server, error) from None
    try:
        if server.security == "starttls":
            smtp.starttls(context=verified_tls(server))
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
    except (Fault, OSError, UnicodeEncodeError) as error:
        smtp.close()
        raise _fault(server, error) from None
    return smtp


def _open(server: MailServer, our_name: str) -> smtplib.SMTP:
    if server.security == "tls":
        return smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=our_name, timeout=server.timeout, context=verified_tls(server)
        )
    return smtplib.SMTP(server.host, server.port, local_hostname=our_name, timeout=server.timeout)


def _fault(server: MailServer, error: Exception) -> Fault:
    match error:
        case Fault():
            return error
        case smtplib.SMTPAuthenticationError(smtp_code=code) if code >= 500:  # noqa: PLR2004 (SMTP)
            return Refused(
                f"the mail server {server.host} refuses our log-in ({code}); check COLAB_SMTP_USER and its password"
            )
        case smtplib.SMTPResponseException():
            return fault_of(error.smtp_code, error.smtp_error, f"connecting to {server.host}", one_mail=False)
        case smtplib.SMTPException() if not isinstance(error, smtplib.SMTPServerDisconnected):
            return Refused(f"the mail server {server.host}: {redacted(str(error))} Nothing is sent to it")
        case OSError():
            return no_connection(server, error)
        case _:
            return Refused("the log-in for the mail server holds characters that SMTP cannot carry")
