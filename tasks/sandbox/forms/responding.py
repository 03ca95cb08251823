"""What happens when a person sends or edits an answer: the response and its row, both or neither."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace

from tasks.sandbox.failures import GoogleError, invalid
from tasks.sandbox.forms.answers import Reply, email_mistake, mistake, named
from tasks.sandbox.forms.documents import Form, Response, form, keep_form, keep_response, response
from tasks.sandbox.forms.linking import response_sheet
from tasks.sandbox.forms.questions import Question
from tasks.sandbox.forms.response_sheet import EMAIL
from tasks.sandbox.forms.row_cells import cell_maker, row_cells, stamp
from tasks.sandbox.forms.watches import notify
from tasks.sandbox.world import World


class RefusedError(GoogleError):
    """The answers cannot be taken; ``mistakes`` maps a question's id (or EMAIL) to the phrase that says why."""

    def __init__(self, mistakes: Mapping[str, str], titles: Mapping[str, str]) -> None:
        told = "; ".join(f"{titles.get(key, key)}: {phrase.partition('.')[2]}" for key, phrase in mistakes.items())
        super().__init__(400, f"The answers cannot be taken ({told}).")
        self.mistakes = mistakes


class ClosedError(GoogleError):
    """The form takes no answers now."""

    def __init__(self) -> None:
        super().__init__(403, "This form is no longer accepting responses.")


def respond(world: World, code: str, answers: Mapping[str, object], email: str = "") -> Response:
    """A person answers. ``answers`` by title, header, question id or field; of ticked boxes a list of wordings."""
    one = form(world.store, code)
    return submit(world, one, replies_of(one, answers), email)


def edit(
    world: World, code: str, response_id: str, answers: Mapping[str, object], email: str | None = None
) -> Response:
    """A person changes some answers; those that are not named stay, an empty one goes."""
    one = form(world.store, code)
    known = response(world.store, one.form_id, response_id)
    replies = known.replies | replies_of(one, answers)
    return resubmit(world, one, known, replies, known.email if email is None else email)


def replies_of(one: Form, answers: Mapping[str, object]) -> dict[str, Reply]:
    """Answers by question id; 400 for a question that the form does not ask."""
    asked = {name: question_of(one, name) for name in answers}
    return {question.question_id: named(question, answers[name]) for name, question in asked.items()}


def question_of(one: Form, name: str) -> Question:
    """The question with this id or title, for this field, or with this header in the response sheet; 400."""
    columns = {one.sheet["seen"][at]: key for key, at in one.sheet["columns"].items()} if one.sheet else {}
    wanted = {name, columns.get(name, ""), question_id(one.form_id, name)}
    for question in one.questions:
        if wanted & {question.title, question.question_id}:
            return question
    raise invalid(f"The form {one.code} does not ask {name!r}.")


def question_id(form_id: str, field: str) -> str:
    """The id of the question for a field of the programme: eight hexadecimal digits, as Google's are."""
    number = int(hashlib.sha256(f"{form_id}:{field}".encode()).hexdigest()[:8], 16)
    return f"{number & 0x7FFFFFFF:08x}"


def new_response_id() -> str:
    """Long and opaque, as Google's are."""
    return f"ACYDBN{secrets.token_urlsafe(36)}"


def submit(world: World, one: Form, replies: Mapping[str, Reply], email: str) -> Response:
    """A new response and its row. Raises ClosedError and RefusedError."""
    _check(one, replies, email)
    now = world.clock.text()
    address = email if one.email_asked else ""
    new = Response(new_response_id(), now, now, address, dict(replies), secrets.token_urlsafe(24))
    with response_sheet(world, one) as sheet:
        if sheet:
            new.stamp = stamp(world, sheet.book)
            sheet.add(row_cells(one, new, cell_maker(world, sheet.book)))
    return _kept(world, one, new)


def resubmit(world: World, one: Form, known: Response, replies: Mapping[str, Reply], email: str) -> Response:
    """Other answers in a response that is there; its row follows. Raises ClosedError and RefusedError."""
    _check(one, replies, email)
    address = email if one.email_asked else known.email
    new = replace(known, submitted=world.clock.text(), email=address, replies=dict(replies))
    with response_sheet(world, one) as sheet:
        if sheet:
            new.stamp = stamp(world, sheet.book)
            to_cell = cell_maker(world, sheet.book)
            sheet.rewrite(known.stamp, row_cells(one, known, to_cell), row_cells(one, new, to_cell))
    return _kept(world, one, new)


def _check(one: Form, replies: Mapping[str, Reply], email: str) -> None:
    if not one.accepts:
        raise ClosedError
    asked = {question.question_id: question for question in one.questions}
    mistakes = {key: mistake(question, replies.get(key, Reply())) for key, question in asked.items()}
    if one.email_asked:
        mistakes = {EMAIL: email_mistake(email), **mistakes}
    if wrong := {key: phrase for key, phrase in mistakes.items() if phrase}:
        raise RefusedError(wrong, {key: question.title for key, question in asked.items()})


def _kept(world: World, one: Form, new: Response) -> Response:
    keep_form(world.store, one)
    keep_response(world.store, one.form_id, new)
    notify(world, one.form_id, "RESPONSES")
    return new
