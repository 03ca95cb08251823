"""What ``SheetProperties`` can change of a tab: its title, its place, its grid, what is hidden or frozen."""

from tasks.sandbox.failures import invalid
from tasks.sandbox.masks import Mask
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.copies import retitle_references
from tasks.sandbox.sheets.moves import delete
from tasks.sandbox.sheets.overlay import selected
from tasks.sandbox.sheets.tabs import Tab

TAB_PROPERTIES = ("title", "index", "hidden", "tabColor", "tabColorStyle", "rightToLeft", "gridProperties")
COUNTS = {"rowCount": "ROWS", "columnCount": "COLUMNS"}
FROZEN = {"frozenRowCount": "ROWS", "frozenColumnCount": "COLUMNS"}
SWITCHES = ("hideGridlines", "rowGroupControlAfter", "columnGroupControlAfter")
GRID_PROPERTIES = (*COUNTS, *FROZEN, *SWITCHES)


def set_properties(book: Book, tab: Tab, properties: Json, mask: Mask) -> None:
    """Give a tab the selected properties; 400 for what cannot be, also when no tab would be left to see."""
    for name, inner in selected(mask, "SheetProperties", TAB_PROPERTIES).items():
        value = properties.get(name)
        if name == "gridProperties":
            _set_grid(book, tab, value or {}, inner)
        elif name == "title":
            _rename(book, tab, value or "")
        elif name == "index":
            _put_at(book, tab, value)
        else:
            _keep(tab.properties, name, value)
    tab.properties.pop("tabColor", None)
    if not tab.properties.get("tabColorStyle", True):
        tab.properties.pop("tabColorStyle")
    if all(other.properties.get("hidden") for other in book.tabs):
        raise invalid("You can't hide all the sheets in a document.")


def _put_at(book: Book, tab: Tab, index: int | None) -> None:
    """Indices are those before the move, as the API counts them."""
    at, last = book.tabs.index(tab), len(book.tabs)
    to = last if index is None else index
    if not 0 <= to <= last:
        raise invalid(f"Sheet index {to} is out of range.")
    book.tabs.remove(tab)
    book.tabs.insert(to - 1 if to > at else to, tab)


def _rename(book: Book, tab: Tab, title: str) -> None:
    if not title or book.titled(title) not in {None, tab}:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')
    book.check_title(title)
    retitle_references(book, tab.title, title)
    tab.title = title


def _set_grid(book: Book, tab: Tab, grid: Json, mask: Mask) -> None:
    names = selected(mask or {name: {} for name in grid}, "GridProperties", GRID_PROPERTIES)
    for name in names:
        if name in COUNTS:
            _resize(book, tab, COUNTS[name], grid.get(name, 0))
        else:
            _keep(tab.properties.setdefault("grid", {}), name, grid.get(name))
    for name, dimension in FROZEN.items():
        size = tab.row_count if dimension == "ROWS" else tab.column_count
        if not 0 <= tab.properties.get("grid", {}).get(name, 0) < size:
            raise invalid(f"You can't freeze all visible {dimension.lower()} on the sheet.")


def _resize(book: Book, tab: Tab, dimension: str, size: int) -> None:
    if size < 1:
        raise invalid(f"A sheet must have at least one {'row' if dimension == 'ROWS' else 'column'}.")
    rows = dimension == "ROWS"
    before = tab.row_count if rows else tab.column_count
    if size < before:
        delete(book, tab, dimension, size, before)
        return
    book.check_room((size - before) * (tab.column_count if rows else tab.row_count))
    tab.grow(size if rows else 0, 0 if rows else size)


def _keep(holder: Json, name: str, value: object) -> None:
    """Default values vanish, as they do from Google's answers."""
    if value:
        holder[name] = value
    else:
        holder.pop(name, None)
