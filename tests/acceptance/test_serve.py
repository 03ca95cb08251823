"""`colab serve` as a process: on its timetable, by hand, with a letter changed meanwhile, killed, and started again."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from config.settings import ROOT
from tests.acceptance.people import sent

PATIENCE = 150
PERSONAL = (b"asha@", b"Asha", b"Mwangi", b"What we learned", b"Two hard years")
TERMINAL = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
ANSWER = {
    "Email Address": "asha@example.org",
    "Your name": "Asha Mwangi",
    "Organisation or network": "Fathers United",
    "Country where you work": "Kenya",
    "Is your organisation a member of MenEngage Alliance?": "Yes",
    "Title of the session": "What we learned",
    "What will the session share? (lessons from failures and challenges as well as successes)": "Two hard years.",
    "Themes": "Climate justice",
    "Format": "Panel",
    "Language(s) of the session": "English",
    "Presenters (name, organisation and e-mail address, one per line)": "Asha Mwangi, asha@example.org",
    "May the session be recorded and shared?": "Yes, publicly",
}


def wait_for(what: str, happened: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if found := happened():
                return found
        except requests.RequestException:
            pass
        time.sleep(0.2)
    pytest.fail(f"{what} did not happen within {PATIENCE} s")


def children_of(pid: int) -> list[int]:
    """All descendants, by /proc."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = [child for child, parent in parents.items() if parent == pid]
    return found + [grandchild for child in found for grandchild in children_of(child)]


def patient_session() -> requests.Session:
    """Asks again on 503, as Prefect's own client does: a Prefect server on SQLite says so while its file is locked."""
    session = requests.Session()
    again = Retry(total=6, status_forcelist=[503], allowed_methods=None, backoff_factor=0.3)
    session.mount("http://", HTTPAdapter(max_retries=again))
    return session


@dataclass
class Served:
    """A `colab serve` that can be killed and started again on the same folders."""

    environment: dict[str, str]
    folder: Path
    api: str
    process: Any = None
    http: requests.Session = field(default_factory=patient_session)

    def start(self) -> None:
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows.cli", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill_everything(self) -> None:
        for pid in [self.process.pid, *children_of(self.process.pid)]:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def press_ctrl_c(self) -> int:
        """A terminal sends the signal to the whole foreground group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(timeout=90)

    def runs(self) -> list[dict[str, Any]]:
        answer = self.http.post(f"{self.api}/flow_runs/filter", json={}, timeout=10)
        return answer.json()

    def by_hand(self, deployment: str, **parameters: Any) -> str:
        """Start a run as the Prefect page does; answers its id."""
        found = self.http.get(f"{self.api}/deployments/name/{deployment}", timeout=10).json()
        order = {"parameters": parameters, "idempotency_key": uuid4().hex}
        run = self.http.post(f"{self.api}/deployments/{found['id']}/create_flow_run", json=order, timeout=10)
        assert run.ok, run.text
        return run.json()["id"]

    def at_the_keyboard(self, *command: str) -> int:
        """A command of somebody whose PREFECT_API_URL names this server; answers the exit code."""
        home = {"PREFECT_API_URL": self.api, "PREFECT_HOME": str(self.folder / "home")}
        command = [sys.executable, "-m", "flows.cli", *command]
        return subprocess.run(command, cwd=ROOT, env=self.environment | home, check=False).returncode  # noqa: S603

    def state_of(self, run: str) -> str:
        return self.http.get(f"{self.api}/flow_runs/{run}", timeout=10).json()["state"]["type"]


@pytest.fixture
def served(office, tmp_path) -> Iterator[Served]:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    timetable = (config / "programme.toml").read_text(encoding="utf-8")
    faster = re.sub(r"^intake = 5$", "intake = 0.2", timetable, flags=re.MULTILINE)
    slower = re.sub(r"^(scheduling|invitations|recordings) = \d+$", r"\1 = 600", faster, flags=re.MULTILINE)
    (config / "programme.toml").write_text(slower, encoding="utf-8")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COLAB_", "PREFECT_"))}
    environment |= {
        "COLAB_CONFIG": str(config),
        "COLAB_TEMPLATES": str(tmp_path / "templates"),
        "COLAB_GOOGLE_URL": office.url,
        "COLAB_LEDGER_URL": office.settings.ledger_url,
        "COLAB_MODE": "live",
        "COLAB_PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_API_PORT": port,
    }
    with ExitStack() as stack:
        one = Served(environment, tmp_path, f"http://127.0.0.1:{port}/api")
        stack.callback(lambda: one.process and one.process.poll() is None and one.kill_everything())
        yield one


def answer(office, **different: str) -> None:
    """A member sends the English form now."""
    sheet = office.book("responses-en").worksheet("Form Responses 1")
    cells = {**ANSWER, **different, "Timestamp": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")}
    sheet.append_row([cells.get(header, "") for header in sheet.row_values(1)], value_input_option="USER_ENTERED")


def addressed_to(office, address: str) -> int:
    return sum(address in mail["to"] for mail in office.mails())


def test_it_keeps_its_timetable_takes_orders_and_new_words_and_survives_a_kill(office, served):
    answer(office)
    served.start()

    wait_for("a scheduled acknowledgement", lambda: addressed_to(office, "asha@example.org") == 1)
    scheduled = [run for run in served.runs() if run["auto_scheduled"] and run["state"]["type"] != "SCHEDULED"]
    assert scheduled, "the acknowledgement came from a run that the timetable made"

    [submission] = wait_for("its row in the register", lambda: office.table("register", "Submissions"))
    ref = submission["Ref"]
    office.type("register", "Submissions", 2, "Decision", "Accepted")
    now = datetime.now(UTC)
    office.run("scheduling", now=now)
    for header, value in {
        "Date": f"{now + timedelta(days=30):%Y-%m-%d}",
        "Start time": "15:00",
        "Time zone": "Africa/Nairobi",
        "Status": "Confirmed",
    }.items():
        office.type("register", "Sessions", 2, header, value)
    office.run("scheduling", now=now)
    office.run("invitations", now=now)
    assert addressed_to(office, "asha@example.org") == 2

    order = served.by_hand("resend-invites/colab", session=ref)
    wait_for("the run that was ordered", lambda: served.state_of(order) in TERMINAL)
    assert served.state_of(order) == "COMPLETED"
    assert addressed_to(office, "asha@example.org") == 3

    words = served.folder / "templates/mail/acknowledgement/en.md"
    words.write_text(words.read_text(encoding="utf-8").replace("a small team", "a team-of-three"), encoding="utf-8")
    answer(office, **{"Email Address": "bo@example.org", "Your name": "Bo", "Title of the session": "Another one"})
    wait_for("the second acknowledgement", lambda: addressed_to(office, "bo@example.org") == 1)
    [thanks] = [mail for mail in sent(office) if "bo@example.org" in str(mail["To"])]
    assert "team-of-three" in thanks.get_body(("plain",)).get_content()
    served.kill_everything()
    before_the_kill = datetime.now(UTC).isoformat()

    answer(office, **{"Email Address": "cy@example.org", "Your name": "Cy", "Title of the session": "A third one"})
    served.start()
    wait_for("an acknowledgement after the restart", lambda: addressed_to(office, "cy@example.org") == 1)
    wait_for("three rows in the register", lambda: len(office.table("register", "Submissions")) == 3)
    assert addressed_to(office, "bo@example.org") == 1
    assert addressed_to(office, "asha@example.org") == 3
    stuck = [
        run["name"]
        for run in served.runs()
        if run["state"]["type"] in {"RUNNING", "PENDING"} and run["start_time"] and run["start_time"] < before_the_kill
    ]
    assert stuck == []

    assert served.at_the_keyboard("run", "invitations", "--live") == 0
    assert served.at_the_keyboard("run", "resend-invites", "--session", "NOSUCH", "--live") == 1
    recorded = {run["name"]: run["state"]["type"] for run in served.runs() if run["deployment_id"] is None}
    assert sorted(recorded.values()) == ["COMPLETED", "FAILED"]

    order = served.by_hand("recordings/colab")
    wait_for("a run at work", lambda: served.state_of(order) in {"RUNNING", *TERMINAL})
    family = children_of(served.process.pid)
    assert served.press_ctrl_c() == 0
    assert "unexpected status" not in (served.folder / "serve.log").read_text(encoding="utf-8")
    wait_for("the end of all its processes", lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))

    written = [
        path for path in [served.folder / "serve.log", *(served.folder / "prefect").rglob("*")] if path.is_file()
    ]
    assert [path.name for path in written if any(word in path.read_bytes() for word in PERSONAL)] == []
