"""A ledger in a database of PostgreSQL, for runs on several machines: what one transaction has read stays true."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from psycopg import Error as PsycopgError
from psycopg.abc import Buffer
from psycopg.types.string import StrDumper
from sqlalchemy import JSON, Connection, Engine, TableValuedAlias, Text, bindparam, column, event, func, text

LOCK = 0x636F6C6162  # "colab": any number that is ours in this database
PULSE = 0x636F6C61  # and one for the locks that are numbered, which are of another kind
SETTINGS = (
    "synchronous_commit = on",  # every commit is on disk before it returns
    "default_transaction_isolation = 'read committed'",
    "lock_timeout = '30s'",
    "idle_in_transaction_session_timeout = '30s'",  # a process that hangs inside a transaction lets go of the lock
)


def prepare(engine: Engine) -> None:
    """What every connection is told first."""
    event.listen(engine, "connect", _settings)


def begin(connection: Connection) -> None:
    """Wait for the transaction at work, as on SQLite. Claims and settlements only wait for those of another kind.

    Under READ COMMITTED every statement sees what was committed before it, so nothing read after this line is old.
    """
    together = connection.get_execution_options().get("together", False)
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock{'_shared' if together else ''}({LOCK})")


def now(connection: Connection) -> datetime:
    """The server's clock: those of the machines that runs are on need not agree."""
    found: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return found


def each(texts: list[str]) -> TableValuedAlias:
    """These texts as a table with one column, ``value``."""
    return func.json_array_elements_text(bindparam("texts", texts, JSON)).table_valued(column("value", Text))


def boot() -> str:
    """Nothing here is written so loosely that only the start of the machine could say whether it was lost."""
    return ""


class Pulse:
    """A lock of a connection of its own. The server lets go of it when the connection ends, as with its process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Any = None  # psycopg's own

    def start(self, fence: int) -> None:
        """Say that the run with this number is alive."""
        pooled = self._engine.raw_connection()
        self._connection = pooled.driver_connection
        pooled.detach()
        self._connection.autocommit = True
        self._connection.execute(f"SELECT pg_advisory_lock({PULSE}, {fence})")

    def stop(self) -> None:
        """Say no more."""
        if self._connection:
            with suppress(PsycopgError):  # a connection that is gone has let go
                self._connection.execute("SELECT pg_advisory_unlock_all()")
            self._connection.close()
            self._connection = None

    def beats(self, fence: int, connection: Connection) -> bool:
        """Whether the connection of this run exists."""
        return not connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({PULSE}, {fence})").scalar()


class Writer:
    """Changes of one line, each a transaction. What is not written ``durably`` is lost if the server dies at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, change: str, values: Mapping[str, str], _fence: int | None, *, durably: bool) -> None:
        """Raises LeaseLost; then nothing is changed."""
        with self._engine.begin() as connection:
            if not durably:
                connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            connection.execute(text(change), values)

    def close(self) -> None:
        """Its connections are the engine's."""


class _WithoutNull(StrDumper):
    """The one character that SQLite keeps and PostgreSQL cannot."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def _settings(connection: Any, _record: object) -> None:  # noqa: ANN401 (a DB-API connection has no type)
    connection.adapters.register_dumper(str, _WithoutNull)
    connection.autocommit = True
    for setting in SETTINGS:
        connection.execute(f"SET {setting}")
    connection.autocommit = False
