"""Statements are compiled once a process: SQLAlchemy would compile them anew for each ledger that is opened."""

from typing import Any

from sqlalchemy.util import LRUCache

MOST = 500  # as many as SQLAlchemy keeps for one ledger


class Statements(LRUCache[Any, Any]):
    """SQLAlchemy's cache of compiled statements, for all ledgers of a process that lie in databases of one kind."""

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 (SQLAlchemy's own types are private)
        """What was compiled, for whichever ledger."""
        return super().get(_for_any_ledger(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:  # noqa: ANN401 (the same)
        super().__setitem__(_for_any_ledger(key), compiled)


def _for_any_ledger(key: Any) -> tuple[Any, ...]:  # noqa: ANN401 (the same)
    dialect, *statement = key
    return (dialect.name, dialect.driver, getattr(dialect, "server_version_info", None), *statement)


COMPILED = Statements(MOST)
