"""Answers to the questions of a form: as typed on the page, as named on the control path, as shown in a cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Self

from tasks.sandbox.forms.questions import Question
from tasks.sandbox.shapes import Json

OTHER = "__other_option__"
"""What Google's pages and prefilled links send for a ticked "Other"."""

OTHER_TEXT = ".other_option_response"
SEPARATOR = ", "
LONGEST = 50_000
"""Characters of a cell."""

ADDRESS = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to one question. ``values`` holds OTHER where the free answer ``other`` counts."""

    values: tuple[str, ...] = ()
    other: str = ""

    def __bool__(self) -> bool:
        return bool(self.values)

    @property
    def texts(self) -> list[str]:
        """The answers one by one, the free one as it was typed."""
        return [self.other if value == OTHER else value for value in self.values]

    def dump(self) -> Json:
        """For the store."""
        return {"values": list(self.values), "other": self.other}

    @classmethod
    def load(cls, body: Json) -> Self:
        """The opposite of ``dump``."""
        return cls(tuple(body["values"]), body["other"])


def filled_in(question: Question, fields: Mapping[str, Sequence[str]]) -> Reply:
    """What a page or a prefilled link says for a question, kept even where it is wrong."""
    given = [text for text in fields.get(question.name, []) if text.strip()]
    if not question.is_choice:
        text = given[-1] if given else ""
        return reply_of(" ".join(text.splitlines()) if question.kind == "short" else text)
    other = "".join(fields.get(question.name + OTHER_TEXT, [""])[-1:]).strip() if question.other else ""
    if other and OTHER not in given and (question.kind == "checkbox" or not given):
        given.append(OTHER)
    return Reply(_in_order(question, given), other)


def named(question: Question, value: object) -> Reply:
    """The answer in the words of a test or a rehearsal: one text or several; what is no option is the free answer."""
    given = value if isinstance(value, list) else [value]
    texts = [str(one) for one in given if one is not None and one != ""]
    if not question.is_choice:
        return reply_of("".join(texts))
    return _chosen(question, texts)


def in_cell(question: Question, text: str) -> Reply:
    """What a cell of a response sheet says; ticked options are joined by commas and may hold commas themselves."""
    if not question.is_choice:
        return reply_of(text)
    return _chosen(question, _pieces(question, text) if question.kind == "checkbox" else [text] * bool(text))


def reply_of(text: str) -> Reply:
    """An answer in one's own words."""
    return Reply((text,) if text.strip() else ())


def cell_text(question: Question, reply: Reply, *, with_word: bool) -> str:
    """What Forms writes into the cell; ``with_word`` puts ``Other:`` before a free answer."""
    word = f"{question.other}: " if with_word and question.other else ""
    return SEPARATOR.join(word + reply.other if value == OTHER else value for value in reply.values)


def mistake(question: Question, reply: Reply) -> str:
    """The phrase that says what is wrong, ``""`` when nothing is."""
    if not reply:
        return "forms.required" if question.required else ""
    if max(map(len, reply.texts)) > LONGEST:
        return "forms.too_long"
    if question.is_choice:
        return _wrong_choice(question, reply)
    if question.kind in {"date", "time"} and not _is_iso(question.kind, reply.values[0]):
        return f"forms.no_{question.kind}"
    return ""


def email_mistake(email: str) -> str:
    """The same for the address that a form collects."""
    if not email:
        return "forms.required"
    return "" if ADDRESS.fullmatch(email) and len(email) <= LONGEST else "forms.no_email"


def _wrong_choice(question: Question, reply: Reply) -> str:
    if OTHER in reply.values and not reply.other:
        return "forms.other_empty"
    known = {*question.options, *([OTHER] if question.other else [])}
    if not known.issuperset(reply.values) or (len(reply.values) > 1 and question.kind != "checkbox"):
        return "forms.no_option"
    return ""


def _is_iso(kind: str, text: str) -> bool:
    try:
        (date if kind == "date" else time).fromisoformat(text)
    except ValueError:
        return False
    return True


def _chosen(question: Question, texts: Sequence[str]) -> Reply:
    free = [text.removeprefix(f"{question.other}: ") for text in texts if text not in question.options]
    chosen = [text for text in texts if text in question.options] + [OTHER] * bool(free)
    return Reply(_in_order(question, chosen), SEPARATOR.join(free))


def _in_order(question: Question, given: Sequence[str]) -> tuple[str, ...]:
    order = {option: number for number, option in enumerate((*question.options, OTHER))}
    return tuple(sorted(dict.fromkeys(given), key=lambda value: order.get(value, len(order))))


def _pieces(question: Question, text: str) -> list[str]:
    found: list[str] = []
    stranger = False
    while text:
        fitting = [option for option in question.options if text == option or text.startswith(option + SEPARATOR)]
        piece = max(fitting, key=len) if fitting else text.partition(SEPARATOR)[0]
        text = text[len(piece) :].removeprefix(SEPARATOR)
        if not fitting and stranger:
            found[-1] += SEPARATOR + piece
        else:
            found.append(piece)
        stranger = not fitting
    return found
