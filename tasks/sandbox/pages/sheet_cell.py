"""How one cell looks on the page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tasks.sandbox.pages.sheet_typing import retyped
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.conditions import Judge
from tasks.sandbox.sheets.ranges import Box, from_grid_range
from tasks.sandbox.sheets.rules import Outcome, Verdict, covers, verdict
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Tab

WEB = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
HYPERLINK = re.compile(r'=\s*HYPERLINK\(\s*"(https?://[^\s"\'<>\\]+)"', re.IGNORECASE)
SIDES = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}
FULL = 255


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell on the page. ``raw`` is what one edits, where that is not the text; ``next`` what a tick would become."""

    a1: str
    column: int
    text: str
    raw: str | None = None
    note: str = ""
    rule: int | None = None
    tick: bool | None = None
    next: str = ""
    link: str = ""
    broken: Verdict | None = None
    classes: str = ""
    style: str = ""
    across: int = 1
    down: int = 1


class Looks:
    """The looks of a tab's cells; what several cells share is worked out once."""

    def __init__(self, judge: Judge, tab: Tab) -> None:
        self.judge = judge
        self.tab = tab
        self._choices: dict[int, list[str]] = {}

    @cached_property
    def rules(self) -> list[tuple[Box, Json]]:
        """The tab's input rules, the first that covers a cell is its own."""
        stored = self.tab.extras.get("validations", [])
        return [(from_grid_range(entry["range"]), entry["rule"]) for entry in reversed(stored)]

    def rule_of(self, row: int, column: int) -> int | None:
        """The number of the rule of a cell."""
        return next((at for at, (box, _) in enumerate(self.rules) if covers(box, row, column)), None)

    def choices(self, rule: int) -> list[str]:
        """What a dropdown offers; nothing for any other rule."""
        if rule not in self._choices:
            wanted = self.rules[rule][1]
            condition = wanted.get("condition") or {}
            listed = condition.get("type", "").startswith("ONE_OF_")
            self._choices[rule] = self.judge.choices(condition) if listed else []
        return self._choices[rule]

    def tick_words(self, condition: Json) -> list[str]:
        """What one types to tick a box, and to untick it."""
        return [self._typed(value) for value in self.judge.ticks(condition)]

    def seen(self, row: int, column: int, a1: str, cell: Cell) -> Seen:
        """The cell as the page shows it."""
        rule = self.rule_of(row, column) if self.rules else None
        if cell == EMPTY and rule is None:
            return Seen(a1, column, "")
        book = self.judge.book
        text, raw = shown(cell, book.locale), retyped(cell, book)
        wanted = self.rules[rule][1] if rule is not None else None
        said = verdict(self.judge, wanted, cell)
        ticks = _ticks(self.judge, wanted)
        is_on = cell.value == ticks[0] if ticks else None
        return Seen(
            a1,
            column,
            text,
            raw if raw != text else None,
            cell.note,
            rule if rule is not None and self.choices(rule) else None,
            is_on,
            self._typed(ticks[1] if is_on else ticks[0]) if ticks else "",
            link_of(cell),
            said if said.outcome is not Outcome.FITS else None,
            _classes(cell, ticks=ticks is not None),
            _style(cell.style),
        )

    def _typed(self, value: object) -> str:
        return retyped(Cell(value), self.judge.book) if value is not None else ""  # type: ignore[arg-type]


def _ticks(judge: Judge, rule: Json | None) -> tuple[object, object] | None:
    condition = (rule or {}).get("condition") or {}
    return judge.ticks(condition) if condition.get("type") == "BOOLEAN" else None


def link_of(cell: Cell) -> str:
    """The web address that a cell leads to: its text, or that of its HYPERLINK; never anything but http(s)."""
    if cell.formula:
        found = HYPERLINK.match(cell.formula)
        return found[1] if found else ""
    text = cell.value.strip() if isinstance(cell.value, str) else ""
    return text if WEB.fullmatch(text) else ""


def _classes(cell: Cell, *, ticks: bool) -> str:
    names = []
    if ticks or isinstance(cell.value, bool):
        names.append("middle")
    elif isinstance(cell.value, int | float):
        names.append("right")
    font = cell.style.get("textFormat")
    if isinstance(font, Mapping):
        names += [name for name in ("bold", "italic", "underline", "strikethrough") if font.get(name)]
    if cell.style.get("wrapStrategy") == "WRAP":
        names.append("wrapped")
    if cell.error:
        names.append("wrong")
    return " ".join(names)


def _style(style: Mapping[str, object]) -> str:
    """Colours and side; only numbers and known words get into the page."""
    parts = []
    if back := _colour(style, "backgroundColor"):
        parts.append(f"background-color:{back}")
    font = style.get("textFormat")
    if isinstance(font, Mapping) and (ink := _colour(font, "foregroundColor")):
        parts.append(f"color:{ink}")
    if side := SIDES.get(str(style.get("horizontalAlignment", ""))):
        parts.append(f"text-align:{side}")
    return ";".join(parts)


def _colour(holder: Mapping[str, object], name: str) -> str:
    styled = holder.get(name + "Style")
    given = styled.get("rgbColor") if isinstance(styled, Mapping) else holder.get(name)
    if not isinstance(given, Mapping):
        return ""
    parts = [given.get(part, 0) for part in ("red", "green", "blue")]
    if not all(isinstance(part, int | float) for part in parts):
        return ""
    return "#" + "".join(f"{round(min(max(part, 0), 1) * FULL):02x}" for part in parts)
