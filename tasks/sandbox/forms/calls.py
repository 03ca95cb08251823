"""The methods of the Forms API on forms and responses."""

import re

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.failures import invalid
from tasks.sandbox.forms.documents import Form, Response, form, keep_form, response, responses
from tasks.sandbox.forms.editing import published
from tasks.sandbox.forms.filing import file_form
from tasks.sandbox.paging import listed
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import new_number
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Answer, Call, masked

MOST = 5000
FILTER = re.compile(r"\s*timestamp\s*(>=?)\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)\s*")


def google_form(one: Form, base_url: str) -> Json:
    """``Form``; people answer on the sandbox's own page."""
    address = {"revisionId": f"{one.revision:08x}", "responderUri": f"{base_url}/forms/{one.code}"}
    return {name: value for name, value in {**one.google, **address}.items() if value != []}


def google_response(one: Form, sent: Response) -> Json:
    """``FormResponse`` without its form's id."""
    answers = {
        key: {"questionId": key, "textAnswers": {"answers": [{"value": text} for text in reply.texts]}}
        for key, reply in sent.replies.items()
        if reply
    }
    body = {"responseId": sent.response_id, "createTime": sent.created, "lastSubmittedTime": sent.submitted}
    if sent.email and one.email_asked:
        body["respondentEmail"] = sent.email
    return {**body, **({"answers": answers} if answers else {})}


def get(call: Call) -> Answer:
    """``forms.get``."""
    return masked(call, google_form(form(call.world.store, call.parts["form"]), call.base_url))


def create(call: Call) -> Answer:
    """``forms.create``: only the title and the document's title may be given."""
    body, store = call.json(), call.world.store
    info = {name: text for name, text in (body.get("info") or {}).items() if text is not None}
    if set(body) - {"info"} or set(info) - {"title", "documentTitle"}:
        raise invalid("Only info.title and info.documentTitle can be set when creating a form; use batchUpdate after.")
    if not info.get("title"):
        raise invalid("A form needs an info.title.")
    number = new_number(f"form {store.next_number('form')}", set())
    name = f"sandbox-form-{number:08x}"
    visible = not call.flag("unpublished")
    google = {
        "formId": name,
        "info": {"documentTitle": info["title"], **info},
        "settings": {"emailCollectionType": "DO_NOT_COLLECT"},
        "items": [],
        "publishSettings": published(accepting=visible, visible=visible),
    }
    one = Form(google, name, "en")
    keep_form(store, one)
    file_form(call.world, one, call.caller.address if call.caller else "")
    return masked(call, google_form(one, call.base_url))


def set_publish_settings(call: Call) -> Answer:
    """``forms.setPublishSettings``; a form that is not published takes no answers."""
    one, body = form(call.world.store, call.parts["form"]), call.json()
    if body.get("updateMask", "*") not in {"*", "publishState", "publish_state"}:
        raise invalid(f"Invalid update mask: {body['updateMask']}")
    state = (body.get("publishSettings") or {}).get("publishState") or {}
    visible, accepting = bool(state.get("isPublished")), bool(state.get("isAcceptingResponses"))
    if accepting and not visible:
        raise invalid("A form that is not published cannot accept responses.")
    one.google["publishSettings"] = published(accepting=accepting, visible=visible)
    keep_form(call.world.store, one)
    return masked(call, {"formId": one.form_id, "publishSettings": one.google["publishSettings"]})


def get_response(call: Call) -> Answer:
    """``forms.responses.get``."""
    one = form(call.world.store, call.parts["form"])
    sent = response(call.world.store, one.form_id, call.parts["response"])
    return masked(call, {"formId": one.form_id, **google_response(one, sent)})


def list_responses(call: Call) -> Answer:
    """``forms.responses.list``: pages in the order of arrival, filtered by time."""
    one = form(call.world.store, call.parts["form"])
    size = call.number("pageSize", 0) or MOST
    if size < 0:
        raise invalid("Invalid value at 'page_size': must not be negative.")
    found = [google_response(one, sent) for sent in responses(call.world.store, one.form_id) if _wanted(call, sent)]
    return masked(call, listed(call, "responses", found, min(size, MOST), invalid("Invalid page token.")))


def _wanted(call: Call, sent: Response) -> bool:
    text = call.one("filter")
    if not text.strip():
        return True
    parts = FILTER.fullmatch(text)
    if parts is None:
        raise invalid(f"Invalid filter: {text}. Only timestamp > N and timestamp >= N with RFC 3339 in Zulu are known.")
    edited = bool(switch(call.world.store, "form_filter_sees_edits"))
    instant, wanted = parse_instant(sent.submitted if edited else sent.created), parse_instant(parts[2])
    return instant >= wanted if parts[1] == ">=" else instant > wanted
