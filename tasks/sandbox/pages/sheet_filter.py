"""Sorting and filtering a tab: what a person asks for, as requests."""

from collections.abc import Mapping

from tasks.sandbox.pages.page import PageError
from tasks.sandbox.pages.sheet_plan import Given, Plan, Planner, a1, area_of, column_of
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.filtering import criteria_of, filtered_area, values_of
from tasks.sandbox.sheets.ranges import Area, column_letters
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Tab

MOST_VALUES = 500
CONDITIONS = {
    "NOT_BLANK": 0,
    "BLANK": 0,
    "TEXT_CONTAINS": 1,
    "TEXT_NOT_CONTAINS": 1,
    "TEXT_STARTS_WITH": 1,
    "TEXT_ENDS_WITH": 1,
    "TEXT_EQ": 1,
    "DATE_EQ": 1,
    "DATE_BEFORE": 1,
    "DATE_AFTER": 1,
    "NUMBER_GREATER": 1,
    "NUMBER_GREATER_THAN_EQ": 1,
    "NUMBER_LESS": 1,
    "NUMBER_LESS_THAN_EQ": 1,
    "NUMBER_EQ": 1,
    "NUMBER_NOT_EQ": 1,
    "NUMBER_BETWEEN": 2,
}
"""The conditions that a column can be filtered by on the pages, with how many values each takes."""


def frozen_rows(tab: Tab) -> int:
    """How many rows stay in sight."""
    return min(int(tab.properties.get("grid", {}).get("frozenRowCount", 0)), tab.row_count)


def _sort(book: Book, tab: Tab, given: Given) -> Plan:
    column = column_of(tab, given.get("column", ""))
    order = "DESCENDING" if given.get("order") == "DESCENDING" else "ASCENDING"
    area = area_of(tab, given["range"]) if given.get("range", "").strip() else _body(tab)
    if not area.left <= column < area.right:
        raise PageError("sheet.not_in_range", column=column_letters(column))
    place = {"sheetId": tab.sheet_id, **_bounds(area)}
    wanted = {"range": place, "sortSpecs": [{"dimensionIndex": column, "sortOrder": order}]}
    key = "sheet.did_sort_down" if order == "DESCENDING" else "sheet.did_sort_up"
    header = shown(tab.cell(0, column), book.locale) if frozen_rows(tab) else ""
    facts = {"column": column_letters(column) + (f" ({header})" if header else "")}
    return Plan([{"sortRange": wanted}], key, facts, (area,), a1(area.top, column))


def _body(tab: Tab) -> Area:
    """What "sort the tab" sorts: the rows of the filter, else all below the frozen ones."""
    area = filtered_area(tab)
    if area is not None:
        return Area(min(area.top + 1, area.bottom - 1), area.left, area.bottom, area.right)
    return Area(min(frozen_rows(tab), tab.row_count - 1), 0, tab.row_count, tab.column_count)


def _bounds(area: Area) -> Json:
    return {
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }


def _on(_: Book, tab: Tab, given: Given) -> Plan:
    if given.get("range", "").strip():
        area = area_of(tab, given["range"])
    else:
        top = max(frozen_rows(tab) - 1, 0)
        width = max((len(row) for row in tab.rows[top : top + 50]), default=0)
        area = Area(top, 0, tab.row_count, min(max(width, 1), tab.column_count))
    wanted = {"filter": {"range": {"sheetId": tab.sheet_id, **_bounds(area)}}}
    return Plan([{"setBasicFilter": wanted}], "sheet.did_filter_on", moves=False)


def _off(_: Book, tab: Tab, __: Given) -> Plan:
    return Plan([{"clearBasicFilter": {"sheetId": tab.sheet_id}}], "sheet.did_filter_off", moves=False)


def filter_plan(book: Book, tab: Tab, column: int, chosen: Mapping[str, list[str]]) -> Plan:
    """Filter by one column: the ticked texts of those ``listed``, or a condition with its values."""
    area = filtered_area(tab)
    if area is None or not area.left <= column < area.right:
        raise PageError("sheet.no_filter", 404)
    criteria = criteria_of(tab)
    criteria.pop(column, None)
    if wanted := _criterion(book, tab, column, chosen):
        criteria[column] = wanted
    specs = [{"columnIndex": at, "filterCriteria": one} for at, one in sorted(criteria.items())]
    place = {"sheetId": tab.sheet_id, **_bounds(area)}
    body: Json = {"range": place, "criteria": {str(at): one for at, one in sorted(criteria.items())}}
    body |= {"filterSpecs": specs} if specs else {}
    key = "sheet.did_filter" if wanted else "sheet.did_filter_all"
    return Plan([{"setBasicFilter": {"filter": body}}], key, {"column": column_letters(column)}, moves=False)


def _criterion(book: Book, tab: Tab, column: int, chosen: Mapping[str, list[str]]) -> Json:
    wanted: Json = {}
    if "listed" in chosen:
        shown_values = set(chosen.get("value", []))
        known = set(values_of(book, tab, column)[:MOST_VALUES])
        if hidden := sorted(known - shown_values):
            wanted["hiddenValues"] = hidden
    kind = chosen.get("condition", [""])[-1]
    if kind:
        if kind not in CONDITIONS:
            raise PageError("sheet.no_condition")
        given = [text.strip() for text in [chosen.get(name, [""])[-1] for name in ("a", "b")][: CONDITIONS[kind]]]
        if not all(given):
            raise PageError("sheet.no_bound")
        values = {"values": [{"userEnteredValue": text} for text in given]} if given else {}
        wanted["condition"] = {"type": kind, **values}
    return wanted


SORTING: Mapping[str, Planner] = {"sort": _sort, "filter_on": _on, "filter_off": _off}
