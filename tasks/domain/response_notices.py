"""What staff should look at in a row that is read all the same: odd text, and what was not clear to us."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tasks.domain.cells import LARGEST_CELL, excerpt
from tasks.domain.hostile import hostile_fields, is_right_to_left
from tasks.domain.models import Severity
from tasks.domain.normalise.date_shapes import When
from tasks.domain.normalise.odd_text import is_broken, is_misread, is_piled_up, is_turned_around
from tasks.domain.normalise.phones import Unclear
from tasks.domain.normalise.understood import Understood, understand, zone_is_unclear
from tasks.domain.normalise.understood_words import doubts
from tasks.domain.response_form import ResponseForm
from tasks.domain.sentences import Day, Phrase, Sentences, Tongue, Value, quotes, say
from tasks.domain.table import Row

SHOWN = 3
COPIED = say("copied-todo")
ODD_TEXT: tuple[tuple[str, Callable[[str], bool], Phrase], ...] = (
    ("broken-text", is_broken, say("broken-text-todo")),
    ("misread-text", is_misread, say("misread-text-todo")),
    ("piled-up-text", is_piled_up, COPIED),
    ("turned-text", is_turned_around, COPIED),
)
TOLD_OTHERWISE = {("turned-text", "title")}


@dataclass(frozen=True, slots=True)
class Note:
    """A problem before it is known whose it is."""

    code: str
    fields: tuple[str, ...]
    what: Phrase
    todo: Sentences
    severity: Severity = Severity.problem


def row_notices(row: Row, form: ResponseForm, answers: Mapping[str, str]) -> Iterator[Note]:
    """All notices of a row; a field whose text looks hostile is not looked at for its meaning.

    Nothing is looked at beyond what a cell of Google Sheets can hold.
    """
    looked_at = {field: text[:LARGEST_CELL] for field, text in answers.items()}
    kinds = {field: question.kind for field, question in form.programme.questions.items()}
    if hostile := hostile_fields(looked_at, kinds):
        yield _notice(hostile, say("hostile-text", row=row.number, questions=_named(hostile, form)), COPIED)
    yield from _odd(row, form, looked_at)
    yield from _unwieldy(row, form, answers)
    harmless = {**looked_at, **dict.fromkeys(hostile, "")}
    yield from _unclear(row, form, understand(harmless, form.language.code, form.identify))


def _odd(row: Row, form: ResponseForm, answers: Mapping[str, str]) -> Iterator[Note]:
    unusual = {field: text for field, text in answers.items() if not text.isascii()}
    for code, is_odd, todo in ODD_TEXT:
        if fields := tuple(f for f, text in unusual.items() if is_odd(text) and (code, f) not in TOLD_OTHERWISE):
            yield _notice(fields, say(code, row=row.number, questions=_named(fields, form)), todo)
    if is_right_to_left(answers["title"]):
        yield _notice(("title",), say("right-to-left-title", row=row.number), say("right-to-left-title-todo"))


def _unwieldy(row: Row, form: ResponseForm, answers: Mapping[str, str]) -> Iterator[Note]:
    limits = form.programme.limits
    if (length := len(answers["title"].strip())) > limits.title_length:
        what = say("long-title", row=row.number, length=length, limit=limits.title_length)
        yield _notice(("title",), what, say("long-title-todo"))
    if fields := tuple(f for f, text in answers.items() if f != "title" and len(text) > limits.answer_length):
        yield _notice(fields, say("long-answer", row=row.number, limit=limits.answer_length), say("long-answer-todo"))
    if fields := tuple(field for field, text in answers.items() if len(text) > LARGEST_CELL):
        what = say("cut-answer", row=row.number, questions=_named(fields, form))
        yield _notice(fields, what, say("cut-answer-todo"))


def _unclear(row: Row, form: ResponseForm, understood: Understood) -> Iterator[Note]:
    if told := tuple(_doubt(*one) for one in doubts(understood.dates)):
        yield _in_cell("unclear-dates", "preferred_dates", row, form, doubts=told)
    if zone_is_unclear(understood):
        typed, may_be = excerpt(understood.typed["time_zone"]), understood.zone.may_be
        zones = {"zones": ", ".join(may_be[:SHOWN])} if may_be else {}
        yield _in_cell("unclear-zone" if may_be else "unknown-zone", "time_zone", row, form, typed=typed, **zones)
    if understood.phone.why is Unclear.lost:
        yield _in_cell("lost-digits", "phone", row, form, typed=excerpt(understood.typed["phone"]))
    if understood.other_language:
        theirs, ours = Tongue(understood.other_language), Tongue(form.language.code)
        what = say("other-language", row=row.number, language=theirs, form_language=ours)
        yield _notice(("title",), what, say("other-language-todo", language=theirs))


def _doubt(typed: str, one: When, other: When) -> Phrase:
    return say("could-be", typed=typed, day=Day(one.month, one.day), other_day=Day(other.month, other.day))


IN_CELL = {
    "unclear-dates": ("unclear-dates", "unclear-dates-todo"),
    "unclear-zone": ("unclear-zone", "unclear-zone-todo"),
    "unknown-zone": ("unclear-zone", "unclear-zone-todo"),
    "lost-digits": ("lost-digits", "lost-digits-todo"),
}


def _in_cell(fault: str, field: str, row: Row, form: ResponseForm, **values: Value) -> Note:
    """A cell whose text is not clear; staff may mend it where it stands."""
    code, todo = IN_CELL[fault]
    what = say(fault, column=form.question(field), row=row.number, **values)
    cell = form.table.cell_name(row.number, field)
    return Note(code, (field,), what, (say(todo, cell=cell),), Severity.notice)


def _named(fields: tuple[str, ...], form: ResponseForm) -> tuple[Phrase, ...]:
    return quotes(map(form.question, fields))


def _notice(fields: tuple[str, ...], what: Phrase, todo: Phrase) -> Note:
    return Note(what.name, fields, what, (todo,), Severity.notice)
