"""What a form asks must be what we know: a new question stops its language, a new option the answers after it.

Staff may write beside the answers what they like. A column is taken for a question when answers hold something in it
that nobody has looked at before, and none that somebody has: Forms never adds to a row without a new time stamp.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from tasks.domain.beside import Beside
from tasks.domain.keys import row_of
from tasks.domain.models import Problem
from tasks.domain.programme import Language
from tasks.domain.response_row import UNKNOWN_OPTION
from tasks.domain.responses import Reading
from tasks.domain.sentences import say
from tasks.domain.strange_columns import new_questions


@dataclass(frozen=True, slots=True)
class Remembered:
    """Rows, by their keys without number: ``registered`` as submissions, ``told`` to staff as problems or notices."""

    registered: Collection[str] = frozenset()
    told: Collection[str] = frozenset()


def doubtful(reading: Reading) -> set[str]:
    """The rows of which it must be known whether they were seen before; none in an ordinary sheet."""
    answers = {response.key for response in reading.responses} if reading.strangers else set()
    rows = set(reading.beside.rows)
    beside = rows if reading.beside.held_by(rows) else set()
    return beside | {row_of(key) for key in answers | reading.strangers.keys()}


def lock(reading: Reading, remembered: Remembered, *, sheet: str, language: Language) -> Reading:
    """The reading without what must wait, and with the reasons for staff."""
    if asked := _new_questions(reading.beside, remembered):
        return Reading((), new_questions(asked, sheet, language), reading.rows, reading.blank, stopped=True)
    return _without_waiting(reading, remembered)


def _new_questions(beside: Beside, remembered: Remembered) -> list[str]:
    unseen = set(beside.rows).difference(remembered.registered, remembered.told)
    answered = beside.held_by(unseen)
    annotated = beside.held_by(beside.rows.keys() - unseen) if answered else {}
    return [header for header in answered if header not in annotated]


def _without_waiting(reading: Reading, remembered: Remembered) -> Reading:
    unseen = [moment for key, moment in reading.strangers.items() if row_of(key) not in remembered.registered]
    if not unseen:
        return reading
    since = min(unseen)
    waiting = {
        response.key: None
        for response in reading.responses
        if response.submitted_at > since and row_of(response.key) not in remembered.registered
    }
    return replace(
        reading,
        responses=tuple(response for response in reading.responses if response.key not in waiting),
        problems=tuple(_stopping(problem, reading) if waiting else problem for problem in reading.problems),
        waiting=tuple(waiting),
    )


def _stopping(problem: Problem, reading: Reading) -> Problem:
    if problem.code != UNKNOWN_OPTION or problem.subject not in reading.strangers:
        return problem
    return replace(problem, what=(*problem.what, say("later-answers-wait")), stops_language=True)
