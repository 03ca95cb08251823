"""``forms.batchUpdate``: all requests or none; the response sheet follows."""

from collections.abc import Callable

from tasks.sandbox.failures import GoogleError, invalid, not_modelled
from tasks.sandbox.forms.calls import google_form
from tasks.sandbox.forms.documents import Form, form
from tasks.sandbox.forms.editing import changing
from tasks.sandbox.forms.items import create_item, delete_item, fields_of, move_item, update_item
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, masked

INFO = {"title", "description"}
EMAIL_TYPES = {"DO_NOT_COLLECT", "VERIFIED", "RESPONDER_INPUT"}


def batch_update(call: Call) -> Answer:
    """``forms.batchUpdate``."""
    body, world, name = call.json(), call.world, call.parts["form"]
    _check_revision(body.get("writeControl") or {}, form(world.store, name))
    requests = body.get("requests")
    if not isinstance(requests, list) or not requests:
        raise invalid("Must specify at least one request.")
    with changing(world, name) as one:
        replies = [_perform(one, number, request) for number, request in enumerate(requests)]
    done: Json = {"replies": replies, "writeControl": {"requiredRevisionId": f"{one.revision:08x}"}}
    if body.get("includeFormInResponse"):
        done["form"] = google_form(one, call.base_url)
    return masked(call, done)


def _check_revision(control: Json, one: Form) -> None:
    required, target = control.get("requiredRevisionId"), control.get("targetRevisionId")
    if target:
        raise not_modelled("writeControl.targetRevisionId; use requiredRevisionId")
    if required and required != f"{one.revision:08x}":
        raise invalid("The required revision ID is not the latest revision of the form.")


def _perform(one: Form, number: int, request: object) -> Json:
    given = {kind: wanted for kind, wanted in _object(request).items() if wanted is not None}
    if len(given) != 1 or not given.keys() <= REQUESTS.keys():
        raise invalid(f"Invalid requests[{number}]: one of {', '.join(REQUESTS)} is needed.")
    [(kind, wanted)] = given.items()
    try:
        return REQUESTS[kind](one, _object(wanted))
    except GoogleError as error:
        raise GoogleError(error.code, f"Invalid requests[{number}].{kind}: {error.message}") from None
    except (AttributeError, KeyError, TypeError) as error:
        raise invalid(f"Invalid requests[{number}].{kind}: {error!r} is missing or of another type.") from None


def _update_info(one: Form, wanted: Json) -> Json:
    fields = fields_of(wanted, INFO)
    info = {**one.google["info"], **{name: (wanted.get("info") or {}).get(name) or "" for name in fields}}
    one.google["info"] = {name: text for name, text in info.items() if text}
    return {}


def _update_settings(one: Form, wanted: Json) -> Json:
    given = wanted.get("settings") or {}
    if (given.get("quizSettings") or {}).get("isQuiz"):
        raise not_modelled("a quiz")
    if "emailCollectionType" in fields_of(wanted, {"emailCollectionType", "quizSettings", "quizSettings.isQuiz"}):
        if given.get("emailCollectionType") not in EMAIL_TYPES:
            raise invalid(f"emailCollectionType must be one of {', '.join(sorted(EMAIL_TYPES))}.")
        one.google["settings"] = {"emailCollectionType": given["emailCollectionType"]}
    return {}


def _object(given: object) -> Json:
    return given if isinstance(given, dict) else {}


REQUESTS: dict[str, Callable[[Form, Json], Json]] = {
    "updateFormInfo": _update_info,
    "updateSettings": _update_settings,
    "createItem": create_item,
    "moveItem": move_item,
    "deleteItem": delete_item,
    "updateItem": update_item,
}
