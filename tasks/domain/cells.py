"""Single cells: how one is written out, named and shown to people."""

import re
from decimal import Decimal

from tasks.domain.folding import is_visible, one_line
from tasks.domain.models import Cell

ADDRESS = re.compile(r"\S*@\S*")
LARGEST_CELL = 50_000
CUT = " … (cut: the whole text is in the response sheet)"
QUOTED_LENGTH = 60
LOOKED_AT = 500


def written(cell: Cell) -> str:
    """The cell as the person typed it; a number without exponent and without a needless ``.0``."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, str):
        return str(whole(cell))
    text = format(Decimal(repr(cell)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole(cell: Cell) -> Cell:
    """The cell with half characters (lone surrogates), which cannot be stored or sent, replaced by �."""
    if not isinstance(cell, str) or cell.isascii() or not _half(cell):
        return cell
    text = str(cell)
    while half := _half(text):
        text = text.replace(half, "\ufffd")
    return text


def _half(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        return text[fault.start]
    return ""


def fitting(cell: Cell) -> Cell:
    """What a cell of Google Sheets can hold of it (50,000 characters), and where the rest is."""
    too_long = isinstance(cell, str) and len(cell) > LARGEST_CELL
    return written(cell)[: LARGEST_CELL - len(CUT)] + CUT if too_long else cell


def is_blank(cell: Cell) -> bool:
    """Whether nothing was answered: no visible text, or a box that nobody ticked."""
    return cell is False or (isinstance(cell, str) and not is_visible(cell))


def cell_name(row: int, column: int) -> str:
    """``B9`` for row 9 and the second column (index 1)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def excerpt(text: str) -> str:
    """A piece of a cell that may be shown in a report: short, in one line, without addresses."""
    line = ADDRESS.sub("…@…", one_line(text[: 2 * LOOKED_AT])[:LOOKED_AT])
    return line if len(line) <= QUOTED_LENGTH else line[: QUOTED_LENGTH - 1].rstrip() + "…"


def listed(words: tuple[str, ...] | list[str]) -> str:
    """``a, b and c``."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
