"""A ledger in a file of SQLite: commits, but some of a Writer, are on disk before they return; writers wait."""

import fcntl
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import IO, Any

from sqlalchemy import JSON, Connection, Engine, TableValuedAlias, Text, bindparam, column, event, func

from tasks.ledger.commits import commit_past_sqlalchemy
from tasks.ledger.stops import no_answer

BOOT = Path("/proc/sys/kernel/random/boot_id")
PATIENCE = 30.0
"""Seconds that are waited for another process that writes, or is the first to open the file."""
AGAIN = 0.02
PRAGMAS = (f"busy_timeout={PATIENCE * 1000:.0f}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def prepare(engine: Engine) -> None:
    """Make the file, which holds addresses and answers, for nobody but us. Raises OSError."""
    path = Path(engine.url.database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    event.listen(engine, "connect", _settings)


def begin(connection: Connection) -> None:
    """Take the write lock at once: what a transaction has read stays true until it writes.

    Python's own module would begin only at the first write, and not at all for a migration's tables.
    """
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def now(_connection: Connection) -> datetime:
    """The machine's clock: all runs on a file are on one machine."""
    return datetime.now(UTC)


def each(texts: list[str]) -> TableValuedAlias:
    """These texts as a table with one column, ``value``."""
    return func.json_each(bindparam("texts", texts, JSON)).table_valued(column("value", Text))


def boot() -> str:
    """The start of the machine that we are in, within which no commit is lost; ``""`` where it has no name."""
    return BOOT.read_text(encoding="ascii").strip() if BOOT.exists() else ""


class Pulse:
    """A locked file beside the ledger. The operating system lets go of it however its process ends."""

    def __init__(self, engine: Engine) -> None:
        self._path = Path(engine.url.database or "")
        self._file: IO[str] | None = None

    def start(self, fence: int) -> None:
        """Say that the run with this number is alive."""
        self._file = self._of(fence).open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def stop(self) -> None:
        """Say no more."""
        if self._file:
            Path(self._file.name).unlink(missing_ok=True)
            self._file.close()
            self._file = None

    def beats(self, fence: int, _connection: Connection) -> bool:
        """Whether the process of this run exists. What a dead one left behind is tidied away."""
        try:
            with self._of(fence).open("r+") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        self._of(fence).unlink(missing_ok=True)
        return False

    def _of(self, fence: int) -> Path:
        return self._path.with_name(f"{self._path.name}-run-{fence}")


class Writer:
    """Changes of one line, each a transaction, on a connection of its own: SQLAlchemy would take five times as long.

    What is not written ``durably`` outlives this process, and is on disk with the next commit that is.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        pooled = engine.raw_connection()
        self._connection: Any = pooled.driver_connection  # sqlite3's own
        pooled.detach()
        self._durably = True

    def write(self, change: str, values: Mapping[str, str], fence: int | None, *, durably: bool) -> None:
        """Raises LeaseLost; then nothing is changed."""
        execute = self._connection.execute
        try:
            if durably != self._durably:
                execute(f"PRAGMA synchronous={'FULL' if durably else 'NORMAL'}")
                self._durably = durably
            with commit_past_sqlalchemy(durably=durably), self._connection:
                execute("BEGIN IMMEDIATE")
                if ours := fence is None or execute("SELECT max(id) FROM run").fetchone() == (fence,):
                    execute(change, values)
        except sqlite3.OperationalError:
            raise no_answer() from None
        if not ours:
            with self._engine.begin():  # says who took over
                pass

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def _settings(connection: Any, _record: object) -> None:  # noqa: ANN401 (a DB-API connection has no type)
    for pragma in PRAGMAS:
        _set(connection, pragma)


def _set(connection: Any, pragma: str) -> None:  # noqa: ANN401 (the same)
    """SQLite does not wait by itself where two processes give a new file its journal at once."""
    until = monotonic() + PATIENCE
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(AGAIN)
        else:
            return
