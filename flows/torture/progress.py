"""How far something long is: each finding at once, and now and then a line with how long it will still take."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

EVERY = 20


@dataclass
class Progress:
    """Counts up to a known total; ``what`` is counted, ``say`` tells a line."""

    what: str
    total: int
    say: Callable[[str], None]
    clock: Callable[[], float] = monotonic
    done: int = 0
    wrong: int = 0
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.clock()

    def add(self, wrong: Sequence[str]) -> None:
        """One more, and what was wrong with it."""
        self.done += 1
        self.wrong += bool(wrong)
        for line in wrong:
            self.say(f"wrong: {line}")
        if self.done % EVERY == 0 or self.done == self.total:
            left = (self.clock() - self.began) / self.done * (self.total - self.done)
            self.say(f"{self.what}: {self.done} of {self.total}, {self.wrong} wrong, {left / 60:.0f} min to go")
