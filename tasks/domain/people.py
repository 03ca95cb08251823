"""Presenters as people write them down: one a line, with or without organisation, address and notes."""

import re
from collections.abc import Iterable
from dataclasses import replace

from tasks.domain.addresses import person
from tasks.domain.cells import LARGEST_CELL
from tasks.domain.folding import fold, one_line
from tasks.domain.models import Person, Presenter

BETWEEN = re.compile(r"[;\uff1b\u061b\n\r\v\f\x85\u2028\u2029]+|(?<=>)\s*,")
BULLET = re.compile(r"^(?:(?:[-*\u2022\u2013\u2014\u00b7]|\d{1,2}[.)])\s+)+")
START = re.compile(r"^(?:[\s\"':*\u2022\u2013\u2014\u00b7-]|\d{1,2}[.)](?=\s|$))+")
END = " \"':"
NOTE = re.compile(r"\([^()]*\)")
ADDRESS = re.compile(r"(?<![^\s,;:<>()\[\]\"])[^\s,;:<>()\[\]\"]+@[^\s,;:<>()\[\]\"]*")
LETTER = re.compile(r"[^\W\d_]")
END_OF_NAME = re.compile(r"[,<(\[]|\s[-\u2013\u2014]\s|mailto:")


def parse_presenters(text: str, submitter: Person | None) -> tuple[Presenter, ...]:
    """Whom the text names. The submitter's own name needs no address; two addresses on a line are nobody's."""
    lines = [BULLET.sub("", one_line(line)) for line in BETWEEN.split(text[:LARGEST_CELL])]
    return tuple(_presenter(line, submitter) for line in lines if ADDRESS.search(line) or one_line(NOTE.sub("", line)))


def presenters_text(presenters: Iterable[Presenter]) -> str:
    """One line a presenter: ``Name <address>``, or what was written where no address is known."""
    return "\n".join(
        f"{one.name} <{one.person.address}>".strip() if one.person else one.text or one.name for one in presenters
    )


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
