"""The pages beside the grid: one cell with its note, the filter of one column, a new row."""

from tasks.sandbox.pages.page import PageError, page
from tasks.sandbox.pages.sheet_cell import Looks
from tasks.sandbox.pages.sheet_changes import address, form_code, judge, tab_of
from tasks.sandbox.pages.sheet_filter import CONDITIONS, MOST_VALUES, frozen_rows
from tasks.sandbox.pages.sheet_plan import a1, cell_of, column_of
from tasks.sandbox.sheets.filtering import criteria_of, filtered_area, values_of
from tasks.sandbox.sheets.ranges import column_letters
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.wire import Answer, Call


def cell(call: Call) -> Answer:
    book = call.world.books.get(call.parts["book"])
    tab = tab_of(call, book)
    row, column = cell_of(call.parts["cell"])
    if row >= tab.row_count or column >= tab.column_count:
        raise PageError("sheet.no_cell", 404, cell=call.parts["cell"])
    looks = Looks(judge(call, book), tab)
    name = a1(row, column)
    return page(
        "cell.html",
        tab=tab,
        here=address(call),
        back=address(call, at=name),
        header=shown(tab.cell(0, column), book.locale) if row else "",
        cell=looks.seen(row, column, name, tab.cell(row, column)),
        choices=_choices(looks, row, column),
        message=_message(looks, row, column),
    )


def _choices(looks: Looks, row: int, column: int) -> list[str]:
    rule = looks.rule_of(row, column)
    if rule is None:
        return []
    condition = looks.rules[rule][1].get("condition") or {}
    if condition.get("type") != "BOOLEAN":
        return looks.choices(rule)
    return looks.tick_words(condition)


def _message(looks: Looks, row: int, column: int) -> str:
    rule = looks.rule_of(row, column)
    return "" if rule is None else str(looks.rules[rule][1].get("inputMessage") or "")


def column(call: Call) -> Answer:
    book = call.world.books.get(call.parts["book"])
    tab = tab_of(call, book)
    column = column_of(tab, call.parts["column"])
    area = filtered_area(tab)
    if area is None or not area.left <= column < area.right:
        raise PageError("sheet.no_filter", 404)
    criteria = criteria_of(tab).get(column, {})
    condition = criteria.get("condition") or {}
    values = values_of(book, tab, column)
    return page(
        "sheet_filter.html",
        here=address(call),
        back=address(call, at=a1(area.top, column)),
        letters=column_letters(column),
        header=shown(tab.cell(area.top, column), book.locale),
        values=values[:MOST_VALUES],
        more=max(len(values) - MOST_VALUES, 0),
        hidden=set(criteria.get("hiddenValues") or []),
        conditions=CONDITIONS,
        condition=condition.get("type", ""),
        bounds=[str(value.get("userEnteredValue", "")) for value in condition.get("values") or []],
    )


def row(call: Call) -> Answer:
    book = call.world.books.get(call.parts["book"])
    tab = tab_of(call, book)
    if form_code(call.world, book, tab):
        raise PageError("sheet.row_of_form", 409)
    looks, row = Looks(judge(call, book), tab), tab.rows_with_data()
    width = max((len(cells) for cells in tab.rows[: max(frozen_rows(tab), 1)]), default=1)
    fields = [(at, shown(tab.cell(0, at), book.locale) or column_letters(at)) for at in range(width)]
    return page(
        "row.html",
        tab=tab,
        here=address(call),
        fields=[(at, name, _choices(looks, row, at)) for at, name in fields],
    )
