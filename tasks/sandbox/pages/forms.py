"""The pages on which a person answers a form as a member does: in the form's own language, and with its own checks."""

from collections.abc import Mapping, Sequence

from tasks.sandbox.forms.answers import OTHER, Reply, filled_in
from tasks.sandbox.forms.documents import Form, Response, response_by_token
from tasks.sandbox.forms.documents import form as form_named
from tasks.sandbox.forms.questions import Question
from tasks.sandbox.forms.responding import ClosedError, RefusedError, resubmit, submit
from tasks.sandbox.forms.response_sheet import EMAIL
from tasks.sandbox.pages.page import form_lists, page, to
from tasks.sandbox.pages.words import LANGUAGES
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation

ADDRESS = "emailAddress"
"""The name of the field for the address, also in prefilled links."""

Fields = Mapping[str, Sequence[str]]


def _blank(call: Call) -> Answer:
    """A new response; a prefilled link fills in what it names."""
    one = _form(call)
    return _asked(one, _known(one, filled(one, call.query)), _email(call.query)) if one.accepts else _closed(one)


def _send(call: Call) -> Answer:
    one, fields = _form(call), form_lists(call)
    replies, email = filled(one, fields), _email(fields)
    try:
        sent = submit(call.world, one, _kept(replies), email)
    except ClosedError:
        return _closed(one)
    except RefusedError as refused:
        return _asked(one, replies, email, refused.mistakes)
    return to(f"/forms/{one.code}/sent/{sent.token}")


def _sent(call: Call) -> Answer:
    one = _form(call)
    response_by_token(call.world.store, one.form_id, call.parts["token"])
    return _in_its_language(one, "form_sent.html", token=call.parts["token"])


def _again(call: Call) -> Answer:
    one, sent = _found(call)
    return _asked(one, sent.replies, sent.email, token=sent.token) if one.accepts else _closed(one)


def _change(call: Call) -> Answer:
    one, known = _found(call)
    fields = form_lists(call)
    replies, email = filled(one, fields), _email(fields)
    try:
        resubmit(call.world, one, known, _kept(replies), email)
    except ClosedError:
        return _closed(one)
    except RefusedError as refused:
        return _asked(one, replies, email, refused.mistakes, known.token)
    return to(f"/forms/{one.code}/sent/{known.token}")


def filled(one: Form, fields: Fields) -> dict[str, Reply]:
    """What was filled in, by question id."""
    return {question.question_id: filled_in(question, fields) for question in one.questions}


def _kept(replies: Mapping[str, Reply]) -> dict[str, Reply]:
    """The answers that count: text beside an unticked "Other" does not."""
    return {key: reply if OTHER in reply.values else Reply(reply.values) for key, reply in replies.items() if reply}


def _known(one: Form, replies: Mapping[str, Reply]) -> dict[str, Reply]:
    """Without what a prefilled link ticks that the form does not offer."""
    offered = {q.question_id: {*q.options, *([OTHER] if q.other else [])} for q in one.questions if q.is_choice}
    return {
        key: Reply(tuple(value for value in reply.values if value in offered.get(key, {value})), reply.other)
        for key, reply in replies.items()
    }


def _email(fields: Fields) -> str:
    return next(iter(fields.get(ADDRESS, [])), "").strip()


def _form(call: Call) -> Form:
    return form_named(call.world.store, call.parts["form"])


def _found(call: Call) -> tuple[Form, Response]:
    one = _form(call)
    return one, response_by_token(call.world.store, one.form_id, call.parts["token"])


def _asked(
    one: Form, replies: Mapping[str, Reply], email: str, mistakes: Mapping[str, str] | None = None, token: str = ""
) -> Answer:
    wrong = mistakes or {}
    return _in_its_language(
        one,
        "form.html",
        action=f"/forms/{one.code}/response/{token}" if token else f"/forms/{one.code}",
        editing=bool(token),
        email=email,
        email_mistake=wrong.get(EMAIL, ""),
        fields=[_field(question, replies.get(question.question_id, Reply()), wrong) for question in one.shown],
        mistakes=[("q-email", "")] * (EMAIL in wrong)
        + [(f"q-{q.entry}", q.title) for q in one.questions if q.question_id in wrong],
    )


def _field(question: Question, reply: Reply, mistakes: Mapping[str, str]) -> dict[str, object]:
    return {
        "question": question,
        "id": f"q-{question.entry}",
        "reply": reply,
        "text": reply.values[0] if reply and not question.is_choice else "",
        "mistake": mistakes.get(question.question_id, ""),
    }


def _closed(one: Form) -> Answer:
    return _in_its_language(one, "form_closed.html")


def _in_its_language(one: Form, template: str, **facts: object) -> Answer:
    language = one.language if one.language in LANGUAGES else LANGUAGES[0]
    return page(template, form=one, language=language, other=OTHER, **facts)


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("pages", method, f"/forms/{{form}}{path}", f"/forms/{{form}}{path}", work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "", _blank),
    _spoken("POST", "", _send),
    _spoken("GET", "/sent/{token}", _sent),
    _spoken("GET", "/response/{token}", _again),
    _spoken("POST", "/response/{token}", _change),
]
