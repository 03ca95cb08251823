"""A1 notation and ``GridRange``: read, filled to the grid, written as Google writes them."""

import re
from dataclasses import dataclass

from tasks.sandbox.failures import GoogleError, invalid
from tasks.sandbox.shapes import Json

A1 = re.compile(r"\$?([A-Za-z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Za-z]{0,3})\$?([0-9]{0,7}))?")
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
R1C1 = re.compile(r"R[0-9]+C[0-9]+", re.IGNORECASE)
MOST_COLUMNS = 18_278  # ZZZ
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Box:
    """Zero-based, the ends excluded; None means as far as the grid goes."""

    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A box with its ends known."""

    top: int
    left: int
    bottom: int
    right: int


def column_letters(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A is 0."""
    index = 0
    for letter in letters.upper():
        index = index * LETTERS + ord(letter) - ord("A") + 1
    return index - 1


def parse_a1(text: str) -> Box | None:
    """``B2:C``, ``2:3``, ``D4:A1``, ``A1:1`` as a box; None when the text is no such thing."""
    found = A1.fullmatch(text)
    if not found or not text or text.endswith(":") or (found[3] is None and not (found[1] and found[2])):
        return None
    left, right = _ends(_column(found[1]), _column(found[3] if found[3] is not None else found[1]))
    top, bottom = _ends(_row(found[2]), _row(found[4] if found[4] is not None else found[2]))
    if (right or left or 0) >= MOST_COLUMNS or (top is not None and top < 0):
        return None
    return Box(
        top or 0,
        left or 0,
        None if bottom is None else bottom + 1,
        None if right is None else right + 1,
    )


def split_title(text: str) -> tuple[str | None, str]:
    """The title and the cells of ``'My tab'!A1``; None for no title, ``""`` for no cells."""
    if quoted := re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL):
        return quoted[1].replace("''", "'"), quoted[2] or ""
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def written(title: str, area: Area) -> str:
    """``Sheet1!A1:D4``; one cell without a colon."""
    first = f"{column_letters(area.left)}{area.top + 1}"
    last = f"{column_letters(area.right - 1)}{area.bottom}"
    return f"{quoted(title)}!{first}" + ("" if first == last else f":{last}")


def quoted(title: str) -> str:
    """The title, in apostrophes unless it is a plain word that cannot be read as a cell (``D3``, ``R1C1``)."""
    if PLAIN.fullmatch(title) and not _reads_as_cell(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def within(box: Box, rows: int, columns: int, title: str) -> Area:
    """The box cut to the grid; 400 when it begins outside."""
    if box.top >= rows or box.left >= columns:
        area = Area(box.top, box.left, box.bottom or box.top + 1, box.right or box.left + 1)
        raise beyond(written(title, area), rows, columns)
    bottom, right = box.bottom or rows, box.right or columns
    return Area(box.top, box.left, min(max(bottom, box.top + 1), rows), min(max(right, box.left + 1), columns))


def beyond(where: str, rows: int, columns: int) -> GoogleError:
    """400 for a write or read outside the grid."""
    return invalid(f"Range ({where}) exceeds grid limits. Max rows: {rows}, max columns: {columns}")


def from_grid_range(given: Json) -> Box:
    """A ``GridRange``; absent bounds are open."""
    return Box(
        given.get("startRowIndex") or 0,
        given.get("startColumnIndex") or 0,
        given.get("endRowIndex"),
        given.get("endColumnIndex"),
    )


def to_grid_range(sheet_id: int, area: Area) -> Json:
    """A ``GridRange``; as Google does, without ``sheetId`` when that is 0."""
    bounds = {
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }
    return {"sheetId": sheet_id, **bounds} if sheet_id else bounds


def _column(letters: str) -> int | None:
    return column_index(letters) if letters else None


def _row(digits: str) -> int | None:
    return int(digits) - 1 if digits else None


def _ends(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """Swapped when needed; an end that is open stays open."""
    if first is not None and last is not None and last < first:
        return last, first
    return first, last


def _reads_as_cell(title: str) -> bool:
    found = re.fullmatch(r"([A-Za-z]{1,3})([0-9]+)", title)
    return R1C1.fullmatch(title) is not None or (found is not None and column_index(found[1]) < MOST_COLUMNS)
