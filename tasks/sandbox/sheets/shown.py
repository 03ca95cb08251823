"""How a cell looks (``formattedValue``) in the spreadsheet's locale."""

import re
from datetime import datetime, timedelta

from tasks.sandbox.sheets.cells import Cell
from tasks.sandbox.sheets.locales import Locale

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (a serial number is wall-clock time)
HALF = 12
DIGITS = 10
SMALLEST = 1e-10
MOMENTS = {"DATE", "TIME", "DATE_TIME"}
PART = re.compile(r"y+|m+|d+|h+|s+|am/pm|.", re.IGNORECASE | re.DOTALL)


def shown(cell: Cell, locale: Locale) -> str:
    """The text of the cell on the screen; ``""`` for a blank one."""
    value = cell.value
    if isinstance(value, str):
        return value
    if cell.error:
        return cell.error
    if value is None:
        return ""
    if isinstance(value, bool):
        return locale.true if value else locale.false
    if cell.kind in MOMENTS:
        return moment(value, cell.pattern or _default(cell.kind, locale))
    return _number(value, cell, locale)


def is_moment(cell: Cell) -> bool:
    """A date or time: a number that is shown otherwise."""
    return cell.kind in MOMENTS and isinstance(cell.value, int | float) and not isinstance(cell.value, bool)


def moment(number: float, pattern: str) -> str:
    """A serial number by a pattern; ``m`` next to hours or seconds means minutes."""
    at = EPOCH + timedelta(milliseconds=round(number * 86_400_000))
    at = (at + timedelta(milliseconds=500)).replace(microsecond=0)
    parts = PART.findall(pattern)
    half = any(part.lower() == "am/pm" for part in parts)
    written, after_hours = [], False
    for part in parts:
        name = part.lower()
        if name.startswith("m") and after_hours:
            name = name.replace("m", "i")
        if name[0] in "hd":
            after_hours = name[0] == "h"
        elif name[0] in "iys":
            after_hours = False
        written.append(_part(name, part, at, half=half))
    return "".join(written)


def _part(name: str, literal: str, at: datetime, *, half: bool) -> str:
    if name == "am/pm":
        return "AM" if at.hour < HALF else "PM"
    hour = (at.hour % HALF or HALF) if half else at.hour
    numbers = {"y": at.year, "m": at.month, "d": at.day, "h": hour, "i": at.minute, "s": at.second}
    if name[0] not in numbers:
        return literal
    number = numbers[name[0]]
    return str(number).zfill(len(name)) if name[0] != "y" or len(name) > 2 else f"{number % 100:02}"  # noqa: PLR2004 (yy)


def _default(kind: str, locale: Locale) -> str:
    return {"DATE": locale.date, "TIME": locale.time}.get(kind, locale.moment)


def _number(value: float, cell: Cell, locale: Locale) -> str:
    if cell.kind == "PERCENT":
        digits = len(cell.pattern.rstrip("%").partition(".")[2])
        return f"{value * 100:.{digits}f}%".replace(".", locale.decimal)
    if cell.kind in {"NUMBER", "CURRENCY"} and cell.pattern:
        digits = len(re.sub(r"[^0#]", "", cell.pattern.partition(".")[2]))
        text = f"{value:,.{digits}f}" if "," in cell.pattern else f"{value:.{digits}f}"
        return text.translate({ord(","): locale.group, ord("."): locale.decimal})
    return _plain(value).replace(".", locale.decimal)


def _plain(value: float) -> str:
    if float(value).is_integer() and abs(value) < 10**15:
        return str(int(value))
    text = f"{value:.{DIGITS}g}"
    if "e" not in text:
        return text
    if SMALLEST < abs(value) < 1:
        return f"{value:.{DIGITS + 6}f}".rstrip("0")
    mantissa, _, exponent = f"{value:.5E}".partition("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
