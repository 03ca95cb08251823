"""The items of a form as its page, its answers and its response sheet need them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from tasks.sandbox.failures import not_modelled
from tasks.sandbox.shapes import Json

CHOICES = {"RADIO": "radio", "CHECKBOX": "checkbox", "DROP_DOWN": "drop_down"}
API_CHOICES = {kind: name for name, kind in CHOICES.items()}
KINDS = ("short", "paragraph", *API_CHOICES, "date", "time")
HEADING = "heading"
HEXADECIMAL = re.compile(r"[0-9a-f]{1,8}")


@dataclass(frozen=True, slots=True)
class Question:
    """One item as a person sees it. ``kind`` is one of KINDS, or HEADING for a title without a question.

    ``other`` is the word before a free answer (``Other``), ``""`` where none is offered.
    """

    question_id: str
    title: str
    description: str = ""
    kind: str = "short"
    required: bool = False
    options: tuple[str, ...] = ()
    other: str = ""

    @property
    def entry(self) -> int:
        """The number of the field in prefilled links (``entry.123``): the id read as hexadecimal."""
        known = HEXADECIMAL.fullmatch(self.question_id)
        return int(self.question_id, 16) if known else crc32(self.question_id.encode())

    @property
    def name(self) -> str:
        """The name of the field on the page."""
        return f"entry.{self.entry}"

    @property
    def is_choice(self) -> bool:
        """Answered by options."""
        return self.kind in API_CHOICES


def shown(items: Iterable[Json], other_words: Json) -> list[Question]:
    """Every item of a form, headings too; ``other_words`` maps a question's id to its word for a free answer."""
    return [_seen(item, other_words) for item in items]


def questions(items: Iterable[Json], other_words: Json) -> list[Question]:
    """The items that ask something."""
    return [one for one in shown(items, other_words) if one.kind != HEADING]


def question_body(kind: str, options: Sequence[str] = (), *, required: bool = False, other: bool = False) -> Json:
    """``Question`` of the API, without an id; unset fields are left out as Google does."""
    body: Json = {"required": True} if required else {}
    if kind in API_CHOICES:
        choices: list[Json] = [{"value": option} for option in options]
        choices += [{"isOther": True}] if other else []
        return body | {"choiceQuestion": {"type": API_CHOICES[kind], "options": choices}}
    if kind == "date":
        return body | {"dateQuestion": {"includeYear": True}}
    if kind == "time":
        return body | {"timeQuestion": {}}
    return body | {"textQuestion": {"paragraph": True} if kind == "paragraph" else {}}


def kind_of(question: Json) -> str:
    """One of KINDS; 501 for a question that is not modelled."""
    if "choiceQuestion" in question:
        return CHOICES.get(question["choiceQuestion"].get("type", ""), "radio")
    if "textQuestion" in question:
        return "paragraph" if question["textQuestion"].get("paragraph") else "short"
    if "dateQuestion" in question and _is_plain_date(question["dateQuestion"]):
        return "date"
    if "timeQuestion" in question and not question["timeQuestion"].get("duration"):
        return "time"
    known = {"questionId", "required", "grading"}
    raise not_modelled(f"this kind of question ({', '.join(sorted(set(question) - known)) or 'none'})")


def _is_plain_date(question: Json) -> bool:
    return bool(question.get("includeYear")) and not question.get("includeTime")


def _seen(item: Json, other_words: Json) -> Question:
    title, description = item.get("title", ""), item.get("description", "")
    if "questionItem" not in item:
        return Question("", title, description, HEADING)
    question = item["questionItem"]["question"]
    options = question.get("choiceQuestion", {}).get("options", [])
    offers_other = any(option.get("isOther") for option in options)
    return Question(
        question["questionId"],
        title,
        description,
        kind_of(question),
        bool(question.get("required")),
        tuple(option["value"] for option in options if not option.get("isOther")),
        other_words.get(question["questionId"]) or other_words.get("", "Other") if offers_other else "",
    )
