"""How an answer goes out: late, cut off, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass

from tasks.sandbox.control.journal import Entry
from tasks.sandbox.wire import Answer


@dataclass(frozen=True)
class Delivery:
    """After ``wait`` real seconds; ``answer`` None closes the connection, ``cut`` does so after half of the body."""

    answer: Answer | None
    wait: float = 0.0
    cut: bool = False
    entry: Entry | None = None

    def close(self, ms: float) -> None:
        """Note in the request log what goes out now, ``ms`` real milliseconds after the request came."""
        if self.entry:
            self.entry.status = self.answer.status if self.answer else 0
            self.entry.ms = round(ms, 1)


@dataclass(frozen=True)
class Postponed:
    """The work itself waits; other requests are served meanwhile."""

    wait: float
    then: Callable[[], Delivery]
