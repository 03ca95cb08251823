"""What a person enters into cells: a value, a pasted block, nothing, a note, a whole row."""

from tasks.sandbox.pages.page import PageError, form
from tasks.sandbox.pages.sheet_changes import Done, changed, form_code, guard, judge
from tasks.sandbox.pages.sheet_plan import a1, area_of, cell_of
from tasks.sandbox.pages.sheet_typing import Block, enter, pasted
from tasks.sandbox.sheets.batch import perform
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.ranges import Area, Box
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.writing import clear
from tasks.sandbox.wire import Answer, Call


def typed_in(call: Call) -> Answer:
    """A value, a pasted block from this cell on, an emptied range or a note, whichever was sent."""
    row, column = cell_of(call.parts["cell"])
    given = form(call)

    def work(book: Book, tab: Tab) -> Done:
        if row >= tab.row_count or column >= tab.column_count:
            raise PageError("sheet.no_cell", 404, cell=call.parts["cell"])
        if "clear" in given:
            return _cleared(call, book, tab, given["clear"])
        if "note" in given and "value" not in given:
            return _noted(call, book, tab, (row, column))
        block = Block(row, column, [[given.get("value", "")]])
        if "block" in given:
            block = pasted(row, column, given["block"])
        guard(call, book, tab, [block.area])
        enter(judge(call, book), tab, block)
        cell = a1(row, column)
        return Done("sheet.did_paste" if "block" in given else "sheet.did_type", {"cell": cell}, cell)

    return changed(call, work)


def _noted(call: Call, book: Book, tab: Tab, place: tuple[int, int]) -> Done:
    row, column = place
    guard(call, book, tab, [Area(row, column, row + 1, column + 1)])
    start = {"sheetId": tab.sheet_id, "rowIndex": row, "columnIndex": column}
    rows = [{"values": [{"note": form(call)["note"]}]}]
    perform(book, [{"updateCells": {"start": start, "rows": rows, "fields": "note"}}])
    cell = a1(row, column)
    return Done("sheet.did_note", {"cell": cell}, cell)


def _cleared(call: Call, book: Book, tab: Tab, text: str) -> Done:
    area = area_of(tab, text)
    guard(call, book, tab, [area])
    clear(tab, Box(area.top, area.left, area.bottom, area.right))
    return Done("sheet.did_clear", {"cell": text.upper()}, a1(area.top, area.left))


def added(call: Call) -> Answer:
    """A row below the last one, from the page that asks for all its cells."""
    given = form(call)

    def work(book: Book, tab: Tab) -> Done:
        if form_code(call.world, book, tab):
            raise PageError("sheet.row_of_form", 409)
        row = tab.rows_with_data()
        tab.grow(row + 1)
        lines = [given.get(str(at), "") for at in range(tab.column_count)]
        while lines and not lines[-1]:
            lines.pop()
        if not lines:
            raise PageError("sheet.empty_row")
        block = Block(row, 0, [lines])
        guard(call, book, tab, [block.area])
        enter(judge(call, book), tab, block)
        return Done("sheet.did_add", {"row": row + 1}, a1(row, 0))

    return changed(call, work)
