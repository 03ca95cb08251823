"""How long a run waits for an API that refuses for now: full jitter, and for each API a budget of seconds."""

import random
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

FIRST, LONGEST = 1.0, 32.0
"""Seconds; the ceiling of a pause doubles from the one to the other."""


def _present() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Patience:
    """``seconds`` for each API; ``now``, ``sleep`` and ``chance`` (a number between two others) are the world's."""

    seconds: float = 0.0
    now: Callable[[], datetime] = _present
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[float, float], float] = random.uniform
    waited: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def wait(self, api: str, refusals: int, retry_at: datetime | None) -> bool:
        """Wait before asking again after so many refusals, never before ``retry_at``.

        False, and no waiting, when the budget does not reach as far.
        """
        asked_for = (retry_at - self.now()).total_seconds() if retry_at else 0.0
        pause = max(asked_for, 0.0) + self.chance(0.0, min(FIRST * 2**refusals, LONGEST))
        if self.waited[api] + pause > self.seconds:
            return False
        self.waited[api] += pause
        self.sleep(pause)
        return True
