"""The basic filter of a tab: where it lies, what it asks of each column, which rows it hides."""

from collections.abc import Iterator
from datetime import date
from weakref import WeakKeyDictionary

from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.areas import filled
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, load
from tasks.sandbox.sheets.chunks import Raw
from tasks.sandbox.sheets.conditions import NOT_COMPUTED, Judge
from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Tab

_found: WeakKeyDictionary[Tab, tuple[date, set[int]]] = WeakKeyDictionary()


def filtered_area(tab: Tab) -> Area | None:
    """Where the filter lies, its header row included."""
    found = tab.extras.get("basicFilter")
    return filled(found.get("range") or {}, tab.row_count, tab.column_count) if found else None


def criteria_of(tab: Tab) -> dict[int, Json]:
    """What the filter asks of each column; Google keeps it in two spellings."""
    found = tab.extras.get("basicFilter") or {}
    specs = {int(spec.get("columnIndex", 0)): spec.get("filterCriteria") or {} for spec in found.get("filterSpecs", [])}
    old = {int(column): one for column, one in (found.get("criteria") or {}).items()}
    return {column: one for column, one in {**old, **specs}.items() if one}


def filtered_out(judge: Judge, tab: Tab) -> set[int]:
    """The rows that the filter hides, as far as it is modelled. Found once for a tab, which never changes in place."""
    known = _found.get(tab)
    if known is None or known[0] != judge.today:
        known = _found[tab] = judge.today, set(_gone(judge, tab))
    return known[1]


def _gone(judge: Judge, tab: Tab) -> Iterator[int]:
    area = filtered_area(tab)
    wanted = [
        (column, set(one.get("hiddenValues") or []), one.get("condition"))
        for column, one in criteria_of(tab).items()
        if _modelled(one)
    ]
    if area is None or not wanted:
        return
    for row, cells in raw_rows(tab, area.top + 1, area.bottom):
        for column, hidden, condition in wanted:
            cell = load(cells[column]) if column < len(cells) else EMPTY
            if shown(cell, judge.book.locale) in hidden or (condition and not judge.meets(cell, condition)):
                yield row
                break


def raw_rows(tab: Tab, top: int, bottom: int) -> Iterator[tuple[int, Raw]]:
    """The written rows of a span with their numbers, as they are kept: of a big tab only what is asked for is read."""
    for first, chunk in tab.grid.numbered():
        if first < bottom and first + len(chunk.packed) > top:
            yield from ((at, row) for at, row in enumerate(chunk.raw(), first) if top <= at < bottom)


def not_applied(tab: Tab) -> bool:
    """Whether the filter asks for something that is not modelled: a formula or a colour."""
    return not all(map(_modelled, criteria_of(tab).values()))


def _modelled(criterion: Json) -> bool:
    by_colour = any(name.startswith("visible") for name in criterion)
    return not by_colour and (criterion.get("condition") or {}).get("type") not in NOT_COMPUTED


def values_of(book: Book, tab: Tab, column: int) -> list[str]:
    """What stands in a filtered column, each text once, in order."""
    area = filtered_area(tab)
    if area is None:
        return []
    cells = (row[column] if column < len(row) else None for _, row in raw_rows(tab, area.top + 1, area.bottom))
    found = {shown(load(cell), book.locale) for cell in cells}
    return sorted(found, key=lambda text: (not text, text.casefold(), text))
