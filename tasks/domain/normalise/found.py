"""What a text was understood as: one value, or the values that it may mean, which nobody chooses among but a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """``value`` is ``""`` where nothing, or more than one thing, is meant; ``may_be`` lists the latter."""

    value: str = ""
    may_be: tuple[str, ...] = ()


NOTHING = Found()


def found_among(values: set[str]) -> Found:
    """The one value of the set, or all of them in order."""
    return Found(min(values)) if len(values) == 1 else Found(may_be=tuple(sorted(values)))
