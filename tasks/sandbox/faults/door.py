"""Lets a request through as the faults that strike it say: what is done of it, and what goes out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from tasks.sandbox.control.journal import Entry
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.faults.delivery import Delivery, Postponed
from tasks.sandbox.faults.fault import Fault
from tasks.sandbox.faults.plan import Struck
from tasks.sandbox.faults.refusals import refusal, refused
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer
from tasks.sandbox.world import World

OTHER_TYPE = "text/html; charset=UTF-8"


@dataclass(frozen=True)
class Door:
    """One request on its way. ``work`` does what it asks and never raises; ``act`` does what a person does."""

    world: World
    entry: Entry
    struck: Struck
    work: Callable[[], Answer]
    act: Callable[[Json], None]

    def pass_through(self) -> Delivery | Postponed:
        """What goes out, and when; 500 when a person could not act."""
        try:
            self._people("before")
        except GoogleError as error:
            return Delivery(refused(error, self.entry.api), entry=self.entry)
        fault = self.struck.fault
        if fault and fault.work == "waits":
            return Postponed(fault.seconds, self._finish)
        return self._finish()

    def _finish(self) -> Delivery:
        try:
            return replace(self._delivery(), entry=self.entry)
        except GoogleError as error:
            return Delivery(refused(error, self.entry.api), entry=self.entry)

    def _delivery(self) -> Delivery:
        fault = self.struck.fault
        if fault and fault.work == "late":
            due = self.world.clock.now() + timedelta(seconds=fault.seconds)
            self.world.faults.postpone(due, f"{self.entry.method} {self.entry.path}", self._do)
        answer = self._do() if fault is None or fault.work in {"first", "waits"} else None
        self._people("after")
        return self._spoiled(fault, answer)

    def _do(self) -> Answer:
        answer = self.work()
        self.entry.done = answer.status < 400  # noqa: PLR2004 (HTTP)
        return answer

    def _people(self, moment: str) -> None:
        for one in self.struck.acting(moment):
            self.act(one.action)

    def _spoiled(self, fault: Fault | None, answer: Answer | None) -> Delivery:
        if fault is None:
            return Delivery(answer)
        if fault.drops:
            return Delivery(None, wait=0.0 if fault.work == "late" else fault.seconds)
        if answer is None or fault.effect == "status-after":
            return Delivery(refusal(fault, self.entry.api, self.world.clock.now()), fault.seconds)
        return _changed(fault, answer)


def _changed(fault: Fault, answer: Answer) -> Delivery:
    match fault.effect:
        case "half-body":
            return Delivery(answer, fault.seconds, cut=True)
        case "truncated":
            return Delivery(replace(answer, body=answer.body[: len(answer.body) // 2]), fault.seconds)
        case "wrong-type":
            return Delivery(replace(answer, content_type=OTHER_TYPE), fault.seconds)
        case _:
            return Delivery(answer, fault.seconds if fault.effect == "slow" else 0.0)
