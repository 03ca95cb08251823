"""What staff should look at in a row that is read all the same: odd text, and what was not clear to us."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tasks.domain.cells import LARGEST_CELL, listed, quoted
from tasks.domain.hostile import hostile_fields, is_right_to_left
from tasks.domain.models import Severity
from tasks.domain.normalise.odd_text import is_broken, is_misread, is_piled_up, is_turned_around
from tasks.domain.normalise.phones import Unclear
from tasks.domain.normalise.understood import Understood, understand, zone_is_unclear
from tasks.domain.normalise.understood_words import doubts, language_name
from tasks.domain.response_form import ResponseForm
from tasks.domain.table import Row

ENGLISH = "en"
SHOWN = 3
COPIED = "Look at it before you copy it anywhere else."
ODD_TEXT: tuple[tuple[str, Callable[[str], bool], str, str], ...] = (
    (
        "broken-text",
        is_broken,
        "has a broken character in {}, shown as \ufffd: part of the text was lost before it came here.",
        "Ask the person what it should be if you cannot tell.",
    ),
    (
        "misread-text",
        is_misread,
        "has letters in {} that were damaged on their way (such as Ã© for é). It is kept as it is.",
        "Write the words properly where you announce them.",
    ),
    ("piled-up-text", is_piled_up, "has marks heaped on letters in {}. It is kept as it is.", COPIED),
    (
        "turned-text",
        is_turned_around,
        "has invisible marks in {} that turn the text around. It is kept as it is.",
        COPIED,
    ),
)


TOLD_OTHERWISE = {("turned-text", "title")}


@dataclass(frozen=True, slots=True)
class Note:
    """A problem before it is known whose it is."""

    code: str
    fields: tuple[str, ...]
    what: str
    todo: str
    severity: Severity = Severity.problem


def row_notices(row: Row, form: ResponseForm, answers: Mapping[str, str]) -> Iterator[Note]:
    """All notices of a row; a field whose text looks hostile is not looked at for its meaning.

    Nothing is looked at beyond what a cell of Google Sheets can hold.
    """
    looked_at = {field: text[:LARGEST_CELL] for field, text in answers.items()}
    kinds = {field: question.kind for field, question in form.programme.questions.items()}
    if hostile := hostile_fields(looked_at, kinds):
        what = f"has text in {_named(hostile, form)} that looks like a formula, a program or a template. "
        yield _notice("hostile-text", hostile, row, f"{what}It is kept as text, harmless.", COPIED)
    yield from _odd(row, form, looked_at)
    yield from _unwieldy(row, form, answers)
    yield from _unclear(row, form, understand({**looked_at, **dict.fromkeys(hostile, "")}, form.language.code))


def _odd(row: Row, form: ResponseForm, answers: Mapping[str, str]) -> Iterator[Note]:
    unusual = {field: text for field, text in answers.items() if not text.isascii()}
    for code, is_odd, what, todo in ODD_TEXT:
        if fields := tuple(f for f, text in unusual.items() if is_odd(text) and (code, f) not in TOLD_OTHERWISE):
            yield _notice(code, fields, row, what.format(_named(fields, form)), todo)
    if is_right_to_left(answers["title"]):
        what = "has a title with letters or marks that run from right to left. It is kept as it is."
        yield _notice("right-to-left-title", ("title",), row, what, "Check how it looks in the session's announcement.")


def _unwieldy(row: Row, form: ResponseForm, answers: Mapping[str, str]) -> Iterator[Note]:
    limits = form.programme.limits
    if (length := len(answers["title"].strip())) > limits.title_length:
        what = f"has a title of {length} characters; more than {limits.title_length} do not fit. It is kept whole."
        yield _notice("long-title", ("title",), row, what, "Agree on a shorter title with the person.")
    if fields := tuple(f for f, text in answers.items() if f != "title" and len(text) > limits.answer_length):
        what = f"has an answer of more than {limits.answer_length} characters. It is kept whole."
        yield _notice("long-answer", fields, row, what, "Shorten it before it goes into an announcement.")
    if fields := tuple(field for field, text in answers.items() if len(text) > LARGEST_CELL):
        what = (
            f"has more text in {_named(fields, form)} than a cell of the register holds; its beginning is shown there."
        )
        yield _notice("cut-answer", fields, row, what, "Read the whole of it in the response sheet.")


def _unclear(row: Row, form: ResponseForm, understood: Understood) -> Iterator[Note]:
    if told := [f"{typed} could be {one} or {other}" for typed, one, other in doubts(understood.dates, ENGLISH)]:
        yield _in_cell(
            ("unclear-dates", "preferred_dates"),
            row,
            form,
            f"is not clear: {listed(told)}.",
            "Ask the person before you set a date; you may then write the month as a word into {cell}.",
        )
    if zone_is_unclear(understood):
        typed, may_be = quoted(understood.typed["time_zone"]), understood.zone.may_be
        fault = f"may be {', '.join(may_be[:SHOWN])} or another zone" if may_be else "is no time zone we know"
        yield _in_cell(
            ("unclear-zone", "time_zone"),
            row,
            form,
            f"holds {typed}, which {fault}.",
            "Ask the person for the nearest large city; you may then write it into {cell}.",
        )
    if understood.phone.why is Unclear.lost:
        yield _in_cell(
            ("lost-digits", "phone"),
            row,
            form,
            f"holds {quoted(understood.typed['phone'])}: the spreadsheet has dropped digits of the number.",
            "Ask the person for the number by mail; you may then write it into {cell} with an apostrophe before it.",
        )
    if understood.other_language:
        theirs = language_name(understood.other_language, ENGLISH)
        what = f"is written in {theirs}, in the {form.language.name} form; mails go out in the form's language."
        yield _notice("other-language", ("title",), row, what, f"Talk to the person in {theirs} if you can.")


def _in_cell(rule: tuple[str, str], row: Row, form: ResponseForm, what: str, todo: str) -> Note:
    code, field = rule
    cell = f"cell {form.table.cell_name(row.number, field)} of the response sheet"
    start = f"“{form.question(field)}” in row {row.number} "
    return Note(code, (field,), start + what, todo.format(cell=cell), Severity.notice)


def _named(fields: tuple[str, ...], form: ResponseForm) -> str:
    return listed([f"“{form.question(field)}”" for field in fields])


def _notice(code: str, fields: tuple[str, ...], row: Row, what: str, todo: str) -> Note:
    return Note(code, fields, f"Row {row.number} {what}", todo, Severity.notice)
