"""The sandbox's own time: the machine's, or a set instant that runs on from there."""

from datetime import UTC, datetime, timedelta

from tasks.sandbox.failures import invalid
from tasks.sandbox.store import Store

FACT = "clock_offset_seconds"


class Clock:
    """Kept in the store as a distance from real time, so that it runs on over a restart."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def now(self) -> datetime:
        """The sandbox's instant, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.store.fact(FACT, 0))

    def text(self) -> str:
        """The instant as the APIs write it."""
        return rfc3339(self.now())

    def set(self, instant: datetime | None) -> None:
        """Let time run on from this instant; None means real time."""
        offset = (instant - datetime.now(UTC)).total_seconds() if instant else 0
        self.store.set_fact(FACT, offset)


def rfc3339(instant: datetime) -> str:
    """``2024-02-16T08:00:00.000Z``."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """An aware instant from RFC 3339 (without an offset: UTC); 400 for anything else."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise invalid(f"Invalid time: {text!r} is not RFC 3339.") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
