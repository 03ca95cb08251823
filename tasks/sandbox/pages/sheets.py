"""The pages of the spreadsheets: the list, a tab as a grid, and every path to what can be done there."""

from urllib.parse import quote

from tasks.sandbox.pages import sheet_forms
from tasks.sandbox.pages.page import page, to
from tasks.sandbox.pages.sheet_changes import (
    address,
    filtered,
    form_code,
    judge,
    planned,
    redone,
    tab_of,
    undone,
)
from tasks.sandbox.pages.sheet_entry import added, typed_in
from tasks.sandbox.pages.sheet_filter import (
    frozen_rows,
)
from tasks.sandbox.pages.sheet_plan import a1, cell_of
from tasks.sandbox.pages.sheet_rows import search
from tasks.sandbox.pages.sheet_tabs import visible
from tasks.sandbox.pages.sheet_undo import past
from tasks.sandbox.pages.sheet_view import view
from tasks.sandbox.sheets.filtering import filtered_area, not_applied
from tasks.sandbox.sheets.ranges import column_letters
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation

SHEET = "/sheets/{book}/{sheet}"
MOST_FOUND = 500
SAID = {"done", "undone", "redone"}


def _list(call: Call) -> Answer:
    books = [call.world.books.get(book_id) for book_id in call.world.books.ids()]
    return page("sheets.html", books=[(book, visible(book)) for book in books])


def _first(call: Call) -> Answer:
    book = call.world.books.get(call.parts["book"])
    return to(f"/sheets/{quote(book.book_id, safe='')}/{visible(book)[0].sheet_id}")


def _grid(call: Call) -> Answer:
    book = call.world.books.get(call.parts["book"])
    tab = tab_of(call, book)
    eye = judge(call, book)
    words = call.one("q").strip()
    found = search(eye, tab, words, MOST_FOUND) if words else []
    row, column = _active(call, tab, found)
    seen = view(eye, tab, row)
    steps = past(call.world.books, book.book_id)
    said = call.one("said")
    return page(
        "sheet.html",
        book=book,
        tab=tab,
        tabs=visible(book),
        hidden_tabs=[one for one in book.tabs if one.properties.get("hidden")],
        here=address(call),
        view=seen,
        at=a1(row, column),
        row=row + 1,
        letters=column_letters(column),
        marked=set(found),
        active=seen.looks.seen(row, column, a1(row, column), tab.cell(row, column)),
        frozen=(frozen_rows(tab), int(tab.properties.get("grid", {}).get("frozenColumnCount", 0))),
        has_filter=filtered_area(tab) is not None,
        not_applied=not_applied(tab),
        undo=steps.done[-1] if steps.done else None,
        redo=steps.undone[-1] if steps.undone else None,
        said=said if said in SAID else "",
        kept=call.number("kept", 0),
        words=words,
        found=found,
        form=form_code(call.world, book, tab),
    )


def _active(call: Call, tab: Tab, found: list[str]) -> tuple[int, int]:
    """The cell to look at: the one asked for, else the first that a search found; never one outside the grid."""
    wanted = call.one("at") or (found[0] if found else "")
    row, column = cell_of(wanted or "A1")
    return min(row, tab.row_count - 1), min(column, tab.column_count - 1)


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("pages", method, SHEET + path, SHEET + path, work)


OPERATIONS: list[Operation] = [
    operation("pages", "GET", "/sheets", "/sheets", _list),
    operation("pages", "GET", "/sheets/{book}", "/sheets/{book}", _first),
    _spoken("GET", "", _grid),
    _spoken("GET", "/edit/{cell}", sheet_forms.cell),
    _spoken("POST", "/edit/{cell}", typed_in),
    _spoken("GET", "/add", sheet_forms.row),
    _spoken("POST", "/add", added),
    _spoken("POST", "/change", planned),
    _spoken("POST", "/undo", undone),
    _spoken("POST", "/redo", redone),
    _spoken("GET", "/filter/{column}", sheet_forms.column),
    _spoken("POST", "/filter/{column}", filtered),
]
