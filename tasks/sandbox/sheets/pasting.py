"""``copyPaste``, ``cutPaste`` and ``pasteData``."""

import csv
from functools import partial

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.areas import inside, meet
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.merges import PARTLY, merged_areas
from tasks.sandbox.sheets.paste_kinds import PASTES, WITH_MERGES, WITH_RULES
from tasks.sandbox.sheets.places import area_of, corner_of
from tasks.sandbox.sheets.ranges import Area, to_grid_range
from tasks.sandbox.sheets.references import copied
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.typed import typed
from tasks.sandbox.sheets.validations import rules_in, set_rule

Block = list[list[Cell]]


def copy_paste(book: Book, wanted: Json) -> Json:
    """``copyPaste``; a destination that is a multiple of the source is filled with copies of it."""
    kind = _kind(wanted, "pasteType")
    source, area = area_of(book, wanted, "source")
    target, asked = area_of(book, wanted, "destination")
    turned = wanted.get("pasteOrientation") == "TRANSPOSE"
    height, width = area.bottom - area.top, area.right - area.left
    block = _block(source, area)
    if turned:
        block, height, width = [list(column) for column in zip(*block, strict=True)], width, height
    down = _times(asked.bottom - asked.top, height)
    right = _times(asked.right - asked.left, width)
    places = [(asked.top + at * height, asked.left + to * width) for at in range(down) for to in range(right)]
    rules = [] if turned else list(rules_in(source, area))
    merges = [] if turned else _merges_within(source, area)
    for top, left in places:
        here = Area(top, left, top + height, left + width)
        _paste(target, here, block, kind, (area.top, area.left))
        if kind in WITH_RULES:
            _paste_rules(target, here, rules, (top - area.top, left - area.left))
        if kind in WITH_MERGES:
            _paste_merges(target, here, merges, (top - area.top, left - area.left))
    return {}


def cut_paste(book: Book, wanted: Json) -> Json:
    """``cutPaste``: the source is empty afterwards, whatever was pasted."""
    kind = _kind(wanted, "pasteType")
    source, area = area_of(book, wanted, "source")
    target, top, left = corner_of(book, wanted, "destination")
    here = Area(top, left, top + area.bottom - area.top, left + area.right - area.left)
    block, rules, merges = _block(source, area), list(rules_in(source, area)), _merges_within(source, area)
    _remove_merges(source, area)
    for row in range(area.top, min(area.bottom, len(source.rows))):
        source.put(row, [(at, EMPTY) for at in range(area.left, area.right)])
    set_rule(source, to_grid_range(source.sheet_id, area), None)
    _paste(target, here, block, kind, None)
    if kind in WITH_RULES:
        _paste_rules(target, here, rules, (top - area.top, left - area.left))
    if kind in WITH_MERGES:
        _paste_merges(target, here, merges, (top - area.top, left - area.left))
    return {}


def paste_data(book: Book, wanted: Json) -> Json:
    """``pasteData``: lines of text, entered as if typed; no HTML."""
    if wanted.get("html"):
        raise not_modelled("pasting HTML")
    if not wanted.get("delimiter"):
        raise invalid("Must specify a delimiter.")
    kind = _kind(wanted, "type")
    tab, top, left = corner_of(book, wanted, "coordinate")
    rows = _lines(wanted.get("data", ""), wanted["delimiter"])
    width = max(map(len, rows), default=0)
    block = [[typed(text, EMPTY, book.locale) for text in row] + [EMPTY] * (width - len(row)) for row in rows]
    _paste(tab, Area(top, left, top + len(rows), left + width), block, kind, None)
    return {}


def _kind(wanted: Json, name: str) -> str:
    kind: str = wanted.get(name, "PASTE_NORMAL")
    if kind == "PASTE_CONDITIONAL_FORMATTING":
        raise not_modelled("pasting conditional formats")
    return kind


def _lines(data: str, delimiter: str) -> list[list[str]]:
    if len(delimiter) == 1 and delimiter not in '"\r\n':
        return list(csv.reader(data.splitlines(keepends=True), delimiter=delimiter))
    return [line.split(delimiter) for line in data.splitlines()]


def _times(asked: int, size: int) -> int:
    return asked // size if asked % size == 0 else 1


def _block(tab: Tab, area: Area) -> Block:
    return [[tab.cell(row, at) for at in range(area.left, area.right)] for row in range(area.top, area.bottom)]


def _paste(tab: Tab, here: Area, block: Block, kind: str, source: tuple[int, int] | None) -> None:
    """Lay a block down; formulas are adjusted when their old corner is given. The grid grows where it must."""
    if kind not in PASTES:
        return
    tab.grow(here.bottom, here.right)
    for row, cells in enumerate(block, here.top):
        new = []
        for at, cell in enumerate(cells, here.left):
            shift = partial(copied, down=here.top - source[0], right=here.left - source[1]) if source else None
            moved = cell._replace(formula=shift(cell.formula)) if shift and cell.formula else cell
            new.append((at, PASTES[kind](tab.cell(row, at), moved)))
        tab.put(row, new)


def _paste_rules(tab: Tab, here: Area, rules: list[tuple[Area, Json]], by: tuple[int, int]) -> None:
    set_rule(tab, to_grid_range(tab.sheet_id, here), None)
    for area, rule in rules:
        set_rule(tab, to_grid_range(tab.sheet_id, _by(area, by)), rule)


def _merges_within(tab: Tab, area: Area) -> list[Area]:
    touched = [merged for merged in merged_areas(tab) if meet(merged, area)]
    if not all(inside(merged, area) for merged in touched):
        raise invalid(PARTLY)
    return touched


def _remove_merges(tab: Tab, area: Area) -> None:
    gone = _merges_within(tab, area)
    tab.extras["merges"] = [to_grid_range(tab.sheet_id, one) for one in merged_areas(tab) if one not in gone]


def _paste_merges(tab: Tab, here: Area, merges: list[Area], by: tuple[int, int]) -> None:
    _remove_merges(tab, here)
    tab.extras["merges"] += [to_grid_range(tab.sheet_id, _by(merged, by)) for merged in merges]


def _by(area: Area, by: tuple[int, int]) -> Area:
    return Area(area.top + by[0], area.left + by[1], area.bottom + by[0], area.right + by[1])
