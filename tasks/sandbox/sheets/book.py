"""A spreadsheet in memory: its tabs, its developer metadata, and what a range means in it."""

import copy
import hashlib
from dataclasses import dataclass, field
from typing import Self

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.locales import Locale, locale
from tasks.sandbox.sheets.ranges import Box, from_grid_range, parse_a1, split_title
from tasks.sandbox.sheets.tabs import Tab

MOST_CELLS = 10_000_000
LONGEST_TITLE = 100


@dataclass(eq=False)
class Book:
    """A spreadsheet. ``markers`` is its developer metadata; entries are replaced, never changed in place.

    ``named_ranges`` are ``NamedRange`` messages; ``editor`` is the address of whoever changes a draft.
    """

    book_id: str
    properties: Json
    created: str
    modified: str
    tabs: list[Tab] = field(default_factory=list)
    markers: dict[int, Json] = field(default_factory=dict)
    named_ranges: list[Json] = field(default_factory=list)
    markers_follow_sort: bool = False
    editor: str = ""

    @property
    def locale(self) -> Locale:
        """How its dates and numbers are typed and shown."""
        return locale(self.properties.get("locale", ""))

    def draft(self) -> Self:
        """A copy to change."""
        tabs = [tab.draft() for tab in self.tabs]
        named = copy.deepcopy(self.named_ranges)
        properties, markers = dict(self.properties), dict(self.markers)
        return type(self)(self.book_id, properties, self.created, self.modified, tabs, markers, named)

    def tab(self, sheet_id: int) -> Tab:
        """The tab with this id, else 400."""
        for tab in self.tabs:
            if tab.sheet_id == sheet_id:
                return tab
        raise invalid(f"No grid with id: {sheet_id}")

    def titled(self, title: str) -> Tab | None:
        """The tab with this title, in any case of letters."""
        return next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)

    def find(self, text: str) -> tuple[Tab, Box]:
        """What a range in A1 notation means here; 400 when it means nothing."""
        title, cells = split_title(text)
        if title is None:
            box = parse_a1(text)
            if box is not None:
                return self.tabs[0], box
            if named := self._named(text):
                return named
            title, cells = text, ""
        tab = self.titled(title)
        found = parse_a1(cells) if cells else Box()
        if tab is not None and found is None and (named := self._named(cells)):
            return named
        if tab is None or found is None:
            raise invalid(f"Unable to parse range: {text}")
        return tab, found

    def _named(self, name: str) -> tuple[Tab, Box] | None:
        for named in self.named_ranges:
            if named["name"].casefold() == name.casefold():
                return self.tab(named["range"].get("sheetId", 0)), from_grid_range(named["range"])
        return None

    def check_room(self, more: int) -> None:
        """400 when so many further cells are too many."""
        if sum(tab.row_count * tab.column_count for tab in self.tabs) + more > MOST_CELLS:
            raise invalid(
                f"This action would increase the number of cells in the workbook above the limit of {MOST_CELLS} cells."
            )

    def add_tab(self, title: str = "", sheet_id: int | None = None, index: int | None = None) -> Tab:
        """A new tab; 400 when its title or id is taken."""
        title = title or self._free_title()
        if self.titled(title):
            raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')
        self.check_title(title)
        taken = {tab.sheet_id for tab in self.tabs}
        if sheet_id is not None and sheet_id < 0:
            raise invalid("Sheet id must be non-negative.")
        if sheet_id is not None and sheet_id in taken:
            raise invalid(f"Sheet with id {sheet_id} already exists.")
        if sheet_id is None:
            sheet_id = 0 if not taken else new_number(f"{self.book_id}:{title}:{len(taken)}", taken)
        tab = Tab(sheet_id, title)
        if index is not None and not 0 <= index <= len(self.tabs):
            raise invalid(f"Sheet index {index} is out of range.")
        self.tabs.insert(len(self.tabs) if index is None else index, tab)
        return tab

    def check_title(self, title: str) -> None:
        """400 for one that is too long."""
        if len(title) > LONGEST_TITLE:
            raise invalid(f"The sheet name cannot be greater than {LONGEST_TITLE} characters.")

    def _free_title(self) -> str:
        number = len(self.tabs) + 1
        while self.titled(f"Sheet{number}"):
            number += 1
        return f"Sheet{number}"


def new_number(text: str, taken: set[int]) -> int:
    """A positive int32 that looks as if Google chose it, the same at each start."""
    number = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % (2**31 - 1) + 1
    while number in taken:
        number = number % (2**31 - 1) + 1
    return number
