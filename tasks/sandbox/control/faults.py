"""Faults that a test or a rehearsal asked for; each strikes once."""

import re
from dataclasses import asdict, dataclass

from tasks.sandbox.failures import GoogleError, invalid
from tasks.sandbox.shapes import Json

EFFECTS = ("drop-before", "drop-after", "status", "status-after")


@dataclass
class Fault:
    """Strikes the ``nth`` request from now on whose method and decoded path (a regular expression) match."""

    method: str = ""
    path: str = ""
    nth: int = 1
    effect: str = "status"
    status: int = 503
    reason: str = ""

    def matches(self, method: str, path: str) -> bool:
        """Whether this request counts."""
        return self.method in {"", method} and re.search(self.path, path) is not None

    @property
    def drops(self) -> bool:
        """The connection is closed without an answer."""
        return self.effect.startswith("drop")

    @property
    def after(self) -> bool:
        """The work is done first."""
        return self.effect.endswith("after")

    def refusal(self) -> GoogleError:
        """What is answered instead."""
        return GoogleError(self.status, f"Fault asked for on the control path ({self.effect}).", self.reason)


class Faults:
    """The faults that are still to come (in memory)."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, wanted: Json) -> Fault:
        """Plan a fault; 400 when it is not one."""
        try:
            fault = Fault(**wanted)
            re.compile(fault.path)
        except (TypeError, re.error) as error:
            raise invalid(f"Not a fault: {error}") from None
        if fault.effect not in EFFECTS or not str(fault.nth).isdigit() or fault.nth < 1:
            raise invalid(f"effect must be one of {', '.join(EFFECTS)}, nth a number from 1")
        fault.method = fault.method.upper()
        self.waiting.append(fault)
        return fault

    def strike(self, method: str, path: str) -> Fault | None:
        """Count this request against all waiting faults; the first that is due strikes and is gone."""
        due = None
        for fault in [waiting for waiting in self.waiting if waiting.matches(method, path)]:
            if fault.nth > 1:
                fault.nth -= 1
            elif due is None:
                due = fault
                self.waiting.remove(fault)
        return due

    def report(self) -> list[Json]:
        """The faults that are still to come."""
        return [asdict(fault) for fault in self.waiting]
