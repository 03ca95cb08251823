"""Rows and columns: inserted, deleted, hidden, shown, sized, frozen."""

from collections.abc import Callable, Mapping

from tasks.sandbox.pages.page import PageError
from tasks.sandbox.pages.sheet_plan import (
    MOST_AT_ONCE,
    Given,
    Plan,
    Planner,
    a1,
    columns_of,
    number_of,
    rows_of,
    whole,
)
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.ranges import Area, column_letters
from tasks.sandbox.sheets.tabs import Tab

Span = Callable[[Tab, Given], tuple[int, int]]
SPANS: Mapping[str, Span] = {"ROWS": rows_of, "COLUMNS": columns_of}
PIXELS = 2000


def _range(tab: Tab, dimension: str, start: int, end: int) -> Json:
    return {"sheetId": tab.sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}


def _area(tab: Tab, dimension: str, start: int, end: int) -> Area:
    if dimension == "ROWS":
        return Area(start, 0, end, tab.column_count)
    return Area(0, start, tab.row_count, end)


def _place(dimension: str, at: int) -> str:
    return a1(at, 0) if dimension == "ROWS" else a1(0, at)


def _named(dimension: str, start: int, end: int) -> dict[str, object]:
    names = (str(start + 1), str(end)) if dimension == "ROWS" else (column_letters(start), column_letters(end - 1))
    return {"which": names[0] if names[0] == names[1] else f"{names[0]}:{names[1]}"}


def _insert(dimension: str, *, behind: bool) -> Planner:
    def plan(_: Book, tab: Tab, given: Given) -> Plan:
        start, end = SPANS[dimension](tab, given)
        if end - start > MOST_AT_ONCE:
            raise PageError("sheet.no_number", most=MOST_AT_ONCE)
        at = end if behind else start
        wanted = {"range": _range(tab, dimension, at, at + end - start), "inheritFromBefore": behind}
        touched = _area(tab, dimension, at, at + 1)
        return Plan(
            [{"insertDimension": wanted}],
            f"sheet.did_insert_{dimension.lower()}",
            {"count": end - start, **_named(dimension, at, at + end - start)},
            (touched,),
            _place(dimension, at),
        )

    return plan


def _delete(dimension: str) -> Planner:
    def plan(_: Book, tab: Tab, given: Given) -> Plan:
        start, end = SPANS[dimension](tab, given)
        return Plan(
            [{"deleteDimension": {"range": _range(tab, dimension, start, end)}}],
            f"sheet.did_delete_{dimension.lower()}",
            _named(dimension, start, end),
            (_area(tab, dimension, start, end),),
            _place(dimension, start),
        )

    return plan


def _hide(dimension: str, *, hidden: bool) -> Planner:
    def plan(_: Book, tab: Tab, given: Given) -> Plan:
        size = tab.row_count if dimension == "ROWS" else tab.column_count
        start, end = SPANS[dimension](tab, given) if hidden else (0, size)
        if hidden and end - start == size:
            raise PageError("sheet.hide_all")
        wanted = {"range": _range(tab, dimension, start, end), "fields": "hiddenByUser"}
        return Plan(
            [{"updateDimensionProperties": {**wanted, "properties": {"hiddenByUser": hidden}}}],
            f"sheet.did_{'hide' if hidden else 'show'}_{dimension.lower()}",
            _named(dimension, start, end),
            moves=False,
        )

    return plan


def _width(_: Book, tab: Tab, given: Given) -> Plan:
    start, end = columns_of(tab, given)
    pixels = max(number_of(given, "pixels", PIXELS), 21)
    wanted = {"range": _range(tab, "COLUMNS", start, end), "properties": {"pixelSize": pixels}, "fields": "pixelSize"}
    return Plan(
        [{"updateDimensionProperties": wanted}],
        "sheet.did_width",
        _named("COLUMNS", start, end),
        at=a1(0, start),
        moves=False,
    )


def _more_rows(_: Book, tab: Tab, given: Given) -> Plan:
    count = max(number_of(given, "count", MOST_AT_ONCE), 1)
    wanted = {"sheetId": tab.sheet_id, "dimension": "ROWS", "length": count}
    facts = {"count": count, **_named("ROWS", tab.row_count, tab.row_count + count)}
    return Plan([{"appendDimension": wanted}], "sheet.did_insert_rows", facts, at=a1(tab.row_count, 0))


def _freeze(_: Book, tab: Tab, given: Given) -> Plan:
    rows = number_of(given, "rows", min(tab.row_count - 1, 10))
    columns = number_of(given, "columns", min(tab.column_count - 1, 5))
    grid = {"frozenRowCount": rows, "frozenColumnCount": columns}
    wanted = {"properties": {"sheetId": tab.sheet_id, "gridProperties": grid}}
    fields = "gridProperties.frozenRowCount,gridProperties.frozenColumnCount"
    return Plan(
        [{"updateSheetProperties": {**wanted, "fields": fields}}],
        "sheet.did_freeze",
        {"rows": rows, "columns": columns},
        moves=False,
    )


def _move(dimension: str, *, behind: bool) -> Planner:
    def plan(_: Book, tab: Tab, given: Given) -> Plan:
        start, end = SPANS[dimension](tab, given)
        size = tab.row_count if dimension == "ROWS" else tab.column_count
        to = end + 1 if behind else start - 1
        if not 0 <= to <= size:
            raise PageError("sheet.no_further")
        wanted = {"source": _range(tab, dimension, start, end), "destinationIndex": to}
        return Plan(
            [{"moveDimension": wanted}],
            f"sheet.did_move_{dimension.lower()}",
            _named(dimension, start, end),
            (whole(tab),),
            _place(dimension, start + (1 if behind else -1)),
        )

    return plan


LINES: Mapping[str, Planner] = {
    "rows_above": _insert("ROWS", behind=False),
    "rows_below": _insert("ROWS", behind=True),
    "rows_delete": _delete("ROWS"),
    "rows_hide": _hide("ROWS", hidden=True),
    "rows_show": _hide("ROWS", hidden=False),
    "rows_up": _move("ROWS", behind=False),
    "rows_down": _move("ROWS", behind=True),
    "rows_more": _more_rows,
    "columns_left": _insert("COLUMNS", behind=False),
    "columns_right": _insert("COLUMNS", behind=True),
    "columns_delete": _delete("COLUMNS"),
    "columns_hide": _hide("COLUMNS", hidden=True),
    "columns_show": _hide("COLUMNS", hidden=False),
    "columns_to_left": _move("COLUMNS", behind=False),
    "columns_to_right": _move("COLUMNS", behind=True),
    "columns_width": _width,
    "freeze": _freeze,
}
