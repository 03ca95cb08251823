"""Watching when ledgers commit, for tests that end a process exactly there."""

from collections.abc import Callable

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool


def watch_commits(before: Callable[[], None], after: Callable[[], None]) -> None:
    """From now on call ``before`` and ``after`` around every commit of every ledger of this process."""
    committed = []

    def begun(_connection: Connection) -> None:
        before()
        committed.append(True)

    def given_back(_connection: object, _record: object) -> None:
        if committed:
            committed.clear()
            after()

    event.listen(Engine, "commit", begun)
    event.listen(Pool, "checkin", given_back)
