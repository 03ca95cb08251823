"""Decides which mails go now, and which wait for a person: no surprises at scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tasks.domain.budgets import Traffic, room
from tasks.domain.effects import Priority
from tasks.domain.programme import Brakes, Budget


class Brake(StrEnum):
    """Why mails are held."""

    failures = "failures"
    old = "old"
    many = "many"
    rate = "rate"
    rules = "rules"


@dataclass(frozen=True, slots=True)
class Due:
    """A mail that could go now.

    ``person`` stands for the recipient, ``since`` is when its cause arose (UTC). One that was ``released`` by a person
    is not held for its age or number again. ``listed`` says whether its recipient may be written to in this mode.
    """

    key: str
    person: str
    since: datetime
    priority: Priority = Priority.normal
    not_before: datetime | None = None
    expires_at: datetime | None = None
    released: bool = False
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """What becomes of mails that are due, by key.

    ``send`` is in the order in which they go. ``wait`` have no room in the provider's minute or day. The hour of those
    that are ``early`` has not come; the recipients of ``unlisted`` ones may not be written to in this mode.
    """

    send: tuple[Due, ...] = ()
    hold: Mapping[Due, Brake] = field(default_factory=dict)
    expire: tuple[Due, ...] = ()
    wait: tuple[Due, ...] = ()
    early: tuple[Due, ...] = ()
    unlisted: tuple[Due, ...] = ()


def decide_delivery(
    due: Sequence[Due], traffic: Traffic, brakes: Brakes, budget: Budget, now: datetime, *, failing: bool
) -> Delivery:
    """Sort out mails that are due. ``failing``: mails failed one after the other, and nobody said "go on" yet."""
    expire, unlisted, early, timely = [], [], [], []
    for one in due:
        if one.expires_at and one.expires_at <= now:
            expire.append(one)
        elif not one.listed:
            unlisted.append(one)
        elif one.not_before and one.not_before > now:
            early.append(one)
        else:
            timely.append(one)
    hold = dict.fromkeys(timely, Brake.failures) if failing else _held(timely, traffic, brakes, now)
    go = sorted((one for one in timely if one not in hold), key=lambda one: (one.priority, one.since))
    send = _within(go, traffic, budget, now)
    return Delivery(tuple(send), hold, tuple(expire), tuple(go[len(send) :]), tuple(early), tuple(unlisted))


def _held(due: Sequence[Due], traffic: Traffic, brakes: Brakes, now: datetime) -> dict[Due, Brake]:
    """What a person has to look at first, unless a person said already that it may go on."""
    oldest = now - timedelta(days=brakes.hold_older_than_days)
    new = [one for one in due if not one.released]
    old = {one: Brake.old for one in new if one.since < oldest}
    others = [one for one in new if one not in old]
    if len({one.person for one in others}) > brakes.hold_above:
        return {**old, **dict.fromkeys(others, Brake.many)}
    if traffic.hour + len(others) > brakes.hold_above_an_hour:
        return {**old, **dict.fromkeys(others, Brake.rate)}
    return {**old}


def _within(go: Sequence[Due], traffic: Traffic, budget: Budget, now: datetime) -> list[Due]:
    """The first of them, as many as the provider takes now."""
    send: list[Due] = []
    for one in go:
        if len(send) >= room(budget, traffic, one.priority, now):
            break
        send.append(one)
    return send


@dataclass(frozen=True, slots=True)
class Hold:
    """What one brake has held since one run, as staff are told; ``held_by`` is what their answer is about.

    ``detail`` is what was found in the oldest of them.
    """

    held_by: str
    kinds: Mapping[str, int]
    people: int
    oldest: datetime
    detail: str = ""

    @property
    def brake(self) -> Brake:
        """Which brake it is."""
        return Brake(self.held_by.partition(":")[0])


def hold_id(brake: Brake, now: datetime) -> str:
    """What one brake holds in one run goes on together."""
    return f"{brake}:{now:%Y-%m-%dT%H:%M:%S}"
