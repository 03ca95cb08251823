"""Answers to closed questions: from the wording that a person ticked to the code that every language shares."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tasks.domain.folding import fold, is_visible, one_line
from tasks.domain.headers import nearest
from tasks.domain.programme import Language, Question

MOST_PIECES = 1000
LONGEST_OPTION = 500
LOOKED_AT = 1000
SEPARATOR = re.compile(r"[;|\n\u2022\u060c\u3001]")
COLON = re.compile("[:\uff1a]")


@dataclass(frozen=True, slots=True)
class Chosen:
    """``codes`` are sorted; ``unknown`` pairs what is no option with the option nearest to it or ``""``."""

    codes: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


def read_choice(text: str, field: str, question: Question, language: Language) -> Chosen:
    """Read one cell. Ticked boxes are joined by commas, and options and free answers may contain commas themselves."""
    wording = tuple(language.options.get(field, {}).items())
    other = language.other.get(field, "") if question.other else ""
    read = _remembered if len(text) <= LONGEST_OPTION else _read
    return read(text, wording, other, boxes=question.kind == "checkboxes")


def read_words(text: str, wording: Sequence[tuple[str, str]]) -> Chosen:
    """Read a cell into which people type several options; ``wording`` pairs codes with their words, in any language."""
    read = _remembered if len(text) <= LONGEST_OPTION else _read
    return read(SEPARATOR.sub(",", text), tuple(wording), "", boxes=True)


def _read(text: str, wording: tuple[tuple[str, str], ...], other_word: str, *, boxes: bool) -> Chosen:
    known = {fold(words): code for code, words in wording}
    other = fold(other_word)
    codes, strangers = _walk(text.split(",", MOST_PIECES) if boxes else [text], known)
    free = {stranger: _other(stranger, other) for stranger in strangers}
    unknown = [one_line(stranger[:LOOKED_AT]) for stranger, code in free.items() if not code]
    return Chosen(
        codes=tuple(sorted({*codes, *filter(None, free.values())})),
        unknown=tuple((piece, _nearest(piece, [words for _, words in wording])) for piece in unknown),
    )


_remembered = lru_cache(maxsize=4096)(_read)


def _walk(pieces: list[str], known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The codes found, longest wording first, and what stands between them, joined again."""
    codes: list[str] = []
    strangers: list[list[str]] = []
    longest = max((words.count(",") for words in known), default=0) + 1
    place, open_stranger = 0, False
    while place < len(pieces):
        ends = range(min(place + longest, len(pieces)), place, -1)
        end = next((end for end in ends if _key(pieces[place:end]) in known), 0)
        if end:
            codes.append(known[_key(pieces[place:end])])
        elif open_stranger:
            strangers[-1].append(pieces[place])
        elif is_visible(pieces[place]):
            strangers.append([pieces[place]])
        open_stranger = not end and bool(strangers)
        place = end or place + 1
    return codes, [",".join(stranger) for stranger in strangers]


def _key(pieces: list[str]) -> str:
    """Folded; nothing so long is an option."""
    words = ",".join(pieces)
    return fold(words) if len(words) <= LONGEST_OPTION else ""


def _nearest(piece: str, options: Sequence[str]) -> str:
    return nearest(piece, options) if len(piece) <= LONGEST_OPTION else ""


def _other(stranger: str, other: str) -> str:
    head, *rest = COLON.split(stranger, maxsplit=1)
    is_other = other and len(head) <= LONGEST_OPTION and fold(head) == other
    return f"other:{fold(''.join(rest))}" if is_other else ""
