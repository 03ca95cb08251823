"""Merged cells: one cell over several places; only the content of its top left corner is kept."""

from collections.abc import Iterator

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.areas import inside, meet
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import Cell
from tasks.sandbox.sheets.places import area_of
from tasks.sandbox.sheets.ranges import Area, from_grid_range, to_grid_range
from tasks.sandbox.sheets.tabs import Tab

PARTLY = "You must select all cells in a merged range to merge or unmerge them."


def merge_cells(book: Book, wanted: Json) -> Json:
    """``mergeCells``; merges inside the range give way to the new one."""
    tab, area = area_of(book, wanted)
    _remove(tab, area)
    for part in _parts(area, wanted.get("mergeType", "MERGE_ALL")):
        if (part.bottom - part.top) * (part.right - part.left) > 1:
            _check_frozen(tab, part)
            add_merge(tab, part)
    return {}


def unmerge_cells(book: Book, wanted: Json) -> Json:
    """``unmergeCells``."""
    _remove(*area_of(book, wanted))
    return {}


def add_merge(tab: Tab, area: Area) -> None:
    """Merge an area in which no merge is left."""
    _keep_one_content(tab, area)
    tab.extras.setdefault("merges", []).append(to_grid_range(tab.sheet_id, area))


def merged_areas(tab: Tab) -> list[Area]:
    """The merges of a tab."""
    return [tab.area(from_grid_range(given)) for given in tab.extras.get("merges", [])]


def _remove(tab: Tab, area: Area) -> None:
    touched = [merged for merged in merged_areas(tab) if meet(merged, area)]
    if not all(inside(merged, area) for merged in touched):
        raise invalid(PARTLY)
    kept = [to_grid_range(tab.sheet_id, merged) for merged in merged_areas(tab) if merged not in touched]
    tab.extras["merges"] = kept


def _parts(area: Area, shape: str) -> Iterator[Area]:
    if shape == "MERGE_ROWS":
        yield from (Area(row, area.left, row + 1, area.right) for row in range(area.top, area.bottom))
    elif shape == "MERGE_COLUMNS":
        yield from (Area(area.top, at, area.bottom, at + 1) for at in range(area.left, area.right))
    else:
        yield area


def _check_frozen(tab: Tab, area: Area) -> None:
    grid = tab.properties.get("grid", {})
    edges = (("rows", "frozenRowCount", area.top, area.bottom), ("columns", "frozenColumnCount", area.left, area.right))
    for name, key, start, end in edges:
        if start < grid.get(key, 0) < end:
            raise invalid(f"You can't merge frozen and non-frozen {name}.")


def _keep_one_content(tab: Tab, area: Area) -> None:
    """The first cell in reading order that holds something; formats stay where they are."""
    content: Cell | None = None
    for row in range(area.top, min(area.bottom, len(tab.rows))):
        cells = [(at, tab.cell(row, at)) for at in range(area.left, area.right)]
        content = content or next((cell for _, cell in cells if not cell.blank), None)
        if any(not cell.blank for _, cell in cells):
            tab.put(row, [(at, _emptied(cell)) for at, cell in cells])
    if content is not None:
        corner = tab.cell(area.top, area.left)
        value = corner._replace(value=content.value, formula=content.formula, error=content.error)
        tab.put(area.top, [(area.left, value)])


def _emptied(cell: Cell) -> Cell:
    return cell._replace(value=None, formula="", error="")
