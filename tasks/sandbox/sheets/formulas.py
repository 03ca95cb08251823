"""The formulas of a spreadsheet: worked out again after every change, those first that others read.

What is not known here, a function or a result that would fill other cells, shows ``#NAME?``: nothing is made up.
"""

from collections.abc import Iterator
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from math import isfinite

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import Cell, Value, load
from tasks.sandbox.sheets.chunks import unpacked
from tasks.sandbox.sheets.formula_syntax import SyntaxProblem, parse
from tasks.sandbox.sheets.formula_tree import Name, Reference, references
from tasks.sandbox.sheets.formula_values import ERROR, NAME, NUM, REF, Desk, Failure, FormulaError, Grid, Moment, Scalar
from tasks.sandbox.sheets.formula_work import Work
from tasks.sandbox.sheets.locales import Locale, locale
from tasks.sandbox.sheets.now import local_now
from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.sheets.shown import is_moment, standard
from tasks.sandbox.sheets.tabs import Tab

Place = tuple[int, int, int]
"""Tab id, row, column."""
NOWHERE = datetime(2000, 1, 1)  # noqa: DTZ001 (a wall clock)


def compute(text: str, spoken: Locale | None = None) -> tuple[Value, str]:
    """The value of a formula that reads no cells, and its error, one of the two; ``recalculate`` does the rest."""

    def read(_: Reference | Name) -> Grid:
        return Grid([[None]])

    found = _worked_out(text, Work(Desk(spoken or locale(""), NOWHERE), read, 0, 0))
    return found.value, found.error


def recalculate(book: Book) -> None:
    """Give every formula the value it has now."""
    formulas = dict(_formulas(book))
    if formulas:
        _Sheets(book, formulas).settle()


def _formulas(book: Book) -> Iterator[tuple[Place, Cell]]:
    for tab in book.tabs:
        for start, chunk in tab.grid.numbered():
            for row in (start + at for at in chunk.formulas):
                for column, cell in enumerate(tab.grid.cells(row)):
                    if cell.formula:
                        yield (tab.sheet_id, row, column), cell


class _Sheets:
    """A spreadsheet while its formulas are worked out; ``done`` holds the new cells."""

    def __init__(self, book: Book, formulas: dict[Place, Cell]) -> None:
        self.book = book
        self.formulas = formulas
        self.done: dict[Place, Cell] = {}
        self.desk = Desk(book.locale, local_now(book))
        self.by_tab: dict[int, list[Place]] = {}
        for place in formulas:
            self.by_tab.setdefault(place[0], []).append(place)

    def settle(self) -> None:
        """Work all of them out; those that wait for each other are ``#REF!``."""
        order, circular = self._order()
        for place in circular:
            self.done[place] = self.formulas[place]._replace(value=None, error=REF, derived="")
        for place in order:
            if place not in self.done:
                self.done[place] = self._cell(place)
        for place, cell in self.done.items():
            if cell != self.formulas[place]:
                self.book.tab(place[0]).put(place[1], [(place[2], cell)])

    def _order(self) -> tuple[list[Place], set[Place]]:
        needs = {place: self._needs(place) for place in self.formulas}
        circular: set[Place] = set()
        while True:
            graph = {place: needed - circular for place, needed in needs.items() if place not in circular}
            try:
                return list(TopologicalSorter(graph).static_order()), circular
            except CycleError as error:
                circular.update(error.args[1])

    def _needs(self, place: Place) -> set[Place]:
        try:
            read = list(references(parse(self.formulas[place].formula, self.book.locale)))
        except (SyntaxProblem, RecursionError):
            return set()
        needed: set[Place] = set()
        for one in read:
            try:
                tab, area = self._area(one, place[0])
            except FormulaError:
                continue
            needed.update(self._inside(tab, area))
        return needed

    def _inside(self, tab: Tab, area: Area) -> Iterator[Place]:
        """The formulas in an area."""
        rows, columns = range(area.top, area.bottom), range(area.left, area.right)
        known = self.by_tab.get(tab.sheet_id, [])
        if len(rows) * len(columns) < len(known):
            places = ((tab.sheet_id, row, column) for row in rows for column in columns)
            return (place for place in places if place in self.formulas)
        return (place for place in known if place[1] in rows and place[2] in columns)

    def _cell(self, place: Place) -> Cell:
        def read(wanted: Reference | Name) -> Grid:
            return self._grid(*self._area(wanted, place[0]))

        old = self.formulas[place]
        return _worked_out(old.formula, Work(self.desk, read, place[1], place[2]), old)

    def _area(self, wanted: Reference | Name, home: int) -> tuple[Tab, Area]:
        try:
            if isinstance(wanted, Name):
                tab, box = self.book.find(wanted.text)
                return tab, tab.area(box)
            found = self.book.tab(home) if wanted.title is None else self.book.titled(wanted.title)
            if found is None:
                raise FormulaError(REF)
            return found, found.area(wanted.box)
        except GoogleError:
            raise FormulaError(NAME if isinstance(wanted, Name) else REF) from None

    def _grid(self, tab: Tab, area: Area) -> Grid:
        """The values of an area, only as far down as something is written."""
        bottom = max(min(area.bottom, len(tab.grid)), area.top + 1)
        width = area.right - area.left
        rows = [
            [self._scalar(load(cell)) for cell in row[area.left : area.right]]
            for packed in tab.grid.packed(area.top, bottom)
            for row in unpacked(packed)
        ]
        rows += [[] for _ in range(bottom - area.top - len(rows))]
        full: list[list[Scalar]] = [[*row, *([None] * (width - len(row)))] for row in rows]
        for place in self._inside(tab, Area(area.top, area.left, bottom, area.right)):
            if place in self.done:
                full[place[1] - area.top][place[2] - area.left] = self._scalar(self.done[place])
        return Grid(full, area.top, area.left, max(area.bottom - bottom, 0))

    def _scalar(self, cell: Cell) -> Scalar:
        if cell.error:
            return Failure(cell.error)
        if is_moment(cell):
            pattern = cell.pattern or standard(cell.kind, self.book.locale) or cell.derived
            return Moment.of(cell.value, pattern)  # type: ignore[arg-type]  # a moment is a number
        return cell.value


def _worked_out(formula: str, work: Work, old: Cell | None = None) -> Cell:
    cell = (old or Cell(formula=formula))._replace(value=None, error="", derived="")
    try:
        found = work.result(parse(formula, work.desk.locale))
    except (SyntaxProblem, RecursionError):
        return cell._replace(error=ERROR)
    except FormulaError as error:
        return cell._replace(error=error.code)
    if isinstance(found, Failure):
        return cell._replace(error=found.code)
    derived = found.pattern if isinstance(found, Moment) else ""
    if isinstance(found, float):
        if not isfinite(found):
            return cell._replace(error=NUM)
        found = int(found) if found.is_integer() else float(found)
    return cell._replace(value=found, derived=derived)
