"""The pages on which a person acts as staff (types into cells, sorts) or as a member (sends a form)."""

from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from config.sandbox import spreadsheet_id
from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.pages.page import form, page, to
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.moves import sort
from tasks.sandbox.sheets.ranges import Area, Box, column_letters, from_grid_range, parse_a1
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.typed import serial, typed
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation
from tasks.sandbox.world import World

SHOWN_ROWS = 200
SHEET = "/sheets/{book}/{sheet}"


def _tab(call: Call, book: Book) -> Tab:
    sheet = call.parts["sheet"]
    return book.tab(int(sheet)) if sheet.isdigit() else book.tab(-1)


def _here(call: Call) -> str:
    return f"/sheets/{quote(call.parts['book'], safe='')}/{call.parts['sheet']}"


def _grid(call: Call) -> Answer:
    book = call.world.books.get(call.parts["book"])
    tab = _tab(call, book)
    width = max([4, *map(len, tab.rows)])
    start = max(call.number("from", 1), 1) - 1
    rows = [
        (number + 1, [_seen(book, tab, number, at) for at in range(width)])
        for number in range(start, min(start + SHOWN_ROWS, len(tab.rows)))
    ]
    return page(
        "sheet.html",
        title=f"{book.properties['title']}: {tab.title}",
        book=book,
        tab=tab,
        here=_here(call),
        letters=[column_letters(at) for at in range(width)],
        rows=rows,
        following=start + SHOWN_ROWS + 1 if start + SHOWN_ROWS < len(tab.rows) else 0,
        is_form=_is_form(call.world, book, tab),
    )


def _first(call: Call) -> Answer:
    book = call.world.books.get(call.parts["book"])
    return to(f"/sheets/{quote(call.parts['book'], safe='')}/{book.tabs[0].sheet_id}")


def _seen(book: Book, tab: Tab, row: int, column: int) -> dict[str, str]:
    cell = tab.cell(row, column)
    return {"a1": f"{column_letters(column)}{row + 1}", "text": shown(cell, book.locale), "note": cell.note}


def _place(call: Call) -> tuple[int, int]:
    box = parse_a1(call.parts["cell"])
    if box is None or box.bottom != box.top + 1 or box.right != box.left + 1:
        raise not_found("There is no such cell.")
    return box.top, box.left


def _edit(call: Call) -> Answer:
    book = call.world.books.get(call.parts["book"])
    tab = _tab(call, book)
    row, column = _place(call)
    cell = tab.cell(row, column)
    return page(
        "cell.html",
        title=f"{tab.title} {call.parts['cell']}",
        here=_here(call),
        column_title=shown(tab.cell(0, column), book.locale),
        text=retyped(cell, book),
        choices=_choices(tab, row, column),
    )


def _type(call: Call) -> Answer:
    row, column = _place(call)
    text = form(call).get("value", "")
    with call.world.changing(call.parts["book"]) as book:
        tab = _tab(call, book)
        tab.area(Box(row, column, row + 1, column + 1))
        tab.put(row, [(column, typed(text, tab.cell(row, column), book.locale))])
    return to(_here(call))


def retyped(cell: Cell, book: Book) -> str:
    """What to type to get this cell again; text that would become something else gets an apostrophe."""
    if cell.formula:
        return cell.formula
    text = shown(cell, book.locale)
    same = isinstance(cell.value, str) and typed(text, EMPTY, book.locale).value != cell.value
    verbatim = isinstance(cell.value, str) and (same or typed(text, EMPTY, book.locale).formula != "")
    return f"'{text}" if verbatim else text


def _choices(tab: Tab, row: int, column: int) -> list[str]:
    for rule in tab.extras.get("validations", []):
        box = from_grid_range(rule["range"])
        down = box.top <= row and (box.bottom is None or row < box.bottom)
        if down and box.left <= column and (box.right is None or column < box.right):
            condition = rule["rule"].get("condition", {})
            if condition.get("type") == "BOOLEAN":
                return ["TRUE", "FALSE"]
            return [str(value["userEnteredValue"]) for value in condition.get("values", [])]
    return []


def _add(call: Call) -> Answer:
    book = call.world.books.get(call.parts["book"])
    tab = _tab(call, book)
    fields = [(at, shown(cell, book.locale), _choices(tab, 1, at)) for at, cell in enumerate((tab.rows or [[]])[0])]
    is_form = _is_form(call.world, book, tab)
    return page(
        "row.html",
        title=f"New row in {tab.title}",
        here=_here(call),
        fields=fields[1:] if is_form else fields,
        is_form=is_form,
    )


def _append(call: Call) -> Answer:
    given = form(call)
    with call.world.changing(call.parts["book"]) as book:
        tab = _tab(call, book)
        row = tab.rows_with_data()
        is_form = _is_form(call.world, book, tab)
        cells = [
            (int(at), Cell(text or None) if is_form else typed(text, EMPTY, book.locale))
            for at, text in given.items()
            if at.isdigit() and int(at) < tab.column_count
        ]
        if is_form:
            cells.append((0, Cell(serial(_local_now(call.world, book)), kind="DATE_TIME")))
        tab.grow(row + 1)
        tab.put(row, cells)
    return to(_here(call))


def _local_now(world: World, book: Book) -> datetime:
    zone = ZoneInfo(book.properties["timeZone"])
    return world.clock.now().astimezone(zone).replace(tzinfo=None, microsecond=0)


def _is_form(world: World, book: Book, tab: Tab) -> bool:
    """A tab that Forms writes to: a new row is a member's answer, kept word for word."""
    forms = world.programme.forms.values()
    return any(book.book_id == spreadsheet_id(one.spreadsheet) and tab.title == one.tab for one in forms)


def _sort(call: Call) -> Answer:
    given = form(call)
    box = parse_a1(given.get("column", "") + "1")
    if box is None:
        raise invalid("There is no such column.")
    order = "DESCENDING" if given.get("order") == "DESCENDING" else "ASCENDING"
    with call.world.changing(call.parts["book"]) as book:
        tab = _tab(call, book)
        area = Area(1, 0, max(tab.row_count, 2), tab.column_count)
        spec = {"dimensionIndex": box.left, "sortOrder": order}
        sort(book, tab, area, [spec], markers_follow=book.markers_follow_sort)
    return to(_here(call))


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("pages", method, SHEET + path, SHEET + path, work)


OPERATIONS: list[Operation] = [
    operation("pages", "GET", "/sheets/{book}", "/sheets/{book}", _first),
    _spoken("GET", "", _grid),
    _spoken("GET", "/edit/{cell}", _edit),
    _spoken("POST", "/edit/{cell}", _type),
    _spoken("GET", "/add", _add),
    _spoken("POST", "/add", _append),
    _spoken("POST", "/sort", _sort),
]
