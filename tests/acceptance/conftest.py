"""A sandbox, people acting on it, and flows run against it: the fixtures that every kind of test may use."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

os.environ["PREFECT_LOGGING_LEVEL"] = "ERROR"
os.environ["DO_NOT_TRACK"] = "1"

import gspread
import pytest
import requests
from google.oauth2.credentials import Credentials

from config.sandbox import ACCESS_TOKEN, spreadsheet_id
from config.settings import ROOT, Settings
from flows.all_flows import FLOWS
from tasks.adapters.google_session import GoogleSession
from tasks.chapter import collecting
from tasks.domain.outcome import Outcome
from tasks.ledger.ledger import Ledger
from tasks.sandbox.server import running
from tasks.services import open_services, using
from tests.acceptance.people import without_rations

FEBRUARY = datetime(2024, 2, 16, 8, 0, tzinfo=UTC)


@dataclass
class Office:
    """The Secretariat in a test: a sandbox, the sheets as gspread shows them, and the flows."""

    url: str
    folder: Path
    config: Path = ROOT / "config"
    more: dict[str, Any] = field(default_factory=dict)
    closing: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def settings(self) -> Settings:
        """The settings of a newcomer who only knows the sandbox, and ``more`` where a test needs it."""
        ledger = f"sqlite:///{self.folder / 'ledger.sqlite'}"
        more = {"ledger_url": ledger, "google_patience_seconds": 0, **self.more}
        return Settings(_env_file=None, config=self.config, google_url=self.url, **more)

    def book(self, role: str) -> gspread.Spreadsheet:
        """A spreadsheet through the real gspread."""
        session = GoogleSession(Credentials(token=ACCESS_TOKEN), timeout=30, sandbox_url=self.url)
        self.closing.callback(session.close)
        return gspread.Client(auth=session.credentials, session=session).open_by_key(spreadsheet_id(role))

    def table(self, role: str, tab: str) -> list[dict[str, Any]]:
        """The rows of a tab by header, unformatted, as another program would read them."""
        sheet = self.book(role).worksheet(tab)
        headers, *rows = sheet.get_values(value_render_option="UNFORMATTED_VALUE", maintain_size=True) or [[]]
        return [dict(zip(headers, row, strict=True)) for row in rows if any(cell != "" for cell in row)]

    def type(self, role: str, tab: str, row: int, header: str, value: object) -> None:
        """Type into a cell as a person does; rows count from 1."""
        sheet = self.book(role).worksheet(tab)
        column = 1 + sheet.row_values(1).index(header)
        sheet.update([[value]], gspread.utils.rowcol_to_a1(row, column), raw=False)

    def row_of(self, tab: str, ref: str) -> int:
        """The row of the register in which a ref stands."""
        return 2 + [row["Ref"] for row in self.table("register", tab)].index(ref)

    def run(self, flow: str, *, live: bool = True, now: datetime = FEBRUARY, **parameters: Any) -> Outcome:
        """Run a flow as ``colab run`` does."""
        with open_services(self.settings) as services, using(services), collecting() as outcomes:
            asyncio.run(FLOWS[flow].fn(now=now, live=live, **parameters))
        return outcomes[0]

    def mails(self) -> list[dict[str, Any]]:
        """Every mail that was really sent, by the sandbox's own record."""
        return requests.get(f"{self.url}/control/mailbox", timeout=10).json()

    def keeps_the_contract(self) -> None:
        """Nothing that a client sent or the sandbox answered breaks Google's discovery documents."""
        found = requests.get(f"{self.url}/control/violations", timeout=10).json()
        assert found == {"strict": True, "violations": []}

    def control(self, name: str, **body: object) -> None:
        """Ask something of the sandbox that Google would not do: faults, recordings, its clock."""
        requests.post(f"{self.url}/control/{name}", json=body, timeout=10).raise_for_status()


@pytest.fixture(scope="session")
def a_new_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty ledger: making its tables takes as long as a run."""
    path = tmp_path_factory.mktemp("new") / "ledger.sqlite"
    Ledger(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def config_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programme's own configuration, but for people who send many proposals a day, as a few do in these tests."""
    config = shutil.copytree(ROOT / "config", tmp_path_factory.mktemp("config") / "config")
    without_rations(config)
    return config


@contextmanager
def _opening(folder: Path, a_new_ledger: Path, config: Path) -> Iterator[Callable[..., Office]]:
    settings = Settings(_env_file=None)
    shutil.copy(a_new_ledger, folder)
    with ExitStack() as stack:

        def start(*, samples: bool = False, **more: Any) -> Office:
            world = running(
                folder / "sandbox",
                settings.programme,
                settings.languages,
                settings.templates,
                samples=samples,
                strict=True,
            )
            announcement = stack.enter_context(world)
            office = Office(announcement["base_url"], folder, config, more)
            stack.callback(office.keeps_the_contract)
            stack.callback(office.closing.close)
            return office

        yield start


@pytest.fixture
def open_office(tmp_path: Path, a_new_ledger: Path, config_of_tests: Path) -> Iterator[Callable[..., Office]]:
    """Open an office; ``samples=True`` fills in the 28 sample answers and the sample members."""
    with _opening(tmp_path, a_new_ledger, config_of_tests) as start:
        yield start


@pytest.fixture(scope="module")
def open_shared_office(
    tmp_path_factory: pytest.TempPathFactory, a_new_ledger: Path, config_of_tests: Path
) -> Iterator[Callable[..., Office]]:
    """Open an office whose story several tests of a file look at."""
    with _opening(tmp_path_factory.mktemp("office"), a_new_ledger, config_of_tests) as start:
        yield start


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    """An office with empty sheets."""
    return open_office()


@pytest.fixture
def sample_office(open_office: Callable[..., Office]) -> Office:
    """An office with the sample answers and members."""
    return open_office(samples=True)
