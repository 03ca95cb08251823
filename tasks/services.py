"""The outside world, made in one place and handed to the tasks of a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import requests

from config.sandbox import LEDGER_FILE
from config.settings import ROOT, Settings, SettingsError, load_settings
from tasks.adapters.file_access import FileAccess
from tasks.adapters.forms import Forms
from tasks.adapters.gcalendar import Calendar
from tasks.adapters.gmail import Gmail
from tasks.adapters.gmail_inbox import GmailInbox
from tasks.adapters.gmail_transport import GmailTransport
from tasks.adapters.google_login import log_in
from tasks.adapters.google_session import GoogleSession
from tasks.adapters.imap_inbox import ImapInbox
from tasks.adapters.inbox import Inbox
from tasks.adapters.mail_transport import MailTransport
from tasks.adapters.patience import Patience
from tasks.adapters.recordings import Recordings
from tasks.adapters.sent_folder import SentFolder
from tasks.adapters.sheets import Sheets
from tasks.adapters.smtp_transport import SmtpTransport
from tasks.adapters.vectors import Vectors, vectors
from tasks.domain.letter_files import LettersError
from tasks.domain.letter_shelf import load_letters
from tasks.domain.letters import Letters
from tasks.domain.pace import ADAPTING, Pace
from tasks.ledger.database import LedgerUnusable, public_name
from tasks.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a run needs that is not a plain value."""

    settings: Settings
    letters: Letters
    google: GoogleSession
    sheets: Sheets
    forms: Forms
    gmail: Gmail
    mail: MailTransport
    inbox: Inbox | None
    calendar: Calendar
    recordings: Recordings
    file_access: FileAccess
    ledger: Ledger
    vectors: Vectors | None
    pace: Pace = ADAPTING


_current: ContextVar[Services | None] = ContextVar("services", default=None)


@contextmanager
def using(chosen: Services) -> Iterator[Services]:
    """Let the runs inside use these services."""
    token = _current.set(chosen)
    try:
        yield chosen
    finally:
        _current.reset(token)


def goes_on() -> None:
    """Renew the lease of the live run at work, if there is one. Raises LeaseLost."""
    if found := _current.get():
        found.ledger.lease.renew()


@contextmanager
def services() -> Iterator[Services]:
    """The services in use; outside of ``using``, fresh ones from the environment. Raises SettingsError."""
    if found := _current.get():
        yield found
        return
    with open_services(load_settings()) as made, using(made):
        yield made


@contextmanager
def open_services(settings: Settings) -> Iterator[Services]:
    """Make the clients and open the ledger. Raises SettingsError."""
    letters = _letters(settings)
    google = GoogleSession(
        log_in(settings),
        timeout=settings.google_timeout_seconds,
        sandbox_url=settings.google_url,
        patience=Patience(settings.google_patience_seconds, partial(clock, settings)),
    )
    ledger = _ledger(settings)
    gmail = Gmail(google)
    mail, inbox = _mail(settings, gmail), _inbox(settings, google)
    try:
        yield Services(
            settings=settings,
            letters=letters,
            google=google,
            sheets=Sheets(google),
            forms=Forms(google),
            gmail=gmail,
            mail=mail,
            inbox=inbox,
            calendar=Calendar(google, settings.calendar_id),
            recordings=Recordings(google),
            file_access=FileAccess(google),
            ledger=ledger,
            vectors=vectors(),
        )
    finally:
        mail.close()
        if inbox:
            inbox.close()
        ledger.close()
        google.close()


def check(settings: Settings) -> None:
    """Whether runs can be made with these settings. Raises SettingsError; asks nobody but a sandbox."""
    log_in(settings)
    clock(settings)
    for role in settings.programme.spreadsheets:
        settings.spreadsheet_id(role)
    for language, form in settings.programme.forms.items():
        if form.forms_api:
            settings.form_id(language)
    _letters(settings)
    _ledger(settings).close()


def _mail(settings: Settings, gmail: Gmail) -> MailTransport:
    if settings.mail_transport == "gmail":
        return GmailTransport(gmail)
    imap = settings.imap_server
    sent = SentFolder(imap, settings.imap_sent_folder) if imap else None
    we_file = settings.mail_files_sent == "us"
    return SmtpTransport(settings.smtp_server, settings.programme.sender, sent, we_file=we_file)


def _inbox(settings: Settings, google: GoogleSession) -> Inbox | None:
    """Where mail to our sender arrives; None where only people can look into it."""
    if settings.mail_transport == "gmail":
        return GmailInbox(google)
    return ImapInbox(settings.imap_server) if settings.imap_server else None


def _ledger(settings: Settings) -> Ledger:
    url = settings.ledger_url or _own_ledger(settings)
    place = "a sandbox" if settings.google_url else "Google"
    try:
        ledger = Ledger(url)
    except LedgerUnusable:
        message = f"COLAB_LEDGER_URL names {public_name(url)}, where no ledger can be opened"
        raise SettingsError(message) from None
    if (other := ledger.place(place)) != place:
        ledger.close()
        whose = f"which is the ledger of {other} and must not be used with {place}"
        message = f"COLAB_LEDGER_URL names {public_name(url)}, {whose}"
        raise SettingsError(message)
    return ledger


def _own_ledger(settings: Settings) -> str:
    """Beside the sandbox's data, so that a sandbox that is thrown away takes its ledger along; else in our folder."""
    folder = ask_sandbox(settings)["data"] if settings.google_url else ROOT
    return f"sqlite:///{folder}/{LEDGER_FILE}"


def _letters(settings: Settings) -> Letters:
    try:
        return load_letters(settings.templates / "mail", settings.languages)
    except LettersError as error:
        raise SettingsError(str(error)) from None


def clock(settings: Settings) -> datetime:
    """The present instant in UTC: the sandbox's own where a sandbox is used. Raises SettingsError."""
    if not settings.google_url:
        return datetime.now(UTC)
    return datetime.fromisoformat(ask_sandbox(settings)["now"]).astimezone(UTC)


def ask_sandbox(settings: Settings) -> dict[str, str]:
    """What the sandbox says of itself: ``now`` and its ``data`` folder. Raises SettingsError."""
    try:
        answer = requests.get(f"{settings.google_url}/control/clock", timeout=10)
        answer.raise_for_status()
        facts = answer.json()
        return {"now": facts["now"], "data": facts["data"]}
    except (requests.RequestException, KeyError, TypeError, ValueError):
        message = f"COLAB_GOOGLE_URL names {settings.google_url}, but no sandbox answers there"
        raise SettingsError(message) from None
