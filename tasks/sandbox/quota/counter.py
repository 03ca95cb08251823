"""Counts what is asked in each minute of the sandbox's clock, and refuses where Google would."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from tasks.sandbox.clock import rfc3339
from tasks.sandbox.failures import invalid
from tasks.sandbox.quota.limits import BUCKETS, LIMITS, SCOPES, cost
from tasks.sandbox.quota.words import exceeded
from tasks.sandbox.shapes import Json
from tasks.sandbox.store import Store

FACT = "quota_limits"
MINUTE = timedelta(minutes=1)


class Quota:
    """Counts in memory; limits other than Google's are kept in the store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.changed: dict[str, int] = store.fact(FACT, {})
        self.clear()

    def clear(self) -> None:
        """Start counting at zero."""
        self.minute = datetime.min.replace(tzinfo=UTC)
        self.used: Counter[tuple[str, str]] = Counter()
        self.peaks: dict[str, int] = {}
        self.refused: Counter[str] = Counter()

    def limit(self, bucket: str) -> int:
        """Of ``sheets.read.user`` and the like."""
        return self.changed.get(bucket, BUCKETS[bucket])

    def spend(self, asked: tuple[str, str, str], caller: str, now: datetime, *, enforced: bool) -> None:
        """Count a request (API, method, operation) of a caller. GoogleError when the minute has no room for it."""
        kind, units = cost(*asked)
        if not kind:
            return
        self._turn_to(now)
        for scope in SCOPES:
            bucket = f"{kind}.{scope}"
            if enforced and self.used[bucket, _who(scope, caller)] + units > self.limit(bucket):
                self.refused[bucket] += 1
                raise exceeded(asked[0], LIMITS[kind].metric, scope, self.limit(bucket))
        for scope in SCOPES:
            bucket = f"{kind}.{scope}"
            self.used[bucket, _who(scope, caller)] += units
            self.peaks[bucket] = max(self.peaks.get(bucket, 0), self.used[bucket, _who(scope, caller)])

    def change(self, wanted: object) -> None:
        """Set limits by bucket; null gives one back to Google. 400 for an unknown one or a value that is no limit."""
        if not isinstance(wanted, dict):
            raise invalid('Say {"limits": {"sheets.read.user": 5}}.')
        for bucket, limit in wanted.items():
            if bucket not in BUCKETS:
                raise invalid(f"There is no limit {bucket}; there are {', '.join(BUCKETS)}.")
            if limit is not None and (type(limit) is not int or limit < 0):
                raise invalid(f"The limit {bucket} must be a number from 0, or null, not {limit!r}.")
        new: dict[str, int | None] = {**self.changed, **wanted}
        changed = {name: limit for name, limit in new.items() if limit is not None}
        self.store.set_fact(FACT, changed)
        self.changed = changed

    def report(self, now: datetime) -> list[Json]:
        """Every limit with what this minute used of it, the most that any minute did, and how often it refused."""
        self._turn_to(now)
        return [
            {
                "name": bucket,
                "limit": self.limit(bucket),
                "googles": googles,
                "used": max((units for (name, _), units in self.used.items() if name == bucket), default=0),
                "peak": self.peaks.get(bucket, 0),
                "refused": self.refused[bucket],
            }
            for bucket, googles in BUCKETS.items()
        ]

    def ends(self) -> str:
        """When the counted minute is over."""
        return rfc3339(self.minute + MINUTE)

    def _turn_to(self, now: datetime) -> None:
        minute = now.replace(second=0, microsecond=0)
        if minute != self.minute:
            self.minute = minute
            self.used.clear()


def _who(scope: str, caller: str) -> str:
    return caller if scope == "user" else ""
