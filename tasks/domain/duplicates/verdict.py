"""What came out of comparing two proposals, with everything that staff need to see why."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """``same``: two versions of one submission. ``possible``: a person decides. ``different``: nothing to show."""

    same = "same"
    possible = "possible"
    different = "different"


class Band(StrEnum):
    """How strongly a possible pair asks to be looked at."""

    likely = "likely"
    look = "look"


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature that spoke for (bits above 0) or against (below 0); ``words`` is what it was seen by."""

    code: str
    words: str
    bits: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two differ: what the earlier one says, what the later one says."""

    field: str
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``why_not_automatic`` holds codes of the hard rule; ``encoder`` is empty where only words were compared."""

    outcome: Outcome
    probability: float
    band: Band | None = None
    reasons: tuple[Reason, ...] = ()
    differs: tuple[Difference, ...] = ()
    unmatched: tuple[str, ...] = ()
    why_not_automatic: tuple[str, ...] = ()
    rules: str = ""
    encoder: str = ""

    @property
    def speaks_for(self) -> tuple[Reason, ...]:
        """The reasons for one submission, the strongest first."""
        return tuple(sorted((one for one in self.reasons if one.bits > 0), key=lambda one: (-one.bits, one.code)))

    @property
    def speaks_against(self) -> tuple[Reason, ...]:
        """The reasons for two submissions, the strongest first."""
        return tuple(sorted((one for one in self.reasons if one.bits < 0), key=lambda one: (one.bits, one.code)))

    def to_json(self) -> str:
        """One line that ``from_json`` reads back."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Verdict":
        """Read what ``to_json`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        told: dict[str, Any] = json.loads(text)
        return cls(
            outcome=Outcome(told["outcome"]),
            probability=told["probability"],
            band=Band(told["band"]) if told["band"] else None,
            reasons=tuple(Reason(**one) for one in told["reasons"]),
            differs=tuple(Difference(**one) for one in told["differs"]),
            unmatched=tuple(told["unmatched"]),
            why_not_automatic=tuple(told["why_not_automatic"]),
            rules=told["rules"],
            encoder=told["encoder"],
        )
