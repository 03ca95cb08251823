"""References in formulas: they follow the rows and columns they mean, and shift when a formula is copied."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tasks.sandbox.sheets.ranges import column_index, column_letters, quoted

LOST = "#REF!"
TITLE = r"(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!"
END = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}|\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}"
TOKEN = re.compile(
    rf"""(?P<text>"[^"]*")
    |(?P<title>{TITLE})?(?<![\w.$])(?:(?P<first>{END}):(?P<last>{END})|(?P<only>\$?[A-Za-z]{{1,3}}\$?[0-9]{{1,7}}))(?![\w.(!])
    |(?P<word>{TITLE}[\w.]*|[\w.]+\(?)""",
    re.VERBOSE,
)
CORNER = re.compile(r"(\$?)([A-Za-z]*)(\$?)([0-9]*)")


@dataclass(frozen=True, slots=True)
class Corner:
    """One end of a reference, zero-based; None where it names only a column or only a row; ``fixed`` means ``$``."""

    column: int | None
    row: int | None
    fixed_column: bool
    fixed_row: bool

    def __str__(self) -> str:
        letters = "" if self.column is None else f"{'$' * self.fixed_column}{column_letters(self.column)}"
        return letters + ("" if self.row is None else f"{'$' * self.fixed_row}{self.row + 1}")


Pair = tuple[Corner, Corner]
Change = Callable[[str | None, Pair], Pair | None]
"""What becomes of a reference on the tab with this title (None: the formula's own); None when it is lost."""


def rewritten(formula: str, change: Change) -> str:
    """The formula with every reference changed; text in quotes stays what it is."""

    def one(found: re.Match[str]) -> str:
        first = found["first"] or found["only"]
        if not first:
            return found[0]
        old = _corner(first), _corner(found["last"] or first)
        new = change(_title(found["title"]), old)
        if new == old:
            return found[0]
        if new is None:
            return LOST
        return (found["title"] or "") + (f"{new[0]}:{new[1]}" if found["first"] else str(new[0]))

    return TOKEN.sub(one, formula)


def copied(formula: str, down: int, right: int) -> str:
    """The formula as it reads where it was pasted: what is not fixed by ``$`` shifts."""

    def shifted(corner: Corner) -> Corner | None:
        column = corner.column if corner.column is None or corner.fixed_column else corner.column + right
        row = corner.row if corner.row is None or corner.fixed_row else corner.row + down
        if (column or 0) < 0 or (row or 0) < 0:
            return None
        return replace(corner, column=column, row=row)

    def change(_: str | None, pair: Pair) -> Pair | None:
        first, last = shifted(pair[0]), shifted(pair[1])
        return (first, last) if first and last else None

    return rewritten(formula, change)


def retitled(formula: str, old: str, new: str | None) -> str:
    """The formula after a tab got another title, or (None) after it went."""

    def one(found: re.Match[str]) -> str:
        prefix = found["title"] or "".join((found["word"] or "").rpartition("!")[:2])
        if not prefix or (_title(prefix) or "").casefold() != old.casefold():
            return found[0]
        return LOST if new is None else quoted(new) + "!" + found[0][len(prefix) :]

    return TOKEN.sub(one, formula)


def _corner(text: str) -> Corner:
    found = CORNER.fullmatch(text)
    if found is None or not (found[2] or found[4]):
        raise ValueError(text)
    letters, digits = found[2], found[4]
    fixed_row = bool(found[3]) if letters else bool(found[1])
    return Corner(
        column_index(letters) if letters else None,
        int(digits) - 1 if digits else None,
        bool(found[1]) and bool(letters),
        fixed_row,
    )


def _title(text: str | None) -> str | None:
    if not text:
        return None
    bare = text[:-1]
    return bare[1:-1].replace("''", "'") if bare.startswith("'") else bare
