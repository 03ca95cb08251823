"""What a form asks must be what we know: a new question stops its language, a new option the answers after it.

Staff may write beside the answers what they like. A column is taken for a question when answers hold something in it
that nobody has looked at before, and none that somebody has: Forms never adds to a row without a new time stamp.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from tasks.domain.keys import row_of
from tasks.domain.models import Problem
from tasks.domain.programme import Language
from tasks.domain.response_form import new_question
from tasks.domain.response_row import UNKNOWN_OPTION
from tasks.domain.responses import Reading
from tasks.domain.sentences import say


@dataclass(frozen=True, slots=True)
class Remembered:
    """Rows, by their keys without number: ``registered`` as submissions, ``told`` to staff as problems or notices."""

    registered: Collection[str] = frozenset()
    told: Collection[str] = frozenset()


def doubtful(reading: Reading) -> set[str]:
    """The rows of which it must be known whether they were seen before; none in an ordinary sheet."""
    beside = {key for keys in reading.beside.values() for key in keys}
    answers = {response.key for response in reading.responses} if reading.strangers else set()
    return {row_of(key) for key in beside | answers | reading.strangers.keys()}


def lock(reading: Reading, remembered: Remembered, *, sheet: str, language: Language) -> Reading:
    """The reading without what must wait, and with the reasons for staff."""
    if asked := tuple(_new_questions(reading, remembered)):
        stops = tuple(new_question(header, sheet, language) for header in asked)
        return Reading((), stops, reading.rows, reading.blank, stopped=True)
    return _without_waiting(reading, remembered)


def _new_questions(reading: Reading, remembered: Remembered) -> Iterator[str]:
    for header, keys in reading.beside.items():
        if not any(row_of(key) in remembered.registered or row_of(key) in remembered.told for key in keys):
            yield header


def _without_waiting(reading: Reading, remembered: Remembered) -> Reading:
    unseen = [moment for key, moment in reading.strangers.items() if row_of(key) not in remembered.registered]
    if not unseen:
        return reading
    since = min(unseen)
    waiting = [
        response
        for response in reading.responses
        if response.submitted_at > since and row_of(response.key) not in remembered.registered
    ]
    return replace(
        reading,
        responses=tuple(response for response in reading.responses if response not in waiting),
        problems=tuple(_stopping(problem, reading) if waiting else problem for problem in reading.problems),
        waiting=tuple(response.key for response in waiting),
    )


def _stopping(problem: Problem, reading: Reading) -> Problem:
    if problem.code != UNKNOWN_OPTION or problem.subject not in reading.strangers:
        return problem
    return replace(problem, what=(*problem.what, say("later-answers-wait")), stops_language=True)
