"""What benchmarks share: their table of promises, and the sandbox as it really runs, measured from outside.

Seconds depend on the machine and are only reported; sizes, counts and ratios are asserted.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from rich.console import Console

from config.settings import ROOT

TICKS = os.sysconf("SC_CLK_TCK")
RESULTS: list[tuple[str, str, str, bool]] = []
TABLES = []


def pytest_addoption(parser):
    parser.addoption(
        "--part", default="report", choices=("tune", "spent", "report", "release"), help="labelled rows to measure"
    )


@pytest.fixture(scope="session")
def part(request):
    """The part of the labelled rows that is measured; ``release`` before a release only."""
    return request.config.getoption("--part")


@dataclass
class Sandbox:
    """A running ``colab sandbox`` and what it has used so far."""

    process: subprocess.Popen
    session: requests.Session
    base_url: str

    def ask(self, method, path, **options):
        answer = self.session.request(method, self.base_url + path, timeout=120, **options)
        assert answer.ok, answer.text[:500]
        return answer

    @property
    def seconds(self):
        """Of one core, since it was started."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def most_megabytes(self):
        """The most memory that it ever held at once."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


@contextmanager
def sandbox(data):
    """``colab sandbox`` on this folder, without quotas."""
    command = [sys.executable, "-m", "flows.cli", "sandbox", "--data", str(data), "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own command)
    with process, requests.Session() as session:
        try:
            facts = json.loads(process.stdout.readline())
            session.headers["Authorization"] = f"Bearer {facts['access_token']}"
            running = Sandbox(process, session, facts["base_url"])
            running.ask("POST", "/control/settings", json={"enforce_quota": False})
            yield running
        finally:
            process.terminate()


@dataclass
class Stopwatch:
    """What a block of work took: seconds of the sandbox's core, and seconds on the wall."""

    core: float = 0
    wall: float = 0


@contextmanager
def stopwatch(running):
    watch, core, wall = Stopwatch(), running.seconds, time.perf_counter()
    yield watch
    watch.core, watch.wall = max(running.seconds - core, 1 / TICKS), time.perf_counter() - wall


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    if not Path("/proc/self/status").exists():
        pytest.skip("memory and time of a process are read from /proc, which only Linux has")
    return tmp_path_factory.mktemp("bench") / "data"


@pytest.fixture(scope="session")
def start():
    return sandbox


@pytest.fixture(scope="session")
def measure():
    return stopwatch


@pytest.fixture(scope="session")
def report():
    """Keep a line of the table: what was measured, what was found, what is promised, whether it holds."""

    def keep(name, found, promised, *, holds):
        RESULTS.append((name, found, promised, holds))

    return keep


@pytest.fixture(scope="session")
def show():
    """Keep a rich table or a line of text, to be printed before the table of promises."""
    return TABLES.append


def pytest_terminal_summary(terminalreporter):
    if TABLES:
        console = Console(width=132, highlight=False)
        with console.capture() as captured:
            console.print(*TABLES, sep="\n")
        terminalreporter.section("in detail")
        terminalreporter.write(captured.get())
    if RESULTS:
        widths = [max(len(row[at]) for row in RESULTS) for at in range(3)]
        terminalreporter.section("benchmarks")
        for name, found, promised, holds in RESULTS:
            cells = (name.ljust(widths[0]), found.rjust(widths[1]), promised.ljust(widths[2]))
            terminalreporter.line("  ".join([*cells, "" if holds else "MISSED"]).rstrip())
