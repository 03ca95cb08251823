"""Faults by chance that are the same each time: the seed, the operation and its count decide, nothing else."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from tasks.sandbox.failures import invalid
from tasks.sandbox.faults.fault import Fault, Request, parse_fault
from tasks.sandbox.shapes import Json

CHOICES = ("drop-before", "drop-after", "status", "status-after")
SELECTORS = ("method", "path", "api", "operation")


@dataclass
class Seeded:
    """``chance`` from 0 to 1 for each matching request; at most ``times`` strikes (0: no end)."""

    seed: int
    chance: float
    selector: Fault
    effects: list[Fault]
    times: int = 0
    name: str = ""
    struck: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def offer(self, request: Request, now: datetime, *, taken: bool) -> Fault | None:  # noqa: ARG002 (chance knows no time)
        """Drawn for the k-th request of its operation, so that parallel requests of others change nothing."""
        if not self.selector.matches(request):
            return None
        key = f"{request.method} {request.api} {request.operation}"
        self.seen[key] += 1
        draw = hashlib.sha256(f"{self.seed} {key} {self.seen[key]}".encode()).digest()
        if taken or int.from_bytes(draw[:8]) >= self.chance * 2**64:
            return None
        self.struck += 1
        return self.effects[int.from_bytes(draw[8:16]) % len(self.effects)]

    def is_over(self, now: datetime) -> bool:  # noqa: ARG002 (chance knows no time)
        """Its strikes are used up."""
        return 0 < self.times <= self.struck

    def described(self) -> Json:
        """As it was asked for, with how often it struck."""
        selector = {name: getattr(self.selector, name) for name in SELECTORS}
        effects = [effect.described() for effect in self.effects]
        mine = {"name": self.name, "seed": self.seed, "chance": self.chance, "times": self.times}
        return {**mine, **selector, "effects": effects, "seen": self.seen.total(), "struck": self.struck}


def parse_seeded(wanted: Json) -> Seeded:
    """``{"seed": 7, "chance": 0.2, "path": "...", "effects": ["drop-after", {"status": 429}]}``; 400."""
    allowed = {"name", "seed", "chance", "times", "effects", *SELECTORS}
    if unknown := sorted(set(wanted) - allowed):
        raise invalid(f"A seeded plan has no {', '.join(unknown)}; it may have {', '.join(sorted(allowed))}.")
    seed, chance, effects = wanted["seed"], wanted.get("chance"), wanted.get("effects", list(CHOICES))
    if type(seed) is not int:
        raise invalid(f"seed must be a whole number, not {seed!r}.")
    if isinstance(chance, bool) or not isinstance(chance, int | float) or not 0 <= chance <= 1:
        raise invalid(f"chance must be a number from 0 to 1, not {chance!r}.")
    if not isinstance(effects, list) or not effects:
        raise invalid("effects must be a list of effects or of faults without a selector.")
    chosen = [parse_fault({"effect": effect} if isinstance(effect, str) else effect) for effect in effects]
    if any(_selects(fault) for fault in chosen):
        raise invalid("An effect of a seeded plan says neither which requests nor how many; the plan does.")
    selector = parse_fault({name: wanted[name] for name in (*SELECTORS, "name", "times") if name in wanted})
    times = selector.times if "times" in wanted else 0
    return Seeded(seed, float(chance), selector, chosen, times, selector.name)


def _selects(fault: Fault) -> bool:
    return any(getattr(fault, name) for name in (*SELECTORS, "for_seconds")) or (fault.nth, fault.times) != (1, 1)
