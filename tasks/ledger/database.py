"""Opens the ledger's database and brings its tables up to date."""

from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

MIGRATIONS = Path(__file__).parent / "migrations"


class LedgerUnusable(Exception):  # noqa: N818 (a state, not a mistake)
    """The database cannot be opened, or is not a ledger."""


def open_database(url: str) -> Engine:
    """Connect, in WAL mode with every commit on disk before it returns; run the migrations that are missing.

    Raises LedgerUnusable.
    """
    engine = create_engine(url)
    event.listen(engine, "connect", _settings_of_sqlite)
    event.listen(engine, "begin", _begin)
    try:
        path = Path(engine.url.database or "")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # it holds addresses and answers
        _migrate(engine)
    except (OSError, DatabaseError) as error:
        raise LedgerUnusable(type(error).__name__) from None
    return engine


def _settings_of_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 (a DB-API connection has no type)
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once: what a transaction has read stays true until it writes.

    Python's own module would begin only at the first write, and not at all for a migration's tables.
    """
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(engine: Engine) -> None:
    with engine.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() != _newest():
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


@cache
def _newest() -> str | None:
    """The newest migration, for which all of them are read."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
