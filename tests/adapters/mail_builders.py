"""A mail server that behaves as badly as a test says, with TLS, a log-in, and a record of what really arrived."""

import asyncio
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from config.mail import MailServer
from tasks.domain.mail_identity import MailKind, message_id, token
from tasks.domain.mails import Mail
from tasks.domain.models import Person
from tasks.domain.programme import Sender

USER, PASSWORD = "colab@secretariat.example", "correct-horse"
SENDER = Sender(name="CoLab", address=USER, reply_to=USER, domain="secretariat.example")
AUTHORITY = "A private authority"
HANG_UP, HANG = "hang up", "hang"


# ------------------------------------------------------------------------------------------------ a private authority
def certificate(folder, names=("localhost",)):
    """A new authority and a server's certificate signed by it; answers the files of both."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _signed(AUTHORITY, authority_key.public_key(), authority_key, ca=True)
    server = _signed(names[0], key.public_key(), authority_key, names=names)
    ca_file, server_file = folder / "authority.pem", folder / "server.pem"
    ca_file.write_bytes(authority.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    server_file.write_bytes(private + server.public_bytes(Encoding.PEM))
    return ca_file, server_file


def _signed(name, public_key, issuer_key, *, ca=False, names=()):
    today = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY)]))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if names:
        alternatives = [x509.DNSName(one) for one in names] + [x509.IPAddress(ip_address("127.0.0.1"))]
        builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


# ------------------------------------------------------------------------------------------------ the server
@dataclass
class Post:
    """What arrived, and what the server does next: step → answers, each used once; without one all goes well.

    The steps are connect, MAIL, RCPT, DATA, and DATA-after, at which the mail has arrived already. An answer is a
    line such as ``450 4.2.1 Busy``, HANG_UP or HANG.
    """

    log_in: bool = False
    port: int = 0
    mails: list = field(default_factory=list)
    connections: int = 0
    answers: dict = field(default_factory=dict)
    transports: list = field(default_factory=list)

    def says(self, step, *answers):
        self.answers.setdefault(step, []).extend(answers)

    def messages(self):
        return [raw for _, raw in self.mails]

    async def answer(self, server, step):
        left = self.answers.get(step)
        said = left.pop(0) if left else ""
        if said == HANG_UP:
            server.transport.abort()
            raise ConnectionResetError
        if said == HANG:
            await asyncio.Event().wait()
        return said

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 (aiosmtpd's)
        said = await self.answer(server, "MAIL")
        if self.log_in and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if not said:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return said or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: ARG002, N802 (aiosmtpd's)
        said = await self.answer(server, "RCPT")
        if not said:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: ARG002, N802 (aiosmtpd's)
        if said := await self.answer(server, "DATA"):
            return said
        self.mails.append((tuple(envelope.rcpt_tos), envelope.original_content))
        return await self.answer(server, "DATA-after") or "250 OK"


class Protocol(SMTP):
    """aiosmtpd, with a server that may hang up at once."""

    def connection_made(self, transport):
        post = self.event_handler
        post.connections += 1
        post.transports.append(transport)
        left = post.answers.get("connect")
        if left and left.pop(0) == HANG_UP:
            transport.abort()
        super().connection_made(transport)


def _log_in(server, session, envelope, mechanism, data):  # noqa: ARG001 (aiosmtpd's)
    return AuthResult(success=(data.login.decode(), data.password.decode()) == (USER, PASSWORD), handled=False)


@contextmanager
def post_office(security="none", server_file=None, *, log_in=False):
    """The server in a thread of its own, on a free port of this machine."""
    post, loop = Post(log_in), asyncio.new_event_loop()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if security != "none" else None
    if context:
        context.load_cert_chain(server_file)
    how = {"hostname": "post.example", "authenticator": _log_in, "timeout": 600}
    how["auth_require_tls"] = security == "starttls"
    if security == "starttls":
        how |= {"tls_context": context, "require_starttls": True}

    def protocol():
        return Protocol(post, loop=loop, **how)

    wrapped = context if security == "tls" else None
    server = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0, ssl=wrapped))
    post.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield post
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server, post), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _stop(server, post):
    server.close()
    for transport in post.transports:
        transport.abort()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)  # the loop closes what was aborted


def server_at(post, **changes):
    """How our settings would describe it."""
    facts = {"host": "localhost", "security": "none", "user": "", "password": "", "ca_file": None, "timeout": 30.0}
    return MailServer(**{**facts, "port": post.port, **changes})


class OpenGate:
    """Lets every letter through, where what a mail says is of no interest."""

    def written(self, letter):
        return letter.compose()

    def look_again(self, known):
        return known

    def rehearse(self, letter):  # noqa: ARG002 (as the gate)
        return True

    def person(self, letter):  # noqa: ARG002 (as the gate)
        return ""


def a_mail(key="acknowledgement:K7P2QX", address="wanjiru@example.org"):
    """A small mail; what it says is of no interest here."""
    identity = message_id(MailKind.acknowledgement, key, SENDER.domain)
    raw = f"Message-ID: {identity}\r\nTo: {address}\r\nSubject: Hello\r\n\r\nCode {token(key)}\r\n.\r\n".encode()
    to = Person("Wanjiru", address, address)
    return Mail(key, MailKind.acknowledgement, "en", to, "Hello", identity, token(key), raw)
