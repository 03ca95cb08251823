"""One live run at a time on a ledger: a lease with a number, the fence. Only the newest number may use the ledger."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, event, insert, select, update

from tasks.ledger.database import database_of
from tasks.ledger.schema import runs
from tasks.ledger.stops import LedgerStops

LASTS = timedelta(minutes=10)  # longer than the longest call outside, which is when a run says nothing
PATIENCE = 120.0
PAUSE = 0.2
KEPT = 1000


class LedgerBusy(LedgerStops):
    """Another run is at work and did not finish in time."""


class LeaseLost(LedgerStops):
    """This run was silent for so long that another one took over."""


class Lease:
    """Held by at most one run. One that died is noticed at once, by its pulse; one that hangs, when the lease expires.

    Every transaction of a holder begins by looking whether it still is one, and keeps others from taking over until it
    ends: a run that lost its lease can neither claim nor settle nor record anything.
    """

    def __init__(self, engine: Engine, patience: float) -> None:
        self._engine = engine
        self._patience = patience
        self._database = database_of(engine)
        self._pulse = self._database.Pulse(engine)
        self._renewed_at = 0.0
        self.fence: int | None = None
        event.listen(engine, "begin", self._check)

    @contextmanager
    def held(self, flow: str) -> Iterator[None]:
        """Hold the lease, waiting for it up to ``patience`` seconds. Raises LedgerBusy, LeaseLost.

        What fails inside leaves the run without an end, and without a pulse, which says the same.
        """
        deadline = time.monotonic() + self._patience
        try:
            while holder := self._try_to_take(flow):
                if time.monotonic() >= deadline:
                    raise LedgerBusy(_busy(holder))
                time.sleep(PAUSE)
            yield
            self._write(ended=True)
        finally:
            self._pulse.stop()
            self.fence = None

    def renew(self, *, at_once: bool = False) -> None:
        """Say that this run goes on, before it turns to something that may take long. Raises LeaseLost.

        ``at_once``: even if it said so lately; then all that it has committed so far is on disk.
        """
        if self.fence and (at_once or time.monotonic() - self._renewed_at > LASTS.total_seconds() / 10):
            self._write()

    def _try_to_take(self, flow: str) -> Row[Any] | None:
        """Become the newest run; answers the one that holds the lease, if it lives."""
        with self._engine.begin() as connection:
            now = self._database.now(connection)
            newest = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).first()
            if newest and self._is_at_work(newest, now, connection):
                return newest
            values = {"flow": flow, "holder": _holder(), "taken_at": now, "expires_at": now + LASTS}
            fence = connection.execute(insert(runs).values(values).returning(runs.c.id)).scalar_one()
            connection.execute(delete(runs).where(runs.c.id <= fence - KEPT))
            self._pulse.start(fence)
        self.fence, self._renewed_at = fence, time.monotonic()
        return None

    def _is_at_work(self, newest: Row[Any], now: datetime, connection: Connection) -> bool:
        return not newest.ended_at and now < newest.expires_at and self._pulse.beats(newest.id, connection)

    def _check(self, connection: Connection) -> None:
        if self.fence and connection.exec_driver_sql("SELECT max(id) FROM run").scalar() != self.fence:
            newest = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).one()
            raise LeaseLost(_lost(newest))

    def _write(self, *, ended: bool = False) -> None:
        with self._engine.begin() as connection:
            now = self._database.now(connection)
            values = {"ended_at": now} if ended else {"expires_at": now + LASTS}
            connection.execute(update(runs).where(runs.c.id == self.fence).values(values))
        self._renewed_at = time.monotonic()


def _holder() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"


def _busy(holder: Row[Any]) -> str:
    since = f"{holder.taken_at:%Y-%m-%d %H:%M:%S} UTC"
    return f"{holder.flow} is at work on this ledger since {since} ({holder.holder}); the next run goes on"


def _lost(newest: Row[Any]) -> str:
    when = f"{newest.taken_at:%Y-%m-%d %H:%M:%S} UTC"
    return f"this run was silent for so long that {newest.flow} took over at {when}; what it left open is looked up"
