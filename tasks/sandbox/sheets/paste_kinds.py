"""What of a cell is pasted over another one."""

from collections.abc import Callable, Mapping

from tasks.sandbox.sheets.cells import Cell

Paste = Callable[[Cell, Cell], Cell]
"""What the old cell becomes when the new one is pasted over it."""


def _whole(_: Cell, new: Cell) -> Cell:
    return new


def _no_borders(old: Cell, new: Cell) -> Cell:
    style = {name: part for name, part in new.style.items() if name != "borders"}
    return new._replace(style={**style, **({"borders": old.style["borders"]} if "borders" in old.style else {})})


def _values(old: Cell, new: Cell) -> Cell:
    return old._replace(value=new.value, formula="", error=new.error)


def _formula(old: Cell, new: Cell) -> Cell:
    return old._replace(value=new.value, formula=new.formula, error=new.error)


def _format(old: Cell, new: Cell) -> Cell:
    return old._replace(kind=new.kind, pattern=new.pattern, style=new.style)


PASTES: Mapping[str, Paste] = {
    "PASTE_NORMAL": _whole,
    "PASTE_NO_BORDERS": _no_borders,
    "PASTE_VALUES": _values,
    "PASTE_FORMULA": _formula,
    "PASTE_FORMAT": _format,
}
WITH_RULES = {"PASTE_NORMAL", "PASTE_NO_BORDERS", "PASTE_DATA_VALIDATION"}
WITH_MERGES = {"PASTE_NORMAL", "PASTE_NO_BORDERS", "PASTE_FORMAT"}
