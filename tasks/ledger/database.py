"""Opens the ledger's database and brings its tables up to date."""

from pathlib import Path
from types import ModuleType

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from tasks.ledger import sqlite
from tasks.ledger.statements import COMPILED
from tasks.ledger.stops import no_answer

MIGRATIONS = Path(__file__).parent / "migrations"


class LedgerUnusable(Exception):  # noqa: N818 (a state, not a mistake)
    """The database cannot be opened, or is not a ledger."""


def open_database(url: str) -> Engine:
    """Connect to ``sqlite:///…`` or ``postgresql://…`` and run the migrations that are missing.

    Whichever it is: a commit is on disk before it returns, and what a transaction has read stays true until it ends.
    Raises LedgerUnusable.
    """
    try:
        engine = create_engine(_address(url), hide_parameters=True, execution_options={"compiled_cache": COMPILED})
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
    if engine.dialect.name != "postgresql":
        return sqlite
    from tasks.ledger import postgresql  # noqa: PLC0415 (its driver takes a tenth of a second, and most ledgers are files)

    return postgresql


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
        raise no_answer()


def _migrate(engine: Engine) -> None:
    with engine.begin() as connection:
        if _revision(connection) != max(path.name.partition("_")[0] for path in MIGRATIONS.glob("versions/*.py")):
            _upgrade(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 (half a second, seldom needed)
    from alembic.config import Config  # noqa: PLC0415 (the same)

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
