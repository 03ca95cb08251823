"""When a file last changed, in one order for all files: the source of ``changes.list``, ``version`` and late times."""

from datetime import timedelta

from tasks.sandbox.clock import Clock, parse_instant, rfc3339
from tasks.sandbox.shapes import Json
from tasks.sandbox.store import Store
from tasks.sandbox.switches import switch

KIND = "change"
COUNTER = "change"


def note(store: Store, file_id: str, at: str, *, removed: bool = False) -> None:
    """The file changed at this instant; only its last change is kept, as in ``changes.list``."""
    earlier = (store.get(KIND, file_id) or {}).get("times", []) if switch(store, "drive_lag_seconds") else []
    number = store.next_number(COUNTER)
    body = {"file": file_id, "number": number, "time": at, "removed": removed, "times": [*earlier, at]}
    store.put(KIND, file_id, body)


def horizon(clock: Clock) -> str:
    """What happened later is not seen in Drive yet; the setting ``drive_lag_seconds`` says how long that takes."""
    return rfc3339(clock.now() - timedelta(seconds=switch(clock.store, "drive_lag_seconds")))


def seen_modified(clock: Clock, file_id: str, modified: str, created: str) -> str:
    """``modifiedTime`` as Drive shows it now."""
    limit = horizon(clock)
    if modified <= limit or not switch(clock.store, "drive_lag_seconds"):
        return modified
    times = (clock.store.get(KIND, file_id) or {}).get("times", [])
    return max((time for time in times if time <= limit), default=created)


def number_of(store: Store, file_id: str) -> int:
    """Grows with every change of the file."""
    return int((store.get(KIND, file_id) or {"number": 0})["number"])


def since(clock: Clock, number: int) -> list[Json]:
    """The visible changes from a number on, in order."""
    limit = horizon(clock)
    found = [one for one in clock.store.all(KIND) if one["number"] >= number and one["time"] <= limit]
    return sorted(found, key=lambda one: int(one["number"]))


def next_number(clock: Clock) -> int:
    """The number from which on nothing is visible yet."""
    seen = since(clock, 0)
    return int(seen[-1]["number"]) + 1 if seen else 1


def earlier_than(text: str, clock: Clock) -> bool:
    """Whether this instant has come."""
    return parse_instant(text) <= clock.now()
