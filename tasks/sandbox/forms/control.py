"""The control path of the forms: answer, edit, rename and ask in one request, as members and staff do on the pages."""

from tasks.sandbox.failures import invalid
from tasks.sandbox.forms.calls import google_response
from tasks.sandbox.forms.documents import Form, Response, form, forms, response, responses
from tasks.sandbox.forms.editing import accept, add_question, rename_question
from tasks.sandbox.forms.responding import edit, question_of, respond
from tasks.sandbox.forms.watches import NOTIFICATION
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, answer, operation

SHAPES = {"title": str, "kind": str, "options": list, "required": bool, "other": bool}


def _list(call: Call) -> Answer:
    return answer([_told(one) for one in forms(call.world.store)])


def _accepting(call: Call) -> Answer:
    wanted = call.json().get("accepting")
    if not isinstance(wanted, bool):
        raise invalid('Say {"accepting": true} or {"accepting": false}.')
    return answer(_told(accept(call.world, call.parts["form"], accepting=wanted)))


def _responses(call: Call) -> Answer:
    one = form(call.world.store, call.parts["form"])
    if call.method == "GET":
        return answer([_sent(one, sent) for sent in responses(call.world.store, one.form_id)])
    body = call.json()
    return answer(_sent(one, respond(call.world, one.code, _answers(body), str(body.get("email", "")))))


def _response(call: Call) -> Answer:
    one, wanted = form(call.world.store, call.parts["form"]), call.parts["response"]
    if call.method == "GET":
        return answer(_sent(one, response(call.world.store, one.form_id, wanted)))
    body = call.json()
    return answer(_sent(one, edit(call.world, one.code, wanted, _answers(body), body.get("email"))))


def _questions(call: Call) -> Answer:
    body = call.json()
    if set(body) - SHAPES.keys() or not all(isinstance(value, SHAPES[name]) for name, value in body.items()):
        raise invalid("Say title, kind, options (a list), required and other (true or false).")
    parts = {"title": "", **body, "options": [str(option) for option in body.get("options", [])]}
    added = add_question(call.world, call.parts["form"], **parts)
    return answer({"questionId": added.question_id, "entry": added.entry})


def _question(call: Call) -> Answer:
    one, body = form(call.world.store, call.parts["form"]), call.json()
    title, header = body.get("title"), body.get("header")
    if not isinstance(title, str) or not title.strip() or not isinstance(header, bool | None):
        raise invalid('Say {"title": "…", "header": true or false}.')
    question = question_of(one, call.parts["question"])
    rename_question(call.world, one.code, question.question_id, title, header_too=header)
    return answer(_told(form(call.world.store, one.code)))


def _notifications(call: Call) -> Answer:
    return answer(call.world.store.all(NOTIFICATION))


def _answers(body: Json) -> Json:
    answers = body.get("answers", {})
    if not isinstance(answers, dict) or set(body) - {"answers", "email"}:
        raise invalid('Say {"answers": {"question": "text" or ["option", …]}, "email": "…"}.')
    return answers


def _told(one: Form) -> Json:
    asked = [
        {"title": q.title, "questionId": q.question_id, "entry": q.entry, "kind": q.kind, "required": q.required}
        for q in one.questions
    ]
    return {
        "code": one.code,
        "formId": one.form_id,
        "title": one.title,
        "accepting": one.accepts,
        "page": f"/forms/{one.code}",
        "spreadsheet": one.google.get("linkedSheetId", ""),
        "questions": asked,
    }


def _sent(one: Form, sent: Response) -> Json:
    return {**google_response(one, sent), "editPage": f"/forms/{one.code}/response/{sent.token}"}


def _spoken(methods: str, name: str, work: Work) -> list[Operation]:
    return [operation("control", method, f"/control/{name}", name, work) for method in methods.split()]


OPERATIONS: list[Operation] = [
    *_spoken("GET", "forms", _list),
    *_spoken("GET", "forms/notifications", _notifications),
    *_spoken("POST", "forms/{form}", _accepting),
    *_spoken("GET POST", "forms/{form}/responses", _responses),
    *_spoken("GET PUT", "forms/{form}/responses/{response}", _response),
    *_spoken("POST", "forms/{form}/questions", _questions),
    *_spoken("PUT", "forms/{form}/questions/{question_}", _question),
]
