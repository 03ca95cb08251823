"""The requests of a batch that insert, append, delete, move, hide and size rows and columns."""

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.moves import delete, insert, move
from tasks.sandbox.sheets.overlay import mask_of, selected
from tasks.sandbox.sheets.places import size_of, strip_of

PROPERTIES = ("hiddenByUser", "pixelSize")


def insert_dimension(book: Book, wanted: Json) -> Json:
    """``insertDimension``; the new ones look like those before or, by default, like those after."""
    strip = strip_of(book, wanted, any_size=True)
    size, before = size_of(strip.tab, strip.dimension), wanted.get("inheritFromBefore", False)
    if strip.start == size and not before:
        raise invalid(f"range.startIndex must be less than the grid size ({size}) if inheritFromBefore is false.")
    if strip.start == 0 and before:
        raise invalid("range.startIndex must be greater than 0 if inheritFromBefore is true.")
    like = strip.start - 1 if before else strip.start
    insert(book, strip.tab, strip.dimension, strip.start, strip.end, like=like)
    return {}


def append_dimension(book: Book, wanted: Json) -> Json:
    """``appendDimension``."""
    tab, count = book.tab(wanted.get("sheetId", 0)), wanted.get("length", 0)
    size = size_of(tab, wanted.get("dimension", ""))
    if count < 1:
        raise invalid("length must be greater than 0.")
    insert(book, tab, wanted["dimension"], size, size + count)
    return {}


def delete_dimension(book: Book, wanted: Json) -> Json:
    """``deleteDimension``."""
    strip = strip_of(book, wanted, any_size=True)
    delete(book, strip.tab, strip.dimension, strip.start, strip.end)
    return {}


def move_dimension(book: Book, wanted: Json) -> Json:
    """``moveDimension``."""
    strip = strip_of(book, wanted, "source")
    move(book, strip.tab, strip.dimension, strip.start, strip.end, wanted.get("destinationIndex", 0))
    return {}


def update_dimension(book: Book, wanted: Json) -> Json:
    """``updateDimensionProperties``: hidden, and the size in pixels."""
    if "dataSourceSheetRange" in wanted:
        raise not_modelled("data source sheets")
    strip, given = strip_of(book, wanted), wanted.get("properties", {})
    sizes = strip.tab.row_sizes if strip.dimension == "ROWS" else strip.tab.column_sizes
    mask = selected(mask_of(wanted), "DimensionProperties", PROPERTIES)
    for at in range(strip.start, strip.end):
        kept = {name: part for name, part in sizes.get(at, {}).items() if name not in mask}
        sizes[at] = kept | {name: given[name] for name in mask if given.get(name)}
    return {}


def resize_dimension(book: Book, wanted: Json) -> Json:
    """``autoResizeDimensions``; nobody measures letters here, so that sizes become the usual ones again."""
    if "dataSourceSheetDimensions" in wanted:
        raise not_modelled("data source sheets")
    strip = strip_of(book, wanted, "dimensions")
    sizes = strip.tab.row_sizes if strip.dimension == "ROWS" else strip.tab.column_sizes
    for at in range(strip.start, strip.end):
        if at in sizes:
            sizes[at] = {name: part for name, part in sizes[at].items() if name != "pixelSize"}
    return {}
