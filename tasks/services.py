"""The outside world, made in one place and handed to the tasks of a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

import requests

from config.settings import Settings, SettingsError, load_settings
from tasks.adapters.gcalendar import Calendar
from tasks.adapters.gmail import Gmail
from tasks.adapters.google_login import log_in
from tasks.adapters.google_session import GoogleSession
from tasks.adapters.recordings import Recordings
from tasks.adapters.sheets import Sheets
from tasks.domain.letter_files import LettersError
from tasks.domain.letters import Letters, load_letters
from tasks.ledger.database import LedgerUnusable
from tasks.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a run needs that is not a plain value."""

    settings: Settings
    letters: Letters
    google: GoogleSession
    sheets: Sheets
    gmail: Gmail
    calendar: Calendar
    recordings: Recordings
    ledger: Ledger


_current: ContextVar[Services | None] = ContextVar("services", default=None)


@contextmanager
def using(chosen: Services) -> Iterator[Services]:
    """Let the runs inside use these services."""
    token = _current.set(chosen)
    try:
        yield chosen
    finally:
        _current.reset(token)


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
    google = GoogleSession(log_in(settings), timeout=settings.google_timeout_seconds, sandbox_url=settings.google_url)
    ledger = _ledger(settings)
    try:
        yield Services(
            settings=settings,
            letters=_letters(settings),
            google=google,
            sheets=Sheets(google),
            gmail=Gmail(google),
            calendar=Calendar(google, settings.calendar_id),
            recordings=Recordings(google),
            ledger=ledger,
        )
    finally:
        ledger.close()
        google.close()


def check(settings: Settings) -> None:
    """Whether runs can be made with these settings. Raises SettingsError; asks nobody but a sandbox."""
    log_in(settings)
    clock(settings)
    for role in settings.programme.spreadsheets:
        settings.spreadsheet_id(role)
    _letters(settings)


def _ledger(settings: Settings) -> Ledger:
    try:
        return Ledger(settings.ledger_url)
    except LedgerUnusable:
        message = f"COLAB_LEDGER_URL names {settings.ledger_url}, where no ledger can be opened"
        raise SettingsError(message) from None


def _letters(settings: Settings) -> Letters:
    try:
        return load_letters(settings.templates / "mail", settings.languages)
    except LettersError as error:
        raise SettingsError(str(error)) from None


def clock(settings: Settings) -> datetime:
    """The present instant in UTC: the sandbox's own where a sandbox is used. Raises SettingsError."""
    if not settings.google_url:
        return datetime.now(UTC)
    try:
        answer = requests.get(f"{settings.google_url}/control/clock", timeout=10)
        answer.raise_for_status()
        return datetime.fromisoformat(answer.json()["now"]).astimezone(UTC)
    except (requests.RequestException, KeyError, ValueError):
        message = f"COLAB_GOOGLE_URL names {settings.google_url}, but no sandbox answers there"
        raise SettingsError(message) from None
