"""A ledger in a database of PostgreSQL, for runs on several machines: what one transaction has read stays true."""

from typing import Any

from psycopg.abc import Buffer
from psycopg.types.string import StrDumper
from sqlalchemy import Connection, Engine, event

LOCK = 0x636F6C6162  # "colab": any number that is ours in this database
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
