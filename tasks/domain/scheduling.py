"""Decides which submissions become rows of *Sessions*: what staff decided of each."""

from dataclasses import dataclass

from tasks.domain.cells import excerpt
from tasks.domain.folding import fold
from tasks.domain.models import Problem, Tab
from tasks.domain.programme import Columns
from tasks.domain.sentences import AnyOf, say
from tasks.domain.table import read_table

DECISIONS = ("Accepted", "Declined")


@dataclass(frozen=True, slots=True)
class Decisions:
    """``accepted`` refs in the order of the tab; cells that are not a decision are problems."""

    accepted: tuple[str, ...]
    waiting: int
    problems: tuple[Problem, ...]


def read_decisions(tab: Tab, columns: Columns, sheet: str) -> Decisions:
    """Read the Decision column of *Submissions*; the tab must have its columns."""
    accepted: list[str] = []
    problems = []
    waiting = 0
    header = columns.columns["decision"]
    for row in read_table(tab, columns.columns).rows:
        decision = fold(row.text("decision"))
        ref = row.text("ref").strip()
        if not decision:
            waiting += 1
        elif decision == fold(DECISIONS[0]) and ref not in accepted:
            accepted.append(ref)
        elif decision not in map(fold, DECISIONS):
            what = say("no-decision", text=excerpt(row.text("decision")))
            todo = say("no-decision-todo", decisions=AnyOf(DECISIONS), row=row.number)
            subject = ref or f"row {row.number}"
            problems.append(Problem("decision", sheet, subject, (what,), (todo,), row.number, header))
    return Decisions(tuple(accepted), waiting, tuple(problems))
