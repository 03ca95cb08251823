"""The sandbox's own time: the machine's, or a set instant that runs on from there or stands still."""

import re
from datetime import UTC, datetime, timedelta

from tasks.sandbox.failures import GoogleError, invalid
from tasks.sandbox.store import Store

OFFSET = "clock_offset_seconds"
STANDING = "clock_standing_at"
DURATION = re.compile(
    r"(?P<sign>[+-]?)P(?!$)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?!$)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
YEARS = range(1900, 2200)


class Clock:
    """Kept in the store as a distance from real time, so that it runs on over a restart."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def now(self) -> datetime:
        """The sandbox's instant, in UTC."""
        if standing := self.store.fact(STANDING):
            return datetime.fromisoformat(standing)
        return datetime.now(UTC) + timedelta(seconds=self.store.fact(OFFSET, 0))

    def text(self) -> str:
        """The instant as the APIs write it."""
        return rfc3339(self.now())

    @property
    def stands(self) -> bool:
        """Time does not pass by itself."""
        return self.store.fact(STANDING) is not None

    def set(self, instant: datetime | None, *, still: bool = False) -> None:
        """Let it be this instant; None means real time, which runs. 400 outside the years that Sheets knows.

        With ``still`` it stands there from the first moment, also where time was running.
        """
        if instant is None:
            self.store.set_fact(STANDING, None)
            self.store.set_fact(OFFSET, 0)
            return
        if instant.astimezone(UTC).year not in YEARS:
            raise invalid(f"The clock can be set to a year from {YEARS.start} to {YEARS.stop - 1}.")
        if still or self.stands:
            self.store.set_fact(STANDING, instant.astimezone(UTC).isoformat())
        self.store.set_fact(OFFSET, (instant - datetime.now(UTC)).total_seconds())

    def advance(self, duration: timedelta) -> None:
        """Move on, or back if negative; 400 outside the years that Sheets knows."""
        try:
            self.set(self.now() + duration)
        except OverflowError:
            raise invalid(f"The clock cannot be moved by {duration}.") from None

    def stand(self, *, still: bool) -> None:
        """Stop, or run on from where it stands."""
        now = self.now()
        self.store.set_fact(STANDING, now.isoformat() if still else None)
        self.store.set_fact(OFFSET, (now - datetime.now(UTC)).total_seconds())


def rfc3339(instant: datetime) -> str:
    """``2024-02-16T08:00:00.000Z``."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: object) -> datetime:
    """An instant in UTC from RFC 3339 (without an offset: UTC); 400 for anything else."""
    try:
        instant = datetime.fromisoformat(str(text))
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise invalid(f"Invalid time: {text!r} is not RFC 3339.") from None


def is_instant(text: str) -> bool:
    """Whether parse_instant takes it."""
    try:
        parse_instant(text)
    except GoogleError:
        return False
    return True


def parse_duration(wanted: object) -> timedelta:
    """Seconds as a number, or ISO 8601 with weeks, days, hours, minutes, seconds ("P1DT2H"); 400 for anything else."""
    try:
        if isinstance(wanted, int | float) and not isinstance(wanted, bool):
            return timedelta(seconds=wanted)
        if isinstance(wanted, str) and (found := DURATION.fullmatch(wanted)):
            parts = {name: float(text) for name, text in found.groupdict().items() if name != "sign" and text}
            return timedelta(**parts) * (-1 if found["sign"] == "-" else 1)
    except (OverflowError, ValueError):
        pass
    raise invalid(f"Invalid duration: {wanted!r} is neither seconds nor like PT90M, P1D or -P1W.")
