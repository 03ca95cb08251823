"""Opens the ledger's database and brings its tables up to date."""

from functools import cache
from pathlib import Path
from types import ModuleType

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from tasks.ledger import postgresql, sqlite

MIGRATIONS = Path(__file__).parent / "migrations"


class LedgerStops(Exception):  # noqa: N818 (a state, not a mistake)
    """A live run cannot go on; the message is a sentence for people."""


class LedgerUnusable(Exception):  # noqa: N818 (a state, not a mistake)
    """The database cannot be opened, or is not a ledger."""


def open_database(url: str) -> Engine:
    """Connect to ``sqlite:///…`` or ``postgresql://…`` and run the migrations that are missing.

    Whichever it is: a commit is on disk before it returns, and what a transaction has read stays true until it ends.
    Raises LedgerUnusable.
    """
    try:
        engine = create_engine(_address(url), hide_parameters=True)
        database = database_of(engine)
        database.prepare(engine)
        event.listen(engine, "begin", database.begin)
        _migrate(engine)
        event.listen(engine, "handle_error", _say_that_it_does_not_answer)
    except (OSError, ArgumentError, ValueError, DatabaseError) as error:
        raise LedgerUnusable(type(error).__name__) from None
    return engine


def database_of(engine: Engine) -> ModuleType:
    """What differs between the two databases."""
    return postgresql if engine.dialect.name == "postgresql" else sqlite


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


def _say_that_it_does_not_answer(context: ExceptionContext) -> None:
    if context.is_disconnect or isinstance(context.sqlalchemy_exception, OperationalError):
        raise LedgerStops("the ledger's database does not answer; what this run left open is looked up by the next one")


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
