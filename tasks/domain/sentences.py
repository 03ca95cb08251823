"""What is said to staff, before it is put into their language: names of phrases, and what they are filled in with."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language, by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of any year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Choices, told as ``a, b or c``; a plain tuple is told as ``a, b and c``."""

    options: tuple["str | Phrase", ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """``name`` stands under ``[attention]`` in the staff's file of phrases; several values are told as a list."""

    name: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


Value: TypeAlias = str | int | Tongue | Day | AnyOf | Phrase | tuple["Value", ...]
Sentences: TypeAlias = tuple[Phrase | str, ...]
"""One after the other; a text is said as it is."""


def say(name: str, /, **values: Value) -> Phrase:
    """A phrase with what fills its places."""
    return Phrase(name, values)


def quotes(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Each text in quotation marks."""
    return tuple(say("quote", text=text) for text in texts)


def to_json(said: Sentences) -> str:
    """As the ledger keeps it, in no language."""
    return json.dumps([_kept(one) for one in said])


def from_json(text: str) -> Sentences:
    """As ``to_json`` wrote it."""
    return tuple(map(_read, json.loads(text)))


def _kept(value: Value) -> Any:  # noqa: ANN401 (what JSON can hold)
    match value:
        case Phrase(name, values):
            return {"say": name, "with": {place: _kept(one) for place, one in values.items()}}
        case Tongue(code):
            return {"language": code}
        case Day(month, day):
            return {"day": [month, day]}
        case AnyOf(options):
            return {"any": [_kept(one) for one in options]}
        case tuple():
            return [_kept(one) for one in value]
        case _:
            return value


def _read(kept: Any) -> Any:  # noqa: ANN401 (what JSON can hold)
    match kept:
        case {"say": name, "with": values}:
            return Phrase(name, {place: _read(one) for place, one in values.items()})
        case {"language": code}:
            return Tongue(code)
        case {"day": [month, day]}:
            return Day(month, day)
        case {"any": options}:
            return AnyOf(tuple(map(_read, options)))
        case list():
            return tuple(map(_read, kept))
        case _:
            return kept
