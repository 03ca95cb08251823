"""Tabs: added, renamed, duplicated, deleted, moved, hidden, shown."""

from collections.abc import Mapping

from tasks.sandbox.pages.page import PageError
from tasks.sandbox.pages.sheet_plan import Given, Plan, Planner, whole
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.tabs import Tab

LONGEST = 100


def visible(book: Book) -> list[Tab]:
    """The tabs that are shown."""
    return [tab for tab in book.tabs if not tab.properties.get("hidden")]


def _title(book: Book, tab: Tab | None, given: Given) -> str:
    title = given.get("title", "").strip()
    if not title or len(title) > LONGEST:
        raise PageError("sheet.no_title", most=LONGEST)
    if book.titled(title) not in {None, tab}:
        raise PageError("sheet.taken_title", title=title)
    return title


def _properties(tab: Tab, field: str, value: object) -> Json:
    return {"updateSheetProperties": {"properties": {"sheetId": tab.sheet_id, field: value}, "fields": field}}


def _add(book: Book, tab: Tab, given: Given) -> Plan:
    index = book.tabs.index(tab) + 1
    properties: Json = {"index": index}
    if given.get("title", "").strip():
        properties["title"] = _title(book, None, given)
    return Plan([{"addSheet": {"properties": properties}}], "sheet.did_tab_add", tab=index)


def _rename(book: Book, tab: Tab, given: Given) -> Plan:
    title = _title(book, tab, given)
    facts = {"title": tab.title, "new": title}
    return Plan([_properties(tab, "title", title)], "sheet.did_tab_rename", facts, moves=False)


def _duplicate(book: Book, tab: Tab, _: Given) -> Plan:
    index = book.tabs.index(tab) + 1
    wanted = {"sourceSheetId": tab.sheet_id, "insertSheetIndex": index}
    return Plan([{"duplicateSheet": wanted}], "sheet.did_tab_duplicate", {"title": tab.title}, tab=index)


def _delete(book: Book, tab: Tab, _: Given) -> Plan:
    shown = visible(book)
    if shown == [tab]:
        raise PageError("sheet.last_tab")
    index = next(at for at, one in enumerate(one for one in book.tabs if one is not tab) if one in shown)
    request = {"deleteSheet": {"sheetId": tab.sheet_id}}
    return Plan([request], "sheet.did_tab_delete", {"title": tab.title}, (whole(tab),), tab=index)


def _hide(book: Book, tab: Tab, _: Given) -> Plan:
    others = [one for one in visible(book) if one is not tab]
    if not others:
        raise PageError("sheet.last_tab")
    index = book.tabs.index(others[0])
    facts = {"title": tab.title}
    return Plan([_properties(tab, "hidden", value=True)], "sheet.did_tab_hide", facts, tab=index, moves=False)


def _show(book: Book, _: Tab, given: Given) -> Plan:
    hidden = {str(one.sheet_id): one for one in book.tabs if one.properties.get("hidden")}
    if given.get("hidden", "") not in hidden:
        raise PageError("sheet.no_tab", 404)
    one = hidden[given["hidden"]]
    facts, index = {"title": one.title}, book.tabs.index(one)
    return Plan([_properties(one, "hidden", value=False)], "sheet.did_tab_show", facts, tab=index, moves=False)


def _move(by: int) -> Planner:
    def plan(book: Book, tab: Tab, _: Given) -> Plan:
        shown = visible(book)
        place = shown.index(tab) + by if tab in shown else -1
        if not 0 <= place < len(shown):
            raise PageError("sheet.no_further")
        wanted = book.tabs.index(shown[place])
        request = _properties(tab, "index", wanted + (1 if by > 0 else 0))
        return Plan([request], "sheet.did_tab_move", {"title": tab.title}, moves=False)

    return plan


TABS: Mapping[str, Planner] = {
    "tab_add": _add,
    "tab_rename": _rename,
    "tab_duplicate": _duplicate,
    "tab_delete": _delete,
    "tab_hide": _hide,
    "tab_show": _show,
    "tab_left": _move(-1),
    "tab_right": _move(1),
}
