"""A spreadsheet as a file of another kind."""

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import Cell
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Tab

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CSV, TSV = "text/csv", "text/tab-separated-values"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_MODELLED = (
    "application/pdf",
    "application/zip",
    "application/x-vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.google-apps.script+json",
)
NOT_IN_EXCEL = re.compile(r"[\[\]:*?/\\]")
TITLE_LENGTH = 31
PATTERNS = {
    "DATE": "yyyy-mm-dd",
    "TIME": "h:mm:ss",
    "DATE_TIME": "yyyy-mm-dd h:mm:ss",
    "PERCENT": "0.00%",
    "CURRENCY": "#,##0.00",
    "SCIENTIFIC": "0.00E+00",
    "TEXT": "@",
}


def csv(book: Book) -> bytes:
    """The first tab as it is shown: every row as wide as the widest, CRLF between the rows, none at the end."""
    return _table(book, ",", _quoted)


def tsv(book: Book) -> bytes:
    """The first tab with tabulators; those inside a cell become blanks."""
    return _table(book, "\t", lambda text: re.sub(r"[\t\r\n]+", " ", text))


def xlsx(book: Book) -> bytes:
    """All tabs as an Excel workbook: values, formulas, number formats, bold, notes stay behind."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for tab in book.tabs:
        title = NOT_IN_EXCEL.sub("_", tab.title)[:TITLE_LENGTH]
        sheet = workbook.create_sheet(title)
        sheet.sheet_state = "hidden" if tab.properties.get("hidden") else "visible"
        _fill(sheet, tab)
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


EXPORTS: dict[str, Callable[[Book], bytes]] = {CSV: csv, TSV: tsv, XLSX: xlsx}


def _table(book: Book, separator: str, written: Callable[[str], str]) -> bytes:
    rows = [[shown(cell, book.locale) for cell in row] for row in book.tabs[0].rows]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) - _blanks_at_the_end(row) for row in rows), default=0)
    lines = ((*row, *[""] * width)[:width] for row in rows)
    return "\r\n".join(separator.join(map(written, line)) for line in lines).encode()


def _blanks_at_the_end(row: list[str]) -> int:
    number = 0
    while number < len(row) and not row[-1 - number]:
        number += 1
    return number


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text


def _fill(sheet: "Worksheet", tab: Tab) -> None:
    for down, row in enumerate(tab.rows, 1):
        for across, cell in enumerate(row, 1):
            if cell.value is not None or cell.formula:
                _write(sheet, down, across, cell)


def _write(sheet: "Worksheet", row: int, column: int, cell: Cell) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    target = sheet.cell(row, column)
    if cell.formula:
        target.value = cell.formula
    elif isinstance(cell.value, str):
        target.value = ILLEGAL_CHARACTERS_RE.sub("", cell.value)
        target.data_type = "s"
    else:
        target.value = cell.value
    if cell.kind or cell.pattern:
        target.number_format = cell.pattern or PATTERNS.get(cell.kind, "General")
    letters = cell.style.get("textFormat")
    if isinstance(letters, dict) and letters.get("bold"):
        target.font = Font(bold=True)
