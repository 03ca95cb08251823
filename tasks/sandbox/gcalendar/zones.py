"""Time zones as Calendar takes them: IANA names, nothing else."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tasks.sandbox.failures import invalid


@cache
def zone_named(name: str) -> ZoneInfo:
    """The zone; 400."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise invalid(f"Invalid time zone definition: {name}") from None
