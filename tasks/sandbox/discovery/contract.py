"""How closely discovery is kept to, and where it was broken."""

from collections import deque
from dataclasses import dataclass, field

from tasks.sandbox.shapes import Json

KEPT = 1000


@dataclass(frozen=True)
class Contract:
    """``strict`` is for tests; ``violations`` (only kept then) live in memory, the newest last."""

    strict: bool = False
    violations: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT))

    def note(self, side: str, method: str, name: str, problems: list[str]) -> None:
        """Keep a breach; ``side`` is ``request`` (a client's) or ``answer`` (ours)."""
        self.violations.append({"side": side, "method": method, "name": name, "problems": problems})
