"""Starting, stopping, keeping, logging and failing on request."""

import json
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager

import pytest
import requests
from typer.testing import CliRunner

from config.settings import ROOT, load_languages, load_programme
from flows.cli import app
from tasks.sandbox.failures import SandboxError
from tasks.sandbox.seeding.contents import Contents
from tasks.sandbox.seeding.seed import seed
from tasks.sandbox.server import announcement, running, serve
from tasks.sandbox.store import STORE_FILE, Store
from tasks.sandbox.switches import propose, set_switches, switch

PATH = "/v4/spreadsheets/sandbox-register"
VALUES = f"{PATH}/values/Sessions!A2"
PROCESS = """
import sys
from pathlib import Path
from config.settings import ROOT, load_languages, load_programme
from tasks.sandbox.seeding.contents import Contents
from tasks.sandbox.server import serve
programme = load_programme(ROOT / "config")
languages = load_languages(ROOT / "config", programme)
contents = Contents(samples=True)
serve(Path(sys.argv[1]), 0, programme, languages, ROOT / "templates", contents=contents, fresh=False, strict=True)
"""


def put(place, text="x"):
    return place.ask("PUT", f"{VALUES}?valueInputOption=RAW", json={"values": [[text]]})


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_process_announces_itself_serves_and_keeps_what_it_acknowledged(starter, place_at, number):
    with a_process(starter, place_at) as (process, place):
        assert put(place, "kept").status_code == 200
        process.send_signal(number)
        assert process.wait(10) == (-9 if number == signal.SIGKILL else 0)
        assert process.stdout.read() == ""
    with starter.running(samples=True) as facts, place_at(facts).session as session:
        answer = session.get(f"{facts['base_url']}{VALUES}", timeout=10)
        assert answer.json()["values"] == [["kept"]]


@contextmanager
def a_process(starter, place_at):
    """A sandbox in a process of its own, which a test may kill."""
    command = [sys.executable, "-W", "error", "-c", PROCESS, str(starter.data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            place = place_at(json.loads(process.stdout.readline()))
            with place.session:
                yield process, place
        finally:
            process.kill()


class Appending(threading.Thread):
    """Appends row after row until the sandbox is gone, and keeps what was acknowledged."""

    def __init__(self, place):
        super().__init__()
        self.place = place
        self.acknowledged = []
        self.enough = threading.Event()

    def run(self):
        number = 0
        while not self.enough.is_set():
            path = f"{PATH}/values/Sessions!A2:append?valueInputOption=RAW"
            try:
                answer = self.place.ask("POST", path, json={"values": [[f"row {number}"]]})
            except requests.RequestException:  # killed before the answer, or in the middle of it
                return
            if answer.status_code == 200:
                self.acknowledged.append(f"row {number}")
            number += 1


def rows_of(place):
    return [row[0] for row in place.ask("GET", f"{PATH}/values/Sessions!A2:A").json()["values"]]


def is_whole(folder):
    with closing(sqlite3.connect(folder / STORE_FILE)) as sql:
        return sql.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_sandbox_killed_amid_a_stream_of_appends_has_every_row_that_it_acknowledged(starter, place_at):
    with a_process(starter, place_at) as (process, place):
        assert place.control("quota")["enforced"] is True
        place.control("settings", {"enforce_quota": False})
        stream = Appending(place)
        stream.start()
        until(lambda: len(stream.acknowledged) >= 25)
        process.kill()
        stream.join(10)
    assert is_whole(starter.data)
    with starter.running() as facts:
        place = place_at(facts)
        with place.session:
            found = rows_of(place)
    assert found[: len(stream.acknowledged)] == stream.acknowledged
    assert len(found) - len(stream.acknowledged) in {0, 1}


def test_a_copy_that_the_sandbox_makes_while_it_is_written_to_is_whole(starter, place_at, tmp_path):
    with starter.running() as facts:
        place = place_at(facts)
        stream = Appending(place_at(facts))
        with place.session, stream.place.session:
            stream.start()
            until(lambda: len(stream.acknowledged) >= 10)
            before = list(stream.acknowledged)
            place.control("copy", {"to": str(tmp_path / "copy")})
            stream.enough.set()
            stream.join(10)
    assert is_whole(tmp_path / "copy")
    with type(starter)(tmp_path / "copy").running() as facts:
        place = place_at(facts)
        with place.session:
            found = rows_of(place)
    assert found[: len(before)] == before
    assert found == stream.acknowledged[: len(found)]


def test_files_copied_while_the_sandbox_is_at_rest_hold_everything(starter, place_at, tmp_path):
    with starter.running() as facts:
        place = place_at(facts)
        with place.session:
            put(place, "kept")
            shutil.copytree(starter.data, tmp_path / "copy")
    assert is_whole(tmp_path / "copy")
    with type(starter)(tmp_path / "copy").running() as facts:
        place = place_at(facts)
        with place.session:
            assert rows_of(place) == ["kept"]


@pytest.mark.parametrize("to", ["", "copy", "{}/none/copy", "{}"])
def test_a_copy_needs_a_folder_that_is_not_there_yet(shared, tmp_path, to):
    assert shared.ask("POST", "/control/copy", json={"to": to.format(tmp_path)}).status_code == 400


def until(holds, patience=20):
    ends = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_what_somebody_chose_is_not_proposed_anew(tmp_path):
    with closing(Store(tmp_path)) as store:
        propose(store, "enforce_quota", value=True)
        assert switch(store, "enforce_quota") is True
        set_switches(store, {"enforce_quota": False})
        propose(store, "enforce_quota", value=True)
        assert switch(store, "enforce_quota") is False


def test_the_announcement_says_all_a_client_needs():
    said = announcement("http://127.0.0.1:1")
    assert said["spreadsheets"]["responses-fr"] == "sandbox-responses-fr"
    assert (said["calendar_id"], said["mailbox"]) == ("primary", "me")


def test_the_server_is_light():
    """Neither Google's clients nor Prefect: the sandbox must answer in under two seconds."""
    names = "{'googleapiclient', 'gspread', 'prefect', 'pydantic_settings'}"
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
            serve(tmp_path / "other", port, programme, languages, ROOT / "templates", contents=Contents(), fresh=False)
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
    assert list(heads["register"]) == ["Submissions", "Possible duplicates", "Sessions", "Members", "Needs attention"]
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
    assert len(tabs) == 9


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
    place.ask("GET", "/v2/nothing/at/all")
    report = place.control("requests")
    assert report["total"] == 5
    assert report["by_api"]["sheets"] == {"GET spreadsheets.get": 2, "PUT spreadsheets.values.update": 1}
    assert [line["status"] for line in report["log"]] == [200, 200, 200, 200, 501]
    assert report["log"][2]["path"] == VALUES


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "192.0.2.7:80"},
        {"Host": "[2001:db8::1]"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/control/clock", PATH])
def test_other_names_and_foreign_pages_are_turned_away(shared, headers, path):
    shared.control("requests", method="DELETE")
    assert shared.ask("POST", path, json={"now": None}, headers=headers).status_code == 403
    assert shared.control("requests")["total"] == 0


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_this_machine_may_ask_under_both_of_its_names(shared, host):
    port = shared.base_url.rpartition(":")[2]
    name = f"{host}:{port}"
    headers = {"Host": name, "Origin": f"http://{name}"}
    assert shared.ask("GET", "/control/clock", headers=headers).status_code == 200


def test_only_loopback_is_listened_on(shared):
    port = int(shared.base_url.rpartition(":")[2])
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.settimeout(2)
        with pytest.raises(OSError, match=r"refused|unreachable|timed out"):
            other.connect((an_address_of_this_machine(), port))


def an_address_of_this_machine():
    """One that is not loopback if there is any; else another of loopback's, on which nobody listens either."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.2"
        return probe.getsockname()[0]


@pytest.mark.parametrize("option", ["--host", "--bind"])
def test_there_is_no_way_to_let_others_in(option):
    runner = CliRunner()
    answer = runner.invoke(app, ["sandbox", "--data", "none", option, "0.0.0.0"])  # noqa: S104 (must be refused)
    assert answer.exit_code == 2


def test_a_tab_of_ten_thousand_rows_is_read_whole_and_appended_to(place):
    tab = place.book().add_worksheet("big", 10_000, 20)
    tab.update([[f"text {row}", row, *["some words"] * 18] for row in range(9_999)], "A1", raw=True)
    mask = "sheets(properties(title),data(startRow,rowData(values(effectiveValue,formattedValue,note))))"
    answer = place.ask("GET", PATH, params={"fields": mask, "ranges": "big"})
    assert tab.append_rows([["more"]])["updates"]["updatedRange"] == "big!A10000"
    assert len(answer.json()["sheets"][0]["data"][0]["rowData"]) == 9_999
