"""One row of a response sheet: all its faults and notices at once, and the response if it has no fault."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tasks.domain.addresses import person, raw_key
from tasks.domain.cells import LARGEST_CELL, excerpt
from tasks.domain.folding import fold
from tasks.domain.keys import digest
from tasks.domain.models import CellError, Person, Problem, Response, Severity
from tasks.domain.options import Chosen, read_choice
from tasks.domain.response_form import ResponseForm
from tasks.domain.response_notices import Note, row_notices
from tasks.domain.sentences import Phrase, quotes, say
from tasks.domain.serials import milliseconds, moment_of
from tasks.domain.table import Row

UNKNOWN_OPTION = "unknown-option"
AGAIN = say("again")
IN_FORMS = (say("correct-in-form"), AGAIN)
FIRST_ROW = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """``response`` is None where one of the problems is more than a notice.

    ``is_asked_otherwise``: with an option that the form may offer and nobody knows.
    """

    number: int
    key: str
    fingerprint: str
    response: Response | None
    problems: tuple[Problem, ...]
    moment: datetime | None = None
    is_asked_otherwise: bool = False


def check_row(row: Row, form: ResponseForm) -> Checked:
    """Read one row."""
    answers = {field: text for field, text in row.texts().items() if field != "timestamp"}
    somebody = person(answers["contact_name"], answers["email"])
    moment = moment_of(row.cells["timestamp"], form.zone)
    chosen = _chosen(answers, form)
    faults = [*_faults(row, form, somebody), *_unknown_options(row, form, chosen)]
    key = _key(row, form, somebody)
    fingerprint = _fingerprint(answers)
    response = None
    if somebody and moment and not faults:
        codes = {field: choice.codes for field, choice in chosen.items()}
        where = (key, form.language.code, row.number, moment)
        response = Response(*where, somebody, answers, codes, fingerprint, noted=row.noted)
    notes = [*faults, *row_notices(row, form, answers)]
    problems = tuple(_problem(note, row, form, key) for note in notes)
    return Checked(row.number, key, fingerprint, response, problems, moment, _is_new(chosen, form))


def _fingerprint(answers: dict[str, str]) -> str:
    """Of all answers; one that is longer than a cell of Google Sheets can be counts by its own digest."""
    short = {field: text if len(text) <= LARGEST_CELL else digest(text) for field, text in answers.items()}
    return digest(json.dumps(short, sort_keys=True))


def _key(row: Row, form: ResponseForm, somebody: Person | None) -> str:
    """What Forms calls it; else made of the wall clock, which stays when the spreadsheet's time zone is changed."""
    if form.facts:
        return form.facts.identities[row.number - FIRST_ROW]
    stamp = row.cells["timestamp"]
    clock = raw_key(row.text("timestamp")) if moment_of(stamp, form.zone) is None else milliseconds(float(stamp))
    who = somebody.address_key if somebody else raw_key(row.text("email"))
    return digest(json.dumps([form.language.code, clock, who]))


def _chosen(answers: dict[str, str], form: ResponseForm) -> dict[str, Chosen]:
    return {
        field: read_choice(answers[field], field, question, form.language)
        for field, question in form.programme.questions.items()
        if question.kind in ("choice", "checkboxes")
    }


def _is_new(chosen: dict[str, Chosen], form: ResponseForm) -> bool:
    strangers = {(field, fold(words)) for field, choice in chosen.items() for words, _ in choice.unknown}
    return bool(strangers & form.facts.offered if form.facts else strangers)


def _faults(row: Row, form: ResponseForm, somebody: Person | None) -> Iterator[Note]:
    if moment_of(row.cells["timestamp"], form.zone) is None:
        yield _stamp_fault(row, form)
    if somebody is None:
        cell = form.table.cell_name(row.number, "email")
        what = say("no-address" if row.has("email") else "empty", column=form.question("email"), row=row.number)
        yield Note("address", ("email",), what, (say("address-todo", cell=cell), AGAIN))
    required = form.programme.questions.items()
    special = ("timestamp", "email")
    if missing := tuple(f for f, question in required if question.required and not row.has(f) and f not in special):
        what = say("missing-answer", row=row.number, questions=quotes(map(form.question, missing)))
        yield Note("missing-answer", missing, what, (say("missing-answer-todo", row=row.number), AGAIN))


def _stamp_fault(row: Row, form: ResponseForm) -> Note:
    stamp, cell = row.cells["timestamp"], form.table.cell_name(row.number, "timestamp")
    column = form.question("timestamp")
    if isinstance(stamp, CellError):
        what = say("shows-error", column=column, row=row.number, error=excerpt(stamp))
    else:
        fault = "stamp-text" if isinstance(stamp, str) else "stamp-number"
        what = say(fault if row.has("timestamp") else "empty", column=column, row=row.number)
    return Note("time-stamp", ("timestamp",), what, (say("stamp-todo", cell=cell), AGAIN))


def _unknown_options(row: Row, form: ResponseForm, chosen: dict[str, Chosen]) -> Iterator[Note]:
    for field, choice in chosen.items():
        if choice.unknown:
            pieces = tuple(_piece(excerpt(piece), near) for piece, near in choice.unknown)
            what = say("unknown-option", column=form.question(field), row=row.number, pieces=pieces)
            todo = say("unknown-option-todo", cell=form.table.cell_name(row.number, field))
            yield Note(UNKNOWN_OPTION, (field,), what, (todo, AGAIN))


def _piece(text: str, near: str) -> Phrase:
    return say("nearest-option", text=text, near=near) if near else say("quote", text=text)


def _problem(note: Note, row: Row, form: ResponseForm, key: str) -> Problem:
    asked_of_forms = form.facts and note.severity is Severity.problem
    return Problem(
        code=note.code,
        sheet=form.sheet,
        subject=key,
        what=(note.what,),
        todo=IN_FORMS if asked_of_forms else note.todo,
        row=row.number,
        column=", ".join(form.question(field) for field in note.fields),
        severity=note.severity,
    )
