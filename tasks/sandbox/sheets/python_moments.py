"""Dates and times as other programs hold them, as cells."""

from datetime import date, datetime, time

from tasks.sandbox.sheets.cells import Cell
from tasks.sandbox.sheets.typed import EPOCH, day_serial, serial


def moment_cell(value: datetime | date | time) -> Cell:
    """A wall-clock time, a day or a time of day (an offset is left aside), shown in the standard format of its kind."""
    if isinstance(value, datetime):
        return Cell(serial(value.replace(tzinfo=None)), kind="DATE_TIME")
    if isinstance(value, date):
        return Cell(day_serial(value), kind="DATE")
    return Cell(serial(datetime.combine(EPOCH, value.replace(tzinfo=None))), kind="TIME")
