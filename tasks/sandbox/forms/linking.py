"""Which tab a form writes to: opened to look at or to change, and linked when the form is made."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tasks.sandbox.forms.documents import Form
from tasks.sandbox.forms.response_sheet import ResponseSheet, headers_of
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.world import World


@contextmanager
def response_sheet(world: World, form: Form) -> Iterator[ResponseSheet | None]:
    """The form's tab to change; None when it has none or somebody deleted it."""
    if read_sheet(world, form) is None or form.sheet is None:
        yield None
        return
    with world.changing(form.sheet["book"]) as book:
        sheet = _linked(book, form.sheet)
        yield sheet
        form.sheet = sheet.link() if sheet else form.sheet


def read_sheet(world: World, form: Form) -> ResponseSheet | None:
    """The form's tab to look at; None when it has none or somebody deleted it."""
    if form.sheet is None or form.sheet["book"] not in world.books.ids():
        return None
    return _linked(world.books.get(form.sheet["book"]), form.sheet)


def new_link(book: Book, tab: Tab, headers: Mapping[str, str]) -> Json:
    """The link of a form whose columns stand in a tab under these headers; a missing one is made with the first row."""
    row = headers_of(tab)
    seen = [*row, *(header for header in headers.values() if header not in row)]
    return ResponseSheet(book, tab, {key: seen.index(header) for key, header in headers.items()}, seen).link()


def _linked(book: Book, link: Json) -> ResponseSheet | None:
    for tab in book.tabs:
        if tab.sheet_id == link["tab"]:
            return ResponseSheet(book, tab, link["columns"], link["seen"])
    return None
