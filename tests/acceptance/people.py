"""What members and staff do in these tests, and how the results are read back: by gspread and Google's own client."""

import base64
import email
from datetime import UTC, datetime
from email.policy import default
from shutil import copytree

import gspread
import icalendar
import requests
from google.oauth2.credentials import Credentials

from config.sandbox import ACCESS_TOKEN, CALENDAR_ID
from config.settings import ROOT
from tasks.adapters.google_session import GoogleSession, google_service
from tasks.domain.addresses import person
from tasks.domain.keys import person_id
from tasks.domain.serials import EPOCH
from tasks.ledger.ledger import Ledger

FEBRUARY = datetime(2024, 2, 16, 8, 0, tzinfo=UTC)
MARCH = datetime(2024, 3, 4, 9, 30, tzinfo=UTC)
SHEETS = {
    "en": "responses-en · Form Responses 1",
    "es": "responses-es · Respuestas de formulario 1",
    "fr": "responses-fr · Réponses au formulaire 1",
}
CHOSEN = {
    "en": {
        "membership": "Yes",
        "themes": "Climate justice",
        "format": "Panel",
        "session_languages": "English",
        "recording": "Yes, publicly",
    },
    "es": {
        "membership": "Sí",
        "themes": "Justicia climática",
        "format": "Taller",
        "session_languages": "Español",
        "recording": "Sí, públicamente",
    },
    "fr": {
        "membership": "Oui",
        "themes": "Paix et sécurité",
        "format": "Atelier",
        "session_languages": "Français",
        "recording": "Oui, publiquement",
    },
}
AN_ANSWER = {
    "timestamp": "2024-02-14T10:00:00",
    "email": "wanjiru@example.org",
    "contact_name": "Wanjiru Kamau",
    "organisation": "Baba Poa",
    "country": "Kenya",
    "title": "Fathers in the delivery room",
    "summary": "What midwives told us.",
    "presenters": "Wanjiru Kamau",
    "time_zone": "Nairobi",
}
A_SESSION = {
    "Ref": "TALK1",
    "Status": "Confirmed",
    "Date": "2024-05-16",
    "Start time": "15:00",
    "Time zone": "Asia/Beirut",
    "Minutes": 90,
    "Title": "Fathers in the delivery room",
    "Presenters": "Wanjiru Kamau <wanjiru@example.org>",
    "Language": "en",
    "May be recorded": "members",
}
A_MEMBER = {"Name": "Sipho", "E-mail": "sipho@example.net", "Language": "en", "Time zone": "", "Subscribed": True}
FLOWS = ("intake", "scheduling", "invitations", "recordings")


# ------------------------------------------------------------------------------------------------- what people do
def an_answer(code="en", **changes):
    """A good answer in a language, with the values that deviate."""
    return {**AN_ANSWER, **CHOSEN[code], **changes}


def send_in(office, code, *answers):
    """Members press Submit: Forms appends rows, the time as a number and everything else as typed."""
    rows = [[_cell(name, answer.get(name, "")) for name in _questions(office)] for answer in answers]
    _responses(office, code).append_rows(rows, value_input_option="RAW")


def rewrite(office, code, row, answer):
    """Somebody rewrites a row: the respondent through the edit link, or staff by hand. Rows count from 1."""
    cells = [_cell(name, answer.get(name, "")) for name in _questions(office)]
    _responses(office, code).update([cells], f"A{row}", raw=True)


def type_answer(office, code, row, question, value):
    """Staff correct one cell of a response sheet."""
    form = office.settings.programme.forms[code]
    office.type(form.spreadsheet, form.tab, row, wording(office, code, question), value)


def wording(office, code, question):
    """How a form words a question."""
    return office.settings.languages[code].questions[question]


def add(office, tab, row):
    """Staff type a row into a tab of the register."""
    sheet = office.book("register").worksheet(tab)
    sheet.append_rows([[row.get(header, "") for header in sheet.row_values(1)]], value_input_option="USER_ENTERED")


def plan_session(office, **changes):
    """Staff type a whole session, without a submission."""
    add(office, "Sessions", {**A_SESSION, **{name.replace("_", " "): value for name, value in changes.items()}})


def set_session(office, ref, **cells):
    """Staff type into the row of a session."""
    for name, value in cells.items():
        office.type("register", "Sessions", office.row_of("Sessions", ref), name.replace("_", " "), value)


def confirm_talk(office, **changes):
    """A confirmed session that stands in the calendar."""
    plan_session(office, **changes)
    assert not office.run("scheduling", now=MARCH).red


def fault(office, method, path, effect, **more):
    """The sandbox spoils the next request of this kind."""
    office.control("faults", method=method, path=path, effect=effect, **more)


# --------------------------------------------------------------------------------------------- what can be seen
def google(office, api, version):
    """A client of google-api-python-client, as anybody would build one."""
    session = GoogleSession(Credentials(token=ACCESS_TOKEN), timeout=30, sandbox_url=office.url)
    office.closing.callback(session.close)
    return google_service(session, api, version)


def sent(office):
    """The mails of the Sent folder through the Gmail API, oldest first."""
    messages = google(office, "gmail", "v1").users().messages()
    found = messages.list(userId="me", q="in:sent", maxResults=500).execute().get("messages", [])
    raws = [messages.get(userId="me", id=one["id"], format="raw").execute()["raw"] for one in reversed(found)]
    return [email.message_from_bytes(base64.urlsafe_b64decode(raw), policy=default) for raw in raws]


def recipient(mail):
    """The one address that a mail goes to."""
    (only,) = mail["To"].addresses
    assert (mail["Cc"], mail["Bcc"]) == (None, None)
    return only.addr_spec


def told(office):
    """Who got a mail in which language, sorted."""
    return sorted((recipient(mail), mail["Content-Language"]) for mail in sent(office))


def calendar_part(mail):
    """The event that the mail brings along."""
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return icalendar.Calendar.from_ical(part.get_content())


def drafts(office):
    """What waits among the drafts."""
    return google(office, "gmail", "v1").users().drafts().list(userId="me").execute().get("drafts", [])


def events(office):
    """The calendar through the Calendar API."""
    return google(office, "calendar", "v3").events().list(calendarId=CALENDAR_ID).execute()["items"]


def shown(office, tab, *headers):
    """Some columns of a tab of the register, row by row."""
    return [tuple(row[header] for header in headers) for row in office.table("register", tab)]


def attention(office):
    """Needs attention as staff read it: whether it is open, where, and what to do."""
    lines = shown(office, "Needs attention", "State", "Sheet", "Row", "Column", "What is wrong", "What to do")
    return [(state.split()[0], *rest) for state, *rest in lines]


def places(office):
    """State, sheet, row and column of each line of Needs attention."""
    return [line[:4] for line in attention(office)]


def kinds_of_cells(office, role, tab):
    """How Sheets keeps each cell that is not empty: stringValue, numberValue, boolValue or formulaValue."""
    sheets = google(office, "sheets", "v4").spreadsheets()
    asked = sheets.get(spreadsheetId=office.book(role).id, ranges=[f"'{tab}'"], includeGridData=True)
    rows = asked.execute()["sheets"][0]["data"][0]["rowData"]
    cells = [cell.get("userEnteredValue", {}) for row in rows for cell in row.get("values", [])]
    return {kind for cell in cells for kind in cell}


def forget_requests(office):
    """The sandbox starts a new list of what it was asked."""
    requests.delete(f"{office.url}/control/requests", timeout=10).raise_for_status()


def asked(office):
    """What the sandbox was asked since: method and operation."""
    log = requests.get(f"{office.url}/control/requests", timeout=10).json()["log"]
    return [(entry["method"], f"{entry['api']}.{entry['name']}") for entry in log]


def writes(office):
    """What it was asked to change."""
    return [operation for method, operation in asked(office) if method != "GET"]


def round_of_all_flows(office, now):
    """Every flow once more: what they did, and what they asked the sandbox to change."""
    forget_requests(office)
    done = [line for flow in FLOWS for line in office.run(flow, now=now).done]
    return done, writes(office)


def effects_of(office):
    """The effects in the ledger."""
    ledger = Ledger(office.settings.ledger_url)
    try:
        return ledger.effects()
    finally:
        ledger.close()


def hash_of(office, address):
    """The twelve letters that stand for a person in reports."""
    ledger = Ledger(office.settings.ledger_url)
    try:
        return person_id(person("", address).address_key, ledger.secret())
    finally:
        ledger.close()


def move_column(sheet: gspread.Worksheet, header: str, to: int) -> None:
    """Staff drag a column to another place (0 is the leftmost)."""
    at = sheet.row_values(1).index(header)
    source = {"sheetId": sheet.id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    sheet.spreadsheet.batch_update({"requests": [{"moveDimension": {"source": source, "destinationIndex": to}}]})


def _responses(office, code):
    form = office.settings.programme.forms[code]
    return office.book(form.spreadsheet).worksheet(form.tab)


def _questions(office):
    return office.settings.programme.questions


def _cell(name, value):
    if name != "timestamp" or value == "":
        return value
    try:
        return (datetime.fromisoformat(value) - EPOCH).total_seconds() / 86_400
    except ValueError:
        return value


def configuration(folder, *, forms_api):
    """The programme's own files, with the answers asked of the sheets or of the forms."""
    copytree(ROOT / "config", folder)
    programme = folder / "programme.toml"
    text = programme.read_text(encoding="utf-8")
    asked = text.replace("= { spreadsheet =", "= { forms_api = true, spreadsheet =")
    assert asked != text
    programme.write_text(asked if forms_api else text, encoding="utf-8")
    without_rations(folder)
    return folder


def without_rations(config):
    """Whoever sends many proposals in a day gets as many acknowledgements: most tests are not about that limit."""
    programme = config / "programme.toml"
    text = programme.read_text(encoding="utf-8")
    usual = ("acknowledgements_a_day = 1 ", "acknowledgements_a_week = 3\n")
    assert all(one in text for one in usual)
    text = text.replace(usual[0], "acknowledgements_a_day = 99 ").replace(usual[1], "acknowledgements_a_week = 99\n")
    programme.write_text(text, encoding="utf-8")


def configuration_that_shares(folder):
    """The programme's own files, with the box by which staff let presenters see recordings first."""
    copytree(ROOT / "config", folder)
    programme = folder / "programme.toml"
    text = programme.read_text(encoding="utf-8")
    shared = text.replace('# share_for_review = "', 'share_for_review = "').replace("# optional = [", "optional = [")
    assert shared != text
    programme.write_text(shared, encoding="utf-8")
    return folder
