"""A cell and its two spellings: compact in the store, ``CellData`` on the wire."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.shapes import Json

Value = str | float | int | bool | None
FormulaReader = Callable[[str], tuple[Value, str]]
"""Reads a formula: its value, or nothing and an error such as ``#DIV/0!``."""

NOTHING: Mapping[str, object] = {}
MODELLED = {"userEnteredValue", "userEnteredFormat", "note"}


class Cell(NamedTuple):
    """``value`` is what readers get, computed already where ``formula`` is set; a blank value is None.

    ``kind`` and ``pattern`` are the number format (``DATE``, ``d/m/yyyy``); ``style`` the rest of the format;
    ``derived`` the pattern that a formula takes from the dates it reads, where the cell has no format of its own.
    """

    value: Value = None
    formula: str = ""
    error: str = ""
    kind: str = ""
    pattern: str = ""
    note: str = ""
    style: Mapping[str, object] = NOTHING
    derived: str = ""

    @property
    def blank(self) -> bool:
        """Nothing to read here (a note or a format may still be)."""
        return self.value is None and not self.formula and not self.error


EMPTY = Cell()
NO_MORE = EMPTY[1:]


def dump(cell: Cell) -> object:
    """The bare value where there is nothing else, so that plain sheets stay small."""
    if cell is EMPTY:
        return None
    if cell[1:] == NO_MORE:
        return cell.value
    return {name: part for name, part in cell._asdict().items() if part != getattr(EMPTY, name)}


def load(body: object) -> Cell:
    """The opposite of ``dump``."""
    if isinstance(body, dict):
        return Cell(**body)
    return Cell(body) if body is not None else EMPTY  # type: ignore[arg-type]


def raw_blank(body: Mapping[str, object]) -> bool:
    """Whether a dumped cell that holds more than a value is one without anything to read."""
    return not ("value" in body or "formula" in body or "error" in body)


def extended(value: Value) -> Json:
    """``ExtendedValue``."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    return {"stringValue": value}


def entered(cell: Cell) -> Json | None:
    """``userEnteredValue``."""
    if cell.formula:
        return {"formulaValue": cell.formula}
    return None if cell.value is None else extended(cell.value)


def effective(cell: Cell) -> Json | None:
    """``effectiveValue``."""
    if cell.error:
        return {"errorValue": {"type": ERROR_TYPES.get(cell.error, "ERROR"), "message": cell.error}}
    return None if cell.value is None else extended(cell.value)


ERROR_TYPES = {
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#VALUE!": "VALUE",
    "#N/A": "N_A",
    "#NUM!": "NUM",
}


def cell_format(cell: Cell) -> Json | None:
    """``userEnteredFormat``."""
    body: Json = dict(cell.style)
    if cell.kind:
        body["numberFormat"] = {"type": cell.kind, **({"pattern": cell.pattern} if cell.pattern else {})}
    return body or None


def changed(old: Cell, data: Json, fields: set[str], formula: FormulaReader) -> Cell:
    """The cell after ``CellData`` was laid over it for the named top-level fields."""
    if unknown := fields - MODELLED:
        raise not_modelled(f"writing {', '.join(sorted(unknown))} of a cell")
    cell = old
    if "userEnteredValue" in fields:
        cell = with_value(cell, data.get("userEnteredValue") or {}, formula)
    if "note" in fields:
        cell = cell._replace(note=data.get("note") or "")
    if "userEnteredFormat" in fields:
        cell = with_format(cell, data.get("userEnteredFormat") or {})
    return cell


def with_format(cell: Cell, style: Json) -> Cell:
    """The cell in another ``userEnteredFormat``."""
    number = style.get("numberFormat") or {}
    rest = {name: value for name, value in style.items() if name != "numberFormat" and value is not None}
    return cell._replace(kind=number.get("type", ""), pattern=number.get("pattern", ""), style=rest)


def with_value(cell: Cell, value: Json, formula: FormulaReader) -> Cell:
    """The cell with another ``userEnteredValue``; 400 where that is not one."""
    given = {name: part for name, part in value.items() if part is not None}
    if not given:
        return cell._replace(value=None, formula="", error="")
    if len(given) > 1:
        raise invalid(
            "Invalid value: a userEnteredValue holds one of stringValue, numberValue, boolValue, formulaValue"
        )
    name, part = next(iter(given.items()))
    if name == "formulaValue":
        result, error = formula(str(part))
        return cell._replace(value=result, formula=str(part), error=error)
    if not fits(name, part):
        raise invalid(f"Invalid value at 'user_entered_value.{name}', {part!r}")
    return cell._replace(value=part if part != "" else None, formula="", error="")


def fits(name: str, part: object) -> bool:
    """Whether the value is of the type that the field's name promises."""
    if name == "stringValue":
        return isinstance(part, str)
    if name == "boolValue":
        return isinstance(part, bool)
    return name == "numberValue" and isinstance(part, int | float) and not isinstance(part, bool)
