"""Text as people type it, made comparable: keys only, never shown and never stored instead of the text."""

import re
import unicodedata

from anyascii import anyascii

INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
JOINERS = re.compile("[\u200c\u200d]")
SPACE_BEFORE_MARK = re.compile(r" (?=[?!:;])")
QUOTES = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b`\u00b4\u02bc\u2032\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    }
)
UNSEEN = {"Mn", "Me", "Cf"}


def one_line(text: str) -> str:
    """The text without line breaks, control and direction marks, and with single spaces."""
    return " ".join(INVISIBLE.sub("", CONTROL.sub(" ", text)).split())


def fold(text: str) -> str:
    """A key under which case, accents, spaces, and the shapes of quotes and dashes make no difference.

    Letters that no table knows stay themselves, so that different texts do not become equal by vanishing;
    only a text without anything in it has the empty key.
    """
    line = JOINERS.sub("", one_line(text)).translate(QUOTES)
    if not line.isascii():
        line = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", line))
    return SPACE_BEFORE_MARK.sub("", one_line(line)).casefold() or text.strip()


def _plain(letter: str) -> str:
    return anyascii(letter) or ("" if unicodedata.category(letter) in UNSEEN else letter)
