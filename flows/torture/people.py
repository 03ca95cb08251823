"""What members and staff do in the story, and how they see what came of it: at the sandbox, over HTTP."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

import requests

from config.sandbox import ACCESS_TOKEN, CALENDAR_ID, spreadsheet_id
from config.settings import Settings
from tasks.sandbox.sheets.ranges import column_letters

Row = dict[str, Any]
BOX = "Share for review"
ANSWERS: dict[str, Row] = {
    "wanjiru@example.org": {
        "contact_name": "Wanjiru Kamau",
        "organisation": "Baba Poa",
        "country": "Kenya",
        "membership": "Yes",
        "title": "Fathers in the delivery room",
        "summary": "What midwives told us.",
        "themes": "Climate justice",
        "format": "Panel",
        "session_languages": "English",
        "presenters": "Wanjiru Kamau",
        "time_zone": "Nairobi",
        "recording": "Yes, publicly",
    },
    "eva@example.org": {
        "contact_name": "Eva",
        "organisation": "Red de abuelos",
        "country": "Chile",
        "membership": "Sí",
        "title": "Padres",
        "summary": "Hornos, delantales y los primeros cien panes.",
        "themes": "Justicia climática",
        "format": "Taller",
        "session_languages": "Español",
        "presenters": "Eva",
        "time_zone": "Santiago",
        "recording": "Sí, públicamente",
    },
}


class People:
    """Everybody who acts in one sandbox."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.google_url
        self._programme = settings.programme
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.headers["Authorization"] = f"Bearer {ACCESS_TOKEN}"

    def close(self) -> None:
        """Everybody goes home."""
        self._http.close()

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 (any JSON value)
        """One request to the sandbox."""
        answer = self._http.request(method, f"{self._url}{path}", json=body, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def set_clock(self, now: datetime) -> None:
        """Let it be this instant in the sandbox, and stay so."""
        self.ask("POST", "/control/clock", {"now": now.isoformat(), "frozen": True})

    def answer_the_call(self) -> None:
        """Two members send a proposal, each in a language of their own."""
        for code, (address, answers) in zip(("en", "es"), ANSWERS.items(), strict=True):
            self.ask("POST", f"/control/forms/{code}/responses", {"answers": answers, "email": address})

    def accept(self) -> None:
        """Staff note beside each of the two with whom they talked, and accept one."""
        for said, answers in zip(("Accepted", "Declined"), ANSWERS.values(), strict=True):
            cells = {"Decision": said, "Notes": f"Talked to {answers['contact_name']}"}
            self.type("register", "Submissions", {"Title": answers["title"]}, cells)

    def confirm(self) -> None:
        """Staff confirm the session."""
        cells = {"Date": "2024-05-16", "Start time": "15:00", "Time zone": "Asia/Beirut", "Status": "Confirmed"}
        self.type("register", "Sessions", {"Ref": self.session()}, cells)

    def subscribe(self) -> None:
        """Staff add a member to be invited."""
        member = {"Name": "Sipho", "E-mail": "sipho@example.net", "Language": "en", "Subscribed": True}
        values = [[member.get(header, "") for header in self._headers("register", "Members")]]
        place = self._place("register", "Members")
        self.ask("POST", f"{place}:append?valueInputOption=USER_ENTERED", {"values": values})

    def move(self) -> None:
        """Staff find half an hour later better."""
        self.type("register", "Sessions", {"Ref": self.session()}, {"Start time": "15:30"})

    def record(self) -> None:
        """Meet makes a recording of the session."""
        (session,) = self.table("register", "Sessions")
        started = "2024-05-16T12:00:00+00:00"
        self.set_clock(datetime.fromisoformat(started))
        code = session["Meeting link"].rsplit("/", 1)[-1]
        self.ask("POST", "/control/recordings", {"meeting_code": code, "started": started, "minutes": 88})

    def ask_for_review(self) -> None:
        """Staff add who presented as well, and a box to the archive, and tick it: both shall see the recording."""
        both = "\n".join(f"{answers['contact_name']} <{address}>" for address, answers in ANSWERS.items())
        self.type("register", "Sessions", {"Ref": self.session()}, {"Presenters": both})
        headers = [*self._headers("archive", "Recordings"), BOX]
        place = f"/v4/spreadsheets/{spreadsheet_id('archive')}/values/{quote('Recordings!1:1')}"
        self.ask("PUT", f"{place}?valueInputOption=RAW", {"values": [headers]})
        self.type("archive", "Recordings", {"Ref": self.session()}, {BOX: True})

    def session(self) -> str:
        """The ref of the only session."""
        (session,) = self.table("register", "Sessions")
        return str(session["Ref"])

    def type(self, role: str, tab: str, whose: Row, cells: Row) -> None:
        """Type into cells of the row that shows this."""
        headers, *rows = self._values(role, tab)
        number = 2 + next(
            at for at, row in enumerate(rows) if whose.items() <= dict(zip(headers, row, strict=False)).items()
        )
        data = [
            {"range": f"'{tab}'!{column_letters(headers.index(header))}{number}", "values": [[value]]}
            for header, value in cells.items()
        ]
        body = {"valueInputOption": "USER_ENTERED", "data": data}
        self.ask("POST", f"/v4/spreadsheets/{spreadsheet_id(role)}/values:batchUpdate", body)

    def table(self, role: str, tab: str) -> list[Row]:
        """The rows of a tab by header; empty rows and cells are left out."""
        headers, *rows = self._values(role, tab)
        found = [{h: cell for h, cell in zip(headers, row, strict=False) if cell != ""} for row in rows]
        return [row for row in found if row]

    def mails(self) -> list[Row]:
        """Every mail that left by Gmail, by the sandbox's own record."""
        found: list[Row] = self.ask("GET", "/control/mailbox")
        return found

    def drafts(self) -> int:
        """How many drafts wait."""
        return len(self.ask("GET", "/gmail/v1/users/me/drafts").get("drafts", []))

    def files(self) -> list[Row]:
        """Everything in Drive, with whom it is shared."""
        found: list[Row] = self.ask("GET", "/control/files")
        return found

    def notices(self) -> list[Row]:
        """What Google itself would have mailed."""
        found: list[Row] = self.ask("GET", "/control/notifications")
        return found

    def events(self) -> list[Row]:
        """The calendar."""
        found: list[Row] = self.ask("GET", f"/calendar/v3/calendars/{CALENDAR_ID}/events")["items"]
        return found

    def _headers(self, role: str, tab: str) -> list[str]:
        return [str(header) for header in self._values(role, tab)[0]]

    def _values(self, role: str, tab: str) -> list[list[Any]]:
        found: list[list[Any]] = self.ask("GET", f"{self._place(role, tab)}?valueRenderOption=UNFORMATTED_VALUE").get(
            "values", [[]]
        )
        return found

    def _place(self, role: str, tab: str) -> str:
        return f"/v4/spreadsheets/{spreadsheet_id(role)}/values/{quote(tab)}"
