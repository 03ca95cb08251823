"""What people do in the demo, with the same clients that any program of theirs would use."""

from datetime import datetime

import gspread
import requests
from google.oauth2.credentials import Credentials

from config.sandbox import ACCESS_TOKEN
from config.settings import Settings
from tasks.adapters.google_session import GoogleSession
from tasks.domain.addresses import person
from tasks.domain.keys import person_id
from tasks.domain.people import parse_presenters
from tasks.domain.programme import Columns


class Staff:
    """A member of staff at the register, typing into cells."""

    def __init__(self, settings: Settings) -> None:
        session = GoogleSession(Credentials(token=ACCESS_TOKEN), timeout=30, sandbox_url=settings.google_url)
        client = gspread.Client(auth=session.credentials, session=session)
        self._sandbox_url = settings.google_url
        self._register = settings.programme.register_
        self._book = client.open_by_key(settings.spreadsheet_id(self._register.spreadsheet))

    def accept(self, title: str) -> str:
        """Accept the first submission with this title; answers its ref."""
        rows = self._rows(self._register.submissions)
        columns = self._register.submissions.columns
        ref = next(row[columns["ref"]] for row in rows if row[columns["title"]] == title)
        self._type(self._register.submissions, ref, "decision", "Accepted")
        return ref

    def confirm(self, ref: str, **cells: str | int) -> None:
        """Fill in the cells of a session and confirm it."""
        for field, value in {**cells, "status": "Confirmed"}.items():
            self._type(self._register.sessions, ref, field, value)

    def person_id(self, ref: str, secret: bytes) -> str:
        """The first presenter of a session, as reports name people."""
        columns = self._register.sessions.columns
        row = next(row for row in self._rows(self._register.sessions) if row[columns["ref"]] == ref)
        presenter = parse_presenters(row[columns["presenters"]], person("", ""))[0]
        return person_id(presenter.person.address_key, secret) if presenter.person else ""

    def set_clock(self, now: datetime) -> None:
        """Let it be this instant in the sandbox."""
        self._ask("clock", {"now": now.isoformat()})

    def record(self, ref: str, started: datetime, minutes: int) -> None:
        """Let the sandbox's Meet make a recording of the session."""
        columns = self._register.sessions.columns
        row = next(row for row in self._rows(self._register.sessions) if row[columns["ref"]] == ref)
        code = row[columns["meeting_link"]].rsplit("/", 1)[-1]
        self._ask("clock", {"now": started.isoformat()})
        self._ask("recordings", {"meeting_code": code, "started": started.isoformat(), "minutes": minutes})

    def _ask(self, name: str, body: dict[str, str | int]) -> None:
        requests.post(f"{self._sandbox_url}/control/{name}", json=body, timeout=10).raise_for_status()

    def _rows(self, columns: Columns) -> list[dict[str, str]]:
        headers, *rows = self._book.worksheet(columns.tab).get_all_values()
        return [dict(zip(headers, row, strict=True)) for row in rows]

    def _type(self, columns: Columns, ref: str, field: str, value: str | int) -> None:
        sheet = self._book.worksheet(columns.tab)
        headers, *rows = sheet.get_all_values()
        at_row = 2 + [row[headers.index(columns.columns["ref"])] for row in rows].index(ref)
        at_column = 1 + headers.index(columns.columns[field])
        sheet.update([[value]], gspread.utils.rowcol_to_a1(at_row, at_column), raw=False)
