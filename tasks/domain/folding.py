"""Text as people type it, made comparable: keys only, never shown and never stored instead of the text."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
VISIBLE = re.compile(f"[^\\s{INVISIBLE.pattern[1:-1]}{CONTROL.pattern[1:-1]}]")
JOINERS = re.compile("[\u200c\u200d]")
SPACE_BEFORE_MARK = re.compile(r" (?=[?!:;])")
QUOTES = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b`\u00b4\u02bc\u2032\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    }
)
MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
PILE = re.compile(f"({MARKS}{{30}}){MARKS}+")
"""More marks on a letter than in Unicode's stream-safe text (UAX 15): to sort them takes the square of their number."""
UNSEEN = {"Mn", "Me", "Cf"}
SHORT = 200
YES = frozenset({"true", "vrai", "verdadero", "yes", "y", "si", "oui", "x", "1"})


def one_line(text: str) -> str:
    """The text without line breaks, control and direction marks, and with single spaces."""
    if text.isprintable():  # then there is none of them
        return " ".join(text.split())
    return " ".join(INVISIBLE.sub("", CONTROL.sub(" ", text)).split())


def is_visible(text: str) -> bool:
    """Whether ``one_line`` would leave anything."""
    return VISIBLE.search(text) is not None


def fold(text: str) -> str:
    """A key under which case, accents, spaces, and the shapes of quotes and dashes make no difference.

    Letters that no table knows stay themselves, so that different texts do not become equal by vanishing;
    only a text without anything in it has the empty key.
    """
    return _remembered(text) if len(text) <= SHORT else _fold(text)


def _fold(text: str) -> str:
    line = JOINERS.sub("", one_line(text)).translate(QUOTES)
    if not line.isascii():
        line = unicodedata.normalize("NFC", PILE.sub(r"\1", line)).translate(PLAIN)
    return SPACE_BEFORE_MARK.sub("", one_line(line)).casefold() or text.strip()


_remembered = lru_cache(maxsize=16_384)(_fold)


class _Plain(dict[int, str]):
    """How each letter is written in ASCII, found once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = anyascii(letter) or ("" if unicodedata.category(letter) in UNSEEN else letter)
        return self[code]


PLAIN = _Plain()


def is_yes(text: str) -> bool:
    """Yes, in one of the languages of staff."""
    return fold(text) in YES
