"""How a cell looks (``formattedValue``) in the spreadsheet's locale."""

from tasks.sandbox.sheets.cells import Cell
from tasks.sandbox.sheets.digits import plain
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.patterns import by_pattern, of_text
from tasks.sandbox.sheets.vulgar_fractions import as_fraction

MOMENTS = {"DATE", "TIME", "DATE_TIME"}
FORMATS = {"NUMBER": "#,##0.00", "PERCENT": "0.00%", "SCIENTIFIC": "0.00E+00"}


def shown(cell: Cell, locale: Locale) -> str:
    """The text of the cell on the screen; ``""`` for a blank one."""
    value = cell.value
    if isinstance(value, str):
        return of_text(value, cell.pattern) if "@" in cell.pattern else value
    if cell.error:
        return cell.error
    if value is None:
        return ""
    if isinstance(value, bool):
        return locale.true if value else locale.false
    pattern = cell.pattern or standard(cell.kind, locale) or cell.derived
    found = (as_fraction(value, pattern) or by_pattern(value, pattern, locale)) if pattern else None
    return plain(value, locale) if found is None else found


def is_moment(cell: Cell) -> bool:
    """A date or time: a number that is shown otherwise."""
    dated = cell.kind in MOMENTS or (cell.derived and not cell.kind)
    return bool(dated) and isinstance(cell.value, int | float) and not isinstance(cell.value, bool)


def standard(kind: str, locale: Locale) -> str:
    """The pattern of a number format without one; ``""`` where numbers are shown plainly."""
    local = {"DATE": locale.date, "TIME": locale.time, "DATE_TIME": locale.moment, "CURRENCY": locale.money}
    return local.get(kind) or FORMATS.get(kind, "")
