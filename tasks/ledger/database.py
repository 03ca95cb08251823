"""Opens the ledger's database and brings its tables up to date."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from tasks.ledger import postgresql, sqlite

MIGRATIONS = Path(__file__).parent / "migrations"


class LedgerUnusable(Exception):  # noqa: N818 (a state, not a mistake)
    """The database cannot be opened, or is not a ledger."""


def open_database(url: str) -> Engine:
    """Connect to ``sqlite:///…`` or ``postgresql://…`` and run the migrations that are missing.

    Whichever it is: a commit is on disk before it returns, and what a transaction has read stays true until it ends.
    Raises LedgerUnusable.
    """
    try:
        engine = create_engine(_address(url), hide_parameters=True)
        database = postgresql if engine.dialect.name == "postgresql" else sqlite
        database.prepare(engine)
        event.listen(engine, "begin", database.begin)
        _migrate(engine)
    except (OSError, ArgumentError, ValueError, DatabaseError) as error:
        raise LedgerUnusable(type(error).__name__) from None
    return engine


def public_name(url: str) -> str:
    """The address of a ledger as it may be shown: without user, password and options."""
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        return "an address that cannot be read"
    if parts.get_backend_name() == "sqlite":
        return url
    host = (parts.host or "").rpartition("@")[2]
    return f"{parts.get_backend_name()}://{host}/{parts.database or ''}"


def _address(url: str) -> URL:
    parts = make_url(url)
    if parts.get_backend_name() == "postgresql":
        return parts.set(drivername="postgresql+psycopg")
    return parts


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
