"""One letter's file: a head in TOML between two lines of ``+++``, then Markdown with ``{{ placeholders }}``."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

FENCE = "+++\n"
_SYNTAX = ImmutableSandboxedEnvironment(autoescape=True)  # it only parses


class LettersError(ValueError):
    """A letter, layout or label cannot be used; the message is one sentence a person can act on."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One file: its head, its body, and the ``source`` it was translated from (``""`` for the original).

    One without a ``subject`` goes on in the thread of the acknowledgement.
    """

    subject: str
    preheader: str
    body: str
    source: str

    @property
    def parts(self) -> frozenset[str]:
        """What every translation must have: the placeholders, and a subject or none."""
        return self.placeholders | ({"subject"} if self.subject else frozenset())

    @property
    def placeholders(self) -> frozenset[str]:
        """The names between ``{{`` and ``}}``, head included."""
        return _placeholders(self)


def read_letter(path: Path) -> Letter:
    """Raises LettersError."""
    return _letter(path, read_text(path))


@cache
def _letter(path: Path, text: str) -> Letter:
    """Runs of one process read the same letters."""
    before, *parts = text.split(FENCE, 2)
    if before or len(parts) != 2:  # noqa: PLR2004  a head and a body
        raise LettersError(f"{path} must begin with a head between two lines of +++")
    try:
        head = tomllib.loads(parts[0])
        letter = Letter(head.pop("subject", ""), head.pop("preheader"), parts[1], head.pop("source", ""))
        only_placeholders = all(map(_has_only_placeholders, (letter.subject, letter.preheader, letter.body)))
    except (tomllib.TOMLDecodeError, KeyError, TemplateSyntaxError) as error:
        raise LettersError(f"{path} cannot be used: {error}") from None
    if head or not only_placeholders:
        raise LettersError(f"{path} may hold subject, preheader, source and {{{{ placeholders }}}}, nothing else")
    return letter


def read_text(path: Path) -> str:
    """Raises LettersError."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise LettersError(f"{path} cannot be read") from None


def source_hash(original: str) -> str:
    """What a translation writes as its ``source``: the start of the sha256 of the whole original file."""
    return hashlib.sha256(original.encode()).hexdigest()[:12]


def _has_only_placeholders(template: str) -> bool:
    allowed = nodes.Output | nodes.TemplateData | nodes.Name
    return all(isinstance(node, allowed) for node in _parsed(template).find_all(nodes.Node))


@cache
def _placeholders(letter: Letter) -> frozenset[str]:
    parts = (letter.subject, letter.preheader, letter.body)
    return frozenset().union(*(meta.find_undeclared_variables(_parsed(part)) for part in parts))


@cache
def _parsed(template: str) -> nodes.Template:
    return _SYNTAX.parse(template)
