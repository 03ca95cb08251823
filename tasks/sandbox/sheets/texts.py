"""The requests of a batch that work on the text of cells: ``findReplace``, ``trimWhitespace``, ``textToColumns``."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.places import area_of
from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.typed import typed

DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}
GROUP = re.compile(r"\\(.)|\$(\d)", re.DOTALL)
Replacer = Callable[[re.Match[str]], str]


@dataclass
class Counts:
    """What ``FindReplaceResponse`` counts."""

    occurrences: int = 0
    values: int = 0
    formulas: int = 0
    rows: set[tuple[int, int]] = field(default_factory=set)

    def reply(self) -> Json:
        """Counts that are zero vanish."""
        counts = {
            "valuesChanged": self.values,
            "formulasChanged": self.formulas,
            "rowsChanged": len(self.rows),
            "sheetsChanged": len({sheet for sheet, _ in self.rows}),
            "occurrencesChanged": self.occurrences,
        }
        return {name: count for name, count in counts.items() if count}


def find_replace(book: Book, wanted: Json) -> Json:
    """``findReplace``; replaced text is entered as if typed."""
    pattern = _pattern(wanted)
    new = _replacer(wanted, pattern)
    counts = Counts()
    for tab, area in _scope(book, wanted):
        for row in range(area.top, min(area.bottom, len(tab.rows))):
            cells = []
            for at in range(area.left, min(area.right, len(tab.rows[row]))):
                old = tab.cell(row, at)
                if old.blank or (old.formula and not wanted.get("includeFormulas")):
                    continue
                text, found = pattern.subn(new, old.formula or shown(old, book.locale))
                if found:
                    cells.append((at, typed(text, old, book.locale)))
                    counts.occurrences += found
                    counts.formulas += bool(old.formula)
                    counts.values += not old.formula
                    counts.rows.add((tab.sheet_id, row))
            if cells:
                tab.put(row, cells)
    return {"findReplace": counts.reply()}


def trim_whitespace(book: Book, wanted: Json) -> Json:
    """``trimWhitespace``: no blanks at the ends, single ones between."""
    tab, area = area_of(book, wanted)
    count = 0
    for row in range(area.top, min(area.bottom, len(tab.rows))):
        cells = []
        for at in range(area.left, min(area.right, len(tab.rows[row]))):
            old = tab.cell(row, at)
            if isinstance(old.value, str) and not old.formula and (text := _trimmed(old.value)) != old.value:
                cells.append((at, old._replace(value=text or None)))
        if cells:
            tab.put(row, cells)
            count += len(cells)
    return {"trimWhitespace": {"cellsChangedCount": count} if count else {}}


def text_to_columns(book: Book, wanted: Json) -> Json:
    """``textToColumns``; what stands to the right is written over."""
    tab, area = area_of(book, wanted, "source")
    if area.right - area.left != 1:
        raise invalid("The source must span exactly one column.")
    lines = {row: tab.cell(row, area.left) for row in range(area.top, min(area.bottom, len(tab.rows)))}
    texts = {row: cell.value for row, cell in lines.items() if isinstance(cell.value, str) and not cell.formula}
    delimiter = _delimiter(wanted, list(texts.values()))
    for row, text in texts.items():
        parts = [part.strip() for part in text.split(delimiter)] if delimiter else [text]
        tab.grow(0, area.left + len(parts))
        tab.put(row, [(at, typed(part, tab.cell(row, at), book.locale)) for at, part in enumerate(parts, area.left)])
    return {}


def _pattern(wanted: Json) -> re.Pattern[str]:
    find = wanted.get("find", "")
    if not find:
        raise invalid("Must specify a find string.")
    text = find if wanted.get("searchByRegex") else re.escape(find)
    try:
        return re.compile(rf"\A(?:{text})\Z" if wanted.get("matchEntireCell") else text, _case(wanted))
    except re.error as error:
        raise invalid(f"Invalid regular expression: {error}") from None


def _case(wanted: Json) -> re.RegexFlag:
    return re.NOFLAG if wanted.get("matchCase") else re.IGNORECASE


def _replacer(wanted: Json, pattern: re.Pattern[str]) -> Replacer:
    """What stands for a match; with ``searchByRegex`` in Java's spelling, where ``$1`` is the first group."""
    replacement: str = wanted.get("replacement", "")
    if not wanted.get("searchByRegex"):
        return lambda _: replacement
    if any(int(found[2]) > pattern.groups for found in GROUP.finditer(replacement) if found[2]):
        raise invalid("The replacement refers to a group that the regular expression does not have.")

    def one(match: re.Match[str]) -> str:
        return GROUP.sub(lambda found: (match[int(found[2])] or "") if found[2] else found[1], replacement)

    return one


def _scope(book: Book, wanted: Json) -> Iterator[tuple[Tab, Area]]:
    given = [name for name in ("range", "sheetId", "allSheets") if name in wanted]
    if len(given) != 1:
        raise invalid("Must specify exactly one of range, sheetId or allSheets.")
    if "range" in wanted:
        yield area_of(book, wanted)
        return
    for tab in book.tabs if wanted.get("allSheets") else [book.tab(wanted.get("sheetId", 0))]:
        yield tab, Area(0, 0, tab.row_count, tab.column_count)


def _trimmed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _delimiter(wanted: Json, texts: list[str]) -> str:
    kind = wanted.get("delimiterType", "AUTODETECT")
    if kind == "CUSTOM":
        if not wanted.get("delimiter"):
            raise invalid("Must specify a delimiter.")
        return str(wanted["delimiter"])
    if kind in DELIMITERS:
        return DELIMITERS[kind]
    counts = {one: sum(text.count(one) for text in texts) for one in ",;\t| "}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""
