"""What the clients asked of the Google paths since the sandbox started (in memory: a log, not data)."""

from collections import Counter, deque
from dataclasses import asdict, dataclass

from tasks.sandbox.shapes import Json

KEPT = 5000


@dataclass(frozen=True, slots=True)
class Entry:
    """One request; ``status`` 0 means that the connection was closed without an answer."""

    n: int
    method: str
    path: str
    api: str
    name: str
    status: int
    fault: str


class Journal:
    """Every request is counted, the newest are kept in full."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Start counting at zero."""
        self.total = 0
        self.entries: deque[Entry] = deque(maxlen=KEPT)
        self.counts: dict[str, Counter[str]] = {}

    def add(self, method: str, path: str, api: str, name: str, status: int, fault: str = "") -> None:
        """Note one request."""
        self.total += 1
        self.entries.append(Entry(self.total, method, path, api, name, status, fault))
        self.counts.setdefault(api, Counter())[f"{method} {name}"] += 1

    def report(self) -> Json:
        """Totals and the kept lines."""
        return {"total": self.total, "by_api": self.counts, "log": [asdict(entry) for entry in self.entries]}
