"""Watching when ledgers commit, for tests that end a process exactly there, or take a machine's power away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool


def nothing() -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Watcher:
    """What is called around every commit, and in between when what was committed so far is on disk."""

    before: Callable[[], None] = nothing
    after: Callable[[], None] = nothing
    on_disk: Callable[[], None] = nothing


_watchers: list[Watcher] = []


def watch_commits(watcher: Watcher) -> None:
    """From now on tell of every commit of every ledger of this process."""
    committed = []

    def begun(_connection: Connection) -> None:
        watcher.before()
        committed.append(True)

    def given_back(_connection: object, _record: object) -> None:
        if committed:
            committed.clear()
            watcher.on_disk()
            watcher.after()

    event.listen(Engine, "commit", begun)
    event.listen(Pool, "checkin", given_back)
    _watchers.append(watcher)


@contextmanager
def commit_past_sqlalchemy(*, durably: bool) -> Iterator[None]:
    """A commit of which SQLAlchemy, which tells of the others, does not know."""
    for watcher in _watchers:
        watcher.before()
    yield
    for watcher in _watchers:
        if durably:
            watcher.on_disk()
        watcher.after()
