"""Forms and responses as they are kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tasks.sandbox.failures import not_found
from tasks.sandbox.forms.answers import Reply
from tasks.sandbox.forms.questions import Question, questions, shown
from tasks.sandbox.shapes import Json
from tasks.sandbox.store import Store

FORM, LINK = "form", "form-edit-link"


@dataclass(eq=False)
class Form:
    """``google`` is the API's ``Form`` but for what each answer adds. ``code`` is the name in the page's address.

    ``sheet`` is the linked tab and where each answer goes there (see ``response_sheet``); ``other_words`` the word
    before a free answer by question id, under ``""`` the one for all others.
    """

    google: Json
    code: str
    language: str
    revision: int = 1
    other_words: Json = field(default_factory=dict)
    sheet: Json | None = None
    trashed: bool = False

    @property
    def form_id(self) -> str:
        """The id in the API."""
        return str(self.google["formId"])

    @property
    def title(self) -> str:
        """What stands above the questions."""
        info = self.google["info"]
        return str(info.get("title") or info.get("documentTitle", ""))

    @property
    def accepts(self) -> bool:
        """Whether a person can answer now."""
        state = self.google["publishSettings"]["publishState"]
        return bool(state.get("isAcceptingResponses")) and not self.trashed

    @property
    def email_asked(self) -> bool:
        """Whether the form collects addresses."""
        return self.google.get("settings", {}).get("emailCollectionType") in {"RESPONDER_INPUT", "VERIFIED"}

    @property
    def shown(self) -> list[Question]:
        """Questions and headings, in order."""
        return shown(self.google["items"], self.other_words)

    @property
    def questions(self) -> list[Question]:
        """What is asked, in order."""
        return questions(self.google["items"], self.other_words)


@dataclass(eq=False)
class Response:
    """What one person sent. ``replies`` by question id; ``stamp`` is the serial number in the response sheet.

    Times are RFC 3339; ``token`` opens the page on which the response is edited.
    """

    response_id: str
    created: str
    submitted: str
    email: str
    replies: dict[str, Reply]
    token: str
    stamp: float | None = None


def forms(store: Store) -> list[Form]:
    """Every form, in the order in which they were made."""
    return [Form(**body) for body in store.all(FORM)]


def form(store: Store, name: str) -> Form:
    """A form by its id or code; 404."""
    body = store.get(FORM, name)
    if body is not None:
        return Form(**body)
    found = next((one for one in forms(store) if one.code == name), None)
    if found is None:
        raise not_found()
    return found


def keep_form(store: Store, one: Form) -> None:
    """Store a form."""
    store.put(FORM, one.form_id, vars(one))


def filed(store: Store, form_id: str, name: str, *, trashed: bool) -> None:
    """What Drive says of a form: its document's title, and whether it lies in the trash."""
    one = form(store, form_id)
    one.google["info"]["documentTitle"] = name
    one.trashed = trashed
    keep_form(store, one)


def remove_form(store: Store, form_id: str) -> None:
    """Delete a form for good, with its responses."""
    for one in list(responses(store, form_id)):
        store.remove(LINK, one.token)
        store.remove(_kind(form_id), one.response_id)
    store.remove(FORM, form_id)


def responses(store: Store, form_id: str) -> Iterator[Response]:
    """The responses to a form in the order in which they first arrived."""
    return map(_response, store.all(_kind(form_id)))


def response(store: Store, form_id: str, response_id: str) -> Response:
    """One response; 404."""
    body = store.get(_kind(form_id), response_id)
    if body is None:
        raise not_found()
    return _response(body)


def response_by_token(store: Store, form_id: str, token: str) -> Response:
    """The response to this form that the link edits; 404."""
    link = store.get(LINK, token)
    if link is None:
        raise not_found()
    return response(store, form_id, link["response"])


def keep_response(store: Store, form_id: str, one: Response) -> None:
    """Store a response and its link."""
    replies = {key: reply.dump() for key, reply in one.replies.items()}
    store.put(_kind(form_id), one.response_id, {**vars(one), "replies": replies})
    store.put(LINK, one.token, {"response": one.response_id})


def _kind(form_id: str) -> str:
    return f"form-response:{form_id}"


def _response(body: Mapping[str, object]) -> Response:
    found: Json = dict(body)
    found["replies"] = {key: Reply.load(reply) for key, reply in found["replies"].items()}
    return Response(**found)
