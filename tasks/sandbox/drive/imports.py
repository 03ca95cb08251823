"""Uploaded tables become the tabs of a spreadsheet, as Drive converts them."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from zipfile import BadZipFile

from tasks.sandbox.drive.exports import CSV, TSV, XLSX
from tasks.sandbox.drive.refusals import bad
from tasks.sandbox.sheets.book import Book, new_number
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.python_moments import moment_cell
from tasks.sandbox.sheets.typed import typed
from tasks.sandbox.world import World

IMPORTS = (CSV, TSV, XLSX)
Grid = tuple[str, Iterable[Sequence[Cell]]]


def fill(world: World, book_id: str, content: bytes, media_type: str) -> None:
    """Replace all tabs by those of the file; a table of text gets one tab with the spreadsheet's title."""
    with world.changing(book_id) as book:
        grids = _workbook(book, content) if media_type == XLSX else [_text_table(book, content, media_type)]
        taken = {tab.sheet_id for tab in book.tabs} | {0}
        book.tabs, book.markers = [], {}
        for title, rows in grids:
            sheet_id = new_number(f"{book_id}:{title}:{len(taken)}", taken)
            taken.add(sheet_id)
            tab = book.add_tab(title, sheet_id)
            for number, row in enumerate(rows):
                tab.grow(number + 1, len(row))
                tab.put(number, enumerate(row))


def _text_table(book: Book, content: bytes, media_type: str) -> Grid:
    separator = "\t" if media_type == TSV else ","
    lines = csv.reader(io.StringIO(_decoded(content), newline=""), delimiter=separator)
    try:
        return book.properties["title"], [[typed(text, EMPTY, book.locale) for text in line] for line in lines]
    except csv.Error:
        raise bad("Bad Request", "badRequest") from None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _workbook(book: Book, content: bytes) -> list[Grid]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(io.BytesIO(content))
    except (BadZipFile, InvalidFileException, KeyError, ValueError):
        raise bad("Bad Request", "badRequest") from None
    return [
        (sheet.title, [[_cell(book, value) for value in row] for row in sheet.iter_rows(values_only=True)])
        for sheet in workbook.worksheets
    ]


def _cell(book: Book, value: object) -> Cell:
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool | int | float):
        return Cell(value)
    if isinstance(value, datetime | date | time):
        return moment_cell(value)
    text = str(value)
    return typed(text, EMPTY, book.locale) if text.startswith("=") else Cell(text)
