"""The faults that are still to come (in memory: a restart forgets them)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from tasks.sandbox.failures import invalid
from tasks.sandbox.faults.fault import Fault, Request, parse_fault
from tasks.sandbox.faults.late import Late
from tasks.sandbox.faults.seeded import parse_seeded
from tasks.sandbox.shapes import Json


class Planned(Protocol):
    """Something that strikes requests until it is over."""

    def offer(self, request: Request, now: datetime, *, taken: bool) -> Fault | None:
        """What strikes this request. ``taken``: another fault already does, only a person may act beside it."""

    def is_over(self, now: datetime) -> bool:
        """Nothing will be struck any more."""

    def described(self) -> Json:
        """What was planned and how far it is."""


@dataclass
class Single:
    """A fault and how far it is."""

    fault: Fault
    seen: int = 0
    struck: int = 0
    ends: datetime | None = None

    def offer(self, request: Request, now: datetime, *, taken: bool) -> Fault | None:
        """Counts the requests before the nth; a strike that another fault took is kept for the next request."""
        if self.is_over(now) or not self.fault.matches(request):
            return None
        if self.seen + 1 < self.fault.nth:
            self.seen += 1
            return None
        if taken and not self.fault.is_person:
            return None
        self.struck += 1
        if self.fault.for_seconds and self.ends is None:
            self.ends = now + timedelta(seconds=self.fault.for_seconds)
        return self.fault

    def is_over(self, now: datetime) -> bool:
        """Its strikes are used up, or its time is."""
        used_up = 0 < self.fault.times <= self.struck
        return used_up or (self.ends is not None and now >= self.ends)

    def described(self) -> Json:
        """The fault with how many requests it let pass and struck."""
        return {**self.fault.described(), "seen": self.seen, "struck": self.struck}


@dataclass
class Script:
    """Steps in order: a step counts no request before the one before it is over."""

    steps: list[Single]

    def offer(self, request: Request, now: datetime, *, taken: bool) -> Fault | None:
        """Of the step that is due."""
        due = next((step for step in self.steps if not step.is_over(now)), None)
        return due.offer(request, now, taken=taken) if due else None

    def is_over(self, now: datetime) -> bool:
        """Every step is."""
        return all(step.is_over(now) for step in self.steps)

    def described(self) -> Json:
        """All steps."""
        return {"script": [step.described() for step in self.steps]}


@dataclass
class Struck:
    """What strikes one request: at most one fault, and people who act beside it."""

    fault: Fault | None = None
    people: list[Fault] = field(default_factory=list)

    @property
    def word(self) -> str:
        """For the request log: the effects, and the status where one was made up."""
        all_ = [*([self.fault] if self.fault else []), *self.people]
        return ", ".join(fault.effect for fault in all_)

    def acting(self, moment: str) -> list[Fault]:
        """Those who act before or after the request."""
        return [one for one in self.people if one.moment == moment]


class Faults:
    """All plans in the order in which they were made."""

    def __init__(self) -> None:
        self.waiting: list[Planned] = []
        self.late: list[Late] = []

    def add(self, wanted: object) -> None:
        """Plan a fault, a list of them, ``{"script": [...]}`` or ``{"seed": ...}``; 400 for anything else."""
        planned = [_parse(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
        self.waiting += planned

    def clear(self) -> None:
        """Google is well again; what was to be done late is never done."""
        self.waiting.clear()
        self.late.clear()

    def strike(self, request: Request, now: datetime) -> Struck:
        """Count this request against every plan."""
        struck = Struck()
        for plan in self.waiting:
            fault = plan.offer(request, now, taken=struck.fault is not None)
            if fault is not None and fault.is_person:
                struck.people.append(fault)
            elif fault is not None:
                struck.fault = fault
        self.waiting = [plan for plan in self.waiting if not plan.is_over(now)]
        return struck

    def postpone(self, due: datetime, what: str, work: Callable[[], object]) -> None:
        """Do this work only then, although nobody waits for its answer."""
        self.late.append(Late(due, what, work))

    def catch_up(self, now: Callable[[], datetime]) -> None:
        """Do the work whose answer was lost and whose time has come."""
        while self.late and min(one.due for one in self.late) <= now():
            first = min(self.late, key=lambda one: one.due)
            self.late.remove(first)
            first.work()

    def report(self) -> list[Json]:
        """What is still to come."""
        return [plan.described() for plan in self.waiting] + [one.described() for one in self.late]


def _parse(wanted: object) -> Planned:
    if isinstance(wanted, dict) and "script" in wanted:
        steps = wanted["script"]
        if set(wanted) != {"script"} or not isinstance(steps, list) or not steps:
            raise invalid('A script is {"script": [fault, fault, ...]} with at least one step.')
        return Script([Single(parse_fault(step)) for step in steps])
    if isinstance(wanted, dict) and "seed" in wanted:
        return parse_seeded(wanted)
    return Single(parse_fault(wanted))
