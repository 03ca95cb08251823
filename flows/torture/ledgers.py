"""Where ledgers of trials are kept, and how one is copied for the next trial."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from flows.torture.postgres import Postgres, given, running
from tasks.ledger.ledger import Ledger


class Ledgers(Protocol):
    """A kind of database. A ledger is its address; one that is copied must not be in use."""

    def new(self, folder: Path) -> str:
        """An empty ledger, in this folder if it is a file."""

    def copy(self, url: str, folder: Path) -> str:
        """Another ledger that knows the same."""

    def drop(self, url: str) -> None:
        """Throw it away."""


class Files:
    """Ledgers of SQLite."""

    def new(self, folder: Path) -> str:
        """A file."""
        url = f"sqlite:///{folder / 'ledger.sqlite'}"
        Ledger(url).close()
        return url

    def copy(self, url: str, folder: Path) -> str:
        """A copy of the file."""
        path = folder / "ledger.sqlite"
        shutil.copy(url.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        """It goes with its folder."""


@dataclass(frozen=True)
class Databases:
    """Ledgers on a server of PostgreSQL."""

    server: Postgres

    def new(self, folder: Path) -> str:  # noqa: ARG002 (the server has its own)
        """A database."""
        url = self.server.new_database()
        Ledger(url).close()
        return url

    def copy(self, url: str, folder: Path) -> str:  # noqa: ARG002 (the server has its own)
        """A copy of the database."""
        return self.server.new_database(like=url)

    def drop(self, url: str) -> None:
        """The database goes."""
        self.server.drop(url)


@contextmanager
def ledgers(kind: str) -> Iterator[Ledgers]:
    """Those of ``sqlite``, or ``postgresql`` on a server that lives as long as the block, or at an address there.

    Raises NoServer.
    """
    if kind == "sqlite":
        yield Files()
        return
    if kind != "postgresql":
        yield Databases(given(kind))
        return
    with running() as server:
        yield Databases(server)
