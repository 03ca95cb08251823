"""Mail by SMTP, step by step: only what is lost while the server takes the mail itself (DATA) can be unclear."""

import smtplib
from collections.abc import Sequence

from config.mail import MailServer
from tasks.adapters.mail_transport import Fate
from tasks.adapters.sent_folder import SentFolder
from tasks.adapters.smtp_answers import CLOSING, accepted, fault_of, refused
from tasks.adapters.smtp_connection import connect
from tasks.domain.addresses import sendable
from tasks.domain.effects import Effect, EffectState
from tasks.domain.faults import Fault, Refused, TryLater, Unclear
from tasks.domain.mail_identity import message_mark
from tasks.domain.mails import Mail
from tasks.domain.programme import Sender
from tasks.domain.smtp_note import SmtpNote, never_handed_over, smtp_note

MOST = 100
"""Mails over one connection; servers dislike endless ones."""


class SmtpTransport:
    """A MailTransport. ``sent`` is the Sent folder, where one can be looked into; ``we_file``: we put mails there."""

    notes_may_be_lost = True  # the Message-ID follows from the mail's key

    def __init__(self, server: MailServer, sender: Sender, sent: SentFolder | None, *, we_file: bool) -> None:
        self._server, self._sender = server, sender
        self._sent, self._we_file = sent, we_file
        self._smtp: smtplib.SMTP | None = None
        self._handed_over = 0
        self._refusal: Refused | None = None

    @property
    def unknown(self) -> str:
        """The phrase that says why nobody knows what became of a mail."""
        return "mail-uncertain-smtp" if self._sent else "mail-uncertain-no-sent"

    @property
    def advice(self) -> str:
        """The phrase that says what a person can do to find out."""
        return "look-into-sent-or-ask" if self._sent else "look-for-code"

    def prepare(self, mail: Mail, effect: Effect) -> str:
        """Connect, and name sender and recipient; what is noted is this attempt and the Message-ID."""
        if self._handed_over >= MOST:
            self.close()
        if self._smtp and self._announced(self._smtp, mail):
            return str(SmtpNote(effect.attempts, mail.message_id))
        self._smtp = self._connected()
        if not self._announced(self._smtp, mail):
            raise TryLater(f"the mail server {self._server.host} hung up before it took a mail")
        return str(SmtpNote(effect.attempts, mail.message_id))

    def hand_over(self, mail: Mail, note: str) -> str:  # noqa: ARG002 (the note is for the ledger)
        """Give the mail to the server; answers its Message-ID."""
        what = "handing over the mail"
        if self._smtp is None:
            raise TryLater(f"{what}: nothing was prepared")
        try:
            code, text = self._smtp.data(mail.raw)
        except smtplib.SMTPDataError as error:  # refused before a byte of the mail was sent
            self._drop()
            raise fault_of(error.smtp_code, error.smtp_error, what, one_mail=True) from None
        except OSError as error:
            self._drop()
            raise Unclear(f"{what}: no answer ({type(error).__name__})") from None
        if accepted(code):
            self._handed_over += 1
            return mail.message_id
        self._drop()
        raise fault_of(code, text, what, one_mail=True) if refused(code) else Unclear(f"{what}: no answer to be read")

    def look_up(self, key: str, effect: Effect) -> Fate:
        """Without this attempt's note DATA never began, unless it may be lost; with it only the Sent folder knows."""
        if never_handed_over(effect):
            return Fate(EffectState.ready)
        note = smtp_note(effect.provider_id)
        wanted = note.message_id if note else message_mark(key, self._sender.domain)
        if self._sent and self._sent.holds(wanted):
            return Fate(EffectState.sent, note.message_id if note else "")
        return Fate(EffectState.uncertain)

    def clear(self, keys: Sequence[str]) -> int:  # noqa: ARG002 (what was not handed over is nowhere)
        """A mail that the server has not taken leaves nothing there."""
        return 0

    def file(self, mail: Mail) -> None:
        """Put a copy into Sent, where the server does not do that by itself."""
        if self._we_file and self._sent:
            self._sent.add(mail.raw, mail.message_id)

    def copy(self, key: str, effect: Effect) -> bytes | None:  # noqa: ARG002 (the key says it)
        """As it stands in the Sent folder, where we can look into one."""
        return self._sent.read(message_mark(key, self._sender.domain)) if self._sent else None

    def remove(self, key: str, effect: Effect) -> None:  # noqa: ARG002 (the key says it)
        """Out of the Sent folder, where we can look into one."""
        if self._sent:
            self._sent.remove(message_mark(key, self._sender.domain))

    def close(self) -> None:
        """Say goodbye to both servers."""
        if self._smtp:
            try:
                self._smtp.quit()
            except OSError:
                self._smtp.close()
        self._smtp, self._handed_over = None, 0
        if self._sent:
            self._sent.close()

    def _connected(self) -> smtplib.SMTP:
        if self._refusal:
            raise self._refusal
        try:
            return connect(self._server, self._sender.domain)
        except Refused as refusal:
            self._refusal = refusal
            raise

    def _announced(self, smtp: smtplib.SMTP, mail: Mail) -> bool:
        """Name sender and recipient; False when the server hung up, which sends nothing."""
        try:
            sender, recipient = self._sender.address, sendable(mail.to)  # bare: nothing is left for smtplib to parse
            self._ask(smtp.docmd("MAIL", f"FROM:<{sender}>"), "naming the sender", one_mail=False)
            self._ask(smtp.docmd("RCPT", f"TO:<{recipient}>"), "naming the recipient", one_mail=True)
        except Fault:
            self._drop()
            raise
        except OSError:
            self._drop()
            return False
        return True

    def _ask(self, answer: tuple[int, bytes], what: str, *, one_mail: bool) -> None:
        code, text = answer
        if code == CLOSING:
            raise smtplib.SMTPServerDisconnected
        if not accepted(code):
            raise fault_of(code, text, what, one_mail=one_mail)

    def _drop(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp, self._handed_over = None, 0
