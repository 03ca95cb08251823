"""Opens the ledger's database and brings its tables up to date."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event

MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(url: str) -> Engine:
    """Connect, in WAL mode with every commit on disk before it returns; run the migrations that are missing."""
    engine = create_engine(url)
    event.listen(engine, "connect", _settings_of_sqlite)
    event.listen(engine, "begin", _begin)
    _migrate(engine)
    return engine


def _settings_of_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 (a DB-API connection has no type)
    connection.isolation_level = None  # else Python begins a transaction only at the first write, and none for DDL
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once, so that what a transaction has read stays true until it writes."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
