"""What staff export from their real spreadsheets (File → Download): CSV for one tab, XLSX for all tabs."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tasks.sandbox.failures import SandboxError

Found = str | float | int | bool | datetime | date | time | None


@dataclass(frozen=True)
class Export:
    """One tab: ``origin`` names it to a person; the first row holds the headers, trailing blanks are cut."""

    origin: str
    rows: list[list[Found]]


def read_exports(path: Path) -> list[Export]:
    """The tabs in a file. Raises SandboxError when it cannot be read."""
    readers = {".csv": _csv, ".xlsx": _xlsx}
    if path.suffix.lower() not in readers:
        raise SandboxError(f"{path} is neither a .csv nor an .xlsx file; export the sheet in one of these formats.")
    try:
        found = list(readers[path.suffix.lower()](path))
    except (OSError, UnicodeDecodeError, csv.Error, BadZipFile, InvalidFileException, KeyError) as error:
        raise SandboxError(f"{path} cannot be read: {error}. Export it once more.") from None
    return [Export(one.origin, _trimmed(one.rows)) for one in found]


def _csv(path: Path) -> Iterator[Export]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield Export(path.name, [list(row) for row in csv.reader(file)])


def _xlsx(path: Path) -> Iterator[Export]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            yield Export(
                f"{path.name}, {sheet.title}", [list(map(_found, row)) for row in sheet.iter_rows(values_only=True)]
            )
    finally:
        book.close()


def _found(cell: object) -> Found:
    """What has no cell of its own in the sandbox (a duration, an error) as its text."""
    return cell if isinstance(cell, str | float | int | bool | datetime | date | time | None) else str(cell)


def _trimmed(rows: list[list[Found]]) -> list[list[Found]]:
    for row in rows:
        while row and row[-1] in {None, ""}:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
