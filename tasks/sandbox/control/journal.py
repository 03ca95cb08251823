"""What the clients asked of the Google paths since the sandbox started (in memory: a log, not data)."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from tasks.sandbox.shapes import Json

KEPT = 5000


@dataclass(slots=True)
class Entry:
    """One request. ``status`` 0: closed without an answer; None: not answered yet. ``ms`` are real, ``at`` is not.

    ``done``: the asked work was done and kept, whatever the client was told.
    """

    n: int
    method: str
    path: str
    api: str
    name: str
    at: str
    status: int | None = None
    fault: str = ""
    caller: str = ""
    ms: float = 0.0
    done: bool = False


@dataclass(frozen=True)
class Filter:
    """Which lines of the log are wanted; empty means all. ``since`` and ``before`` are the ``n`` outside."""

    api: str = ""
    status: str = ""
    since: int = 0
    fault: bool = False
    text: str = ""
    before: int = 0

    def wants(self, entry: Entry) -> bool:
        """``status`` is a number, a class such as ``4xx``, or 0."""
        status = str(entry.status)
        return (
            entry.n > self.since
            and (not self.before or entry.n < self.before)
            and self.api in {"", entry.api}
            and self.status in {"", status, f"{status[0]}xx"}
            and (bool(entry.fault) or not self.fault)
            and self.text.casefold() in f"{entry.method} {entry.name} {entry.path} {entry.caller}".casefold()
        )


class Journal:
    """Every request is counted, the newest are kept in full."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Start counting at zero."""
        self.total = 0
        self.entries: deque[Entry] = deque(maxlen=KEPT)
        self.counts: dict[str, Counter[str]] = {}

    def open(self, method: str, path: str, api: str, name: str, at: str) -> Entry:
        """Note a request that has arrived; what becomes of it is noted on the entry."""
        self.total += 1
        entry = Entry(self.total, method, path, api, name, at)
        self.entries.append(entry)
        self.counts.setdefault(api, Counter())[f"{method} {name}"] += 1
        return entry

    def newest(self, wanted: Filter) -> Iterator[Entry]:
        """The kept lines, the last one first."""
        return (entry for entry in reversed(self.entries) if wanted.wants(entry))

    def statuses(self) -> dict[str, int]:
        """How often each status was answered, of the kept lines."""
        return dict(sorted(Counter(str(entry.status) for entry in self.entries).items()))

    def report(self, wanted: Filter) -> Json:
        """Totals of everything, and the kept lines that are wanted, the first one first."""
        faults = Counter(entry.fault for entry in self.entries if entry.fault)
        return {
            "total": self.total,
            "by_api": self.counts,
            "by_status": self.statuses(),
            "by_fault": dict(faults),
            "log": [asdict(entry) for entry in self.entries if wanted.wants(entry)],
        }
