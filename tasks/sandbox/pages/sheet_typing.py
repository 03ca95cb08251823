"""What a person types or pastes: checked by the sheet's own rules, then written as ``USER_ENTERED``."""

from dataclasses import dataclass

from tasks.sandbox.pages.page import PageError
from tasks.sandbox.pages.sheet_plan import MOST_AT_ONCE, a1
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.conditions import Judge
from tasks.sandbox.sheets.ranges import Area, Box
from tasks.sandbox.sheets.rules import Outcome, Verdict, own_spelling, rule_at, verdict
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.typed import typed
from tasks.sandbox.sheets.writing import write

MOST_CELLS = 20_000
LONGEST = 50_000


class RuleError(PageError):
    """The sheet's rule refuses what was typed."""

    def __init__(self, cell: str, verdict: Verdict) -> None:
        super().__init__("sheet.rule_refused", 400, cell=cell, rule=verdict)


@dataclass(frozen=True, slots=True)
class Block:
    """Texts as typed, row by row, from a cell on."""

    row: int
    column: int
    lines: list[list[str]]

    @property
    def area(self) -> Area:
        """Where they go."""
        width = max(map(len, self.lines))
        return Area(self.row, self.column, self.row + len(self.lines), self.column + width)


def pasted(row: int, column: int, text: str) -> Block:
    """A block as spreadsheets copy it: a line a row, tabs between cells, quoted where a cell holds either."""
    lines = _lines(text.removesuffix("\n"))
    if sum(map(len, lines)) > MOST_CELLS:
        raise PageError("sheet.too_much", most=MOST_CELLS)
    return Block(row, column, lines)


def _lines(text: str) -> list[list[str]]:
    lines, field, quoted, at = [[""]], "", False, 0
    while at < len(text):
        sign = text[at]
        if quoted and sign == '"' and text[at + 1 : at + 2] == '"':
            field, at = field + sign, at + 1
        elif sign == '"' and (quoted or not field):
            quoted = not quoted
        elif sign in "\t\n" and not quoted:
            lines[-1][-1], field = field, ""
            lines[-1].append("") if sign == "\t" else lines.append([""])
        else:
            field += sign
        at += 1
    lines[-1][-1] = field
    return lines


def enter(judge: Judge, tab: Tab, block: Block) -> None:
    """Write a block; nothing of it where a strict rule refuses one cell. The grid grows where it ends too early."""
    book, area = judge.book, block.area
    if area.bottom > tab.row_count + MOST_AT_ONCE or area.right > tab.column_count + MOST_AT_ONCE:
        raise PageError("sheet.no_cell", 404, cell=a1(area.bottom - 1, area.right - 1))
    tab.grow(area.bottom, area.right)
    lines = [
        [_checked(judge, tab, area.top + down, area.left + across, text) for across, text in enumerate(line)]
        for down, line in enumerate(block.lines)
    ]
    write(book, tab, Box(area.top, area.left, area.bottom, area.right), [list(line) for line in lines], "USER_ENTERED")


def _checked(judge: Judge, tab: Tab, row: int, column: int, text: str) -> str:
    if len(text) > LONGEST:
        raise PageError("sheet.too_long", most=LONGEST)
    rule = rule_at(tab, row, column)
    if rule is None or not text:
        return text
    text = own_spelling(judge, rule, text)
    said = verdict(judge, rule, typed(text, tab.cell(row, column), judge.book.locale, judge.today))
    if said.outcome is Outcome.REFUSED:
        raise RuleError(a1(row, column), said)
    return text


def retyped(cell: Cell, book: Book) -> str:
    """What to type to get this cell again; text that would become something else gets an apostrophe."""
    if cell.formula:
        return cell.formula
    text = shown(cell, book.locale)
    if not isinstance(cell.value, str):
        return text
    again = typed(text, EMPTY, book.locale)
    return f"'{text}" if again.formula or again.value != cell.value or text.startswith("'") else text
