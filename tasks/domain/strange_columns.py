"""Columns of a response sheet that are no question of ours, told to staff: a line each, or one line for very many."""

from collections.abc import Collection

from tasks.domain.cells import excerpt
from tasks.domain.headers import nearest
from tasks.domain.models import Problem, Severity
from tasks.domain.programme import Language
from tasks.domain.sentences import Phrase, Tongue, say

MANY = 12
HEADER_SHOWN = 60
STOPPED = say("form-stopped")


def unknown_columns(headers: Collection[str], sheet: str, language: Language) -> tuple[Problem, ...]:
    """Notices of columns that may be notes."""
    if len(headers) > MANY:
        first, last = _ends(headers)
        what = say("unknown-columns", count=len(headers), first=first, last=last)
        return (_unknown("", sheet, language, what),)
    return tuple(_unknown(one, sheet, language, say("unknown-column", column=excerpt(one))) for one in headers)


def new_questions(headers: Collection[str], sheet: str, language: Language) -> tuple[Problem, ...]:
    """Questions that the settings do not have; they stop their language."""
    tongue = Tongue(language.code)
    if len(headers) > MANY:
        first, last = _ends(headers)
        what = say("new-questions", language=tongue, count=len(headers), first=first, last=last)
        return (_new("", sheet, language, (what,)),)
    told = {one: say("new-question", language=tongue, column=excerpt(one)) for one in headers}
    return tuple(_new(one, sheet, language, (what, *_nearest(one, language))) for one, what in told.items())


def _unknown(header: str, sheet: str, language: Language, what: Phrase) -> Problem:
    return Problem(
        code="unknown-column",
        sheet=sheet,
        subject=language.code,
        what=(what,),
        todo=(say("nothing-todo"), say("unknown-column-todo")),
        row=1,
        column=header[:HEADER_SHOWN],
        severity=Severity.notice,
    )


def _new(header: str, sheet: str, language: Language, what: tuple[Phrase, ...]) -> Problem:
    return Problem(
        code="new-question",
        sheet=sheet,
        subject=language.code,
        what=(*what, STOPPED),
        todo=(say("new-question-todo", code=language.code),),
        row=1,
        column=header[:HEADER_SHOWN],
        stops_language=True,
    )


def _nearest(header: str, language: Language) -> tuple[Phrase, ...]:
    near = nearest(header, tuple(language.questions.values()))
    return (say("nearest-question", question=near),) if near else ()


def _ends(headers: Collection[str]) -> tuple[str, str]:
    first, *_, last = headers
    return excerpt(first), excerpt(last)
