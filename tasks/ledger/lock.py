"""One live run at a time on a ledger. The lock ends with the process that holds it, however that process ends."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAUSE = 0.2


class LedgerBusy(Exception):  # noqa: N818 (a state, not a mistake)
    """Another run is at work and did not finish in time."""


@contextmanager
def only_one(path: Path, *, patience: float) -> Iterator[None]:
    """Hold the lock file, waiting up to ``patience`` seconds. Raises LedgerBusy."""
    deadline = time.monotonic() + patience
    with path.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise LedgerBusy("another run is at work on this ledger; the next run goes on") from None
                time.sleep(PAUSE)
            else:
                break
        yield
