"""How much mail a provider lets us send, and when a queue will be through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.domain.effects import Priority
from tasks.domain.programme import Budget

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Traffic:
    """How many mails were handed over lately: to one provider in the last minute and 24 hours, to all in the last hour.

    ``hour`` leaves out those that a person let go on, and test mails; ``next_free`` is when the oldest of the day is 24
    hours ago. The provider takes nothing before ``paused_until``: it has said so.
    """

    minute: int = 0
    day: int = 0
    hour: int = 0
    next_free: datetime | None = None
    paused_until: datetime | None = None


def room(budget: Budget, traffic: Traffic, priority: Priority, now: datetime) -> int:
    """How many mails of a priority may go now. The many leave a reserve for those who are expected."""
    if traffic.paused_until and traffic.paused_until > now:
        return 0
    return max(0, min(budget.per_minute - traffic.minute, _share(budget, priority) - traffic.day))


def next_turn(budget: Budget, traffic: Traffic, priority: Priority, sent: int, now: datetime) -> datetime:
    """When a mail that found no room after ``sent`` others may try again: in a minute, or when the day has room."""
    if traffic.day + sent < _share(budget, priority):
        return max(now + MINUTE, traffic.paused_until or now)
    return traffic.next_free or now + DAY


def _share(budget: Budget, priority: Priority) -> int:
    return budget.per_day - (budget.reserve if priority is Priority.bulk else 0)


def expected_end(
    waiting: Sequence[Priority], budget: Budget, traffic: Traffic, every: timedelta, now: datetime
) -> datetime:
    """When the last of them will have gone out, if runs come ``every`` so often and nothing else is sent."""
    left = len(waiting)
    per_day = _share(budget, max(waiting))
    today = min(left, max(0, per_day - traffic.day))
    if today == left:
        return now + every * -(-left // budget.per_minute)
    again = max(now, traffic.next_free or now)
    full_days, rest = divmod(left - today - 1, per_day)
    return again + full_days * DAY + every * -(-(rest + 1) // budget.per_minute)
