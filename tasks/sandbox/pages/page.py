"""What a page's work answers: a template and its facts, or another page to look at."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs

from tasks.sandbox.pages.words import chosen_language
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call


@dataclass(frozen=True)
class Page(Answer):
    """An answer that a template has still to be filled in for."""

    template: str = ""
    facts: Json = field(default_factory=dict)


class PageError(Exception):
    """What a person asked of a page cannot be done; ``key`` and ``facts`` are the phrase that says why."""

    def __init__(self, key: str, status: int = 400, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.facts = facts


def page(template: str, **facts: object) -> Page:
    """A page by its template and what it shows; ``say``, ``language`` and ``path`` are there in every template."""
    return Page(template=template, facts=facts)


def page_language(call: Call) -> str:
    """The reader's language, unless the page's facts name another."""
    return chosen_language(call.headers.get("cookie", ""), call.headers.get("accept-language", ""))


def to(path: str) -> Answer:
    """After a form: look at this page."""
    return Answer(status=303, headers={"location": path})


def form(call: Call) -> dict[str, str]:
    """What was filled in, with plain line ends; of a repeated field the last."""
    return {name: values[-1] for name, values in form_lists(call).items()}


def form_lists(call: Call) -> dict[str, list[str]]:
    """What was filled in, every value of a repeated field (ticks)."""
    given = parse_qs(call.body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: [value.replace("\r\n", "\n") for value in values] for name, values in given.items()}
