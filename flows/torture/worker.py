"""One worker of several: a process of its own in which a flow is run."""

import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from flows.torture.walker import Order, Walked, walk

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["flows.torture.warm"])


def _wait_and_walk(orders: Connection) -> None:
    orders.send(walk(orders.recv()))


class Died(Exception):  # noqa: N818 (a state, not a mistake)
    """A worker ended before its run did, and nobody had killed it."""


class Worker:
    """A process that walks: forked from one that has imported everything already, as soon as the block begins."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._ours, self._theirs = FORKS.Pipe()
        self._process = FORKS.Process(target=_wait_and_walk, args=(self._theirs,), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self._theirs.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.kill()
        self._process.join()
        self._ours.close()

    def kill(self) -> None:
        """It loses its power now."""
        self._process.kill()

    def begin(self) -> None:
        """Let it go."""
        self._ours.send(self._order)

    def end(self) -> Walked | None:
        """Wait for its end; answers what it did, or None if it was killed. Raises Died."""
        try:
            walked: Walked = self._ours.recv()
        except EOFError:
            self._process.join()
            if self._process.exitcode != -signal.SIGKILL:
                raise Died(f"{self._order.flow} ended with {self._process.exitcode}") from None
            return None
        return walked
