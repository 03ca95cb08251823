"""A PostgreSQL server for tests, which are skipped where none is installed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from flows.torture import postgres
from flows.torture.postgres import Postgres


@contextmanager
def running(**how: tuple[str, ...]) -> Iterator[Postgres]:
    """Start a server on a free port; end it and remove its data afterwards."""
    try:
        postgres.binaries()
    except postgres.NoServer as missing:
        pytest.skip(str(missing))
    with postgres.running(**how) as server:
        yield server
