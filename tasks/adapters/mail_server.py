"""What the two protocols of a mail server share: verified TLS, and the words for a server that cannot be used."""

import ssl

from config.mail import MailServer
from tasks.adapters.redacted import redacted
from tasks.domain.faults import Fault, Refused, TryLater


def verified_tls(server: MailServer) -> ssl.SSLContext:
    """TLS that checks the certificate and its name; this cannot be switched off. Raises Refused."""
    try:
        return ssl.create_default_context(cafile=str(server.ca_file) if server.ca_file else None)
    except OSError:
        raise Refused(f"COLAB_MAIL_CA_FILE names {server.ca_file}, which is not a certificate file (PEM)") from None


def no_connection(server: MailServer, error: OSError) -> Fault:
    """No connection could be made, so nothing was done."""
    where = f"the mail server {server.host}:{server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        why = redacted(error.verify_message)
        return Refused(f"the certificate of {where} cannot be verified ({why}); nothing is sent to it")
    return TryLater(f"{where} cannot be reached ({type(error).__name__})")
