"""The words of one part of the data: what can be said in three languages, and in more than one way."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("en", "es", "fr")
PARTS = ("fit", "tune", "spent", "report", "release")
FOLDER = Path(__file__).with_name("vocabulary")
CONTRACTIONS = {
    "en": (),
    "es": ((r"\b([Dd])e el\b", r"\1el"), (r"\b([Aa]) el\b", r"\1l")),
    "fr": (
        (r"\b([Dd])e le ", r"\1u "),
        (r"\b([Dd])e les ", r"\1es "),
        (r"(?<![\w'])à le ", "au "),
        (r"(?<![\w'])[àÀ] les ", "aux "),
        (r"\b([Dd])e (?=[aeiouàâéèêîôûh])", r"\1'"),
    ),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing said in each language in one or more ways; slots stand in braces."""

    wordings: MappingProxyType

    @property
    def counts(self):
        """Whether it holds a figure."""
        return "{n}" in self.wordings["en"][0].lower()

    def say(self, language, source, **slots):
        """One of the ways, with the slots filled: ``t`` as it stands, ``T`` with a capital."""
        text = source.choice(self.wordings[language])
        filled = {name: str(value) for name, value in slots.items()}
        capitals = {name.upper(): capital(value) for name, value in filled.items()}
        return contracted(text.format(**filled, **capitals), language)


@dataclass(frozen=True, slots=True)
class Trap:
    """Two titles in one language that differ by very little and mean two things."""

    kind: str
    language: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of one part; topics, audiences and places stand in families of siblings."""

    topics: tuple
    audiences: tuple
    places: tuple
    methods: tuple
    titles: tuple
    openings: tuple
    sentences: tuple
    endings: tuple
    stock: tuple
    boilerplate: tuple
    organisations: tuple
    traps: tuple


FAMILIES = ("topics", "audiences", "places")
LISTS = ("methods", "titles", "openings", "sentences", "stock", "boilerplate")


@cache
def vocabulary(part):
    """The words of a part. Parts share endings only."""
    told = tomllib.loads((FOLDER / f"{part}.toml").read_text(encoding="utf-8"))
    shared = tomllib.loads((FOLDER / "shared.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        **{name: _families(told[name]) for name in FAMILIES},
        **{
            name: _phrases(told[name])
            for name in ("methods", "titles", "openings", "sentences", "stock", "boilerplate")
        },
        endings=_phrases(shared["endings"]),
        organisations=tuple(_split(told["organisations"].replace("\n", "|"))),
        traps=tuple(Trap(*_split(line)) for line in told["traps"].strip().splitlines()),
    )


def capital(text):
    """The text with a capital; ``lower()`` and ``capitalize()`` would spoil names."""
    return text[:1].upper() + text[1:]


def contracted(text, language):
    """Articles as they are written: del, al, du, aux, d'..."""
    for pattern, written in CONTRACTIONS[language]:
        text = re.sub(pattern, written, text)
    return text


def _families(text):
    return tuple(_phrases(block) for block in text.strip().split("\n\n"))


def _phrases(text):
    return tuple(_phrase(line) for line in text.strip().splitlines())


def _phrase(line):
    told = _split(line)
    assert len(told) == len(LANGUAGES), line
    return Phrase(MappingProxyType({code: _split(ways, " / ") for code, ways in zip(LANGUAGES, told, strict=True)}))


def _split(text, mark="|"):
    return tuple(piece.strip() for piece in text.split(mark) if piece.strip())
