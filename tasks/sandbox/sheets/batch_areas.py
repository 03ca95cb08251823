"""The requests of a batch that move cells within an area: shift them in or out, sort them, drop what is there twice."""

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.areas import inside, meet
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell, Value
from tasks.sandbox.sheets.merges import merged_areas
from tasks.sandbox.sheets.moves import sort
from tasks.sandbox.sheets.places import area_of
from tasks.sandbox.sheets.ranges import Area, to_grid_range
from tasks.sandbox.sheets.tabs import Tab


def insert_range(book: Book, wanted: Json) -> Json:
    """``insertRange``; what is pushed over the edge makes the grid grow."""
    tab, area, down = _shifted(book, wanted)
    height, width = area.bottom - area.top, area.right - area.left
    if down:
        _keep_merges_whole(tab, Area(area.top, area.left, tab.row_count, area.right), height, 0)
        lines = _columns(tab, area)
        tab.grow(area.top + height + max((len(line) for line in lines), default=0))
        _put_columns(tab, area, [[EMPTY] * height + line for line in lines])
    else:
        _keep_merges_whole(tab, Area(area.top, area.left, area.bottom, tab.column_count), 0, width)
        for number in range(area.top, min(area.bottom, len(tab.rows))):
            row = tab.rows[number]
            if len(row) > area.left:
                tab.grow(0, len(row) + width)
                tab.rows[number] = row[: area.left] + [EMPTY] * width + row[area.left :]
    book.check_room(0)
    return {}


def delete_range(book: Book, wanted: Json) -> Json:
    """``deleteRange``; the cells behind close the gap."""
    tab, area, down = _shifted(book, wanted)
    height, width = area.bottom - area.top, area.right - area.left
    tab.extras["merges"] = [
        to_grid_range(tab.sheet_id, merged) for merged in merged_areas(tab) if not inside(merged, area)
    ]
    if down:
        _keep_merges_whole(tab, Area(area.top, area.left, tab.row_count, area.right), -height, 0)
        lines = _columns(tab, area)
        _put_columns(tab, area, [line[height:] + [EMPTY] * min(height, len(line)) for line in lines])
    else:
        _keep_merges_whole(tab, Area(area.top, area.left, area.bottom, tab.column_count), 0, -width)
        for number in range(area.top, min(area.bottom, len(tab.rows))):
            row = tab.rows[number]
            tab.put(number, enumerate(row[area.right :] + [EMPTY] * (len(row) - area.left), area.left))
    return {}


def sort_range(book: Book, wanted: Json) -> Json:
    """``sortRange``."""
    tab, area = area_of(book, wanted)
    specs = wanted.get("sortSpecs", [])
    if not specs:
        raise invalid("Must specify at least one sortSpec.")
    for spec in specs:
        if not area.left <= spec.get("dimensionIndex", 0) < area.right:
            raise invalid(f"Sort column {spec.get('dimensionIndex', 0)} must be in the range.")
    sort(book, tab, area, specs, markers_follow=book.markers_follow_sort)
    return {}


def delete_duplicates(book: Book, wanted: Json) -> Json:
    """``deleteDuplicates``: of rows that read the same, in any case of letters, the first stays."""
    tab, area = area_of(book, wanted)
    columns = [at for span in wanted.get("comparisonColumns", []) for at in _span(span, area)]
    seen: set[tuple[Value, ...]] = set()
    kept: list[int] = []
    used = range(area.top, min(area.bottom, len(tab.rows)))
    for row in used:
        key = tuple(_compared(tab.cell(row, at)) for at in columns or range(area.left, area.right))
        if key not in seen:
            seen.add(key)
            kept.append(row)
    width = range(area.left, area.right)
    new = [[(at, tab.cell(row, at)) for at in width] for row in kept]
    new += [[(at, EMPTY) for at in width] for _ in range(len(used) - len(kept))]
    for number, cells in zip(used, new, strict=True):
        tab.put(number, cells)
    gone = len(used) - len(kept)
    return {"deleteDuplicates": {"duplicatesRemovedCount": gone} if gone else {}}


def _shifted(book: Book, wanted: Json) -> tuple[Tab, Area, bool]:
    tab, area = area_of(book, wanted)
    if wanted.get("shiftDimension") not in {"ROWS", "COLUMNS"}:
        raise invalid("Must specify a shiftDimension.")
    return tab, area, wanted["shiftDimension"] == "ROWS"


def _columns(tab: Tab, area: Area) -> list[list[Cell]]:
    """The columns of an area down to the last row that holds anything."""
    rows = range(area.top, len(tab.rows))
    return [[tab.cell(row, at) for row in rows] for at in range(area.left, area.right)]


def _put_columns(tab: Tab, area: Area, columns: list[list[Cell]]) -> None:
    for down in range(max(map(len, columns), default=0)):
        cells = [(at, column[down]) for at, column in enumerate(columns, area.left) if down < len(column)]
        tab.put(area.top + down, cells)


def _keep_merges_whole(tab: Tab, moving: Area, down: int, right: int) -> None:
    """Merges shift with their cells; one that would be torn apart makes the request impossible."""
    found = []
    for merged in merged_areas(tab):
        if not meet(merged, moving):
            found.append(merged)
        elif inside(merged, moving):
            found.append(Area(merged.top + down, merged.left + right, merged.bottom + down, merged.right + right))
        else:
            raise invalid("Cannot shift cells that are part of a merged range.")
    tab.extras["merges"] = [to_grid_range(tab.sheet_id, merged) for merged in found]


def _span(given: Json, area: Area) -> range:
    if given.get("dimension") != "COLUMNS":
        raise invalid("comparisonColumns must be columns.")
    start, end = given.get("startIndex", area.left), given.get("endIndex", area.right)
    if not area.left <= start < end <= area.right:
        raise invalid("comparisonColumns must be in the range.")
    return range(start, end)


def _compared(cell: Cell) -> Value:
    return cell.value.casefold() if isinstance(cell.value, str) else cell.error or cell.value
