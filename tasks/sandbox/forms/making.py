"""The programme's forms, one a language: made once, when the response sheets stand, with the answers in them."""

import secrets
import tomllib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from config.sandbox import form_id, spreadsheet_id
from tasks.domain.programme import Language, Programme
from tasks.domain.serials import moment_of
from tasks.sandbox.clock import rfc3339
from tasks.sandbox.forms.answers import in_cell
from tasks.sandbox.forms.documents import Form, Response, keep_form, keep_response
from tasks.sandbox.forms.editing import published
from tasks.sandbox.forms.filing import file_form
from tasks.sandbox.forms.linking import new_link
from tasks.sandbox.forms.questions import question_body
from tasks.sandbox.forms.responding import new_response_id, question_id
from tasks.sandbox.forms.response_sheet import EMAIL, STAMP
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.world import World

TITLES = tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))
KINDS = {"short": "short", "paragraph": "paragraph", "choice": "radio", "checkboxes": "checkbox"}
"""The programme's word for a kind of question and ours; time stamp and address are no questions of the form."""


def make_forms(world: World) -> None:
    """A form for each language, linked to its response sheet; every row with a time stamp there is a response."""
    for code, place in world.programme.forms.items():
        one = new_form(world.programme, world.languages[code])
        book = world.books.get(spreadsheet_id(place.spreadsheet))
        tab = book.titled(place.tab)
        if tab is not None:
            one.google["linkedSheetId"] = book.book_id
            one.sheet = new_link(book, tab, _headers(one, world.languages[code]))
            for answered in _responses(one, book, tab):
                keep_response(world.store, one.form_id, answered)
        keep_form(world.store, one)
        file_form(world, one)


def new_form(programme: Programme, language: Language) -> Form:
    """The form as the programme and the language word it."""
    words = TITLES.get(language.code, {"title": "{name}", "description": ""})
    info = {"title": words["title"].format(name=programme.name), "description": words["description"]}
    fields = [field for field, question in programme.questions.items() if question.kind in KINDS]
    google: Json = {
        "formId": form_id(language.code),
        "info": {**info, "documentTitle": f"{programme.name} ({language.name})"},
        "settings": {"emailCollectionType": "RESPONDER_INPUT"},
        "items": [_item(programme, language, field) for field in fields],
        "publishSettings": published(accepting=True),
    }
    other_words = {question_id(google["formId"], field): word for field, word in language.other.items()}
    standard = next(iter(language.other.values()), "Other")
    return Form(google, language.code, language.code, other_words={"": standard, **other_words})


def _item(programme: Programme, language: Language, field: str) -> Json:
    asked, name = programme.questions[field], form_id(language.code)
    wording = language.options.get(field, {})
    options = [wording[option] for option in asked.options]
    body = question_body(KINDS[asked.kind], options, required=asked.required, other=asked.other)
    question = {"questionId": question_id(name, field), **body}
    return {
        "itemId": question_id(name, f"item {field}"),
        "title": language.questions[field],
        "questionItem": {"question": question},
    }


def _headers(one: Form, language: Language) -> dict[str, str]:
    special = {STAMP: language.questions["timestamp"], EMAIL: language.questions["email"]}
    return special | {question.question_id: question.title for question in one.questions}


def _responses(one: Form, book: Book, tab: Tab) -> Iterable[Response]:
    if one.sheet is None:
        return
    columns, zone = one.sheet["columns"], str(book.properties["timeZone"])
    for row in range(1, tab.rows_with_data()):
        stamp = tab.cell(row, columns[STAMP]).value
        if moment := moment_of(stamp or "", zone):
            texts = {key: shown(tab.cell(row, at), book.locale) for key, at in columns.items()}
            yield _response(one, texts, moment, float(stamp or 0))


def _response(one: Form, texts: dict[str, str], moment: datetime, stamp: float) -> Response:
    replies = {q.question_id: in_cell(q, texts[q.question_id]) for q in one.questions}
    answered = {key: reply for key, reply in replies.items() if reply}
    sent = rfc3339(moment)
    return Response(new_response_id(), sent, sent, texts[EMAIL], answered, secrets.token_urlsafe(24), stamp)
