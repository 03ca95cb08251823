"""Google Forms through its API: what a form asks, and every response, each with an identity of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

from googleapiclient.discovery import Resource

from tasks.adapters.google_session import GoogleSession, ask, google_service
from tasks.domain.faults import Unclear
from tasks.domain.form_answers import Asked, GoogleForm, Submitted

MOST = 5000
NO_ADDRESSES = {"", "EMAIL_COLLECTION_TYPE_UNSPECIFIED", "DO_NOT_COLLECT"}


class Forms:
    """Reads by form id, and changes nothing."""

    def __init__(self, session: GoogleSession) -> None:
        self._session = session

    @cached_property
    def _forms(self) -> Resource:
        return google_service(self._session, "forms", "v1").forms()

    def responses(self, name: str, form_id: str) -> tuple[Submitted, ...]:
        """All responses, or none: a request for each 5,000. Raises Fault."""
        what = f"reading {name}"
        found = list(self._responses(form_id, what))
        with _readable(what):
            return tuple(map(_submitted, found))

    def form(self, name: str, form_id: str) -> GoogleForm:
        """What the form asks. Raises Fault."""
        what = f"reading the questions of {name}"
        form = ask(self._forms.get(formId=form_id), what)
        with _readable(what):
            return GoogleForm(
                questions=tuple(asked for item in form.get("items", []) for asked in _asked(item)),
                collects_addresses=form.get("settings", {}).get("emailCollectionType", "") not in NO_ADDRESSES,
            )

    def _responses(self, form_id: str, what: str) -> Iterator[dict[str, Any]]:
        page = ""
        while True:
            asked = {"pageToken": page} if page else {}
            answer = ask(self._forms.responses().list(formId=form_id, pageSize=MOST, **asked), what)
            yield from answer.get("responses", [])
            page = answer.get("nextPageToken", "")
            if not page:
                return


@contextmanager
def _readable(what: str) -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError):
        raise Unclear(f"{what}: an answer that cannot be read") from None


def _asked(item: Mapping[str, Any]) -> Iterator[Asked]:
    title = item.get("title", "")
    if "questionItem" in item:
        question = item["questionItem"]["question"]
        options = question.get("choiceQuestion", {}).get("options", [])
        words = tuple(option["value"] for option in options if "value" in option)
        yield Asked(question["questionId"], title, words, any(option.get("isOther") for option in options))
    for question in item.get("questionGroupItem", {}).get("questions", []):
        row = question.get("rowQuestion", {}).get("title", "")
        yield Asked(question["questionId"], f"{title} [{row}]")


def _submitted(response: Mapping[str, Any]) -> Submitted:
    answers = response.get("answers", {}).items()
    return Submitted(
        response_id=response["responseId"],
        created=datetime.fromisoformat(response["createTime"]),
        submitted=datetime.fromisoformat(response["lastSubmittedTime"]),
        address=response.get("respondentEmail", ""),
        answers={question: tuple(_texts(answer)) for question, answer in answers},
    )


def _texts(answer: Mapping[str, Any]) -> Iterator[str]:
    for text in answer.get("textAnswers", {}).get("answers", []):
        yield text.get("value", "")
    for upload in answer.get("fileUploadAnswers", {}).get("answers", []):
        yield upload.get("fileName", "")
