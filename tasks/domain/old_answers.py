"""Answers that were old when their sheet was first seen: staff are not sent through them row by row."""

from dataclasses import dataclass, replace
from datetime import datetime

from tasks.domain.models import Problem, Severity
from tasks.domain.programme import Columns
from tasks.domain.responses import Reading
from tasks.domain.sentences import say


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was submitted before ``youngest`` is old; ``columns`` are those of *Submissions*."""

    youngest: datetime
    columns: Columns


def told_in_one_line(reading: Reading, baseline: Baseline, sheet: str, language: str) -> Reading:
    """The reading with one line for the notices of all old answers; what a person must mend is told row by row."""
    old = {response.key for response in reading.responses if response.submitted_at < baseline.youngest}
    hints = [one for one in reading.problems if one.severity is Severity.notice and one.subject in old]
    if not hints:
        return reading
    others = (one for one in reading.problems if one.severity is not Severity.notice or one.subject not in old)
    count = len({one.subject for one in hints})
    return replace(reading, problems=(*others, _line(count, baseline, sheet, language)))


def _line(count: int, baseline: Baseline, sheet: str, language: str) -> Problem:
    columns = baseline.columns
    what = say("old-answers", since=f"{baseline.youngest:%Y-%m-%d}", count=count)
    todo = say("old-answers-todo", column=columns.columns.get("understood", "understood"), tab=columns.tab)
    return Problem("old-answers", sheet, language, (what,), (todo,), severity=Severity.notice)
