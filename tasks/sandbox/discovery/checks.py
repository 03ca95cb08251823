"""Holds every exchange against discovery: always as Google itself does, in strict mode to the letter.

Always: no API takes values of a wrong type; Sheets, Gmail, Forms and Meet refuse parameters and fields that they do not
know as well.
(Google also reads ``"5"`` as a number, ordinals of enums and ``snake_case`` names; here they are refused, aloud.)
Strict: every API does, parameters must have a declared value, and an answer of the sandbox that does not fit the
document becomes a 500 that says where. Every breach of strict mode is kept in ``violations``.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from urllib.parse import unquote

from jsonschema_rs import Draft202012Validator

from tasks.sandbox.discovery.conversion import definitions
from tasks.sandbox.discovery.documents import FILES, Document, Method, documents
from tasks.sandbox.discovery.findings import bad_request, body_violations, json_path, missing, unbound, unreadable
from tasks.sandbox.discovery.tolerances import REFUSING, takes, without_tolerated
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call

SHOWN = 20
WRONG_TYPE = "type"
OTHER_BODIES = ("multipart/", "message/", "application/x-www-form-urlencoded")
VALUES = {
    "boolean": re.compile("true|false|1|0", re.IGNORECASE),
    "integer": re.compile(r"-?\d+"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
}


def check_request(call: Call, method: Method | None) -> None:
    """400 in Google's words, naming every breach at once."""
    contract = call.world.contract
    if method is None:
        return
    if contract.strict or method.api in REFUSING:
        found = [*_wrong_query(call, method), *_wrong_body(call, method)]
    else:
        found = _wrong_body(call, method, only=WRONG_TYPE)
    if found and contract.strict:
        contract.note("request", call.method, f"{method.api}.{method.id}", [one["description"] for one in found])
    if found:
        raise bad_request(method.api, found)


def check_answer(call: Call, api: str, method: Method | None, result: Answer) -> Answer:
    """The answer; in strict mode 500 for one that Google could not have given."""
    contract = call.world.contract
    if not contract.strict or api not in FILES:
        return result
    problems = list(_wrong_answer(call, method, result)) if method else _undocumented(call)
    if problems:
        contract.note("answer", call.method, f"{api}.{method.id if method else 'unknown'}", problems)
        raise GoogleError(500, f"The sandbox answered what {api} cannot: {'; '.join(problems)}")
    return result


def _wrong_query(call: Call, method: Method) -> Iterator[Json]:
    declared = {**_document(method).everywhere, **method.query}
    unknown = [name for name in call.query if name not in declared and not takes(method, name)]
    yield from (unbound(name) for name in unknown)
    if not call.world.contract.strict:
        return
    for name, schema in declared.items():
        yield from (unreadable(method, name, schema, one) for one in call.many(name) if not _fits(schema, one))
        if schema.get("required") and name not in call.query:
            yield missing(name)


@cache
def validator(document: Document, schema: str, *, sent: bool) -> Draft202012Validator:
    """The check of one schema, made when it is first needed (some milliseconds)."""
    return Draft202012Validator({**_definitions(document, sent=sent), "$ref": f"#/$defs/{schema}"})


@cache
def _definitions(document: Document, *, sent: bool) -> Json:
    return definitions(document.schemas, sent=sent)


def _document(method: Method) -> Document:
    return next(one for one in documents(method.api) if one.name == method.document)


def _wrong_body(call: Call, method: Method, *, only: str = "") -> list[Json]:
    if not method.request or not call.body.strip() or call.headers.get("content-type", "").startswith(OTHER_BODIES):
        return []
    try:
        body = call.json()
    except GoogleError:
        return []  # the operation says so itself
    document, body = _document(method), without_tolerated(method, body)
    check = validator(document, method.request, sent=True)
    if check.is_valid(body):
        return []
    errors = [error for error in check.iter_errors(body) if only in {"", error.kind.name}]
    return body_violations(method, document.schemas, errors)


def _wrong_answer(call: Call, method: Method, result: Answer) -> Iterator[str]:
    is_json = result.body and result.content_type.startswith("application/json") and call.one("alt") != "media"
    if not is_json or result.status >= HTTPStatus.MULTIPLE_CHOICES:
        return
    body = json.loads(result.body)
    if method.response:
        errors = validator(_document(method), method.response, sent=False).iter_errors(body)
        yield from (json_path(error) for error, _ in zip(errors, range(SHOWN), strict=False))
    elif body != {}:
        yield f"$: {method.id} answers nothing"


def _undocumented(call: Call) -> list[str]:
    """Only the later requests of an upload are outside the documents."""
    return [] if call.path.startswith("/upload/") else [f"no document knows {call.method} {unquote(call.path)}"]


def _fits(schema: Json, value: str) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    pattern = VALUES.get(schema["type"])
    return pattern is None or pattern.fullmatch(value) is not None
