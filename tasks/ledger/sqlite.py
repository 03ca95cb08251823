"""A ledger in a file of SQLite: every commit is on disk before it returns, and writers wait for each other."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


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


def _settings(connection: Any, _record: object) -> None:  # noqa: ANN401 (a DB-API connection has no type)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
