"""What a run did, in words and counts that can be shown to anybody: no names, no addresses."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tasks.domain.models import Problem
from tasks.domain.words import Words


@dataclass(slots=True)
class Outcome:
    """Collected while a flow runs. ``done`` is what was done, or in a rehearsal would be done.

    ``first_sights`` are sheets that were never read before, and what is made of the answers that stand in them.
    """

    flow: str
    live: bool
    read: dict[str, int] = field(default_factory=dict)
    first_sights: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    held: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    requests: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def red(self) -> bool:
        """Whether anything failed: a call outside, or a whole language that had to stop."""
        return bool(self.failed) or any(problem.stops_language for problem in self.problems)

    def as_json(self, words: Words) -> dict[str, Any]:
        """The object that ``colab run --json`` prints, in the words of the staff."""
        return {
            "flow": self.flow,
            "mode": "live" if self.live else "rehearsal",
            "read": self.read,
            "first_sights": self.first_sights,
            "done": self.done,
            "skipped": dict(self.skipped),
            "held": self.held,
            "failed": self.failed,
            "problems": [
                {
                    "severity": str(problem.severity),
                    "sheet": problem.sheet,
                    "row": problem.row,
                    "column": problem.column,
                    "what": words.sentences(problem.what),
                    "todo": words.sentences(problem.todo),
                }
                for problem in self.problems
            ],
            "requests": self.requests,
        }

    def lines(self) -> list[str]:
        """What happened, a line each, for a log: not a word that somebody typed."""
        return [
            *self.first_sights,
            *(f"{'done' if self.live else 'would do'}: {line}" for line in self.done),
            *(f"skipped {count}: {reason}" for reason, count in self.skipped.items() if count),
            *(f"held: {line}" for line in self.held),
            *(f"failed: {line}" for line in self.failed),
            *(f"needs attention: {p.code} in {p.sheet}, row {p.row or '-'}" for p in self.problems),
        ]

    def sentence(self) -> str:
        """One line for the Prefect page."""
        parts = [f"{len(self.done)} {'done' if self.live else 'planned'}", f"{self.skipped.total()} skipped"]
        parts += [f"{len(self.held)} held"] if self.held else []
        parts += [f"{len(self.failed)} failed: {'; '.join(self.failed[:3])}"] if self.failed else []
        parts += [f"{len(self.problems)} need attention"] if self.problems else []
        return ", ".join(parts)
