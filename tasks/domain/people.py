"""Presenters as people write them down: one a line, with or without organisation, address and notes."""

import re
from collections.abc import Iterable
from dataclasses import replace

from tasks.domain.addresses import person
from tasks.domain.cells import LARGEST_CELL
from tasks.domain.folding import fold, one_line
from tasks.domain.models import Person, Presenter
from tasks.domain.normalise.wordlists import words

BETWEEN = re.compile(r"[;\uff1b\u061b\n\r\v\f\x85\u2028\u2029]+|(?<=>)\s*,")
BULLET = re.compile(r"^(?:(?:[-*\u2022\u2013\u2014\u00b7]|\d{1,2}[.)])\s+)+")
START = re.compile(r"^(?:[\s\"':*\u2022\u2013\u2014\u00b7-]|\d{1,2}[.)](?=\s|$))+")
END = " \"':"
NOTE = re.compile(r"\([^()]*\)")
ADDRESS = re.compile(r"(?<![^\s,;:<>()\[\]\"])[^\s,;:<>()\[\]\"]+@[^\s,;:<>()\[\]\"]*")
JOINED = re.compile(r"\s(?:/|&|and|y|e|et)\s")
NAME = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]*(?:[-'\u2019][^\W\d_]+)*")
FULL_NAME = range(2, 4)
ORGANISATION = words(
    """red network reseau alliance alianza asociacion association fundacion foundation fondation colectivo collective
    collectif centro centre center instituto institute institut movimiento movement mouvement grupo group groupe
    men women boys girls hombres mujeres hommes femmes young youth jovenes jeunes gender genero genre rights derechos
    droits university universidad universite ministry ministerio ministere team equipo equipe peace paz paix justice"""
)
LETTER = re.compile(r"[^\W\d_]")
END_OF_NAME = re.compile(r"[,<(\[]|\s[-\u2013\u2014]\s|mailto:")


def parse_presenters(text: str, submitter: Person | None) -> tuple[Presenter, ...]:
    """Whom the text names. The submitter's own name needs no address; two addresses on a line are nobody's."""
    typed = [BULLET.sub("", one_line(line)) for line in BETWEEN.split(text[:LARGEST_CELL])]
    lines = [one for line in typed for one in _apart(line)]
    return tuple(_presenter(line, submitter) for line in lines if ADDRESS.search(line) or one_line(NOTE.sub("", line)))


def presenters_text(presenters: Iterable[Presenter]) -> str:
    """One line a presenter: ``Name <address>``, or what was written where no address is known."""
    return "\n".join(
        f"{one.name} <{one.person.address}>".strip() if one.person else one.text or one.name for one in presenters
    )


def _apart(line: str) -> list[str]:
    """The people of one line, where it is sure that they are two: "Ana Pérez y Eva Ruiz", or an address for each.

    "José Ortega y Gasset", "Men and Boys" and "Red Paz y Vida" stay one.
    """
    parts = JOINED.split(line)
    if len(parts) > 1 and (all(map(_is_full_name, parts)) or all(len(ADDRESS.findall(part)) == 1 for part in parts)):
        return parts
    return [line]


def _is_full_name(text: str) -> bool:
    parts = text.split()
    return len(parts) in FULL_NAME and all(map(NAME.fullmatch, parts)) and not ORGANISATION & set(fold(text).split())


def _presenter(line: str, submitter: Person | None) -> Presenter:
    addresses = ADDRESS.findall(line)
    name = _name(line)
    somebody = person(name, addresses[0]) if len(addresses) == 1 else None
    if somebody is None and submitter and len(addresses) <= 1 and name and fold(name) == fold(submitter.name):
        somebody = replace(submitter, name=name)
    return Presenter(name, line, somebody)


def _name(line: str) -> str:
    bare = BULLET.sub("", one_line(NOTE.sub(" ", line)))
    start = END_OF_NAME.split(bare, maxsplit=1)[0]
    name = START.sub("", one_line(ADDRESS.split(start, maxsplit=1)[0]).rstrip(END))
    return name if LETTER.search(name) else ""
