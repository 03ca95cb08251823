"""Text that something broke, or that shows as something else than it is; it is told and kept, never repaired."""

import re

from tasks.domain.folding import MARKS

BROKEN = re.compile("[\ud800-\udfff\ufffd]")
PILED = re.compile(f"{MARKS}{{4}}")
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
CP1252 = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
MISREAD = re.compile(f"[\u00c2-\u00f4][{CP1252}]+")


def is_broken(text: str) -> bool:
    """Whether half a character, or the sign for a lost one, stands in the text."""
    return BROKEN.search(text) is not None


def is_piled_up(text: str) -> bool:
    """Whether marks are heaped on a letter, so that they cover the lines around it; no script needs four."""
    return PILED.search(text) is not None


def is_turned_around(text: str) -> bool:
    """Whether invisible marks make the text, or what stands beside it, read in another direction."""
    return TURNED.search(text) is not None


def is_misread(text: str) -> bool:
    """Whether letters became pairs of others on their way, such as an é that is shown as Ã©."""
    return any(_comes_from_utf8(match[0]) for match in MISREAD.finditer(text))


def _comes_from_utf8(piece: str) -> bool:
    try:
        return len(_bytes(piece).decode("utf-8")) < len(piece)
    except UnicodeError:
        return False


def _bytes(piece: str) -> bytes:
    """As Windows wrote it; five bytes that Windows does not know stay themselves."""
    return b"".join(
        letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode("cp1252") for letter in piece
    )
