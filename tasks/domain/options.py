"""Answers to closed questions: from the wording that a person ticked to the code that every language shares."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tasks.domain.folding import fold, one_line
from tasks.domain.headers import nearest
from tasks.domain.programme import Language, Question

COLON = re.compile("[:\uff1a]")


@dataclass(frozen=True, slots=True)
class Chosen:
    """``codes`` are sorted; ``unknown`` pairs what is no option with the option nearest to it or ``""``."""

    codes: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


def read_choice(text: str, field: str, question: Question, language: Language) -> Chosen:
    """Read one cell. Ticked boxes are joined by commas, and options and free answers may contain commas themselves."""
    wording = language.options.get(field, {})
    known = {fold(words): code for code, words in wording.items()}
    pieces = text.split(",") if question.kind == "checkboxes" else [text]
    other = fold(language.other[field]) if question.other and field in language.other else ""
    codes, strangers = _walk(pieces, known)
    free = {_other(stranger, other) for stranger in strangers}
    unknown = [one_line(stranger) for stranger in strangers if not _other(stranger, other)]
    return Chosen(
        codes=tuple(sorted({*codes, *filter(None, free)})),
        unknown=tuple((piece, nearest(piece, tuple(wording.values()))) for piece in unknown),
    )


def _walk(pieces: list[str], known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The codes found, longest wording first, and what stands between them, joined again."""
    codes: list[str] = []
    strangers: list[str] = []
    longest = max((words.count(",") for words in known), default=0) + 1
    place, open_stranger = 0, False
    while place < len(pieces):
        ends = range(min(place + longest, len(pieces)), place, -1)
        end = next((end for end in ends if fold(",".join(pieces[place:end])) in known), 0)
        if end:
            codes.append(known[fold(",".join(pieces[place:end]))])
        elif open_stranger:
            strangers[-1] += f",{pieces[place]}"
        elif one_line(pieces[place]):
            strangers.append(pieces[place])
        open_stranger = not end and bool(strangers)
        place = end or place + 1
    return codes, strangers


def _other(stranger: str, other: str) -> str:
    head, *rest = COLON.split(stranger, maxsplit=1)
    return f"other:{fold(''.join(rest))}" if other and fold(head) == other else ""
