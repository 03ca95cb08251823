"""The words of the pages in the languages of the staff: one file an area, one table a phrase."""

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("en", "es", "fr")
Say = Callable[..., str]
"""``say("sheet.no_column", column="B")``: the phrase in the reader's language; KeyError for an unknown one."""

Phrases = Mapping[str, Mapping[str, str]]


def load_phrases(folder: Path) -> Phrases:
    """``{"sheet.no_column": {"en": …, "es": …, "fr": …}}`` from ``<area>.toml`` files."""
    return {
        f"{path.stem}.{name}": phrase
        for path in sorted(folder.glob("*.toml"))
        for name, phrase in _area(path.read_text(encoding="utf-8")).items()
    }


@lru_cache(maxsize=64)
def _area(text: str) -> Phrases:
    return tomllib.loads(text)


def speaker(phrases: Phrases, language: str) -> Say:
    """The words of one language; ``{name}`` in a phrase is filled in."""

    def say(key: str, /, **facts: object) -> str:
        return phrases[key][language].format_map(facts)

    return say


def chosen_language(cookies: str, accepted: str) -> str:
    """What the reader chose (cookie ``language``), else the first known language the browser asks for, else English."""
    for part in cookies.split(";"):
        name, _, value = part.strip().partition("=")
        if name == "language" and value in LANGUAGES:
            return value
    asked = (part.partition(";")[0].strip()[:2].lower() for part in accepted.split(","))
    return next((code for code in asked if code in LANGUAGES), LANGUAGES[0])
