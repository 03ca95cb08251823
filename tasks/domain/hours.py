"""The hours of the day in which mail that can wait is delivered, on the recipient's own clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tasks.domain.programme import Hours


def next_hour(now: datetime, zone: str, hours: Hours) -> datetime | None:
    """When mail may be delivered next in ``zone`` (an IANA name), in UTC; None where it may at once.

    Where nobody knows the zone (``""``), it may at once.
    """
    if not zone:
        return None
    local = now.astimezone(ZoneInfo(zone))
    if hours.send_from <= local.hour < hours.send_until:
        return None
    day = local.date() if local.hour < hours.send_from else local.date() + timedelta(days=1)
    return datetime.combine(day, time(hours.send_from), tzinfo=local.tzinfo).astimezone(UTC)
