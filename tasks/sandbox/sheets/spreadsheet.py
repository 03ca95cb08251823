"""The ``Spreadsheet`` resource, with grid data where it is asked for."""

from tasks.sandbox.masks import Mask, Selected, apply, below
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.conditions import Judge
from tasks.sandbox.sheets.grid_data import grid_data
from tasks.sandbox.sheets.ranges import Box
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.theme import DEFAULT_FORMAT, THEME

Places = list[tuple[Tab, Box]]
OURS = {"validations"}


def tab_properties(book: Book, tab: Tab) -> Json:
    """``SheetProperties``."""
    rest = {name: value for name, value in tab.properties.items() if name != "grid"}
    grid = {"rowCount": tab.row_count, "columnCount": tab.column_count, **tab.properties.get("grid", {})}
    return {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "index": book.tabs.index(tab),
        "sheetType": "GRID",
        "gridProperties": grid,
        **rest,
    }


def resource(judge: Judge, url: str, mask: Mask, places: Places | None = None, *, with_data: bool = False) -> Json:
    """The selected part of the judge's spreadsheet, or of the tabs and areas that ``places`` names."""
    book = judge.book
    tabs = book.tabs
    if places is not None:
        asked = [tab for tab, _ in places]
        tabs = [tab for tab in book.tabs if tab in asked]
    data = (places or [(tab, Box()) for tab in book.tabs]) if with_data else []
    metadata = [marker for marker in book.markers.values() if marker["location"]["locationType"] == "SPREADSHEET"]
    whole = {
        "spreadsheetId": book.book_id,
        "properties": properties(book),
        "sheets": [_sheet(judge, tab, mask, data) for tab in tabs],
        "spreadsheetUrl": url,
        **({"namedRanges": book.named_ranges} if book.named_ranges else {}),
        **({"developerMetadata": metadata} if metadata else {}),
    }
    selected: Json = apply(mask, whole)
    return selected


def properties(book: Book) -> Json:
    """``SpreadsheetProperties``."""
    plain = {name: book.properties[name] for name in ("title", "locale", "autoRecalc", "timeZone")}
    return {**plain, "defaultFormat": DEFAULT_FORMAT, "spreadsheetTheme": THEME}


def _sheet(judge: Judge, tab: Tab, mask: Mask, data: Places) -> Json:
    book = judge.book
    sheet: Json = {"properties": tab_properties(book, tab)}
    wanted = below(mask, "sheets", "data")
    areas = [tab.area(box) for place, box in data if place is tab] if wanted is not None else []
    if areas and wanted is not None:
        sheet["data"] = Selected([grid_data(judge, tab, area, wanted) for area in areas])
    markers = [marker for marker in book.markers.values() if marker["location"].get("sheetId") == tab.sheet_id]
    if markers:
        sheet["developerMetadata"] = markers
    return sheet | {name: value for name, value in tab.extras.items() if name not in OURS and value}
