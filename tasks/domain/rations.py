"""How many acknowledgements one address may get: whoever types somebody else's address cannot flood them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.domain.programme import Limits

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that wants to go, to a person (a keyed hash); ``since`` is when its cause arose (UTC)."""

    key: str
    person: str
    since: datetime


def turns(
    waiting: Iterable[Waiting], got: Mapping[str, Sequence[datetime]], limits: Limits, now: datetime
) -> dict[str, datetime]:
    """When each mail may go, by key: ``now``, or as soon as its address has room; whose cause is oldest goes first.

    ``got`` says when each person got one of this kind in the last week, or may have.
    """
    taken = {person: list(times) for person, times in got.items()}
    found = {}
    for one in sorted(waiting, key=lambda one: (one.since, one.key)):
        theirs = taken.setdefault(one.person, [])
        found[one.key] = _next_turn(theirs, limits, now)
        theirs.append(found[one.key])
    return found


def _next_turn(taken: Sequence[datetime], limits: Limits, now: datetime) -> datetime:
    """The first moment at which neither the day nor the week before it is full, not before those that are taken."""
    rations = ((DAY, limits.acknowledgements_a_day), (WEEK, limits.acknowledgements_a_week))
    start = max((now, *taken))
    moments = sorted({start, *(at + span for at in taken for span, _ in rations if at + span > start)})
    return next(
        moment
        for moment in moments
        if all(sum(moment - span < at <= moment for at in taken) < most for span, most in rations)
    )
