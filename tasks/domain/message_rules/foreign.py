"""Stretches of fixed text by which one can tell that a letter slipped into another language."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

BETWEEN = re.compile(r"\{\{[^}]*\}\}|\{[a-z_]+\}|[*#\[\]()\\]|^- |\n\s*\n|(?<=[.!?:])\s", re.MULTILINE)
SHORTEST = 12

By = Mapping[tuple[str, str], tuple[str, ...]]


def foreign_words(texts: Mapping[tuple[str, str], Iterable[str]]) -> By:
    """By kind and language, what stands in another language's texts of that kind and not in its own."""
    words = {key: frozenset(part for text in found for part in stretches(text)) for key, found in texts.items()}
    foreign = {}
    for (kind, code), own in words.items():
        others = [found for (one, other), found in words.items() if one == kind and other != code]
        foreign[kind, code] = tuple(sorted(frozenset().union(*others) - own))
    return foreign


@lru_cache(maxsize=1024)
def stretches(text: str) -> tuple[str, ...]:
    """The sentences of a letter as they are read, without markup, placeholders, and what is short in any language."""
    parts = (" ".join(part.split()) for part in BETWEEN.split(text))
    return tuple(part for part in parts if len(part) >= SHORTEST)
