"""Starting, stopping, keeping, logging and failing on request."""

import json
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest
import requests

from config.settings import ROOT, load_languages, load_programme
from tasks.sandbox.failures import SandboxError
from tasks.sandbox.seeding.seed import seed
from tasks.sandbox.server import announcement, running, serve
from tasks.sandbox.store import Store

PATH = "/v4/spreadsheets/sandbox-register"
VALUES = f"{PATH}/values/Sessions!A2"
PROCESS = """
import sys
from pathlib import Path
from config.settings import ROOT, load_languages, load_programme
from tasks.sandbox.server import serve
programme = load_programme(ROOT / "config")
serve(Path(sys.argv[1]), 0, programme, load_languages(ROOT / "config", programme), ROOT / "templates", samples=True)
"""


def put(place, text="x"):
    return place.ask("PUT", f"{VALUES}?valueInputOption=RAW", json={"values": [[text]]})


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_process_announces_itself_serves_and_keeps_what_it_acknowledged(starter, place_at, number):
    command = [sys.executable, "-W", "error", "-c", PROCESS, str(starter.data)]
    began = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        facts = json.loads(process.stdout.readline())
        place = place_at(facts)
        with place.session:
            assert put(place, "kept").status_code == 200
            assert time.monotonic() - began < 5
        process.send_signal(number)
        assert process.wait(10) == (-9 if number == signal.SIGKILL else 0)
        assert process.stdout.read() == ""
    with starter.running(samples=True) as facts, place_at(facts).session as session:
        answer = session.get(f"{facts['base_url']}{VALUES}", timeout=10)
        assert answer.json()["values"] == [["kept"]]


def test_the_announcement_says_all_a_client_needs():
    said = announcement("http://127.0.0.1:1")
    assert said["spreadsheets"]["responses-fr"] == "sandbox-responses-fr"
    assert (said["calendar_id"], said["mailbox"]) == ("primary", "me")


def test_the_server_is_light():
    """Neither Google's clients nor Prefect: the sandbox must answer in under two seconds."""
    names = "{'googleapiclient', 'gspread', 'prefect', 'pydantic_settings', 'icalendar'}"
    command = [sys.executable, "-c", f"import sys, tasks.sandbox.server; print({names} & set(sys.modules))"]
    assert subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout == "set()\n"  # noqa: S603


def test_a_restart_keeps_everything(starter, place_at, raw_mail):
    event = {
        "id": "event1",
        "start": {"dateTime": "2024-05-06T14:00:00Z"},
        "end": {"dateTime": "2024-05-06T15:00:00Z"},
    }
    with starter.running(samples=True) as facts:
        place = place_at(facts)
        with place.session:
            put(place)
            place.ask("POST", "/gmail/v1/users/me/messages/send", json={"raw": raw_mail()})
            place.ask("POST", "/calendar/v3/calendars/primary/events", json=event)
            place.control("settings", {"conference_pending_reads": 3})
            place.control("clock", {"now": "2030-01-01T00:00:00Z"})
            mails, book = place.control("mailbox"), place.ask("GET", PATH, params={"includeGridData": 1}).json()
    with starter.running(samples=True) as facts:
        place = place_at(facts)
        with place.session:
            assert place.control("mailbox") == mails
            assert place.ask("GET", PATH, params={"includeGridData": 1}).json() == book
            assert place.ask("GET", "/calendar/v3/calendars/primary/events/event1").status_code == 200
            assert place.control("settings")["conference_pending_reads"] == 3
            assert place.control("clock")["now"].startswith("2030-01-01")


def test_a_taken_port_or_folder_is_said_in_a_sentence(starter, tmp_path):
    programme = load_programme(ROOT / "config")
    languages = load_languages(ROOT / "config", programme)
    with starter.running() as facts:
        port = int(facts["base_url"].rpartition(":")[2])
        with pytest.raises(SandboxError, match=f"Port {port} .* cannot be used"):
            serve(tmp_path / "other", port, programme, languages, ROOT / "templates", samples=False)
        again = running(starter.data, programme, languages, ROOT / "templates")
        with pytest.raises(SandboxError, match="Another sandbox is running"), again:
            pass


def test_a_new_sandbox_has_the_five_spreadsheets(shared):
    heads = {
        role: {tab.title: tab.row_values(1)[:3] for tab in shared.book(role).worksheets()}
        for role in shared.facts["spreadsheets"]
    }
    assert heads["responses-en"]["Form Responses 1"] == ["Timestamp", "Email Address", "Your name"]
    assert heads["responses-es"]["Respuestas de formulario 1"][0] == "Marca temporal"
    assert list(heads["register"]) == ["Submissions", "Sessions", "Members", "Needs attention"]
    assert heads["register"]["Sessions"] == ["Ref", "State", "Status"]
    assert list(heads["archive"]) == ["Recordings"]
    assert shared.book("responses-en").title == "CoLab responses (English)"


def test_sample_answers_stand_there_as_forms_writes_them(shared):
    for role, shown in (
        ("responses-en", "1/30/2024 9:12:44"),
        ("responses-es", "31/1/2024 19:02:11"),
        ("responses-fr", "30/01/2024 22:10:05"),
    ):
        book = shared.book(role)
        assert book.values_get(f"'{book.sheet1.title}'!A2")["values"] == [[shown]]
    book = shared.book("responses-en")
    rows = book.values_get("'Form Responses 1'", params={"valueRenderOption": "UNFORMATTED_VALUE"})["values"]
    assert rows[1][0] == pytest.approx(45321 + (9 * 3600 + 12 * 60 + 44) / 86400)
    assert rows[2][18] == 254205550102
    assert rows[7][6] == '=HYPERLINK("https://evil.example","Free prizes")'
    assert rows[7][2] == "Mallory\r\nBcc: everyone@example.com"
    members = shared.book().worksheet("Members").get_all_values(value_render_option="UNFORMATTED_VALUE")
    assert [row[4] for row in members[1:]].count(False) == 1
    assert len(members) == 7


def test_without_samples_there_are_only_headers(starter, place_at):
    with starter.running() as facts:
        place = place_at(facts)
        with place.session:
            assert len(place.book("responses-en").sheet1.get_all_values()) == 1
            assert len(place.book().worksheet("Members").get_all_values()) == 1


def test_a_store_that_holds_anything_is_not_seeded(tmp_path):
    programme = load_programme(ROOT / "config")
    languages = load_languages(ROOT / "config", programme)
    with closing(Store(tmp_path)) as store:
        store.set_fact("clock_offset_seconds", 0)
        seed(store, programme, languages, samples=True)
        assert store.all("file") == []
        assert not list(store.sql.execute("SELECT id FROM books"))


def test_roles_may_share_a_spreadsheet(tmp_path):
    programme = load_programme(ROOT / "config")
    languages = load_languages(ROOT / "config", programme)
    forms = {code: form.model_copy(update={"spreadsheet": "register"}) for code, form in programme.forms.items()}
    with closing(Store(tmp_path)) as store:
        seed(store, programme.model_copy(update={"forms": forms}), languages, samples=True)
        tabs = [json.loads(body)["title"] for (body,) in store.sql.execute("SELECT body FROM tabs")]
    assert {"Form Responses 1", "Réponses au formulaire 1", "Submissions"} <= set(tabs)
    assert len(tabs) == 8


def test_the_clock_runs_on_from_where_it_was_set(place):
    assert place.control("clock")["now"].startswith("2024-02-16T08:00:0")
    place.control("clock", {"now": "2025-01-01T00:00:00+01:00"})
    assert place.control("clock")["now"].startswith("2024-12-31T23:00:0")
    place.control("clock", {"now": None})
    assert not place.control("clock")["now"].startswith("2024")
    assert place.ask("POST", "/control/clock", json={"now": "soon"}).status_code == 400


def test_requests_are_counted_by_api_and_name(place):
    place.control("requests", method="DELETE")
    place.ask("GET", PATH)
    place.ask("GET", PATH)
    put(place)
    place.ask("GET", "/calendar/v3/calendars/primary/events")
    place.ask("GET", "/v1/forms/x")
    report = place.control("requests")
    assert report["total"] == 5
    assert report["by_api"]["sheets"] == {"GET spreadsheets.get": 2, "PUT spreadsheets.values.update": 1}
    assert [line["status"] for line in report["log"]] == [200, 200, 200, 200, 501]
    assert report["log"][2]["path"] == VALUES


@pytest.mark.parametrize(("effect", "left"), [("drop-before", None), ("drop-after", [["x"]])])
def test_a_connection_is_dropped_before_or_after_the_work(place, effect, left):
    place.control("faults", {"method": "PUT", "path": "values/", "nth": 2, "effect": effect})
    assert put(place, "first").status_code == 200
    place.ask("POST", f"{VALUES}:clear")
    with pytest.raises(requests.ConnectionError):
        put(place)
    assert place.ask("GET", VALUES).json().get("values") == left
    assert put(place).status_code == 200
    assert [line["fault"] for line in place.control("requests")["log"] if line["status"] == 0] == [effect]


def test_a_fault_may_be_a_status_with_a_reason(place):
    fault = {"method": "POST", "path": "/events$", "effect": "status", "status": 403, "reason": "quotaExceeded"}
    place.control("faults", fault)
    path = "/calendar/v3/calendars/primary/events"
    answer = place.ask("POST", path, json={})
    assert answer.status_code == 403
    error = answer.json()["error"]["errors"][0]
    assert (error["domain"], error["reason"]) == ("usageLimits", "quotaExceeded")
    assert place.ask("POST", path, json={}).status_code == 400
    place.control("faults", {"path": ".*", "effect": "status-after", "status": 500})
    assert put(place).status_code == 500
    assert place.ask("GET", VALUES).json()["values"] == [["x"]]


def test_faults_can_be_seen_and_taken_back(place):
    assert len(place.control("faults", {"path": "nothing"})) == 1
    assert place.control("faults", method="DELETE") == []
    assert place.ask("POST", "/control/faults", json={"effect": "explode"}).status_code == 400
    assert place.ask("POST", "/control/faults", json={"path": "("}).status_code == 400


def test_other_names_and_foreign_pages_are_turned_away(place):
    assert place.ask("GET", "/", headers={"Host": "evil.example"}).status_code == 403
    evil = {"Origin": "https://evil.example"}
    assert place.ask("POST", "/control/clock", json={"now": None}, headers=evil).status_code == 403


def test_a_tab_of_ten_thousand_rows_is_read_and_appended_to_quickly(place):
    tab = place.book().add_worksheet("big", 10_000, 20)
    tab.update([[f"text {row}", row, *["some words"] * 18] for row in range(9_999)], "A1", raw=True)
    mask = "sheets(properties(title),data(startRow,rowData(values(effectiveValue,formattedValue,note))))"
    began = time.monotonic()
    answer = place.ask("GET", PATH, params={"fields": mask, "ranges": "big"})
    read = time.monotonic() - began
    began = time.monotonic()
    assert tab.append_rows([["more"]])["updates"]["updatedRange"] == "big!A10000"
    appended = time.monotonic() - began
    assert len(answer.content) > 5_000_000
    assert read < 3
    assert appended < 1
